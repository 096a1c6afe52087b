"""Jag är orolig för en elev: the page, the numbers on it, and the coordinator who is asked to ring."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    OrganisationNumberFactory,
    PeerSupporterFactory,
    SchoolStaffFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from safety.models import OrganisationNumber
from visits.models import Task

pytestmark = pytest.mark.django_db
CANARY = "Rödhakeslinga"


@pytest.fixture
def assignment():
    return AssignmentFactory(case__student__given_name=CANARY)


@pytest.fixture
def coordinator(assignment):
    """Of the school, so that it is she who is asked."""
    return CoordinatorFactory(school=assignment.school)


@pytest.fixture
def keeper(assignment):
    return CoordinatorFactory(organisation=assignment.school.organisation)


@pytest.fixture
def numbers(assignment):
    """One for each step; the last is rung no more."""
    home = {"organisation": assignment.school.organisation}
    OrganisationNumberFactory(step="urgent", name="Socialjouren", phone="031-390 06 12", **home)
    OrganisationNumberFactory(step="intake", name="Mottagningen", phone="031-390 06 25", **home)
    OrganisationNumberFactory(step="internal", name="Samordningen", phone="031-390 06 40", **home)
    OrganisationNumberFactory(name="Nedlagda", withdrawn_at="2026-01-01T12:00Z", **home)


def tasks():
    with owner():
        return list(Task.objects.order_by("pk"))


def test_page_leads_to_112_first_and_then_to_the_numbers_that_are_in_use(
    client, assignment, numbers, assert_queries
):
    client.force_login(assignment.supporter.user)
    with assert_queries(3):  # session with user, scope, numbers
        text = client.get(reverse("safety:concern")).content.decode()
    places = [text.index(f'href="tel:{number}"') for number in ("112", "0313900612", "0313900625")]
    assert places == sorted(places)
    assert text.index("0313900612") < text.index("0313900640") < text.index("0313900625")
    assert "Nedlagda" not in text and CANARY not in text


def test_page_of_a_pupil_is_logged_and_names_nobody_in_its_address(client, assignment, assert_queries):
    client.force_login(assignment.supporter.user)
    url = reverse("safety:concern_of_student", args=[assignment.student.public_id])
    with assert_queries(6):  # session with user, scope, pupil, log, reports, numbers
        assert client.get(url).status_code == 200
    with owner():
        from accounts.models import AccessLog

        assert AccessLog.objects.get(page="safety:concern_of_student").student_ids == [assignment.student_id]


def test_page_that_is_kept_holds_no_person_and_nothing_to_send(client, assignment, coordinator, numbers):
    texts = []
    for user in (assignment.supporter.user, coordinator):
        client.force_login(user)
        texts.append(client.get(reverse("safety:concern_offline")).content.decode())
    assert texts[0] == texts[1]
    user = assignment.supporter.user
    for word in (CANARY, assignment.student.alias, user.given_name, user.family_name, "csrf", "<form"):
        assert word not in texts[0]
    assert "tel:112" in texts[0] and "tel:0313900612" in texts[0]


def test_a_coordinator_is_asked_to_ring_once_and_hears_nothing_of_a_pupil(client, assignment, coordinator):
    client.force_login(assignment.supporter.user)
    for _ in range(2):
        answer = client.post(reverse("safety:concern_tell"), follow=True)
    assert coordinator.name in answer.content.decode()
    (task,) = tasks()
    assert (task.owner_id, task.due_on, task.student_id) == (coordinator.pk, today(), None)
    assert task.made_by_id == assignment.supporter.user_id
    assert task.title == "Ring mig i dag: jag behöver prata igenom något"


def test_the_coordinator_of_the_school_is_asked_before_that_of_all_and_in_her_language(client, assignment):
    CoordinatorFactory(organisation=assignment.school.organisation)
    near = CoordinatorFactory(school=assignment.school, language="en")
    elsewhere = CoordinatorFactory()
    client.force_login(assignment.supporter.user)
    client.post(reverse("safety:concern_tell"))
    assert [(task.owner_id, task.title) for task in tasks()] == [
        (near.pk, "Ring me today: I need to talk something through")
    ]
    assert elsewhere.pk not in {task.owner_id for task in tasks()}


def test_school_staff_ask_too_and_a_coordinator_asks_another(client, assignment):
    first, second = CoordinatorFactory(school=assignment.school), CoordinatorFactory(school=assignment.school)
    staff = SchoolStaffFactory(school=assignment.school)
    for user, asked in ((staff, first), (first, second)):
        client.force_login(user)
        client.post(reverse("safety:concern_tell"))
        assert tasks()[-1].owner_id == asked.pk


def test_without_a_coordinator_the_page_says_so(client):
    client.force_login(PeerSupporterFactory().user)
    answer = client.post(reverse("safety:concern_tell"), follow=True)
    assert "Det finns ingen samordnare att fråga" in answer.content.decode()
    assert tasks() == []


def test_coordinator_keeps_the_numbers(client, keeper, assignment):
    client.force_login(keeper)
    form = client.get(reverse("safety:number_create")).context["form"]
    words = {"step": "urgent", "name": "Socialjouren", "phone": "031-390 06 12", "hours": "", "url": ""}
    key = {"form_key": form["form_key"].value()}
    for _ in range(2):
        assert client.post(reverse("safety:number_create"), words | key).status_code == 302
    with owner():
        (number,) = OrganisationNumber.objects.all()
    edit = reverse("safety:number_edit", args=[number.public_id])
    assert client.post(edit, words | {"hours": "Dygnet runt", "version": 1}).status_code == 302
    assert client.post(edit, words | {"hours": "Kvällar", "version": 1}).status_code == 409
    client.force_login(assignment.supporter.user)
    assert "Dygnet runt" in client.get(reverse("safety:concern")).content.decode()
    client.force_login(keeper)
    client.post(reverse("safety:number_withdraw", args=[number.public_id]))
    assert "Socialjouren" not in client.get(reverse("safety:concern")).content.decode()


@pytest.mark.parametrize(("field", "value"), [("phone", "ring Eva"), ("url", "http://"), ("name", "")])
def test_a_number_that_cannot_be_rung_is_refused(client, keeper, field, value):
    client.force_login(keeper)
    form = client.get(reverse("safety:number_create")).context["form"]
    words = {
        "step": "urgent",
        "name": "Jouren",
        "phone": "031-390 06 12",
        "form_key": form["form_key"].value(),
    }
    answer = client.post(reverse("safety:number_create"), words | {field: value})
    assert answer.status_code == 200 and field in answer.context["form"].errors
