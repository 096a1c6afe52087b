"""The next step: written without a contact, and ticked off wherever it was written."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from students.models import Case
from visits.models import NextStep


@transaction.atomic
def write_step(*, case: Case, by: User, text: str) -> NextStep:
    """The step that counts from now on; the one before it stays in the timeline as it was."""
    return NextStep.objects.create(
        student_id=case.student_id, case=case, school_id=case.school_id, text=text, written_by=by
    )


@transaction.atomic
def tick_off(*, student_id: int, step: UUID, by: User) -> bool:
    """The step is taken: `step` is its own id, or that of the contact it was written with.

    False when it was ticked off before, or is not to be seen.
    """
    own = NextStep.objects.visible_to(by).filter(student=student_id, public_id=step, done_at__isnull=True)
    if own.update(done_at=timezone.now(), done_by=by, version=F("version") + 1):
        return True
    with connection.cursor() as cursor:
        cursor.execute("select tick_off_step(%s, %s)", [student_id, step])
        return bool(cursor.fetchone()[0])
