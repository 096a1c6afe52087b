"""The pupils of the year, in bulk: who had support, from whom, from when to when. Every row is checked by the
models' own rules before it is stored, and the database checks the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from peersupport.demo import words
from peersupport.demo.cast import Cast
from peersupport.lib.dates import today
from peersupport.lib.names import search_key, sort_key
from schools.codes import SchoolForm
from schools.models import School
from students.models import (
    Assignment,
    Case,
    CaseStatus,
    Enrolment,
    Guardian,
    Identity,
    Referral,
    ReferralStatus,
    ReferralStatusChange,
    Student,
)
from students.models.student import new_alias
from supporters.models import PeerSupporter

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Stint:
    """One pupil's time with one supporter; `ends_on` is None while it goes on."""

    supporter: PeerSupporter
    school: School
    starts_on: date
    ends_on: date | None


def stints(cast: Cast, places: dict[int, int], count: int, chance: Random) -> list[Stint]:
    """`count` stints over the past year: each supporter's `places` (by id) taken today, and who had them before."""
    going_on = [
        Stint(supporter, chance.choice(_schools_of(supporter)), _day(chance, 25, 230), None)
        for supporter in cast.supporters
        for _place in range(places[supporter.pk])
    ]
    ended: list[Stint] = []
    for stint in _cycle(going_on):
        if len(going_on) + len(ended) >= count:
            break
        last = stint.starts_on - timedelta(days=chance.randint(3, 20))
        first = max(last - timedelta(days=chance.randint(50, 150)), today() - YEAR)
        if first < last - timedelta(days=20):
            ended.append(Stint(stint.supporter, chance.choice(_schools_of(stint.supporter)), first, last))
    return going_on + ended


def _cycle(going_on: list[Stint]) -> Iterator[Stint]:
    """The latest begun first: their places had time for somebody before. Round again, should that not be enough."""
    for _round in range(4):
        yield from sorted(going_on, key=lambda stint: stint.starts_on, reverse=True)


def _schools_of(supporter: PeerSupporter) -> list[School]:
    return [placement.school for placement in supporter.placements.select_related("school")]


def _day(chance: Random, at_least: int, at_most: int) -> date:
    return today() - timedelta(days=chance.randint(at_least, at_most))


def store(
    coordinator: User, planned: list[Stint], taken: set[tuple[str, str]], chance: Random
) -> list[Assignment]:
    """Pupils, names (none of those `taken`), enrolments, guardians, referrals, support periods and assignments."""
    names = _names(len(planned), taken, chance)
    students = _checked(
        [_student(stint, name[2], chance) for stint, name in zip(planned, names, strict=True)]
    )
    for student, alias in zip(students, _aliases(len(students)), strict=True):
        student.alias = alias
    Student.objects.bulk_create(students)
    Identity.objects.bulk_create(
        [_identity(student, name) for student, name in zip(students, names, strict=True)]
    )
    pairs = list(zip(students, planned, strict=True))
    Enrolment.objects.bulk_create([_enrolment(student, stint.starts_on) for student, stint in pairs])
    Guardian.objects.bulk_create(_checked([_guardian(student, chance) for student in students]))
    referrals = _checked(
        [_referral(s, n, stint, coordinator, chance) for (s, stint), n in zip(pairs, names, strict=True)]
    )
    Referral.objects.bulk_create(referrals)
    ReferralStatusChange.objects.bulk_create(_history(referrals, coordinator))
    cases = [_case(referral, stint, coordinator) for referral, stint in zip(referrals, planned, strict=True)]
    Case.objects.bulk_create(cases)
    assignments = [
        _assignment(case, stint, coordinator, chance) for case, stint in zip(cases, planned, strict=True)
    ]
    return Assignment.objects.bulk_create(assignments)


def _aliases(count: int) -> set[str]:
    """So many different ones; the service draws again when the database says taken, which a bulk cannot."""
    aliases: set[str] = set()
    while len(aliases) < count:
        aliases.add(new_alias())
    return aliases


def _checked(rows: list[Any]) -> list[Any]:
    """The same rows, each past its model's field rules; raises ValidationError on the first that is not."""
    for row in rows:
        foreign = {field.name for field in row._meta.fields if isinstance(field, models.ForeignKey)}
        row.clean_fields(exclude=foreign | {"status"})
    return rows


def _student(stint: Stint, sex: str, chance: Random) -> Student:
    is_upper = any(form in {SchoolForm.UPPER_SECONDARY} for form in stint.school.forms)
    grade = chance.randint(1, 3) if is_upper else chance.randint(4, 9)
    age = 15 + grade if is_upper else 6 + grade
    return Student(
        school=stint.school,
        school_form=next(form for form in stint.school.forms if form != SchoolForm.PRESCHOOL_CLASS),
        grade=grade,
        birth_year=today().year - age,
        sex=sex,
        works_well=chance.choice(words.WORKS_WELL),
        created_at=_at(stint.starts_on - timedelta(days=12)),
    )


def _names(count: int, taken: set[tuple[str, str]], chance: Random) -> list[tuple[str, str, str]]:
    """`count` different (given name, family name, sex)."""
    every = [(given, family, sex) for given, sex in words.GIVEN_NAMES for family in words.FAMILY_NAMES]
    return chance.sample([name for name in every if name[:2] not in taken], count)


def _identity(student: Student, name: tuple[str, str, str]) -> Identity:
    given, family, _sex = name
    called = words.CALLED.get(given, "")
    return Identity(
        student=student,
        school_id=student.school_id,
        is_protected=False,
        given_name=given,
        family_name=family,
        called=called,
        sort_key=sort_key(family, given),
        search_key=search_key(given, called, family),
    )


def _enrolment(student: Student, starts_on: date) -> Enrolment:
    return Enrolment(
        student=student,
        access_school_id=student.school_id,
        school_id=student.school_id,
        school_form=student.school_form,
        grade=student.grade,
        valid_from=starts_on - timedelta(days=30),
    )


def _guardian(student: Student, chance: Random) -> Guardian:
    relation, given = chance.choice(
        (("mother", "Mamma"), ("father", "Pappa"), ("guardian", "Vårdnadshavare"))
    )
    return Guardian(
        student=student,
        school_id=student.school_id,
        is_protected=False,
        given_name=given,
        relation=relation,
        phone=f"070-17406{chance.randint(5, 99):02d}",
        language=chance.choice(("svenska", "svenska", "svenska", "arabiska", "somaliska")),
    )


def _referral(
    student: Student, name: tuple[str, str, str], stint: Stint, by: User, chance: Random
) -> Referral:
    return Referral(
        school=stint.school,
        student=student,
        referred_by=by,
        status=ReferralStatus.ACCEPTED,
        given_name=name[0],
        family_name=name[1],
        search_key=search_key(name[0], name[1]),
        sex=name[2],
        birth_year=student.birth_year,
        school_form=student.school_form,
        grade=student.grade,
        reason=chance.choice(("absence", "absence", "at_risk")),
        works_well=student.works_well,
        has_been_tried=chance.choice(words.TRIED),
        student_wants=chance.choice(words.WANTS),
        guardians_say=chance.choice(words.GUARDIANS_SAY),
        consent="obtained",
        consent_note="Vårdnadshavare, muntligt",
        created_at=_at(stint.starts_on - timedelta(days=12)),
    )


def _history(referrals: list[Referral], by: User) -> list[ReferralStatusChange]:
    steps = (
        (ReferralStatus.REQUESTED, 0, ""),
        (ReferralStatus.ACCEPTED, 3, "Tack. Vi letar efter en peer supporter."),
    )
    return [
        ReferralStatusChange(
            referral=referral,
            school_id=referral.school_id,
            status=status,
            at=referral.created_at + timedelta(days=days),
            by=by,
            reason=reason,
        )
        for referral in referrals
        for status, days, reason in steps
    ]


def _case(referral: Referral, stint: Stint, by: User) -> Case:
    ended = (
        {"closed_at": _at(stint.ends_on), "closed_by": by, "status": CaseStatus.CLOSED}
        if stint.ends_on
        else {}
    )
    is_new = stint.starts_on > today() - timedelta(days=45)
    return Case(
        student_id=referral.student_id,
        school=stint.school,
        referral=referral,
        reason=referral.reason,
        purposes=["wellbeing", "empowerment"],
        review_on=today() + timedelta(days=30),
        opened_at=referral.created_at + timedelta(days=3),
        opened_by=by,
        waiting_since=stint.ends_on or stint.starts_on,
        **({"status": CaseStatus.MAPPING if is_new else CaseStatus.ACTIVE} | ended),
    )


def _assignment(case: Case, stint: Stint, by: User, chance: Random) -> Assignment:
    ended = (
        {"ended_at": _at(stint.ends_on), "ended_by": by, "end_reason": "Målet är nått."}
        if stint.ends_on
        else {}
    )
    return Assignment(
        case=case,
        student_id=case.student_id,
        school=stint.school,
        supporter=stint.supporter,
        starts_on=stint.starts_on,
        ends_on=stint.ends_on,
        reason=chance.choice(words.REASONS),
        made_by=by,
        created_at=_at(stint.starts_on),
        **ended,
    )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 15)))
