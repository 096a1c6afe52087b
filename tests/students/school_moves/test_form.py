"""The form of a change of school: what is wrong, sent twice, overtaken, and who gets it."""

from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import CoordinatorFactory, StudentFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import SchoolMove, Student
from tests.students.school_moves.form import fresh, supporter_of, typed, url_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"where": "here", "school": ""}, "school"),
        ({"school": str(uuid4()), "where": "here"}, "school"),
        ({"valid_from": "x"}, "valid_from"),
        ({"support": ""}, "support"),
        ({"grade": "44"}, "grade"),
    ],
)
def test_school_change_says_what_is_wrong(as_coordinator, student, fields, error):
    response = as_coordinator.post(url_of(student), typed() | fields)
    assert error in response.context["form"].errors
    assert fresh(student).version == 1


def test_school_change_sent_twice_is_once(client, here, student, other):
    client.force_login(here)
    data = typed(other)
    first, second = client.post(url_of(student), data), client.post(url_of(student), data)
    assert first["Location"] == second["Location"]
    with owner():
        assert SchoolMove.objects.count() == 1


def test_school_change_that_takes_the_pupil_out_of_sight_can_be_sent_twice(client, other, student, school):
    """The answer of the first is the answer of the second: the pupil's page is gone by then."""
    client.force_login(CoordinatorFactory(organisation=school.organisation))
    data = typed(other)
    assert [client.post(url_of(student), data).status_code for _ in range(2)] == [302, 302]


def test_school_change_after_another_save_says_so(as_coordinator, student, other):
    with owner():
        Student.objects.filter(pk=student.pk).update(version=3)
    response = as_coordinator.post(url_of(student), typed(other), follow=True)
    assertContains(response, "har ändrats under tiden")


def test_school_change_of_a_protected_pupil_only_while_the_name_is_open(
    as_coordinator, coordinator, school, other
):
    sealed = StudentFactory(school=school, protection="marked")
    response = as_coordinator.post(url_of(sealed), typed(other))
    assert response.status_code == 200 and response.context["form"] is None
    assertNotContains(response, other.name)
    with scope(coordinator):
        services.name_person(student=sealed, person=coordinator, by=coordinator)
    as_coordinator.post(
        reverse("students:identity_open", args=[sealed.public_id]), {"reason": "meeting", "words": ""}
    )
    assert as_coordinator.post(url_of(sealed), typed(other)).status_code == 302
    assert fresh(sealed).school_id == other.pk


def test_school_change_access(client, here, there, student):
    for user, status in [
        (here, 200),
        (there, 404),
        (supporter_of(student), 403),
        (CoordinatorFactory(), 404),
    ]:
        client.force_login(user)
        assert client.get(url_of(student)).status_code == status


@pytest.mark.parametrize("count", [1, 6])
def test_school_move_list_takes_four_queries_however_many(
    as_coordinator, school, other, count, assert_queries
):
    for _ in range(count):
        as_coordinator.post(url_of(StudentFactory(school=school)), typed(other, days=5))
    with assert_queries(4):  # session with user, scope, moves, log
        as_coordinator.get(reverse("students:school_move_list"))
