"""A municipality of invented pupils, in bulk: 30 pupils for each supporter, contacts over the last year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from time import time
from typing import Any
from uuid import UUID

import pgtrigger
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.sessions import SessionStore
from peersupport.demo.factories.people import FAMILY_NAMES, GIVEN_NAMES
from peersupport.lib.dates import today
from peersupport.lib.names import search_key, sort_key
from schools.models import Membership, Organisation, Role, School
from students.models import Assignment, Case, Enrolment, Identity, Referral, ReferralStatus, Student
from supporters.models import PeerSupporter, Placement
from visits.models import Contact, ContactNote, Participation

SCHOOLS = 10
PUPILS_OF_A_SUPPORTER = 30
KINDS = ("home_visit", "at_school", "phone", "message")
HELD_OF_TEN = 7


@dataclass(frozen=True, slots=True)
class Cast:
    """Who asks, and for whom."""

    coordinator_session: str
    supporter_session: str
    organisation: int
    supporter: int
    student: int
    student_uuid: UUID


@transaction.atomic
@pgtrigger.ignore()  # rows of a year ago, in bulk, are no change that anybody made
def fill(*, students: int, contacts: int) -> Cast:
    """Fill an empty database, as the owner, and let PostgreSQL count it."""
    organisation = Organisation.objects.create(name="Mätstads kommun", municipality_code="9901")
    schools = bulk(
        School(organisation=organisation, name=f"Mätskolan {n}", unit_code=f"{n:08d}", forms=["GR"])
        for n in range(SCHOOLS)
    )
    coordinator = _member(organisation, Role.COORDINATOR, "samordnare")
    supporters = _supporters(organisation, schools, students // PUPILS_OF_A_SUPPORTER + 1)
    pupils = _pupils(schools, students)
    cases = _cases(pupils, coordinator)
    assignments = _assignments(cases, supporters, coordinator)
    _contacts(assignments, contacts)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("analyze")
    first = assignments[0]
    return Cast(
        coordinator_session=_session(coordinator),
        supporter_session=_session(first.supporter.user),
        organisation=organisation.pk,
        supporter=first.supporter.pk,
        student=first.student.pk,
        student_uuid=first.student.public_id,
    )


def bulk(rows: Iterable[Any]) -> list[Any]:
    """Insert rows of one model, with their ids."""
    made = list(rows)
    type(made[0])._default_manager.bulk_create(made, batch_size=2_000)
    return made


def _member(organisation: Organisation, role: Role, name: str) -> User:
    needs = role != Role.PEER_SUPPORTER
    user = User.objects.create(
        email=f"{name}@bench.example", given_name="Alva", family_name="Provdal", needs_second_factor=needs
    )
    Membership.objects.create(
        user=user,
        role=role,
        organisation=organisation,
        valid_from=today() - timedelta(days=400),
        confirmed_at=timezone.now(),
    )
    if needs:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def _supporters(organisation: Organisation, schools: list[School], number: int) -> list[PeerSupporter]:
    users = [_member(organisation, Role.PEER_SUPPORTER, f"peer{n}") for n in range(number)]
    supporters = bulk(PeerSupporter(user=user, organisation=organisation) for user in users)
    bulk(
        Placement(
            supporter=supporter,
            school=schools[n % SCHOOLS],
            percent=100,
            starts_on=today() - timedelta(days=400),
        )
        for n, supporter in enumerate(supporters)
    )
    return supporters


def _pupils(schools: list[School], number: int) -> list[Student]:
    aliases = (f"B{n:05d}" for n in count())
    pupils = bulk(
        Student(school=schools[n % SCHOOLS], grade=n % 10, alias=next(aliases)) for n in range(number)
    )
    bulk(_identity(pupil, n) for n, pupil in enumerate(pupils))
    bulk(
        Enrolment(
            student=pupil,
            access_school_id=pupil.school_id,
            school_id=pupil.school_id,
            school_form=pupil.school_form,
            grade=pupil.grade,
            valid_from=today() - timedelta(days=400),
        )
        for pupil in pupils
    )
    return pupils


def _identity(pupil: Student, n: int) -> Identity:
    given = GIVEN_NAMES[n % len(GIVEN_NAMES)]
    family = f"{FAMILY_NAMES[n % len(FAMILY_NAMES)]} {n}"
    return Identity(
        student=pupil,
        school_id=pupil.school_id,
        is_protected=False,
        given_name=given,
        family_name=family,
        sort_key=sort_key(family, given),
        search_key=search_key(given, family),
    )


def _cases(pupils: list[Student], coordinator: User) -> list[Case]:
    referrals = bulk(
        Referral(
            school_id=pupil.school_id,
            student=pupil,
            referred_by=coordinator,
            status=ReferralStatus.ACCEPTED,
        )
        for pupil in pupils
    )
    return bulk(
        Case(
            student=pupil,
            school_id=pupil.school_id,
            referral=referral,
            status="active",
            reason="absence",
            opened_by=coordinator,
            waiting_since=today() - timedelta(days=390),
        )
        for pupil, referral in zip(pupils, referrals, strict=True)
    )


def _assignments(cases: list[Case], supporters: list[PeerSupporter], by: User) -> list[Assignment]:
    return bulk(
        Assignment(
            case=case,
            student=case.student,
            school_id=case.school_id,
            supporter=supporters[n // PUPILS_OF_A_SUPPORTER],
            starts_on=today() - timedelta(days=380),
            reason="Placerad på skolan.",
            made_by=by,
        )
        for n, case in enumerate(cases)
    )


def _contacts(assignments: list[Assignment], number: int) -> None:
    """Spread over a year, the pupils in turn; every fourth has a note."""
    now = timezone.now()
    of = [assignments[n % len(assignments)] for n in range(number)]
    contacts = bulk(
        Contact(
            author=assignment.supporter.user,
            supporter=assignment.supporter,
            kind=KINDS[(n // len(assignments)) % len(KINDS)],
            occurred_at=now - timedelta(hours=1, minutes=n * 365 * 24 * 60 // number),
            minutes=45,
        )
        for n, assignment in enumerate(of)
    )
    parts = bulk(
        Participation(
            contact=contact,
            student=assignment.student,
            case=assignment.case,
            school_id=assignment.school_id,
            author=contact.author,
            occurred_at=contact.occurred_at,
            kind=contact.kind,
            outcome="met" if n % 10 < HELD_OF_TEN else "no_answer",
            next_step="Ses på torsdag." if n % 5 == 0 else "",
        )
        for n, (contact, assignment) in enumerate(zip(contacts, of, strict=True))
    )
    bulk(
        ContactNote(
            participation=part,
            student=part.student,
            school_id=part.school_id,
            author=part.author,
            text="Vi gick en runda och planerade rasten tillsammans.",
        )
        for part in parts[::4]
    )


def _session(user: User) -> str:
    """A signed-in browser's cookie; signing in itself is not what is measured."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if user.needs_second_factor:  # the session says that it was used, as after a real sign-in
        store[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time()}]
    store.create()
    return str(store.session_key)
