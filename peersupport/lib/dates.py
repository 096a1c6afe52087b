"""Days as people in Sweden count them. Moments are stored in UTC; a day is a day in Stockholm."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def today() -> date:
    """The date in Stockholm now; the database's `app_today()` gives the same."""
    return timezone.localdate()


def start_of_day(day: date) -> datetime:
    """The first moment of `day` in Stockholm, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def monday_of(day: date) -> date:
    """The Monday of the week of `day` (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def school_year_of(day: date) -> tuple[date, date]:
    """First and last day of the school year (läsår) that `day` falls in: 1 July to 30 June (SkolF 3 kap)."""
    first = date(day.year if day.month >= 7 else day.year - 1, 7, 1)
    return first, date(first.year + 1, 6, 30)


def short_date(day: date) -> str:
    """ "tis 24 nov"; with the year when it is not this one."""
    text = f"{WEEKDAYS_ABBR[day.weekday()]} {day.day} {MONTHS_3[day.month]}"
    return text if day.year == today().year else f"{text} {day.year}"


def period_text(first: date, last: date | None) -> str:
    """ "från tis 3 nov", or both days when the last is decided."""
    if last is None:
        return _("from %(day)s") % {"day": short_date(first)}
    return f"{short_date(first)} – {short_date(last)}"


def long_date(day: date) -> str:
    """ "tisdag 24 november, vecka 48" (week by ISO 8601)."""
    week = day.isocalendar().week
    text = _("%(weekday)s %(day)s %(month)s, week %(week)s")
    return text % {
        "weekday": WEEKDAYS[day.weekday()],
        "day": day.day,
        "month": MONTHS[day.month],
        "week": week,
    }


def short_moment(moment: datetime) -> str:
    """ "tis 24 nov 14:00", by the clock in Stockholm."""
    return f"{short_date(day_of(moment))} {clock(moment)}"


def clock(moment: datetime) -> str:
    """ "14:00", by the clock in Stockholm."""
    return f"{timezone.localtime(moment):%H:%M}"


def day_of(moment: datetime) -> date:
    """The day of `moment` in Stockholm: 23:30 UTC in winter is tomorrow."""
    return timezone.localdate(moment)


def days_since(day: date) -> int:
    """How many days ago `day` was; below zero when it is still to come."""
    return (today() - day).days


def relative_day(day: date) -> str:
    """ "i dag", "i går", "för 12 dagar sedan"; ahead: "i morgon", "om 3 dagar"."""
    ago = days_since(day)
    near = {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}
    if ago in near:
        return near[ago]
    if ago > 0:
        return ngettext("%(count)s day ago", "%(count)s days ago", ago) % {"count": ago}
    return ngettext("in %(count)s day", "in %(count)s days", -ago) % {"count": -ago}
