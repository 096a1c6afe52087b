"""Accepting and declining referrals."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AccessLog
from peersupport.demo.factories import (
    CaseFactory,
    CoordinatorFactory,
    ReferralFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import Case, Enrolment, Identity, Referral, ReferralStatusChange, Student

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(school, staff):
    return ReferralFactory(
        school=school, referred_by=staff, given_name="Samira", family_name="Låtsman", called="Sam", grade=8
    )


def accept(client, referral, **data):
    data = {"form_key": str(uuid4()), "student": "new", "consent": "to_obtain", "answer": ""} | data
    return client.post(f"/referrals/{referral.public_id}/accept/", data)


def act(referral, name):
    return f"/referrals/{referral.public_id}/{name}/"


def the(model):
    with owner():
        return model.objects.get()


def test_referral_accept_makes_pupil_identity_enrolment_and_case(as_coordinator, coordinator, referral):
    response = accept(as_coordinator, referral, answer="Vi börjar på måndag.")

    case, student = the(Case), the(Student)
    assertRedirects(response, f"/cases/{case.public_id}/match/", fetch_redirect_response=False)
    identity, enrolment = the(Identity), the(Enrolment)
    assert (identity.given_name, identity.called, identity.is_protected) == ("Samira", "Sam", False)
    assert "latsman" in identity.search_key
    assert (student.grade, enrolment.grade, enrolment.access_school_id) == (8, 8, student.school_id)
    assert (case.student_id, case.referral_id, case.opened_by_id) == (student.pk, referral.pk, coordinator.pk)
    assert case.status == "awaiting_consent"
    with owner():
        change = ReferralStatusChange.objects.get()
    assert (change.status, change.reason, change.by_id) == (
        "accepted",
        "Vi börjar på måndag.",
        coordinator.pk,
    )


def test_referral_accept_with_consent_starts_with_getting_to_know(as_coordinator, referral):
    accept(as_coordinator, referral, consent="obtained")
    assert the(Case).status == "mapping"


def test_referral_accept_shows_the_answer_to_the_referrer(client, coordinator, staff, referral):
    client.force_login(coordinator)
    accept(client, referral, answer="Vi börjar på måndag.")
    client.force_login(staff)
    response = client.get(f"/referrals/{referral.public_id}/")
    assertContains(response, "Vi börjar på måndag.")
    assertContains(response, coordinator.name)


def test_referral_accept_links_a_likely_match_whose_case_is_closed(as_coordinator, coordinator, referral):
    student = StudentFactory(school=referral.school, given_name="Samira", family_name="Latsman")
    from django.utils import timezone

    CaseFactory(student=student, status="closed", closed_at=timezone.now(), closed_by=coordinator)
    accept(as_coordinator, referral, student=str(student.public_id))
    with owner():
        assert Student.objects.count() == 1
        assert Case.objects.exclude(status="closed").get().student == student


def test_referral_accept_says_that_the_pupil_has_support(as_coordinator, referral):
    student = StudentFactory(school=referral.school, given_name="Samira", family_name="Låtsman")
    CaseFactory(student=student)
    page = as_coordinator.get(act(referral, "accept"))
    assert student in [one for one, _label in page.context["matches"]]

    response = accept(as_coordinator, referral, student=str(student.public_id))

    assert response.context["form"].errors["student"]
    with owner():
        assert Case.objects.count() == 1
        assert Referral.objects.get(pk=referral.pk).status == "requested"


def test_referral_accept_offers_nobody_from_elsewhere(as_coordinator, referral):
    foreign = StudentFactory(given_name="Samira", family_name="Låtsman")
    response = accept(as_coordinator, referral, student=str(foreign.public_id))
    assert response.context["form"].errors["student"]
    assert response.context["matches"] == []


def test_referral_accept_seals_the_name_of_a_protected_pupil(as_coordinator, school, staff):
    referral = ReferralFactory(
        school=school,
        referred_by=staff,
        protection="marked",
        given_name="",
        family_name="",
        search_key="",
    )
    missing = accept(as_coordinator, referral)
    assert {"given_name", "family_name"} <= set(missing.context["form"].errors)

    response = accept(as_coordinator, referral, given_name="Hemliga", family_name="Zebrasson")

    student, identity = the(Student), the(Identity)
    assert (student.protection, identity.is_protected, identity.given_name) == ("marked", True, "Hemliga")
    page = as_coordinator.get(response["Location"])
    assertContains(page, student.alias)
    assertNotContains(page, "Hemliga")
    assertNotContains(page, school.name)
    for url in ("/waiting-list/", "/referrals/", f"/referrals/{referral.public_id}/"):
        page = as_coordinator.get(url)
        assertContains(page, student.alias)
        assertNotContains(page, "Hemliga")
        assertNotContains(page, school.name)


def test_referral_accept_links_a_protected_pupil_by_alias(as_coordinator, school):
    student = StudentFactory(school=school, protection="marked")
    foreign = StudentFactory(protection="marked")
    nameless = {"protection": "marked", "given_name": "", "family_name": "", "search_key": ""}
    referral = ReferralFactory(school=school, **nameless)
    assert accept(as_coordinator, referral, alias=foreign.alias).context["form"].errors["alias"]
    assert accept(as_coordinator, referral, alias=student.alias.lower()).status_code == 302
    assert the(Case).student_id == student.pk


def test_referral_accept_twice_is_once(as_coordinator, referral):
    key = str(uuid4())
    first, second = (
        accept(as_coordinator, referral, form_key=key),
        accept(as_coordinator, referral, form_key=key),
    )
    assert first["Location"] == second["Location"]
    assert the(Case)


def test_referral_accept_after_another_answer_says_so(as_coordinator, referral):
    as_coordinator.post(act(referral, "decline"), {"reason": "Redan hjälp."})
    for response in (accept(as_coordinator, referral), as_coordinator.get(act(referral, "accept"))):
        assertRedirects(response, f"/referrals/{referral.public_id}/", fetch_redirect_response=False)
    with owner():
        assert not Case.objects.exists()


def test_referral_decline_needs_a_reason_and_shows_it(as_coordinator, referral):
    assert as_coordinator.post(act(referral, "decline"), {"reason": ""}).context["form"].errors["reason"]
    as_coordinator.post(act(referral, "decline"), {"reason": "Skolan har börjat själv."})
    page = as_coordinator.get(f"/referrals/{referral.public_id}/")
    assertContains(page, "Skolan har börjat själv.")
    assertNotContains(page, "/accept/")


def test_referral_await_consent_keeps_it_open(as_coordinator, referral):
    assert as_coordinator.post(act(referral, "await-consent"), {"reason": ""}).status_code == 302
    with owner():
        referral.refresh_from_db()
    assert (referral.status, referral.is_open) == ("awaiting_consent", True)


@pytest.mark.parametrize("name", ["accept", "decline", "await-consent"])
def test_decisions_are_the_coordinators(client, staff, coordinator, referral, name):
    assert client.get(act(referral, name)).status_code == 302
    outsider = CoordinatorFactory(school=SchoolFactory(organisation=referral.school.organisation))
    for user, status in [(coordinator, 200), (staff, 403), (outsider, 404)]:
        client.force_login(user)
        assert client.get(act(referral, name)).status_code == status


def test_alias_that_is_taken_is_tried_again(coordinator, referral, monkeypatch):
    taken = StudentFactory()
    aliases = iter([taken.alias, taken.alias, "FREE"])
    monkeypatch.setattr("students.services.students.new_alias", lambda: next(aliases))
    with scope(coordinator):
        case = services.accept_referral(referral=referral, by=coordinator)
    assert case.student.alias == "FREE"


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_decide_at_once_with_one_effect(coordinator, referral):
    other = CoordinatorFactory(organisation=referral.school.organisation)
    start, outcomes = Barrier(2), []

    def decide(by):
        try:
            with scope(by):
                start.wait(timeout=10)
                services.accept_referral(referral=referral, by=by)
            outcomes.append("accepted")
        except services.AlreadyDecided:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[by]) for by in (coordinator, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["accepted", "told"]
    assert the(Case)


@pytest.mark.parametrize("name", ["accept", "await-consent", "decline"])
def test_every_page_that_shows_a_referral_is_logged(as_coordinator, coordinator, referral, name):
    assertContains(as_coordinator.get(act(referral, name)), "Låtsman")
    with owner():
        row = AccessLog.objects.get(page=f"students:referral_{name.replace('-', '_')}")
    assert (row.user_id, row.action) == (coordinator.pk, "read")
