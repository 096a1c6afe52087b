"""A time that is planned: a pupil's, a group's, or one's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from overviews.rows.my_day.visits import VisitRow
from peersupport.lib.dates import clock, day_of, relative_day, today


@dataclass(frozen=True, slots=True)
class BookedRow:
    """One of today's planned times, or an earlier one that is not noted yet."""

    at: datetime
    time: str
    kind: str
    name: str
    is_protected: bool
    url: str
    place: str
    contact_url: str
    move_url: str
    is_late: bool
    is_group: bool = False  # then `name` is the group's, and `contact_url` the page of who came
    is_own_time: bool = False  # then of no pupil, and `contact_url` writes it down as other time
    visit: VisitRow | None = None  # of a home visit
    change: str = ""  # that a date of a group is cancelled or moved
    told: str = ""  # and which of one's own pupils have been told


FORGOTTEN = timedelta(days=14)  # so long a booking that nobody has noted is still asked about


def when(at: datetime) -> tuple[str, bool]:
    """The time of a row, with its day when that has passed; and whether it has."""
    day = day_of(at)
    is_late = day < today()
    return (f"{relative_day(day)} {clock(at)}" if is_late else clock(at)), is_late
