"""The pupil's record: made when a referral is accepted, edited by coordinators."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from peersupport.lib.dates import today
from students.models import Enrolment, Identity, Referral, Student
from students.models.student import new_alias
from students.services.errors import EditConflict, EnrolmentTooEarly, violated_constraint
from students.services.names import Name

ALIAS_ATTEMPTS = 50
LONGEST_WORKS_WELL = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """In which form and grade a pupil is from `valid_from` on; the school changes by a page of its own."""

    school_form: str
    grade: int | None  # None: not stated
    valid_from: date


def register_student(*, referral: Referral, by: User, name: Name | None = None) -> Student:
    """The pupil that `referral` is about, with name and enrolment; `name` when the referral holds none."""
    student = _insert_student(
        school_id=referral.school_id,
        school_form=referral.school_form,
        grade=referral.grade,
        birth_year=referral.birth_year,
        sex=referral.sex,
        protection=referral.protection,
        works_well=referral.works_well[:LONGEST_WORKS_WELL],  # the referral keeps all of it
    )
    name = name or Name(referral.given_name, referral.family_name, referral.called)
    Identity.objects.create(
        student=student, school_id=student.school_id, is_protected=referral.is_protected, **name.columns()
    )
    Enrolment.objects.create(
        student=student,
        access_school_id=student.school_id,
        school_id=student.school_id,
        school_form=student.school_form,
        grade=student.grade,
    )
    return student


def _insert_student(**fields: Any) -> Student:
    """A free alias cannot be looked up, for other organisations' pupils are not to be seen: try."""
    for _attempt in range(ALIAS_ATTEMPTS):
        try:
            with transaction.atomic():
                return Student.objects.create(alias=new_alias(), **fields)
        except IntegrityError as error:
            if "alias" not in violated_constraint(error):
                raise
    raise RuntimeError("No free alias was found")


@transaction.atomic
def edit_student(
    *, student: Student, by: User, version: int, fields: dict[str, Any], place: Place, name: Name | None
) -> None:
    """Save `fields` (birth year, sex, what works), form and grade, and unless None the name.

    A change of form or grade is also written as an enrolment. Raises EditConflict when `version` is
    not the one saved now, EnrolmentTooEarly when a later enrolment exists.
    """
    before = Student.objects.visible_to(by).filter(pk=student.pk).values("school_form", "grade").get()
    updated = (
        Student.objects.visible_to(by)
        .filter(pk=student.pk, version=version)
        .update(
            **fields,
            school_form=place.school_form,
            grade=place.grade,
            version=F("version") + 1,
        )
    )
    if not updated:
        raise EditConflict
    if before != {"school_form": place.school_form, "grade": place.grade}:
        _enrol(student, by, place)
    if name is not None:
        Identity.objects.visible_to(by).filter(student=student.pk).update(
            **name.columns(), version=F("version") + 1
        )


def _enrol(student: Student, by: User, place: Place) -> None:
    enrolments = Enrolment.objects.visible_to(by).filter(student=student.pk)
    if enrolments.filter(valid_from__gt=place.valid_from).exists():
        raise EnrolmentTooEarly
    # A second change on the same day corrects the first.
    values = {"school_id": student.school_id, "school_form": place.school_form, "grade": place.grade}
    if not enrolments.filter(valid_from=place.valid_from).update(**values):
        Enrolment.objects.create(
            student=student,
            access_school_id=student.school_id,
            valid_from=min(place.valid_from, today()),
            **values,
        )
