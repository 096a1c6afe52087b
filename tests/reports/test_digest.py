"""The weekly digest: the figures of Översikt, on Monday at seven, once, and none when nothing waits."""

import random
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from operations.models import OutgoingMail
from overviews.rows.overview import lines
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    CoordinatorFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    ReferralFactory,
    SchoolFactory,
    StudentFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner, worker
from peersupport.lib.dates import today
from peersupport.scope import scope
from reports.digest import figures_of, send_digests
from reports.models import Digest
from students.models import TRIAL_AHEAD, Assignment

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 22, 6, 0, tzinfo=UTC)  # 07:00 in Stockholm, a winter's Monday


@pytest.fixture
def school():
    return SchoolFactory(organisation=OrganisationFactory(counts_school_days=False))


@pytest.fixture
def coordinator(school):
    return CoordinatorFactory(organisation=school.organisation)


def waiting(school, by) -> None:
    """A pupil who waits; opened by `by`, so that no other coordinator comes into being."""
    CaseFactory(student__school=school, opened_by=by)


def send(now: datetime) -> int:
    with time_machine.travel(now, tick=False), worker():
        return send_digests(now)


def mails() -> list[OutgoingMail]:
    with owner():
        return list(OutgoingMail.objects.filter(kind="digest").order_by("created_at"))


@pytest.mark.parametrize(
    "now, count",
    [
        (MONDAY - timedelta(minutes=1), 0),
        (MONDAY, 1),
        (MONDAY + timedelta(hours=40), 1),  # the worker stood still
        (MONDAY + timedelta(days=2), 0),
        (datetime(2027, 3, 29, 5, 0, tzinfo=UTC), 1),  # the clock was set forward the day before: still seven
        (datetime(2027, 3, 29, 4, 59, tzinfo=UTC), 0),
        (datetime(2027, 11, 1, 6, 0, tzinfo=UTC), 1),  # and back
        (datetime(2027, 11, 1, 5, 59, tzinfo=UTC), 0),
        (datetime(2027, 1, 4, 6, 0, tzinfo=UTC), 1),  # after week 53
    ],
)
def test_it_comes_on_monday_at_seven(school, coordinator, now, count):
    waiting(school, coordinator)
    assert send(now) == count
    assert len(mails()) == count


def test_it_comes_once_a_week(school, coordinator):
    waiting(school, coordinator)
    for later in (timedelta(0), timedelta(minutes=10), timedelta(hours=30)):
        send(MONDAY + later)
    assert len(mails()) == 1
    send(MONDAY + timedelta(days=7))
    assert len(mails()) == 2


def test_none_is_sent_when_nothing_waits(school, coordinator):
    assert send(MONDAY) == 0
    assert mails() == []
    with owner():
        assert Digest.objects.get().mail_id is None
    waiting(school, coordinator)  # decided already: it waits for next Monday
    assert send(MONDAY + timedelta(hours=1)) == 0


def test_only_coordinators_who_want_it_get_it(school, coordinator):
    waiting(school, coordinator)
    for other in (PeerUserFactory, SupervisorFactory):
        other(organisation=school.organisation)
    CoordinatorFactory(organisation=school.organisation, is_active=False)
    CoordinatorFactory(organisation=school.organisation, wants_digest=False)
    CoordinatorFactory()  # of another organisation, where nothing waits
    assert send(MONDAY) == 1
    (mail,) = mails()
    assert mail.to_user_id == coordinator.pk and mail.to == coordinator.email


def test_a_coordinator_of_one_school_gets_its_figures_alone(school):
    south = SchoolFactory(organisation=school.organisation)
    of_one = CoordinatorFactory(organisation=school.organisation, school=school)
    waiting(south, of_one)
    with owner():
        pk = of_one.memberships.get().pk
    with worker():
        assert figures_of(pk, MONDAY).needs_nothing
    waiting(school, of_one)
    with worker():
        assert figures_of(pk, MONDAY).waiting == 1


def test_the_mail_names_nobody_and_no_school(school, coordinator):
    students = [StudentFactory(school=school) for _ in range(3)]
    CaseFactory(student=students[0], opened_by=coordinator)
    supporter = PeerSupporterFactory(school=school)
    quiet = CaseFactory(student=students[1], opened_by=coordinator)
    AssignmentFactory(
        case=quiet, supporter=supporter, made_by=coordinator, starts_on=today() - timedelta(days=90)
    )
    ReferralFactory(school=school)
    send(MONDAY)
    (mail,) = mails()
    said = f"{mail.subject}\n{mail.text}"
    names = [name for one in students for name in (one.identity.given_name, one.identity.family_name)]
    for canary in (*names, school.name, supporter.user.given_name, supporter.user.family_name):
        assert canary not in said
    assert "- 1 elev väntar på en peer supporter" in said
    assert f"{reverse('overviews:overview')}" in said


def test_the_mail_is_in_the_language_of_its_reader(school):
    waiting(school, CoordinatorFactory(organisation=school.organisation, language="da"))
    send(MONDAY)
    (mail,) = mails()
    assert mail.language == "da"
    assert "venter på en peer-medarbejder" in mail.text


@pytest.mark.parametrize("seed", range(3))
def test_its_figures_are_those_of_oversikt(seed):
    """One definition: what the mail counts is what the page counts, in worlds nobody prepared."""
    chance = random.Random(seed)
    organisation = OrganisationFactory(
        counts_school_days=chance.random() < 0.5, days_without_contact=chance.choice([5, 10, 20])
    )
    schools = [SchoolFactory(organisation=organisation) for _ in range(3)]
    supporters = [PeerSupporterFactory(school=school) for school in schools]
    for _ in range(12):
        _support(chance, schools, supporters)
    for _ in range(4):
        ReferralFactory(school=chance.choice(schools))
    people = [
        CoordinatorFactory(organisation=organisation),
        *(CoordinatorFactory(organisation=organisation, school=school) for school in schools),
    ]
    for user in people:
        _compare(user)


def _support(chance, schools, supporters) -> None:
    where = chance.randrange(len(schools))
    case = CaseFactory(student__school=schools[where])
    if chance.random() < 0.3:
        return
    assignment = AssignmentFactory(
        case=case,
        supporter=supporters[where],
        starts_on=today() - timedelta(days=chance.randrange(90)),
        trial_until=chance.choice([None, today() + timedelta(days=chance.randrange(-5, 20))]),
    )
    if chance.random() < 0.7:
        ContactFactory(
            assignment=assignment, occurred_at=datetime.now(UTC) - timedelta(days=chance.randrange(40))
        )


def _compare(user) -> None:
    with owner():
        membership = user.memberships.get().pk
    with worker():
        ours = figures_of(membership, datetime.now(UTC))
    with scope(user):
        page = lines(user)[0]
        trials = Assignment.objects.visible_to(user).holding_today().filter(kind="main")
        trial_count = trials.filter(trial_until__lte=today() + TRIAL_AHEAD).count()
    assert (ours.waiting, ours.quiet, ours.referrals, ours.moves, ours.invitations, ours.trials) == (
        page.waiting_count,
        page.quiet_count,
        page.referral_count,
        page.move_count,
        page.invitation_count,
        trial_count,
    )


def test_a_failure_in_the_middle_leaves_it_undecided(school, coordinator, monkeypatch):
    waiting(school, coordinator)
    monkeypatch.setattr("reports.digest.Digest.objects.bulk_create", _fall)
    with pytest.raises(RuntimeError):
        send(MONDAY)
    assert mails() == []  # queued in the same transaction, so it is not there
    monkeypatch.undo()
    assert send(MONDAY) == 1


def _fall(*_args) -> None:
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_send_one_each(school):
    people = [CoordinatorFactory(organisation=school.organisation) for _ in range(5)]
    waiting(school, people[0])
    counts: list[int] = []
    start = threading.Barrier(2)

    def run() -> None:
        try:
            with worker():
                start.wait()
                counts.append(send_digests(MONDAY))
        finally:
            connection.close()

    with time_machine.travel(MONDAY, tick=False):
        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(counts) == 5
    assert len(mails()) == 5
