"""Asking a coordinator to ring: a task that names nobody."""

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils.translation import override

from peersupport.lib.dates import today
from peersupport.lib.school_days import holidays_around

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def tell_coordinator(*, title: "StrPromise", due_on: date) -> str:
    """Give one coordinator a task, in their language; says who, or "" when there is none.

    `title` holds nothing of a pupil. Twice, while it is not done, is the same as once.
    """
    titles = json.dumps({code: _in(code, title) for code, _name in settings.LANGUAGES})
    with connection.cursor() as cursor:
        cursor.execute("select tell_coordinator(%s::jsonb, %s)", [titles, due_on])
        (name,) = cursor.fetchone()
    return name or ""


def _in(language: str, title: "StrPromise") -> str:
    with override(language):
        return str(title)


def next_working_day() -> date:
    """The first day after today that is neither a weekend nor a public holiday."""
    day = today() + timedelta(days=1)
    holidays = set(holidays_around(day))
    while day.weekday() > 4 or day in holidays:
        day += timedelta(days=1)
    return day
