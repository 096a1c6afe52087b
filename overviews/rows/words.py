"""Sentences about a pupil that several pages say."""

from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peersupport.lib.dates import day_of, relative_day, short_date
from peersupport.scope import Acting
from visits.limits import limit_text


def last_met(last_contact_at: datetime | None, since: date | None) -> str:
    """ "Senaste träff för 12 dagar sedan", or that they have not met yet and since when there is support."""
    if last_contact_at is not None:
        return _("Last met %(when)s") % {"when": relative_day(day_of(last_contact_at))}
    if since is not None:
        return _("Not met yet, support since %(day)s") % {"day": short_date(since)}
    return _("Not met yet")


def days_since_met(line: Any, *, in_school_days: bool) -> str:
    """ "Senaste träff mån 9 nov, 12 skoldagar", of a row of `time_since_met`.

    Where all days count, "för 16 dagar sedan" says the same. What was today needs no number.
    """
    if not in_school_days or not line.days:
        return last_met(line.last_met_at, line.starts_on)
    day = {"day": short_date(line.since)}
    said = _("Last met %(day)s") if line.last_met_at is not None else _("Not met yet, support since %(day)s")
    days = ngettext("%(count)s school day", "%(count)s school days", line.days) % {"count": line.days}
    return f"{said % day}, {days}"


def no_hurry(line: Any) -> str:
    """ "bokad tors 3 dec", "vilar till fre 9 jan", or nothing; of a row of `time_since_met`."""
    if line.booked_at is not None:
        return _("booked %(day)s") % {"day": short_date(day_of(line.booked_at))}
    if line.rests:
        until = line.rests_until
        return _("rests until %(day)s") % {"day": short_date(until)} if until else _("rests for now")
    return ""


def rule_text(acting: Acting) -> str:
    """The whole rule, for under the list."""
    first = {"count": acting.days_before_first_contact}
    if acting.counts_school_days:
        before = ngettext(
            "before the first meeting more than %(count)s school day",
            "before the first meeting more than %(count)s school days",
            acting.days_before_first_contact,
        )
    else:
        before = ngettext(
            "before the first meeting more than %(count)s day",
            "before the first meeting more than %(count)s days",
            acting.days_before_first_contact,
        )
    return _("%(usual)s; %(first)s.") % {"usual": capfirst(limit_text(acting)), "first": before % first}


def tries_since(count: int | None) -> str:
    """ "2 försök sedan dess", or nothing."""
    if not count:
        return ""
    return ngettext("%(count)s try since then", "%(count)s tries since then", count) % {"count": count}


def joined(*parts: str) -> str:
    """The parts that say something, with a middle dot between."""
    return " · ".join(part for part in parts if part)


def duration(minutes: int) -> str:
    """ "45 min", "2 tim", "6 tim 30 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
