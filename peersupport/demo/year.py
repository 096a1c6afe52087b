"""One school year of contacts: believable days of each supporter, quiet in the holidays, no two at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.core.exceptions import ValidationError
from django.utils import timezone

from peersupport.demo import words
from peersupport.demo.calendar import is_school_day, school_days
from peersupport.demo.history import unwritten
from peersupport.lib.dates import today
from students.models import Assignment
from supporters.models import PeerSupporter
from visits.models import Contact, ContactNote, Participation
from visits.services import InTheFuture, TooLongAgo, check_moment, usual_mode
from visits.words import outcome_of

# Far enough apart for the longest visit and a late start.
SLOTS = (time(9, 0), time(10, 40), time(12, 20), time(14, 0), time(15, 40))
BREAK = time(8, 15)  # before the first of them
# How often a pupil is met, in school days between two contacts.
EVERY = 3
KINDS_EARLY = (("home_visit", 6), ("message", 3), ("phone", 2), ("guardian_contact", 2), ("at_school", 1))
KINDS_LATER = (
    *(("at_school", 5), ("home_visit", 3), ("message", 2), ("phone", 1), ("staff_contact", 1)),
    *(("activity", 2), ("accompany", 1), ("video", 1)),
)
TRIED = {
    "home_visit": ("no_answer", "student_cancelled"),
    "at_school": ("no_show", "student_cancelled", "we_cancelled"),
    "activity": ("no_show", "student_cancelled"),
    "accompany": ("student_cancelled",),
    "video": ("no_answer",),
    "phone": ("no_answer",),
    "message": ("no_answer",),
    "guardian_contact": ("no_answer",),
    "staff_contact": ("we_cancelled",),
}
MINUTES = {
    "home_visit": (45, 60, 60, 90),
    "at_school": (20, 30, 45, 60),
    "activity": (45, 60, 90),
    "accompany": (30, 45),
    "video": (15, 20, 30),
    "phone": (10, 15, 20),
    "message": (5, 10),
    "guardian_contact": (15, 20, 30),
    "staff_contact": (15, 30),
}


@dataclass(frozen=True)
class Entry:
    """One contact of the year, before it is stored."""

    assignment: Assignment
    kind: str
    outcome: str
    occurred_at: datetime
    minutes: int
    place: str
    note: str
    next_step: str


@dataclass(frozen=True)
class Told:
    """What the story tells itself, so that the year leaves room for it."""

    until: dict[int, date]  # assignment id → from when the story logs its contacts
    busy: dict[int, set[date]]  # supporter id → days that are the story's


NOTHING_TOLD = Told({}, {})


def entries(
    assignments: list[Assignment], quiet: dict[int, int], chance: Random, told: Told = NOTHING_TOLD
) -> Iterator[Entry]:
    """The contacts of `assignments` up to yesterday; `quiet` (assignment id → days) ends some earlier, with tries."""
    by_supporter: dict[int, list[Assignment]] = {}
    for assignment in assignments:
        by_supporter.setdefault(assignment.supporter_id, []).append(assignment)
    first = min(assignment.starts_on for assignment in assignments)
    for theirs in by_supporter.values():
        next_due = {a.pk: a.starts_on + timedelta(days=chance.randint(0, 3)) for a in theirs}
        for day in school_days(first, today() - timedelta(days=1)):
            if day not in told.busy.get(theirs[0].supporter_id, ()):
                open_today = [a for a in theirs if day < told.until.get(a.pk, today())]
                yield from _day_of(day, open_today, next_due, quiet, chance)


def _day_of(
    day: date, theirs: list[Assignment], next_due: dict[int, date], quiet: dict[int, int], chance: Random
) -> Iterator[Entry]:
    due = [a for a in theirs if _holds(a, day) and next_due[a.pk] <= day]
    due.sort(key=lambda a: next_due[a.pk])
    for slot, assignment in zip(SLOTS, due[: chance.randint(2, len(SLOTS))], strict=False):
        silent_from = today() - timedelta(days=quiet.get(assignment.pk, 0))
        if day >= silent_from and chance.random() < 0.8:
            continue
        yield _entry(assignment, day, slot, is_silent=day >= silent_from, chance=chance)
        next_due[assignment.pk] = _later(day, chance)


def _holds(assignment: Assignment, day: date) -> bool:
    return assignment.starts_on <= day and (assignment.ends_on is None or day <= assignment.ends_on)


def _later(day: date, chance: Random) -> date:
    days = chance.randint(EVERY - 2, EVERY + 3)
    while days:
        day += timedelta(days=1)
        days -= is_school_day(day) or day.month in {7, 12}
    return day


def _entry(assignment: Assignment, day: date, slot: time, *, is_silent: bool, chance: Random) -> Entry:
    weeks = (day - assignment.starts_on).days / 7
    kinds, weights = zip(*(KINDS_EARLY if weeks < 8 else KINDS_LATER), strict=True)
    kind = chance.choices(kinds, weights)[0]
    # Doors stay closed more often in the beginning; a try is work done, and it is counted.
    is_tried = is_silent or chance.random() < max(0.12, 0.4 - weeks * 0.03)
    outcome = chance.choice(TRIED[kind]) if is_tried else "met"
    minutes = chance.choice((0, 5, 10, 15)) if is_tried else chance.choice(MINUTES[kind])
    at = timezone.make_aware(datetime.combine(day, slot)) + timedelta(minutes=5 * chance.randint(0, 2))
    has_note = not is_tried and chance.random() < 0.4
    return Entry(
        assignment,
        kind,
        outcome,
        at,
        minutes,
        place=chance.choice(words.PLACES) if kind in {"home_visit", "at_school"} and not is_tried else "",
        note=chance.choice(words.NOTES[kind]) if has_note else "",
        next_step=chance.choice(words.NEXT_STEPS) if chance.random() < 0.3 else "",
    )


def store(planned: list[Entry]) -> int:
    """Save the entries after asking of each what the service would ask; returns how many it would have refused."""
    allowed = [entry for entry in planned if not _refused(entry)]
    contacts = [_contact(entry) for entry in allowed]
    with unwritten():  # thousands of contacts as they were logged; the timeline tells of them
        Contact.objects.bulk_create(contacts, batch_size=2000)
        parts = [_participation(contact, entry) for contact, entry in zip(contacts, allowed, strict=True)]
        Participation.objects.bulk_create(parts, batch_size=2000)
    notes = [_note(part, entry) for part, entry in zip(parts, allowed, strict=True) if entry.note]
    ContactNote.objects.bulk_create(notes, batch_size=2000)
    return len(planned) - len(allowed)


def _refused(entry: Entry) -> bool:
    """Logged the same afternoon: outside the assignment, in the future, or with an outcome the kind has not?"""
    if not _holds(entry.assignment, timezone.localdate(entry.occurred_at)):
        return True
    if outcome_of(entry.kind, entry.outcome) is None:
        return True
    try:
        check_moment(entry.occurred_at, now=min(entry.occurred_at + timedelta(hours=3), timezone.now()))
        _contact(entry).clean_fields(exclude={"author", "supporter"})
    except (InTheFuture, TooLongAgo, ValidationError):
        return True
    return False


def _contact(entry: Entry) -> Contact:
    supporter = entry.assignment.supporter
    return Contact(
        author_id=supporter.user_id,
        supporter=supporter,
        kind=entry.kind,
        mode=usual_mode(entry.kind),
        occurred_at=entry.occurred_at,
        minutes=entry.minutes,
        place=entry.place,
        topics=_topics(entry),
        travel_minutes=20 if entry.kind == "home_visit" else 0,
        travel_km=Decimal(entry.occurred_at.day % 9) if entry.kind == "home_visit" else Decimal(0),
        created_at=entry.occurred_at + timedelta(hours=1),
    )


def _topics(entry: Entry) -> list[str]:
    """What they did, of every other contact that was held."""
    known = words.TOPICS.get(entry.kind, ())
    if entry.outcome != "met" or not known or entry.occurred_at.day % 2:
        return []
    return list(known[entry.occurred_at.day % len(known)])


def store_breaks(supporters: Iterable[PeerSupporter], first: date) -> None:
    """On Thursdays before the first lesson: break presence, a number of heads and nobody's name."""
    days = [day for day in school_days(first, today() - timedelta(days=1)) if day.weekday() == 3]
    with unwritten():
        Contact.objects.bulk_create(
            [_break(supporter, day) for supporter in supporters for day in days], batch_size=2000
        )


def _break(supporter: PeerSupporter, day: date) -> Contact:
    at = timezone.make_aware(datetime.combine(day, BREAK))
    return Contact(
        author_id=supporter.user_id,
        supporter=supporter,
        kind="break_presence",
        mode=usual_mode("break_presence"),
        occurred_at=at,
        minutes=20,
        place="skolgården",
        head_count=3 + (day.day + supporter.pk) % 14,
        school_id=_school_of(supporter, day),
        created_at=at + timedelta(hours=1),
    )


def _school_of(supporter: PeerSupporter, day: date) -> int:
    """Where the supporter was that day; who is placed at two schools, at one after the other."""
    schools = sorted(placement.school_id for placement in supporter.placements.all())
    return schools[day.toordinal() // 7 % len(schools)]


def _participation(contact: Contact, entry: Entry) -> Participation:
    return Participation(
        contact=contact,
        student_id=entry.assignment.student_id,
        case_id=entry.assignment.case_id,
        school_id=entry.assignment.school_id,
        author_id=contact.author_id,
        occurred_at=contact.occurred_at,
        kind=contact.kind,
        outcome=entry.outcome,
        next_step=entry.next_step,
    )


def _note(part: Participation, entry: Entry) -> ContactNote:
    return ContactNote(
        participation=part,
        student_id=part.student_id,
        school_id=part.school_id,
        author_id=part.author_id,
        text=entry.note,
        written_together=entry.occurred_at.day % 4 == 0,
    )
