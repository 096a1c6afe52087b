"""Incidents: told by whom they happened to, answered by a coordinator."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from safety.models import HomeVisit, IncidentReport
from safety.services.concern import ask_for_aftercare
from schools.models import Organisation
from schools.services import ChangedMeanwhile
from supporters.models import PeerSupporter


@dataclass(frozen=True, slots=True)
class Happening:
    """What is told of it; `happened_at` is aware."""

    kind: str
    is_serious: bool
    happened_at: datetime
    what: str
    helped: str = ""
    needed: str = ""


@transaction.atomic
def report_incident(*, by: User, happening: Happening, visit: HomeVisit | None) -> IncidentReport:
    """Keep it, and ask a coordinator to look after `by`."""
    supporter = PeerSupporter.objects.visible_to(by).filter(user=by).first()
    incident = IncidentReport(
        organisation=Organisation.objects.visible_to(by).get(),
        author=by,
        supporter=supporter,
        visit=visit,
        **asdict(happening),
    )
    incident.save(force_insert=True)
    ask_for_aftercare()
    return incident


def answer_incident(
    *, incident: IncidentReport, by: User, version: int, measures: str, is_closed: bool
) -> None:
    """What is done about it, by a coordinator; closed when it is done. Raises ChangedMeanwhile."""
    same = IncidentReport.objects.visible_to(by).open().filter(pk=incident.pk, version=version)
    stamp = {"closed_at": timezone.now(), "closed_by": by} if is_closed else {}
    if not same.update(measures=measures, version=F("version") + 1, **stamp):
        raise ChangedMeanwhile
