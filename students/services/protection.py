"""Protected pupils: the mark itself, and who may open the name (ARCHITECTURE "Identity apart")."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from students.models import (
    Guardian,
    NamedPerson,
    Protection,
    ProtectionChange,
    Student,
    Whereabouts,
)
from students.services.errors import EditConflict, Refused
from students.services.names import Name
from students.services.openings import tell_data_owners


@dataclass(frozen=True, slots=True)
class OpenedIdentity:
    """A sealed name while it is open."""

    name: Name
    open_until: datetime
    version: int


@transaction.atomic
def change_protection(
    *, student: Student, by: User, version: int, level: str, reason: str = "", name_me: bool = False
) -> None:
    """Set the level; every page shows the alias, or the name again, from the next request on.

    Marking takes address and phone away (DOMAIN §4: "import deletes address on marking") and the name out
    of the pupil's referrals. `name_me` lets `by` open the name. Raises EditConflict.
    """
    before = Student.objects.visible_to(by).values_list("protection", flat=True).get(pk=student.pk)
    changed = (
        Student.objects.visible_to(by)
        .filter(pk=student.pk, version=version)
        .update(protection=level, version=F("version") + 1)
    )
    if not changed:
        raise EditConflict
    ProtectionChange.objects.create(
        student=student, school_id=student.school_id, before=before, after=level, reason=reason, changed_by=by
    )
    if level != Protection.NONE:
        seal_referrals(student=student)
        if before == Protection.NONE:
            Whereabouts.objects.visible_to(by).filter(student=student.pk).delete()
    if name_me and level != Protection.NONE:
        name_person(student=student, person=by, by=by)


def seal_referrals(*, student: Student) -> None:
    """Take the name of a protected pupil out of every referral about them; of another pupil, nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select seal_referrals(%s)", [student.pk])


def name_person(*, student: Student, person: User, by: User) -> None:
    """Let `person` open the name; twice is the same as once."""
    NamedPerson.objects.bulk_create(
        [NamedPerson(student=student, school_id=student.school_id, user=person, chosen_by=by)],
        ignore_conflicts=True,
    )


def remove_named_person(*, student: Student, person: User, by: User) -> None:
    """From now on `person` may not open the name, nor keep it open."""
    NamedPerson.objects.visible_to(by).filter(student=student.pk, user=person.pk).delete()


@transaction.atomic
def open_identity(*, student: Student, reason: str, page: str) -> bool:
    """Open the sealed name to whoever is in scope, for 15 minutes, logged; False when it is not theirs.

    The coordinators of the pupil's school are told, all but the opener; `page` is the address where they see
    who has opened what.
    """
    with connection.cursor() as cursor:
        cursor.execute("select open_identity(%s, %s)", [student.pk, reason])
        is_open = bool(cursor.fetchone()[0])
    if is_open:
        tell_data_owners(student=student, page=page)
    return is_open


def opened_identity(*, student: Student) -> OpenedIdentity | None:
    """The sealed name, if whoever is in scope has it open now."""
    with connection.cursor() as cursor:
        cursor.execute("select * from opened_identity(%s)", [student.pk])
        row = cursor.fetchone()
    return OpenedIdentity(Name(*row[:3]), row[3], row[4]) if row else None


class NotOpen(Refused):
    """The name is not open to whoever asks, or not any more."""


@transaction.atomic
def correct_identity(*, student: Student, version: int, name: Name) -> None:
    """Correct a sealed name while it is open to a coordinator. Raises NotOpen, EditConflict."""
    _correct("select correct_identity(%s, %s, %s::jsonb)", student.pk, version, name.columns())


@transaction.atomic
def correct_guardian(*, guardian: Guardian, version: int, fields: dict[str, Any]) -> None:
    """Correct a protected pupil's guardian while the name is open. Raises NotOpen, EditConflict."""
    _correct("select correct_guardian(%s, %s, %s::jsonb)", guardian.public_id, version, fields)


def _correct(statement: str, of: Any, version: int, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [of, version, json.dumps(values)])
        answer = cursor.fetchone()[0]
    if answer == "changed":
        raise EditConflict
    if answer != "done":
        raise NotOpen


def opened_guardians(*, student: Student) -> list[Guardian]:
    """The guardians of a protected pupil, while the name is open."""
    return list(Guardian.objects.raw("select * from opened_guardians(%s)", [student.pk]))
