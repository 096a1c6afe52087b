"""Min dag: a supporter's pupils and bookings, groups, today's contacts, load and hours. Four queries."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from overviews.rows.load import MinutesSince
from overviews.rows.words import days_since_met, duration, joined, no_hurry, rule_text, tries_since
from peersupport.lib.dates import clock, day_of, relative_day, start_of_day, today
from peersupport.lib.statements import rows_around
from peersupport.lib.urls import prefix
from schools.codes import CONTACT_KIND, Words, words_of
from students.models import Student
from supporters.models import PeerSupporter
from visits.models import (
    Booking,
    Contact,
    ContactKind,
    Participation,
    SupervisionTopic,
)
from visits.queries import (
    NEXT_STEP,
    TIME_SINCE_MET,
    TRIES,
    counted_now,
    group_times,
    steps,
    written_steps,
)
from visits.words import heads_words, outcome_word


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
    change: str = ""  # that a date of a group is cancelled or moved
    told: str = ""  # and which of one's own pupils have been told


FORGOTTEN = timedelta(days=14)  # so long a booking that nobody has noted is still asked about
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


def my_pupils(user: User) -> Pupils:
    """My pupils today by days since anybody met them; those with a time booked soon, or resting, last.

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
        [_pupil_row(line, urls, user) for line in found],
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


def _pupil_row(line: Any, urls: Urls, user: User) -> PupilRow:
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
            _booked_row(one, line, name, urls)
            for one in planned
            # A group stands there once, whoever is in it (`group_date_rows`).
            if day_of(one["at"]) <= today() and not one["is_group"]
        ],
    )


def _booked_row(booking: dict[str, Any], line: Any, name: str, urls: Urls) -> BookedRow:
    at = booking["at"]
    is_late = day_of(at) < today()
    return BookedRow(
        at,
        f"{relative_day(day_of(at))} {clock(at)}" if is_late else clock(at),
        str(ContactKind(booking["kind"]).label),
        name,
        line.is_protected,
        urls.page(line.public_id),
        booking["place"],
        f"{urls.contact}{line.public_id}&booking={booking['public_id']}",
        urls.move(booking["public_id"]),
        is_late,
    )


def booked_rows(pupils: Sequence[PupilRow], groups: Sequence[BookedRow]) -> list[BookedRow]:
    """What is planned today, in time order; first what is left to note from the days before."""
    booked = [booking for row in pupils for booking in row.bookings]
    return sorted([*booked, *groups], key=lambda booking: booking.at)


@dataclass(slots=True)
class TodayRow:
    """One contact I have logged today: with those of its pupils who are still mine, or how many came."""

    at: datetime
    time: str
    kind: str
    minutes: str
    edit_url: str
    people: list[str] = field(default_factory=list)


TODAY = (
    *("kind", "outcome", "contact__public_id", "contact__occurred_at", "contact__minutes"),
    *("contact__kind", "contact__local_kind"),
    *("student__school_id", "student__alias", "student__identity__given_name", "student__identity__called"),
)


def today_rows(user: User) -> tuple[list[TodayRow], list[Student]]:
    """Today's contacts, the latest first, and the pupils in them."""
    since_midnight = Participation.objects.visible_to(user).filter(occurred_at__gte=start_of_day(today()))
    loaded = since_midnight.select_related("contact", "student__identity").only(*TODAY).latest_first()
    parts, words = list(loaded), words_of(user.acting)
    rows: dict[int, TodayRow] = {}
    for part in parts:
        row = rows.setdefault(part.contact_id, _today_row(part.contact, words))
        row.people.append(f"{part.student.called_name}: {outcome_word(part.kind, part.outcome)}")
    return list(rows.values()), [part.student for part in parts]


def _today_row(contact: Contact, words: Words) -> TodayRow:
    return TodayRow(
        at=contact.occurred_at,
        time=clock(contact.occurred_at),
        kind=words.label(CONTACT_KIND, contact.kind, contact.local_kind_id),
        minutes=duration(contact.minutes) if contact.minutes else "",
        edit_url=reverse("visits:contact_edit", args=[contact.public_id]),
    )


@dataclass(frozen=True, slots=True)
class Load:
    """How many pupils of how many, and the hours of the last seven days, other time among them."""

    pupils: int
    capacity: int
    week: str
    url: str  # the whole load, on one's own page
    topics: int  # to bring up in supervision
    heads: list[TodayRow]  # today's contacts without names


def own_load(user: User, pupils: Sequence[PupilRow]) -> Load | None:
    """None for someone without a profile in the organisation acted in."""
    topics = SupervisionTopic.objects.visible_to(user).open().filter(author=OuterRef("user"))
    own = (
        PeerSupporter.objects.visible_to(user)
        .with_capacity()
        .annotate(
            week_minutes=MinutesSince("pk", Value(timezone.now() - timedelta(days=7))),
            topics=Subquery(topics.values("author").annotate(total=Count("pk")).values("total")),
            heads=_heads_today(user),
        )
    )
    profile: Any = own.first()
    if profile is None:
        return None
    url = reverse("overviews:supporter_detail", args=[profile.public_id])
    week_in_words = duration(profile.week_minutes or 0)
    heads = [_heads_row(contact, words_of(user.acting)) for contact in profile.heads]
    return Load(len(pupils), profile.capacity, week_in_words, url, profile.topics or 0, heads)


HEADS = ("public_id", "occurred_at", "kind", "local_kind_id", "minutes", "head_count")


def _heads_today(user: User) -> ArraySubquery:
    """Under a profile: what was noted without names today."""
    mine = Contact.objects.visible_to(user).filter(
        supporter=OuterRef("pk"), head_count__isnull=False, occurred_at__gte=start_of_day(today())
    )
    return ArraySubquery(
        mine.order_by("-occurred_at").values(it=JSONObject(**{name: name for name in HEADS}))
    )


def _heads_row(told: dict[str, Any], words: Words) -> TodayRow:
    count = told.pop("head_count")
    contact = Contact(**told | {"occurred_at": datetime.fromisoformat(told["occurred_at"])})
    row = _today_row(contact, words)
    row.people.append(heads_words(count))
    return row


def noted_today(named: Sequence[TodayRow], load: Load | None) -> list[TodayRow]:
    """All that was noted today, with names and without, the latest first."""
    heads = load.heads if load else []
    return sorted([*named, *heads], key=lambda row: row.at, reverse=True)
