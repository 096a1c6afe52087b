"""The people and functions around a pupil."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from peersupport.lib.dates import today
from students.models import PersonAround, Student
from students.services.errors import EditConflict


@transaction.atomic
def add_person(*, student: Student, by: User, fields: dict[str, Any]) -> None:
    """Someone around `student`.

    A protected pupil's may be written by someone who may not read it, so no row returns.
    """
    person = PersonAround(
        student=student,
        school_id=student.school_id,
        is_protected=student.is_protected,
        added_by=by,
        **fields,
    )
    PersonAround.objects.bulk_create([person], ignore_conflicts=True)


@transaction.atomic
def edit_person(*, person: PersonAround, by: User, version: int, fields: dict[str, Any]) -> None:
    """Save `fields`. Raises EditConflict when `version` is not the one saved now."""
    updated = (
        PersonAround.objects.changeable_by(by)
        .filter(pk=person.pk, version=version)
        .update(**fields, version=F("version") + 1)
    )
    if not updated:
        raise EditConflict


@transaction.atomic
def end_person(*, person: PersonAround, by: User, last_day: date) -> None:
    """`last_day` was the last; the row stays, among the earlier ones. Nobody earlier is the first contact."""
    PersonAround.objects.changeable_by(by).filter(pk=person.pk).update(
        ends_on=last_day, is_first_contact=False, version=F("version") + 1
    )


@transaction.atomic
def mark_first_contact(*, person: PersonAround, by: User) -> None:
    """Whom to ring first: this one, and nobody else. Of two who mark at once the last one holds."""
    people = PersonAround.objects.changeable_by(by).filter(student=person.student_id)
    list(people.order_by("pk").select_for_update().values_list("pk"))
    people.filter(is_first_contact=True).update(is_first_contact=False)
    people.filter(pk=person.pk).exclude(ends_on__lte=today()).update(is_first_contact=True)


def opened_people(*, student: Student) -> list[PersonAround]:
    """The people around a protected pupil, while the name is open."""
    return list(PersonAround.objects.raw("select * from opened_people(%s)", [student.pk]))
