"""The next step: written and ticked off on the pupil's page, beside those of contacts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import AssignmentFactory, CaseFactory, ContactFactory, CoordinatorFactory
from peersupport.demo.owner import owner
from visits.models import NextStep, Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return AssignmentFactory()


@pytest.fixture
def coordinator(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


def url(name, student):
    return reverse(f"visits:next_step_{name}", args=[student.public_id])


def shown(client, user, student):
    client.force_login(user)
    return client.get(reverse("overviews:student_detail", args=[student.public_id])).context["next_step"]


def on_my_day(client, user):
    client.force_login(user)
    return client.get(reverse("overviews:my_day")).context["pupils"][0].next_step


def write(client, student, text):
    return client.post(url("create", student), {"form_key": str(uuid4()), "text": text})


def test_next_step_of_a_coordinator_is_the_supporters_too(client, mine, coordinator):
    client.force_login(coordinator)
    assert write(client, mine.student, "Ses på skolgården").status_code == 302

    assert shown(client, coordinator, mine.student).text == "Ses på skolgården"
    assert shown(client, mine.supporter.user, mine.student).text == "Ses på skolgården"
    assert on_my_day(client, mine.supporter.user) == "Ses på skolgården"


def test_next_step_the_later_counts(client, mine):
    user = mine.supporter.user
    ContactFactory(
        assignment=mine, next_step="Från kontakten", occurred_at=timezone.now() - timedelta(days=2)
    )
    client.force_login(user)
    write(client, mine.student, "Skrivet för sig")
    assert shown(client, user, mine.student).text == on_my_day(client, user) == "Skrivet för sig"

    with owner():
        NextStep.objects.update(written_at=timezone.now() - timedelta(days=3))
    assert shown(client, user, mine.student).text == on_my_day(client, user) == "Från kontakten"


def test_next_step_ticked_off_is_gone_and_stands_in_the_timeline(client, mine):
    user = mine.supporter.user
    client.force_login(user)
    write(client, mine.student, "Ses på skolgården")
    token = shown(client, user, mine.student).token
    for _ in range(2):  # a double press is no error
        assert client.post(url("done", mine.student), {"step": token}).status_code == 302

    assert shown(client, user, mine.student) is None and on_my_day(client, user) == ""
    page = client.get(reverse("overviews:student_detail", args=[mine.student.public_id]), {"what": "steps"})
    assert [entry.detail for entry in page.context["entries"]] == ["Ses på skolgården"] * 2


def test_next_step_of_a_supporters_contact_is_ticked_off_by_the_coordinator(client, mine, coordinator):
    ContactFactory(assignment=mine, next_step="Från kontakten")
    token = shown(client, coordinator, mine.student).token
    client.post(url("done", mine.student), {"step": token})

    assert shown(client, coordinator, mine.student) is None
    assert shown(client, mine.supporter.user, mine.student) is None
    with owner():
        assert Participation.objects.get().step_done_by_id == coordinator.pk


def test_next_step_of_another_pupil_is_not_ticked_off(client, mine, coordinator):
    foreign = AssignmentFactory()
    contact = ContactFactory(assignment=foreign, next_step="Den andras")
    with owner():
        step = NextStep.objects.create(
            student=foreign.student,
            case=foreign.case,
            school_id=foreign.school_id,
            text="Den andras",
            written_by=foreign.made_by,
        )
    client.force_login(coordinator)
    for token in (contact.public_id, step.public_id, "nonsense", ""):
        client.post(url("done", mine.student), {"step": token})

    with owner():
        assert Participation.objects.get().step_done_at is None
        assert NextStep.objects.get().done_at is None


def test_next_step_needs_a_word_and_an_open_support(client, mine, coordinator):
    client.force_login(coordinator)
    assert write(client, mine.student, "  ").context["form"].errors["text"]
    with owner():
        closed = CaseFactory(
            student__school=mine.school, status="closed", closed_at=timezone.now(), closed_by=mine.made_by
        )
    assert write(client, closed.student, "Något").status_code == 302
    with owner():
        assert NextStep.objects.count() == 0


def test_next_step_of_a_contact_that_is_corrected_is_to_be_taken_again(client, mine):
    user = mine.supporter.user
    contact = ContactFactory(assignment=mine, next_step="Fel steg")
    client.force_login(user)
    client.post(url("done", mine.student), {"step": str(contact.public_id)})
    part = str(mine.student.public_id)
    local = timezone.localtime(contact.occurred_at)
    client.post(
        reverse("visits:contact_edit", args=[contact.public_id]),
        {
            "version": "1",
            "kind": "home_visit",
            "length": "60",
            "on": local.date().isoformat(),
            "at": f"{local:%H:%M}",
            f"{part}-outcome": "met",
            f"{part}-next_step": "Rätt steg",
        },
    )

    assert shown(client, user, mine.student).text == "Rätt steg"
