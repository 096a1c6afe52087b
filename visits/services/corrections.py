"""When a contact stands in the wrong place: moved to the right pupil, withdrawn, put back."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from peersupport.lib.names import search_words
from schools.models import Role
from students.models import Case, Student
from visits.models import Contact, ContactQuerySet, Participation, ParticipationQuerySet
from visits.services.contacts import Overtaken, pupils_to_log
from visits.services.pupils import Pupil


class AlreadyInContact(Exception):
    """The pupil has a part of their own in this contact."""


class NotAllMine(Exception):
    """The contact has a part of a pupil who is not the writer's any more: that page is closed to them."""


def own_contacts(*, by: User) -> ContactQuerySet:
    """One's own of the role acted in, withdrawn ones too: the role they were written in may correct them."""
    is_coordinator = by.acting.role == Role.COORDINATOR
    return Contact.objects.with_withdrawn(by).filter(author=by, supporter__isnull=is_coordinator)


def all_contacts(*, by: User) -> ContactQuerySet:
    """Those `by` may see, the withdrawn ones too: for the pages that withdraw and put back."""
    return Contact.objects.with_withdrawn(by)


def parts_of(*, contact: Contact, by: User) -> ParticipationQuerySet:
    """The contact's parts of pupils whom `by` sees, also when it is withdrawn."""
    seen = (
        Participation.objects.withdrawn(by) if contact.is_withdrawn else Participation.objects.visible_to(by)
    )
    return seen.filter(contact=contact)


def withdrawn_parts(*, student: Student, by: User) -> ParticipationQuerySet:
    """The pupil's parts in withdrawn contacts that `by` may see: one's own, a coordinator all."""
    return Participation.objects.withdrawn(by).filter(student=student)


def found_to_log(*, by: User, words: str) -> list[Pupil]:
    """Pupils with an open support period whose names are like `words`; a coordinator has too many to list."""
    students = Student.objects.visible_to(by).found(search_words(words))
    cases = Case.objects.visible_to(by).open().filter(student__in=students)
    found: Collection[UUID] = list(cases.values_list("student__public_id", flat=True))
    return pupils_to_log(by=by, among=found) if found else []


@transaction.atomic
def move_contact(*, part: Participation, by: User, version: int, to: Pupil) -> None:
    """Give the part, with its note and next step, to another pupil of the writer's.

    Nothing of it stays on the first pupil's page. Raises Overtaken when the contact is not at `version`,
    AlreadyInContact.
    """
    own = own_contacts(by=by).filter(pk=part.contact_id, version=version, is_withdrawn=False)
    if not own.update(version=F("version") + 1):
        raise Overtaken
    where = {"student": to.student, "school_id": to.student.school_id}
    try:
        with transaction.atomic():
            mine = Participation.objects.visible_to(by).filter(pk=part.pk, student=part.student_id)
            moved = mine.update(**where, case_id=to.case_id)
    except IntegrityError:
        raise AlreadyInContact from None
    if not moved:
        raise Overtaken
    _follow(part)


def _follow(part: Participation) -> None:
    """Note, earlier texts, thanks, questions go along; a new table about parts goes into the function too."""
    with connection.cursor() as cursor:
        cursor.execute("select follow_part(%s)", [part.pk])


@transaction.atomic
def withdraw_contact(*, contact: Contact, by: User, version: int, reason: str, words: str) -> None:
    """Let it count nowhere any more; who, when and why is kept. Raises Overtaken, NotAllMine.

    The copies on the participations follow by their foreign key.
    """
    if Participation.objects.visible_to(by).filter(contact=contact).count() < _number_of_parts(contact):
        raise NotAllMine
    standing = own_contacts(by=by).filter(pk=contact.pk, version=version, is_withdrawn=False)
    changed = standing.update(
        withdrawn_at=timezone.now(),
        withdrawn_by=by,
        withdrawn_reason=reason,
        withdrawn_words=words,
        version=F("version") + 1,
    )
    if not changed:
        raise Overtaken


def _number_of_parts(contact: Contact) -> int:
    """Also of pupils whom the writer does not see; a number, and only of one's own contact."""
    with connection.cursor() as cursor:
        cursor.execute("select parts_of_my_contact(%s)", [contact.pk])
        return int(cursor.fetchone()[0])


@transaction.atomic
def put_back_contact(*, contact: Contact, by: User) -> None:
    """Let it count again, as it was; twice is the same as once."""
    own_contacts(by=by).filter(pk=contact.pk, is_withdrawn=True).update(
        withdrawn_at=None,
        withdrawn_by=None,
        withdrawn_reason="",
        withdrawn_words="",
        version=F("version") + 1,
    )
