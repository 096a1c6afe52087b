"""Sentences about a pupil that several pages say."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peersupport.lib.dates import day_of, relative_day, short_date


def last_met(last_contact_at: datetime | None, since: date | None) -> str:
    """ "Senaste träff för 12 dagar sedan", or that they have not met yet and since when there is support."""
    if last_contact_at is not None:
        return _("Last met %(when)s") % {"when": relative_day(day_of(last_contact_at))}
    if since is not None:
        return _("Not met yet, support since %(day)s") % {"day": short_date(since)}
    return _("Not met yet")


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
