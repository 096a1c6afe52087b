"""Assigning, capacity, ending."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools.models import Organisation
from students import services
from students.models import Assignment, Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def supporter(school):
    return PeerSupporterFactory(school=school)


@pytest.fixture
def case(school):
    return CaseFactory(student=StudentFactory(school=school))


def fill(supporter, school, *, places=1, taken=1):
    with owner():
        Organisation.objects.filter(pk=school.organisation_id).update(students_per_full_time=places)
    for _number in range(taken):
        AssignmentFactory(case=CaseFactory(student=StudentFactory(school=school)), supporter=supporter)


def url(case, supporter):
    return f"/cases/{case.public_id}/assign/{supporter.public_id}/"


def data(**changes):
    return {
        "form_key": str(uuid4()),
        "was_free": "True",
        "starts_on": today().isoformat(),
        "trial_until": (today() + timedelta(days=28)).isoformat(),
        "ends_on": "",
        "reason": "Placerad på skolan.",
        "over_capacity_reason": "",
    } | changes


def assignments_of(case):
    with owner():
        return list(Assignment.objects.filter(case=case))


def test_assignment_create_gives_the_pupil_a_supporter(as_coordinator, coordinator, case, supporter):
    page = as_coordinator.get(url(case, supporter))
    assertContains(page, 'name="was_free" value="True"')
    response = as_coordinator.post(url(case, supporter), data())
    assertRedirects(response, f"/students/{case.student.public_id}/", fetch_redirect_response=False)
    (made,) = assignments_of(case)
    assert (made.supporter_id, made.made_by_id) == (supporter.pk, coordinator.pk)
    assert made.trial_until == today() + timedelta(days=28)
    assert (made.student_id, made.school_id, made.ends_on) == (case.student_id, case.school_id, None)
    with scope(supporter.user):
        assert list(Assignment.objects.visible_to(supporter.user)) == [made]


def test_assignment_create_with_a_last_day_waits_again_from_the_day_after(as_coordinator, case, supporter):
    last = today() + timedelta(days=40)
    as_coordinator.post(url(case, supporter), data(ends_on=last.isoformat()))
    with owner():
        assert Case.objects.get(pk=case.pk).waiting_since == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"starts_on": ""}, "starts_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"starts_on": "2020-01-01", "trial_until": "", "ends_on": "2020-02-01"}, "ends_on"),
        ({"trial_until": "2020-01-01"}, "trial_until"),
        ({"trial_until": "nonsense"}, "trial_until"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
    ],
)
def test_assignment_create_says_what_is_wrong(as_coordinator, case, supporter, change, field):
    response = as_coordinator.post(url(case, supporter), data(**change))
    assert field in response.context["form"].errors
    assert assignments_of(case) == []


def test_assignment_create_twice_is_once(as_coordinator, case, supporter):
    form = data()
    first = as_coordinator.post(url(case, supporter), form)
    second = as_coordinator.post(url(case, supporter), form)
    assert first["Location"] == second["Location"]
    assert len(assignments_of(case)) == 1
    assert as_coordinator.post(url(case, supporter), form | {"reason": "annat"}).status_code == 409


def test_assignment_create_of_a_second_main_supporter_is_refused(as_coordinator, case, supporter, school):
    as_coordinator.post(url(case, PeerSupporterFactory(school=school)), data())
    response = as_coordinator.post(url(case, supporter), data())
    assert response.context["form"].non_field_errors()
    assert len(assignments_of(case)) == 1
    assertContains(as_coordinator.get(f"/cases/{case.public_id}/match/"), "/end/")


def test_assignment_create_tells_when_the_place_was_just_taken(as_coordinator, case, supporter, school):
    fill(supporter, school)
    response = as_coordinator.post(url(case, supporter), data(), follow=True)
    assert response.redirect_chain == [(f"/cases/{case.public_id}/match/", 302)]
    assert supporter.user.name in str(next(iter(response.context["messages"])))
    assert assignments_of(case) == []


def test_assignment_create_over_capacity_needs_a_reason_of_its_own(as_coordinator, case, supporter, school):
    fill(supporter, school)
    assertContains(as_coordinator.get(url(case, supporter)), 'name="was_free" value="False"')
    form = data(was_free="False")
    response = as_coordinator.post(url(case, supporter), form)
    assert response.context["form"].errors["over_capacity_reason"]
    as_coordinator.post(url(case, supporter), form | {"over_capacity_reason": "Känner familjen."})
    (made,) = assignments_of(case)
    assert made.over_capacity_reason == "Känner familjen."


def test_assign_without_need_keeps_no_reason_for_going_over(coordinator, case, supporter):
    with scope(coordinator):
        made = assign(case, supporter, coordinator, over_capacity_reason="onödigt")
    assert made.over_capacity_reason == ""


def test_assign_refuses_who_takes_no_new_pupils(coordinator, case, school):
    resting = PeerSupporterFactory(school=school, is_accepting=False)
    for supporter in (resting, PeerSupporterFactory()):
        with scope(coordinator), pytest.raises(services.NotAccepting):
            assign(case, supporter, coordinator)


def test_assignment_create_access(client, case, supporter, staff, coordinator):
    foreign = PeerSupporterFactory()
    client.force_login(coordinator)
    assert client.get(url(case, foreign)).status_code == 404
    assert client.get(f"/cases/{uuid4()}/assign/{supporter.public_id}/").status_code == 404
    for user in (staff, CoordinatorFactory(), CoordinatorFactory(school=SchoolFactory())):
        client.force_login(user)
        assert client.get(url(case, supporter)).status_code == 404


def test_assignment_create_shows_no_name_of_a_protected_pupil(as_coordinator, school, supporter):
    student = StudentFactory(school=school, protection="local", given_name="Hemliga")
    case = CaseFactory(student=student)
    response = as_coordinator.get(url(case, supporter))
    assertContains(response, student.alias)
    assertNotContains(response, "Hemliga")
    as_coordinator.post(url(case, supporter), data())
    end = as_coordinator.get(f"/assignments/{assignments_of(case)[0].public_id}/end/")
    assertContains(end, student.alias)
    assertNotContains(end, "Hemliga")


def test_assignment_end_takes_access_away_at_once(client, coordinator, case, supporter):
    assignment = AssignmentFactory(case=case, supporter=supporter)
    end = f"/assignments/{assignment.public_id}/end/"
    client.force_login(supporter.user)
    assert client.get(f"/cases/{case.public_id}/match/").status_code == 403
    assert client.post(end, {"reason": "x"}).status_code == 403
    client.force_login(coordinator)
    assert client.post(end, {"reason": ""}).context["form"].errors["reason"]
    assert client.post(end, {"reason": "Eleven ville byta."}).status_code == 302
    assert client.post(end, {"reason": "Eleven ville byta."}).status_code == 404
    with owner():
        assignment.refresh_from_db()
        case.refresh_from_db()
    assert (assignment.ended_by, assignment.end_reason) == (coordinator, "Eleven ville byta.")
    assert case.waiting_since == today()
    client.force_login(supporter.user)
    assert client.get(f"/cases/{case.public_id}/match/").status_code == 404


def test_assignment_end_elsewhere_is_not_found(client, case, supporter):
    assignment = AssignmentFactory(case=case, supporter=supporter)
    client.force_login(CoordinatorFactory())
    assert client.get(f"/assignments/{assignment.public_id}/end/").status_code == 404


def assign(case, supporter, by, **changes):
    period = {"starts_on": today(), "ends_on": None, "trial_until": None, "reason": "Test."}
    return services.assign(case=case, supporter=supporter, by=by, **(period | changes))


def race(coordinators, cases, supporter):
    """Each coordinator assigns one case to `supporter`, all at once; what became of each."""
    start, outcomes = Barrier(len(cases)), []

    def run(by, case):
        try:
            with scope(by):
                start.wait(timeout=20)
                assign(case, supporter, by)
            outcomes.append("assigned")
        except services.CapacityReached:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in zip(coordinators, cases, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


def last_place(rounds):
    school = SchoolFactory()
    coordinators = [CoordinatorFactory(organisation=school.organisation) for _number in range(2)]
    for _round in range(rounds):
        supporter = PeerSupporterFactory(school=school)
        fill(supporter, school, places=2, taken=1)
        cases = [CaseFactory(student=StudentFactory(school=school)) for _number in range(2)]
        assert race(coordinators, cases, supporter) == ["assigned", "told"]
        with owner():
            assert supporter.assignments.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_on_the_last_place_three_rounds():
    last_place(3)


@pytest.mark.full  # twenty rounds with threads of their own
@pytest.mark.django_db(transaction=True)
def test_two_coordinators_on_the_last_place_twenty_rounds():
    last_place(20)
