"""The last weeks of the tale, contact by contact."""

from datetime import datetime
from decimal import Decimal
from random import Random

from peersupport.demo import words
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import morning, recent_moments
from peersupport.demo.codes import OwnValues
from schools.codes import Chosen
from schools.models import LocalCode
from students.models import Assignment
from visits.services import Occasion, Part, log_contact, pupils_to_log

# Hugo, by position in the tale: last met almost three weeks ago.
NOT_MET_FOR_LONG = 3


def tell_recent_weeks(number: int, assignment: Assignment, own_values: OwnValues, chance: Random) -> None:
    """Logged one by one as on the phone, a try now and then."""
    moments = list(recent_moments(number, assignment.starts_on))
    if number == NOT_MET_FOR_LONG:  # since then sought twice in vain
        moments = [moment for moment in moments if moment < morning(19)] + moments[-2:]
    for count, moment in enumerate(moments):
        kind = "at_school" if count % 3 == 2 else "home_visit"
        is_try = count % 5 == 1 or (number == NOT_MET_FOR_LONG and moment > morning(19))
        _log(assignment, kind, moment, is_try, own_values, chance)


def _log(
    assignment: Assignment, kind: str, moment: datetime, is_try: bool, own_values: OwnValues, chance: Random
) -> None:
    supporter = assignment.supporter.user
    outcome = ("no_show" if kind == "at_school" else "no_answer") if is_try else "met"
    note = "" if is_try else chance.choice(words.NOTES[kind])
    step = "" if is_try else chance.choice(words.NEXT_STEPS)
    with as_user(supporter):
        (pupil,) = pupils_to_log(by=supporter, among=[assignment.student.public_id])
        log_contact(
            by=supporter,
            occasion=Occasion(
                kind,
                moment,
                10 if is_try else 60,
                local_kind=_own_kind(kind, moment, own_values.walk),
                topics=() if is_try else tuple(map(Chosen, words.TOPICS[kind][moment.day % 3])),
                travel_minutes=15,
                travel_km=Decimal("6.5"),
            ),
            parts=[
                Part(
                    pupil,
                    outcome,
                    next_step=step,
                    note=note,
                    written_together=chance.random() < 0.3,
                    pupils_words=words.PUPILS_WORDS[moment.day % 3] if note and moment.day % 4 == 1 else "",
                    purposes=pupil.case_purposes[moment.day % 2 :][:1],
                )
            ],
        )


def _own_kind(kind: str, moment: datetime, walk: LocalCode) -> int | None:
    """Every other home visit is a walk."""
    return walk.pk if kind == walk.national_code and moment.day % 2 else None
