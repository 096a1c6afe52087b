"""Weeks as the address names them: "2026-W53" (ISO 8601)."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from peersupport.lib.dates import monday_of, short_date, today

WEEK = re.compile(r"(\d{4})-W(\d{2})")
BACK, AHEAD = timedelta(weeks=53 * 5), timedelta(weeks=106)


def week_of(text: str) -> date:
    """The Monday of the week in `text`; of this one for what is no week, or too far away to hold anything."""
    this = monday_of(today())
    found = WEEK.fullmatch(text)
    if not found:
        return this
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:  # no year has a week 54, and few have a 53
        return this
    return monday if this - BACK <= monday <= this + AHEAD else this


def week_token(monday: date) -> str:
    """ "2026-W53": the year is that of the week, which need not be the day's."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def week_name(monday: date) -> str:
    """ "vecka 53 · mån 28 dec – sön 3 jan"."""
    days = f"{short_date(monday)} – {short_date(monday + timedelta(days=6))}"
    return _("week %(week)s") % {"week": monday.isocalendar().week} + f" · {days}"
