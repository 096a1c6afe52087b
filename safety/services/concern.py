"""The marker of a report of concern: noted, corrected, withdrawn. Never what was reported (docs/adr/0033)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from safety.models import ConcernReport
from safety.services.telling import next_working_day, tell_coordinator
from schools.services import ChangedMeanwhile
from students.models import Student

AFTERWARDS = _("Get in touch with me: how am I after something hard at work?")


@dataclass(frozen=True, slots=True)
class Marker:
    """What is kept of a report: `receiver`, `way` as their choices have it; `sent_at` is aware."""

    learned_on: date
    sent_at: datetime
    receiver: str
    way: str
    feedback_asked: bool


@transaction.atomic
def note_report(*, student: Student, by: User, marker: Marker) -> ConcernReport:
    """Keep that `by` has reported; a coordinator is asked to look after them, and hears of no pupil."""
    report = ConcernReport(student=student, school_id=student.school_id, author=by, **asdict(marker))
    report.save(force_insert=True)
    ask_for_aftercare()
    return report


def ask_for_aftercare() -> str:
    """A coordinator is to get in touch with whoever is in scope by the next working day; says who, or ""."""
    return tell_coordinator(title=AFTERWARDS, due_on=next_working_day())


def correct_report(*, report: ConcernReport, by: User, version: int, marker: Marker, because: str) -> None:
    """By its author, while it stands and is still at `version`. Raises ChangedMeanwhile."""
    same = ConcernReport.objects.visible_to(by).standing().filter(pk=report.pk, author=by, version=version)
    if not same.update(**asdict(marker), changed_because=because, version=F("version") + 1):
        raise ChangedMeanwhile


def withdraw_report(*, report: ConcernReport, by: User, because: str) -> None:
    """By its author or a coordinator; it stays, crossed out. Twice is the same as once."""
    standing = ConcernReport.objects.visible_to(by).standing().filter(pk=report.pk)
    stamp = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_because": because}
    standing.update(**stamp, version=F("version") + 1)
