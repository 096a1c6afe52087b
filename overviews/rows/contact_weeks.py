"""Contacts by week as a chart: of a supporter at all schools, or of a school. Twelve weeks, one query."""

from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from peersupport.lib.charts import Bar, Chart, stacked_bars
from peersupport.lib.dates import monday_of, short_date, start_of_day, today

WEEKS = 12
WEEK = timedelta(days=7)
OF_SUPPORTER = "select monday, held, tried from supporter_contact_weeks(%s, %s)"
OF_SCHOOL = "select monday, held, tried from school_contact_weeks(%s, %s)"


def supporter_weeks(supporter_id: int) -> Chart:
    """The contacts of a supporter whom the user may see; of anyone else none."""
    return _chart(OF_SUPPORTER, supporter_id)


def school_weeks(school_id: int) -> Chart:
    """The contacts with a school's pupils and the heads counted there, for its coordinators and leads;
    protected pupils are left out.
    """
    return _chart(OF_SCHOOL, school_id)


def mondays(day: date) -> list[date]:
    """The Mondays of the twelve weeks that end with the week of `day`."""
    last = monday_of(day)
    return [last - WEEK * number for number in range(WEEKS - 1, -1, -1)]


def _chart(statement: str, pk: int) -> Chart:
    weeks = mondays(today())
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk, start_of_day(weeks[0])])
        found = {monday: (held, tried) for monday, held, tried in cursor.fetchall()}
    counts = [found.get(monday, (0, 0)) for monday in weeks]
    words = {"held": sum(held for held, _tried in counts), "tried": sum(tried for _held, tried in counts)}
    return stacked_bars(
        name="contact-weeks",
        title=_("Contacts by week"),
        description=_("The last twelve weeks: %(held)s held and %(tried)s tries.") % words,
        x_word=_("week"),
        y_word=_("number of contacts"),
        series=[_("Held"), _("Tries")],
        bars=[_bar(monday, values) for monday, values in zip(weeks, counts, strict=True)],
    )


def _bar(monday: date, values: tuple[int, int]) -> Bar:
    number = monday.isocalendar().week
    name = _("%(week)s, from %(day)s") % {"week": number, "day": short_date(monday)}
    return Bar(str(number), name, values)
