"""Whom Lindsjö rings when worried (numbers that belong to nobody: PTS keeps them for stories), and what was told."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from peersupport.demo.acting import as_user
from peersupport.lib.dates import day_of
from safety.models import ConcernReceiver, ConcernWay, IncidentKind, NumberStep
from safety.services import (
    Happening,
    Marker,
    NumberWords,
    add_number,
    answer_incident,
    note_report,
    report_incident,
)
from students.models import Assignment

NUMBERS = (
    (NumberStep.URGENT, "Socialjouren", "031-390 06 12", "Kvällar, nätter och helger"),
    (NumberStep.INTAKE, "Mottagningen barn och unga", "031-390 06 25", "Vardagar 8–16.30"),
    (NumberStep.INTERNAL, "Samordningens telefon", "031-390 06 40", "Vardagar 7.30–17"),
)
THREAT = "En granne skrek i trapphuset och ställde sig i vägen. Jag gick tillbaka ut."
NEAR_MISS = "Hunden var lös på gården när jag kom. Den hann inte fram."


def tell_concern(assignments: list[Assignment], petra: User) -> None:
    """The numbers; one report, of Yusuf by Karim; two incidents, the older one closed."""
    with as_user(petra):
        for step, name, phone, hours in NUMBERS:
            add_number(by=petra, words=NumberWords(step, name, phone, hours))
    yusuf = assignments[2]
    karim, sent = yusuf.supporter.user, timezone.now() - timedelta(days=6)
    marker = Marker(day_of(sent), sent, ConcernReceiver.SOCIAL, ConcernWay.PHONE, feedback_asked=True)
    old = Happening(IncidentKind.NEAR_MISS, False, sent - timedelta(days=20), NEAR_MISS, "Grinden.", "")
    new = Happening(IncidentKind.THREAT, False, timezone.now() - timedelta(hours=20), THREAT, "", "Prata.")
    with as_user(karim):
        note_report(student=yusuf.student, by=karim, marker=marker)
        closed = report_incident(by=karim, happening=old, visit=None)
        report_incident(by=karim, happening=new, visit=None)
    with as_user(petra):
        measures = "Familjen kopplar hunden innan vi kommer. Sagt i dag."
        answer_incident(incident=closed, by=petra, version=1, measures=measures, is_closed=True)
