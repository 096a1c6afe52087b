"""Days as people in Sweden count them, in the reader's language.

Moments are stored in UTC; a day is a day in Stockholm.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

# Our own: Django's English has "nov" for Nov, and its Danish leaves out the full stops.
SHORT_WEEKDAYS = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)
SHORT_MONTHS = (
    pgettext_lazy("short month", "Jan"),
    pgettext_lazy("short month", "Feb"),
    pgettext_lazy("short month", "Mar"),
    pgettext_lazy("short month", "Apr"),
    pgettext_lazy("short month", "May"),
    pgettext_lazy("short month", "Jun"),
    pgettext_lazy("short month", "Jul"),
    pgettext_lazy("short month", "Aug"),
    pgettext_lazy("short month", "Sep"),
    pgettext_lazy("short month", "Oct"),
    pgettext_lazy("short month", "Nov"),
    pgettext_lazy("short month", "Dec"),
)


def today() -> date:
    """The date in Stockholm now; the database's `app_today()` gives the same."""
    return timezone.localdate()


def start_of_day(day: date) -> datetime:
    """The first moment of `day` in Stockholm, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


class NoSuchTime(ValueError):
    """The clock was set forward past it: no 02:30 on the last Sunday of March."""


def moment_at(day: date, clock_time: time) -> datetime:
    """When the clock in Stockholm shows `clock_time` on `day`; in the hour that comes twice, the first.

    In UTC, so that minutes added to it are minutes that pass. Raises NoSuchTime.
    """
    naive = datetime.combine(day, clock_time)
    moment = naive.replace(tzinfo=timezone.get_current_timezone(), fold=0).astimezone(UTC)
    if timezone.localtime(moment).replace(tzinfo=None) != naive:
        raise NoSuchTime
    return moment


def monday_of(day: date) -> date:
    """The Monday of the week of `day` (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def school_year_of(day: date) -> tuple[date, date]:
    """First and last day of the school year (läsår) that `day` falls in: 1 July to 30 June (SkolF 3 kap)."""
    first = date(day.year if day.month >= 7 else day.year - 1, 7, 1)
    return first, date(first.year + 1, 6, 30)


def short_date(day: date) -> str:
    """ "tis 24 nov", "Tue 24 Nov", "tir. 24. nov."; with the year when it is not this one."""
    text = _("%(weekday)s %(day)s %(month)s") % {
        "weekday": SHORT_WEEKDAYS[day.weekday()],
        "day": day.day,
        "month": SHORT_MONTHS[day.month - 1],
    }
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
    """ "14:00", in Danish "14.00"; by the clock in Stockholm."""
    local = timezone.localtime(moment)
    return _("%(hour)s:%(minute)s") % {"hour": f"{local.hour:02}", "minute": f"{local.minute:02}"}


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
