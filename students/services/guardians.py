"""Guardians: added and edited by coordinators."""

from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from students.models import Guardian, Student
from students.services.errors import EditConflict


@transaction.atomic
def add_guardian(*, student: Student, by: User, fields: dict[str, Any]) -> None:
    """A guardian of `student`.

    A protected pupil's may be written by someone who may not read it, so no row returns.
    """
    guardian = Guardian(
        student=student, school_id=student.school_id, is_protected=student.is_protected, **fields
    )
    Guardian.objects.bulk_create([guardian], ignore_conflicts=True)


@transaction.atomic
def edit_guardian(*, guardian: Guardian, by: User, version: int, fields: dict[str, Any]) -> None:
    """Save `fields`. Raises EditConflict when `version` is not the one saved now."""
    updated = (
        Guardian.objects.visible_to(by)
        .filter(pk=guardian.pk, version=version)
        .update(**fields, version=F("version") + 1)
    )
    if not updated:
        raise EditConflict
