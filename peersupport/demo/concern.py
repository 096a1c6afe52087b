"""Whom Lindsjö rings when somebody is worried: numbers that belong to nobody (PTS keeps them for stories)."""

from accounts.models import User
from peersupport.demo.acting import as_user
from safety.models import NumberStep
from safety.services import NumberWords, add_number

NUMBERS = (
    (NumberStep.URGENT, "Socialjouren", "031-390 06 12", "Kvällar, nätter och helger", ""),
    (NumberStep.INTAKE, "Mottagningen barn och unga", "031-390 06 25", "Vardagar 8–16.30", ""),
    (NumberStep.INTERNAL, "Samordningens telefon", "031-390 06 40", "Vardagar 7.30–17", ""),
)


def fill(petra: User) -> None:
    """As the coordinator put them in."""
    with as_user(petra):
        for step, name, phone, hours, url in NUMBERS:
            add_number(by=petra, words=NumberWords(step, name, phone, hours, url))
