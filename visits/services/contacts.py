"""Logging and correcting contacts with named pupils."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from schools.codes import SUPPORT_PURPOSE, Chosen, words_of
from schools.models import Role
from students.models import Assignment, Case, CaseStatus, Student
from visits.models import MODE_OF_KIND, Contact, ContactNote, Participation
from visits.services.pupils import LatePupil, Pupil, insert_blindly

OLDEST = timedelta(days=60)


class InTheFuture(Exception):
    """What has not happened yet cannot be logged."""


class TooLongAgo(Exception):
    """Older than OLDEST: memory is no record any more, and figures may have been handed in."""


class Overtaken(Exception):
    """Someone, or one's own other window, has saved since the form was opened."""


@dataclass(frozen=True, slots=True)
class Part:
    """How it went with one pupil; all of it lands on that pupil's page only."""

    pupil: Pupil
    outcome: str
    next_step: str = ""
    note: str = ""
    written_together: bool = False
    pupils_words: str = ""
    purposes: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all pupils of a contact share. `minutes` 0 to 720, `occurred_at` aware.

    `kind` is the national code; `local_kind` the id of the organisation's own that stands for it. `mode`
    None: the usual one of the kind. `topics`: at most MOST_TOPICS. The way there and back, `travel_minutes`
    and `travel_km`, comes on top of `minutes`.
    """

    kind: str
    occurred_at: datetime
    minutes: int
    place: str = ""
    local_kind: int | None = None
    mode: Chosen | None = None
    topics: tuple[Chosen, ...] = ()
    is_planned: bool = True
    travel_minutes: int = 0
    travel_km: Decimal = Decimal(0)

    @property
    def columns(self) -> dict[str, Any]:
        """What it says, by column of the contact."""
        mode = self.mode or Chosen(usual_mode(self.kind))
        return {
            "kind": self.kind,
            "local_kind_id": self.local_kind,
            "mode": mode.code,
            "local_mode_id": mode.local_id,
            "occurred_at": self.occurred_at,
            "minutes": self.minutes,
            "place": self.place,
            "is_planned": self.is_planned,
            "travel_minutes": self.travel_minutes,
            "travel_km": self.travel_km,
            **code_columns("topics", self.topics),
        }


def code_columns(name: str, chosen: Sequence[Chosen]) -> dict[str, list[Any]]:
    """Several values of a list as they are stored: `topics` and `local_topics`.

    Of an own value the national one behind it is stored too, so that reports can count by those.
    """
    return {
        name: list(dict.fromkeys(value.code for value in chosen)),
        f"local_{name}": [value.local_id for value in chosen if value.local_id],
    }


def usual_mode(kind: str) -> str:
    """In which way a contact of the national `kind` is held, or "" when the kind does not tell."""
    mode: str = MODE_OF_KIND.get(kind, "")
    return mode


def pupils_to_log(*, by: User, among: Collection[UUID] | None = None) -> list[Pupil]:
    """Pupils with an open support period, by everyday name, `among` the public ids. One query.

    A supporter's own that hold today, also all of them; a coordinator has hundreds.
    """
    if by.acting.role == Role.PEER_SUPPORTER:
        found = _assigned(by, among)
    elif by.acting.role == Role.COORDINATOR and among:
        found = _coordinated(by, among)
    else:
        return []
    chosen = {pupil.student.pk: pupil for pupil in found}
    return sorted(chosen.values(), key=lambda pupil: pupil.student.called_name)


def _assigned(by: User, among: Collection[UUID] | None) -> list[Pupil]:
    assignments = Assignment.objects.visible_to(by).exclude(case__status=CaseStatus.CLOSED)
    if among is not None:
        assignments = assignments.filter(student__public_id__in=among)
    loaded = assignments.select_related("student__identity", "student__school", "case").order_by()
    return [Pupil(row.student, row.case_id, row.supporter_id, purposes_of(row.case, by)) for row in loaded]


def _coordinated(by: User, among: Collection[UUID]) -> list[Pupil]:
    cases = Case.objects.visible_to(by).open().filter(student__public_id__in=among)
    loaded = cases.select_related("student__identity", "student__school").order_by()
    return [Pupil(row.student, row.pk, None, purposes_of(row, by)) for row in loaded]


def purposes_of(row: Case | Participation, user: User) -> tuple[Chosen, ...]:
    """The purposes of a support period or a part, as they were ticked."""
    words = words_of(user.acting)
    return tuple(words.ticked(SUPPORT_PURPOSE, row.purposes, row.local_purposes))


def latest_of_mine(*, by: User, student: Student) -> Participation | None:
    """The pupil's part in the latest contact that `by` has written with them, with the contact."""
    mine = Participation.objects.visible_to(by).filter(student=student, author=by)
    return mine.select_related("contact").latest_first().first()


def check_moment(occurred_at: datetime, now: datetime | None = None) -> None:
    """Whether it may be logged at `now`, by default this moment. Raises InTheFuture or TooLongAgo."""
    now = now or timezone.now()
    if occurred_at > now:
        raise InTheFuture
    if occurred_at < now - OLDEST:
        raise TooLongAgo


@transaction.atomic
def log_contact(*, by: User, occasion: Occasion, parts: Sequence[Part]) -> Contact:
    """Save one contact with a part for each pupil. Raises InTheFuture, TooLongAgo.

    A pupil without an open support period cannot be given (`Pupil`), and one of somebody else is refused by
    row security. Three statements however many pupils, four when one is a `LatePupil`.
    """
    check_moment(occasion.occurred_at)
    contact = Contact(
        author=by,
        supporter_id=parts[0].pupil.supporter_id,
        **occasion.columns,
    )
    contact.save(force_insert=True)
    rows = [_participation(contact, part) for part in parts]
    if any(isinstance(part.pupil, LatePupil) for part in parts):
        insert_blindly(rows)
        ContactNote.objects.bulk_create(_notes(rows, parts), ignore_conflicts=True)
    else:
        Participation.objects.bulk_create(rows)
        _save_notes(rows, parts)
    return contact


def _participation(contact: Contact, part: Part) -> Participation:
    return Participation(
        contact=contact,
        student=part.pupil.student,
        case_id=part.pupil.case_id,
        school_id=part.pupil.student.school_id,
        author_id=contact.author_id,
        occurred_at=contact.occurred_at,
        kind=contact.kind,
        outcome=part.outcome,
        next_step=part.next_step,
        **code_columns("purposes", part.purposes),
    )


def _save_notes(participations: Sequence[Participation], parts: Sequence[Part]) -> None:
    """Write the notes and the pupils' own words there are, over those there were."""
    ContactNote.objects.bulk_create(
        _notes(participations, parts),
        update_conflicts=True,
        unique_fields=["participation"],
        update_fields=["text", "pupils_words", "written_together"],
    )


def _notes(participations: Sequence[Participation], parts: Sequence[Part]) -> list[ContactNote]:
    return [
        ContactNote(
            participation=participation,
            student_id=participation.student_id,
            school_id=participation.school_id,
            author_id=participation.author_id,
            text=part.note,
            pupils_words=part.pupils_words,
            written_together=part.written_together,
        )
        for participation, part in zip(participations, parts, strict=True)
        if part.note or part.pupils_words
    ]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a participation should say after an edit."""

    participation: Participation
    part: Part


@transaction.atomic
def edit_contact(
    *, contact: Contact, by: User, version: int, occasion: Occasion, corrections: Sequence[Correction]
) -> None:
    """Correct a contact of one's own, if it is still at `version`. Raises Overtaken, InTheFuture, TooLongAgo.

    The copies of kind and time on the participations follow by their foreign key. A moment that is left as it
    was may be older than the limit.
    """
    if occasion.occurred_at != contact.occurred_at:
        check_moment(occasion.occurred_at)
    own = Contact.objects.visible_to(by).filter(pk=contact.pk, author=by, version=version)
    changed = own.update(**occasion.columns, version=F("version") + 1)
    if not changed:
        raise Overtaken
    _correct(by, corrections)


CORRECTED = ["outcome", "next_step", "step_done_at", "step_done_by", "purposes", "local_purposes"]


def _correct(by: User, corrections: Sequence[Correction]) -> None:
    rows, parts = [item.participation for item in corrections], [item.part for item in corrections]
    for row, part in zip(rows, parts, strict=True):
        if row.next_step != part.next_step:  # another step: not taken yet
            row.step_done_at, row.step_done_by = None, None
        row.outcome, row.next_step = part.outcome, part.next_step
        for name, value in code_columns("purposes", part.purposes).items():
            setattr(row, name, value)
    Participation.objects.bulk_update(rows, CORRECTED)
    emptied = [row.pk for row, part in zip(rows, parts, strict=True) if not (part.note or part.pupils_words)]
    ContactNote.objects.visible_to(by).filter(participation__in=emptied).delete()
    _save_notes(rows, parts)


@transaction.atomic
def note_outcomes(
    *, contact: Contact, by: User, version: int, outcomes: Mapping[int, str], added: Sequence[Part]
) -> None:
    """Correct how it went alone, by id of the participation, and add parts. Raises Overtaken.

    All else that the contact says stays as it is.
    """
    own = Contact.objects.visible_to(by).filter(pk=contact.pk, author=by, version=version)
    if not own.update(version=F("version") + 1):
        raise Overtaken
    rows = list(Participation.objects.visible_to(by).filter(contact=contact, pk__in=outcomes))
    for row in rows:
        row.outcome = outcomes[row.pk]
    Participation.objects.bulk_update(rows, ["outcome"])
    _save_notes(Participation.objects.bulk_create([_participation(contact, part) for part in added]), added)
