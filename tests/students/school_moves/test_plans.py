"""A change of school: what was planned with the pupil, and what was to be done about them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CaseFactory,
    PersonAroundFactory,
    StudentFactory,
    TaskFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from students import services
from students.models import PersonAround, SchoolMove
from tests.peersupport.rights import raw
from tests.students.merging.records import fresh_row
from visits.models import Booking, NextStep, Task
from visits.services import write_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(school):
    return AssignmentFactory(case=CaseFactory(student=StudentFactory(school=school)))


@pytest.fixture
def supporter(mine):
    return mine.supporter.user


def move(by, student, to, *, ends_support, days=0):
    with owner():
        student = type(student).objects.get(pk=student.pk)
    place = services.NewPlace(to, "", "GR", 7, today() + timedelta(days=days))
    with scope(by):
        return services.change_school(
            student=student, by=by, version=student.version, to=place, ends_support=ends_support
        )


def page_of(student):
    return reverse("overviews:student_detail", args=[student.public_id])


def bookings_seen(user):
    """By both locks; they must agree."""
    with scope(user):
        seen = set(Booking.objects.visible_to(user).values_list("pk", flat=True))
        assert {pk for (pk,) in raw("select id from visits_booking").fetchall()} == seen
    return seen


@pytest.fixture
def booking(mine):
    return BookingFactory(assignment=mine, place="Biblioteket i Provby")


def test_bookings_are_cancelled_for_a_supporter_who_loses_the_pupil(
    client, coordinator, supporter, mine, other, booking, there
):
    noted = BookingFactory(assignment=mine, status="done")
    past = BookingFactory(assignment=mine, starts_at=timezone.now() - timedelta(days=2))
    assert bookings_seen(supporter) == {booking.pk, noted.pk, past.pk}
    client.force_login(supporter)
    assertContains(client.get(page_of(mine.student)), "Biblioteket i Provby")
    assert move(coordinator, mine.student, other, ends_support=True) == "moved"
    row = fresh_row(booking)
    assert (row.status, row.cancelled_because, row.cancelled_by_id) == ("cancelled", "ended", coordinator.pk)
    assert (fresh_row(noted).status, fresh_row(past).status) == ("done", "planned")
    assert bookings_seen(supporter) == set()
    assert client.get(page_of(mine.student)).status_code == 404
    assertNotContains(client.get(reverse("overviews:my_day")), "Biblioteket i Provby")
    # The new coordinator sees what was cancelled, and why; the supporter's time is free.
    assert bookings_seen(there) == {booking.pk, noted.pk, past.pk}
    with owner():
        BookingFactory(
            assignment=AssignmentFactory(
                case=CaseFactory(student=StudentFactory(school=other)), supporter=mine.supporter
            ),
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
        )


def test_bookings_follow_the_pupil_when_the_supporter_does(
    client, coordinator, supporter, mine, other, booking, here, there
):
    move(coordinator, mine.student, other, ends_support=False)
    with owner():
        connection.connection.execute("set constraints all immediate")
    row = fresh_row(booking)
    assert (row.status, row.school_id) == ("planned", other.pk)
    assert bookings_seen(supporter) == {booking.pk} == bookings_seen(there)
    assert bookings_seen(here) == set()
    client.force_login(supporter)
    assertContains(client.get(page_of(mine.student)), "Biblioteket i Provby")


def test_bookings_are_cancelled_on_the_day_of_a_change_ahead_and_not_before(
    coordinator, supporter, mine, other, booking
):
    assert move(coordinator, mine.student, other, ends_support=True, days=3) == "planned"
    assert fresh_row(booking).status == "planned"
    with owner():
        SchoolMove.objects.update(valid_from=today())
    assert bookings_seen(supporter) == set()  # the first scope of the day carries it out
    assert fresh_row(booking).status == "cancelled"


def test_bookings_are_cancelled_when_the_pupil_leaves_for_a_school_outside(coordinator, mine, booking):
    move(coordinator, mine.student, None, ends_support=True)
    assert fresh_row(booking).status == "cancelled"


def lost(client, user, student):
    """Whether each task on the pupil's page is without an owner."""
    client.force_login(user)
    page = client.get(page_of(student))
    return [row.is_lost for row in page.context["tasks"]]


def test_a_task_of_a_supporter_who_loses_the_pupil_is_without_an_owner(
    client, coordinator, supporter, mine, other, there
):
    TaskFactory(student=mine.student, owner=supporter, made_by=coordinator)
    assert lost(client, coordinator, mine.student) == [False]
    move(coordinator, mine.student, other, ends_support=True)
    with owner():
        assert Task.objects.get().school_id == other.pk
    assert lost(client, coordinator, mine.student) == lost(client, there, mine.student) == [True]
    client.force_login(coordinator)
    given = client.get(reverse("overviews:task_list"), {"show": "given"})
    assertContains(given, "Utan ägare")
    client.force_login(supporter)
    assert client.get(reverse("overviews:task_list")).context["rows"] == []
    with scope(supporter):
        assert raw("select id from visits_task").fetchall() == []


def test_a_task_of_a_supporter_who_keeps_the_pupil_keeps_its_owner(
    client, coordinator, supporter, mine, other
):
    TaskFactory(student=mine.student, owner=supporter, made_by=coordinator)
    move(coordinator, mine.student, other, ends_support=False)
    assert lost(client, coordinator, mine.student) == [False]
    client.force_login(supporter)
    assert len(client.get(reverse("overviews:task_list")).context["rows"]) == 1


def test_a_task_of_the_old_schools_coordinator_is_without_an_owner_and_theirs_no_more(
    client, coordinator, here, there, mine, other
):
    TaskFactory(student=mine.student, owner=here)
    move(coordinator, mine.student, other, ends_support=False)
    assert lost(client, there, mine.student) == [True]
    client.force_login(here)
    assert client.get(reverse("overviews:task_list")).context["rows"] == []


def test_steps_and_people_around_follow_the_pupil(coordinator, supporter, mine, other, here, there):
    PersonAroundFactory(student=mine.student, is_first_contact=True)
    with scope(supporter):
        write_step(case=mine.case, by=supporter, text="Ses")
    move(coordinator, mine.student, other, ends_support=False)
    for model in (NextStep, PersonAround):
        with scope(there):
            assert len(model.objects.visible_to(there)) == 1
        with scope(here):
            assert list(model.objects.visible_to(here)) == []


def test_people_around_a_protected_pupil_stay_sealed_at_the_new_school(
    client, coordinator, school, other, there
):
    sealed = StudentFactory(school=school, protection="marked")
    PersonAroundFactory(student=sealed, name="Mormor Inga i Provby")
    people, opened = "select name from students_personaround", "select name from opened_people(%s)"
    with scope(coordinator):
        services.name_person(student=sealed, person=coordinator, by=coordinator)
    opening = reverse("students:identity_open", args=[sealed.public_id])
    client.force_login(coordinator)
    client.post(opening, {"reason": "meeting", "words": ""})
    move(coordinator, sealed, other, ends_support=False)
    with scope(there):
        assert raw(people).fetchall() == [] == raw(opened, sealed.pk).fetchall()
    with scope(coordinator):  # who had it open, and coordinates that school too
        assert raw(opened, sealed.pk).fetchall() == [("Mormor Inga i Provby",)]
    client.force_login(there)
    for url in (opening, page_of(sealed)):
        assertNotContains(client.get(url), "Provby")
