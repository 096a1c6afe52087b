"""While a name is sealed it is corrected by a coordinator who has it open, and by nobody else."""

import json

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    GuardianFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import Guardian, Identity
from tests.peersupport.rights import raw

pytestmark = pytest.mark.django_db
NAME = {"given_name": "Rättad", "family_name": "Zebrasson", "called": "", "version": "1"}
GUARDIAN = {
    "given_name": "Rättad", "family_name": "Provdal", "relation": "mother", "phone": "070-1740606", "email": "",
    "language": "", "how_to_reach": "", "version": "1",
}  # fmt: skip


@pytest.fixture
def sealed(school):
    student = StudentFactory(school=school, protection="marked", given_name="Hemlig", family_name="Zebrasson")
    GuardianFactory(student=student)
    return student


@pytest.fixture
def named(client, coordinator, sealed):
    """The coordinator, named and with the name open."""
    with scope(coordinator):
        services.name_person(student=sealed, person=coordinator, by=coordinator)
    client.force_login(coordinator)
    client.post(
        reverse("students:identity_open", args=[sealed.public_id]), {"reason": "meeting", "words": ""}
    )
    return client


def name_url(student):
    return reverse("students:identity_edit", args=[student.public_id])


def guardian_url(student):
    with owner():
        guardian = Guardian.objects.get(student=student)
    return reverse("students:sealed_guardian_edit", args=[student.public_id, guardian.public_id])


def test_identity_edit_corrects_the_name_and_keeps_it_sealed(named, sealed):
    assertContains(named.get(reverse("students:identity_open", args=[sealed.public_id])), name_url(sealed))
    assertContains(named.get(name_url(sealed)), "Hemlig")
    response = named.post(name_url(sealed), NAME, follow=True)
    assertContains(response, "Rättad Zebrasson")
    with owner():
        identity = Identity.objects.get()
    assert (identity.given_name, identity.version, identity.is_protected) == ("Rättad", 2, True)
    assert "rattad" in identity.search_key
    assertNotContains(named.get(reverse("overviews:student_detail", args=[sealed.public_id])), "Rättad")


def test_identity_edit_by_the_second_writer_shows_both(named, sealed):
    named.post(name_url(sealed), NAME)
    response = named.post(name_url(sealed), NAME | {"given_name": "Annan"})
    assertContains(response, "Annan", status_code=409)
    with owner():
        assert Identity.objects.get().given_name == "Rättad"


def test_identity_edit_needs_a_name(named, sealed):
    assert "given_name" in named.post(name_url(sealed), NAME | {"given_name": ""}).context["form"].errors


def test_sealed_guardian_edit_corrects_the_guardian(named, sealed):
    assertContains(named.get(guardian_url(sealed)), "Moa")
    assert named.post(guardian_url(sealed), GUARDIAN).status_code == 302
    with owner():
        guardian = Guardian.objects.get()
    assert (guardian.given_name, guardian.phone, guardian.version) == ("Rättad", "070-1740606", 2)
    assert named.post(guardian_url(sealed), GUARDIAN | {"phone": "070-1740607"}).status_code == 409


def test_sealed_guardian_of_another_pupil_is_not_found(named, sealed, school):
    other = StudentFactory(school=school, protection="marked")
    GuardianFactory(student=other)
    url = reverse(
        "students:sealed_guardian_edit", args=[sealed.public_id, guardian_url(other).split("/")[-2]]
    )
    assert named.get(url).status_code == 404


def test_nothing_is_corrected_while_the_name_is_shut(as_coordinator, sealed):
    for url, data in ((name_url(sealed), NAME), (guardian_url(sealed), GUARDIAN)):
        response = as_coordinator.post(url, data, follow=True)
        assertContains(response, "Öppna namnet först")
        assertNotContains(response, "Hemlig")
    with owner():
        assert Identity.objects.get().given_name == "Hemlig"


def test_correcting_asked_by_raw_sql_is_for_the_coordinator_who_has_it_open(
    named, coordinator, sealed, school
):
    supporter = AssignmentFactory(case=CaseFactory(student=sealed)).supporter.user
    with scope(supporter):
        services.open_identity(student=sealed, reason="Hembesök", page="/")
        answers = [correct(sealed)]
    for by in (CoordinatorFactory(school=school), CoordinatorFactory()):
        with scope(by):
            answers.append(correct(sealed))
    assert answers == [("gone", "gone")] * 3
    with scope(coordinator):
        assert correct(sealed) == ("done", "done")
        assert correct(sealed) == ("changed", "changed")


def correct(student):
    with owner():
        guardian = Guardian.objects.get(student=student).public_id
    name = services.Name("X", "Y").columns()
    return (
        raw("select correct_identity(%s, 1, %s::jsonb)", student.pk, json.dumps(name)).fetchone()[0],
        raw("select correct_guardian(%s, 1, %s::jsonb)", guardian, json.dumps({"phone": "1"})).fetchone()[0],
    )
