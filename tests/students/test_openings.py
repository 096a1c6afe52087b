"""Opening a protected name is told to those who answer for the pupil, without a word about the pupil."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AccessLog
from operations.models import OutgoingMail
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    MembershipFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from schools.models import Role

pytestmark = pytest.mark.django_db

REASON = {"reason": "meeting", "words": ""}


@pytest.fixture
def sealed(school):
    return StudentFactory(
        school=school, given_name="Hemliga", family_name="Zebrasson", protection="marked", alias="K4ABC7"
    )


@pytest.fixture
def supporter(sealed):
    return AssignmentFactory(case=CaseFactory(student=sealed)).supporter.user


def open_name(client, student, user) -> None:
    client.force_login(user)
    return client.post(reverse("students:identity_open", args=[student.public_id]), REASON)


def mails() -> dict[str, OutgoingMail]:
    with owner():
        return {mail.to: mail for mail in OutgoingMail.objects.filter(kind="name_opened")}


def test_the_coordinators_of_the_school_are_told_and_nobody_else(
    client, coordinator, sealed, supporter, school
):
    at_school = CoordinatorFactory(school=school)
    elsewhere = CoordinatorFactory(school=SchoolFactory(organisation=school.organisation))
    for gone in ({"ended": True}, {"unconfirmed": True}, {"user__is_active": False}):
        MembershipFactory(role=Role.COORDINATOR, organisation=school.organisation, **gone)
    for role in (Role.LEAD, Role.ADMIN, Role.REVIEWER):
        MembershipFactory(role=role, organisation=school.organisation)
    CoordinatorFactory()  # of another organisation
    assert open_name(client, sealed, supporter).status_code == 302
    told = {coordinator, at_school} | {case_opener(sealed)}
    assert set(mails()) == {user.email for user in told}
    assert elsewhere.email not in mails()
    assert {mail.to_user_id for mail in mails().values()} == {user.pk for user in told}


def case_opener(student):
    """The factory's cases are opened by a coordinator of the school's organisation."""
    with owner():
        return student.cases.get().opened_by


def test_the_opener_is_not_told(client, coordinator, sealed, school):
    other = CoordinatorFactory(organisation=school.organisation)
    client.force_login(other)
    named = {"person": str(coordinator.public_id)}
    client.post(reverse("students:named_person_create", args=[sealed.public_id]), named)
    open_name(client, sealed, coordinator)
    assert set(mails()) == {other.email}


def test_the_mail_names_nobody_and_leads_to_the_openings(client, coordinator, sealed, supporter):
    open_name(client, sealed, supporter)
    mail = mails()[coordinator.email]
    said = mail.subject + mail.text
    secrets = ("Hemliga", "Zebrasson", sealed.alias, str(sealed.public_id), supporter.family_name)
    assert not [secret for secret in secrets if secret in said]
    assert f"http://testserver{reverse('students:opening_list')}" in mail.text
    assert "skydda" not in mail.subject.lower()


def test_no_opening_no_mail(client, coordinator, sealed, school):
    other = CoordinatorFactory(organisation=school.organisation)
    assert open_name(client, sealed, other).status_code == 200  # not among the named
    assert mails() == {}


# --- The page


def test_opening_list_says_who_whom_when_and_why(client, coordinator, sealed, supporter):
    open_name(client, sealed, supporter)
    client.force_login(coordinator)
    page = client.get(reverse("students:opening_list"))
    for shown in (supporter.name, sealed.alias, "Jag ska träffa eleven eller en vårdnadshavare"):
        assertContains(page, shown)
    assertNotContains(page, "Hemliga")


def test_opening_list_hides_other_schools(client, sealed, supporter, school):
    open_name(client, sealed, supporter)
    client.force_login(CoordinatorFactory(school=SchoolFactory(organisation=school.organisation)))
    page = client.get(reverse("students:opening_list"))
    assertNotContains(page, sealed.alias)
    assertContains(page, "Inget namn har öppnats")


def test_opening_list_is_logged_as_a_read(client, coordinator, sealed, supporter):
    open_name(client, sealed, supporter)
    client.force_login(coordinator)
    client.get(reverse("students:opening_list"))
    with owner():
        row = AccessLog.objects.get(page="students:opening_list")
        assert (row.user_id, row.student_ids, row.action) == (coordinator.pk, [sealed.pk], "list")


@pytest.mark.parametrize("openings", [1, 12])
def test_opening_list_takes_five_queries_however_many(client, coordinator, assert_queries, school, openings):
    for number in range(openings):
        student = StudentFactory(school=school, protection="marked")
        with owner():
            AccessLog.objects.create(
                user_id=coordinator.pk, role="coordinator", action="open_identity", page="x", reason="meeting",
                student_ids=[student.pk], school_ids=[school.pk], at=timezone.now() - timedelta(hours=number),
            )  # fmt: skip
    client.force_login(coordinator)
    with assert_queries(5):  # session with user, scope, openings, pupils, log
        client.get(reverse("students:opening_list"))
