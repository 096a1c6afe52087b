"""Records as they are in life: a pupil twice, two made one, a contact that was withdrawn. Told through the services."""

from typing import Any

from accounts.models import User
from peersupport.demo import history
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import morning
from peersupport.demo.referrals import backdate
from peersupport.lib.dates import today
from schools.models import School
from students import services
from students.models import CaseStatusChange, Referral, Student, StudentMerge
from visits.services import Occasion, Part, log_contact, pupils_to_log, withdraw_contact

# (given, family, how the second one spelt it, school, grade): the first is still there twice.
TWICE = (("Saga", "Låtsman", "Saga", "Låtsmann", 1, 6), ("Malik", "Provdal", "Malek", "Provdal", 2, 8))

COUNT = 3  # pupils one sees afterwards


def tell(coordinator: User, schools: list[School], supporter: User, student: Student) -> None:
    """Two pupils who came twice, of whom one is merged by now; and a contact of `student`'s that never was."""
    for number, (given, family, other_given, other_family, school, grade) in enumerate(TWICE):
        names = ((given, family, 12), (other_given, other_family, 4))
        first, second = (
            _accepted(coordinator, schools[school], grade, given_name=name, family_name=surname, days=days)
            for name, surname, days in names
        )
        if number:
            _merge(coordinator, first, second)
    _withdraw(supporter, student)


def _accepted(by: User, school: School, grade: int, *, days: int, **name: str) -> Student:
    referral = Referral(
        school=school,
        grade=grade,
        birth_year=today().year - grade - 6,
        works_well="Tycker om att vara ute.",
        consent="obtained",
        consent_note="Vårdnadshavare, muntligt",
        **name,
    )
    with as_user(by):
        services.send_referral(referral=referral, by=by)
        case = services.accept_referral(referral=referral, by=by, answer="Tack. Vi hör av oss.")
    backdate(referral, case, sent=morning(days + 2), accepted=morning(days))
    return case.student


def _merge(by: User, kept: Student, absorbed: Student) -> None:
    choices: dict[str, Any] = {"name": "kept", "case": "kept"}
    with history.at(morning(1)), as_user(by):
        pair = services.Pair(*services.find_pair(ids=[kept.public_id, absorbed.public_id], by=by))
        merge = services.merge_students(
            pair=pair, by=by, versions=(pair.kept.version, pair.absorbed.version), choices=choices
        )
    with history.unwritten():  # the functions write when the transaction began
        StudentMerge.objects.filter(pk=merge.pk).update(merged_at=morning(1))
        steps = CaseStatusChange.objects.filter(student=kept)
        steps.update(at=morning(1), until=morning(1).date())


def _withdraw(supporter: User, student: Student) -> None:
    """Logged for the day before yesterday, when nobody was at home and nothing came of it."""
    with as_user(supporter):
        (pupil,) = pupils_to_log(by=supporter, among=[student.public_id])
        moment = morning(2).replace(hour=17, minute=5)
        contact = log_contact(
            by=supporter, occasion=Occasion("phone", moment, 10), parts=[Part(pupil, "met")]
        )
        withdraw_contact(
            contact=contact, by=supporter, version=1, reason="twice", words="Samma samtal som på förmiddagen."
        )
