"""My pupils, the longest unmet first, and what is booked with them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.urls import reverse

from accounts.models import User
from overviews.rows.my_day.booked import FORGOTTEN, BookedRow, when
from overviews.rows.my_day.visits import VisitRow, planned_row, visit_row
from overviews.rows.words import days_since_met, joined, no_hurry, rule_text, tries_since
from peersupport.lib.dates import day_of, start_of_day, today
from peersupport.lib.statements import rows_around
from peersupport.lib.urls import prefix
from safety.models import HomeVisit, VisitStep
from students.models import Student
from visits.models import Booking, ContactKind
from visits.queries import NEXT_STEP, TIME_SINCE_MET, TRIES, counted_now, group_times, steps, written_steps


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One of my pupils, the longest unmet first."""

    student: Student  # who it is, not all about them
    name: str
    is_protected: bool
    url: str
    contact_url: str
    book_url: str
    met: str
    next_step: str
    later: str  # booked or resting, and until when
    is_later: bool  # which is a reason to wait: such rows stand last
    is_quiet: bool  # long since met, by the organisation's rule
    reach_url: str
    bookings: list["BookedRow"]


PUPILS = f"""
with mine as materialized (select q.* from {TIME_SINCE_MET} q)
select a.*, s.public_id, s.school_id, s.alias, s.is_protected, i.given_name, i.called, a.tries,
       {NEXT_STEP} as next_step, knows_breaks() as knows_breaks,
       (select json_agg(b order by b.starts_at)::text from ({{bookings}}) b where b.student_id = a.student_id)
         as bookings
  from (select q.*, {TRIES} as tries from mine q) a
  join ({{students}}) s on s.id = a.student_id
  left join students_identity i on i.student_id = s.id
 order by a.is_booked_soon or a.rests, not a.is_quiet, a.since, a.case_id
"""  # noqa: S608  our own texts
BOOKED = ("student_id", "public_id", "kind", "starts_at", "ends_at", "place", "is_group")
GROUP_TIME = (
    *("student_id", "series__dates__public_id", "kind", "series__dates__starts_at"),
    *("series__dates__ends_at", "where", "is_group"),
)


@dataclass(frozen=True, slots=True)
class Pupils:
    """All my pupils of today, those to be in touch with first."""

    rows: list[PupilRow]
    quiet_count: int  # how many are long since met: the number behind "Länge sedan träff"
    rule: str
    knows_breaks: bool


def my_pupils(user: User, visits: Mapping[str, HomeVisit]) -> Pupils:
    """My pupils today by days since anybody met them; those with a time booked soon, or resting, last.

    `visits`: my home visits, by the public id of their booking.
    A pupil I have twice (also as stand-in) stands once: a row is a support period.
    """
    planned = Booking.objects.visible_to(user).planned()
    since = start_of_day(today()) - FORGOTTEN
    planned = planned.filter(starts_at__gte=since)
    students = Student.objects.visible_to(user).order_by()
    found = rows_around(
        PUPILS,
        counted_now(),
        students=students.values("id", "public_id", "school_id", "alias", "is_protected"),
        steps=steps(user).order_by().values("student_id", "occurred_at", "next_step", "step_done_at"),
        written=written_steps(user).order_by().values("student_id", "written_at", "text", "done_at"),
        bookings=planned.order_by()
        .annotate(is_group=Value(False))
        .values(*BOOKED)
        .union(group_times(user, since).values(*GROUP_TIME), all=True),
    )
    urls = Urls()
    return Pupils(
        [_pupil_row(line, urls, user, visits) for line in found],
        sum(line.is_quiet for line in found),
        rule_text(user.acting),
        any(line.knows_breaks for line in found) or not user.acting.counts_school_days,
    )


class Urls:
    """The beginnings of the rows' addresses, looked up once a page."""

    def __init__(self) -> None:
        self.page = prefix("overviews:student_detail")
        self.book, self.move = prefix("visits:booking_create"), prefix("visits:booking_move")
        self.contact = f"{reverse('visits:contact_create')}?student="
        self.reach = prefix("students:reach")


def _pupil_row(line: Any, urls: Urls, user: User, visits: Mapping[str, HomeVisit]) -> PupilRow:
    student = Student(pk=line.student_id, school_id=line.school_id, alias=line.alias)
    name = student.alias_label if line.given_name is None else line.called or line.given_name
    planned = json.loads(line.bookings or "[]")
    for booking in planned:
        booking["at"] = datetime.fromisoformat(booking["starts_at"])
    return PupilRow(
        student,
        name,
        line.is_protected,
        urls.page(line.public_id),
        f"{urls.contact}{line.public_id}",
        urls.book(line.public_id),
        joined(days_since_met(line, in_school_days=user.acting.counts_school_days), tries_since(line.tries)),
        line.next_step or "",
        no_hurry(line),
        line.is_booked_soon or line.rests,
        line.is_quiet,
        urls.reach(line.public_id),
        [
            _booked_row(one, line, name, urls, visits)
            for one in planned
            # A group stands there once, whoever is in it (`group_date_rows`).
            if day_of(one["at"]) <= today() and not one["is_group"]
        ],
    )


def _booked_row(
    booking: dict[str, Any], line: Any, name: str, urls: Urls, visits: Mapping[str, HomeVisit]
) -> BookedRow:
    at = booking["at"]
    time, is_late = when(at)
    return BookedRow(
        at,
        time,
        str(ContactKind(booking["kind"]).label),
        name,
        line.is_protected,
        urls.page(line.public_id),
        booking["place"],
        f"{urls.contact}{line.public_id}&booking={booking['public_id']}",
        urls.move(booking["public_id"]),
        is_late,
        visit=_visit_of(booking, visits, is_late=is_late),
    )


def _visit_of(booking: dict[str, Any], visits: Mapping[str, HomeVisit], *, is_late: bool) -> VisitRow | None:
    if booking["kind"] != ContactKind.HOME_VISIT:
        return None
    visit = visits.get(booking["public_id"])
    if is_late and (visit is None or visit.step in {VisitStep.PLANNED, VisitStep.CHECKED}):
        return None  # its day has passed: it is to be noted, or moved
    return planned_row(booking["public_id"]) if visit is None else visit_row(visit, booking["public_id"])


def booked_rows(pupils: Sequence[PupilRow], others: Sequence[BookedRow]) -> list[BookedRow]:
    """What is planned today, in time order; first what is left to note from the days before."""
    booked = [booking for row in pupils for booking in row.bookings]
    return sorted([*booked, *others], key=lambda booking: booking.at)
