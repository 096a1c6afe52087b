"""Days on which the clock is put, and what the one function counts on them.

The clock stands on days that have passed: whose pupil it is, the database asks its own clock.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import time_machine

from peersupport.demo.factories import AssignmentFactory, ContactFactory, PeerSupporterFactory
from peersupport.demo.owner import owner
from peersupport.lib.statements import rows_around
from peersupport.scope import scope
from visits.queries import TIME_SINCE_MET, counted_now

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TUESDAY = date(2025, 11, 25)


def noon(day):
    return datetime.combine(day, time(12), STOCKHOLM)


def at(day, hour=12):
    return time_machine.travel(datetime.combine(day, time(hour), STOCKHOLM).astimezone(UTC), tick=False)


def assigned(home, starts_on, **fields):
    with at(starts_on):
        supporter = fields.pop("supporter", None) or PeerSupporterFactory(school=home)
        return AssignmentFactory(
            case__student__school=home, supporter=supporter, starts_on=starts_on, **fields
        )


def met(assignment, day, **fields):
    return ContactFactory(assignment=assignment, occurred_at=noon(day), **fields)


def change(row, **fields):
    with owner():
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))


def counted(user, day, hour=12):
    """student id → row of the function, as `user` on `day`."""
    with at(day, hour), scope(user):
        rows = rows_around(f"select q.* from {TIME_SINCE_MET} q", counted_now())  # noqa: S608
    return {row.student_id: row for row in rows}


def row_of(assignment, user, day, hour=12):
    return counted(user, day, hour)[assignment.student_id]
