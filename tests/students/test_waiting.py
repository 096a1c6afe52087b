"""The waiting list and the page of one who waits."""

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    PlacementFactory,
    ReferralFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from schools.models import Organisation
from students.models import Student

pytestmark = pytest.mark.django_db
LIST = "/waiting-list/"


def waiting(school, days=9, **student):
    return CaseFactory(
        student=StudentFactory(school=school, **student), waiting_since=today() - timedelta(days=days)
    )


def match_url(case):
    return f"/cases/{case.public_id}/match/"


def found(response, supporter):
    return next(one for one in response.context["matches"] if one.supporter == supporter)


def test_waiting_list_has_the_longest_first_and_nobody_with_a_supporter(as_coordinator, school):
    short, long = waiting(school, 2), waiting(school, 40)
    AssignmentFactory(case=waiting(school))
    AssignmentFactory(case=waiting(school), starts_on=today() + timedelta(days=3))
    again = AssignmentFactory(case=waiting(school, 10), ended=True).case

    rows = as_coordinator.get(LIST).context["rows"]

    assert [row.match_url for row in rows] == [match_url(case) for case in (long, again, short)]
    assert rows[0].waited.startswith("40 ")


def test_waiting_list_shows_wishes_and_hides_other_municipalities(as_coordinator, school):
    student = StudentFactory(school=school, family_name="Testhage")
    referral = ReferralFactory(
        school=school, student=student, status="accepted", wanted_language="arabiska", wants_woman=True
    )
    CaseFactory(student=student, referral=referral)
    foreign = waiting(SchoolFactory(), family_name="Xylofonsson")
    response = as_coordinator.get(LIST)
    assertContains(response, "Testhage")
    assertContains(response, "arabiska")
    assertNotContains(response, "Xylofonsson")
    assert as_coordinator.get(match_url(foreign)).status_code == 404


def test_waiting_list_keeps_a_pupil_whose_referral_is_another_schools(client, school):
    before, now = SchoolFactory(organisation=school.organisation), school
    case = waiting(before)
    with owner():
        Student.objects.filter(pk=case.student_id).update(school=now)
    client.force_login(CoordinatorFactory(school=now))
    assert len(client.get(LIST).context["rows"]) == 1
    assert client.get(match_url(case)).status_code == 200


def test_waiting_list_shows_a_protected_pupil_by_alias(as_coordinator, school):
    case = waiting(school, protection="marked", given_name="Hemliga", family_name="Zebrasson")
    for url in (LIST, match_url(case)):
        response = as_coordinator.get(url)
        assertContains(response, case.student.alias)
        assertNotContains(response, "Hemliga")
        assertNotContains(response, school.name)


def test_waiting_list_is_the_coordinators(client, staff, school):
    case = waiting(school)
    client.force_login(staff)
    assert client.get(LIST).status_code == 403
    assert client.get(match_url(case)).status_code == 404
    client.force_login(AssignmentFactory(case=case).supporter.user)
    assert client.get(LIST).status_code == 403
    assert client.get(match_url(case)).status_code == 403


@pytest.mark.parametrize("count", [3, 30])
def test_waiting_list_takes_five_queries_however_many(as_coordinator, school, assert_queries, count):
    for _number in range(count):
        waiting(school)
    with assert_queries(5):  # session with user, scope, cases, referrals, log
        as_coordinator.get(LIST)


@pytest.mark.parametrize("count", [3, 30])
def test_match_takes_nine_queries_however_many(as_coordinator, school, assert_queries, count):
    case = waiting(school)
    for _number in range(count):
        PeerSupporterFactory(school=school)
    # session with user, scope, case, referral, main assignment, log, supporters, placements, loads
    with assert_queries(9):
        as_coordinator.get(match_url(case))


def test_match_says_what_speaks_for_and_against(as_coordinator, school):
    student = StudentFactory(school=school)
    referral = ReferralFactory(
        school=school,
        student=student,
        status="accepted",
        wanted_language="Arabiska",
        wants_woman=True,
        works_well="Spelar gärna fotboll.",
    )
    case = CaseFactory(student=student, referral=referral)
    other = SchoolFactory(organisation=school.organisation, name="Kvarnskolan")
    both = PeerSupporterFactory(
        school=school, percent=50, languages=["svenska", "arabiska"], interests=["fotboll"], gender="woman"
    )
    PlacementFactory(supporter=both, school=other, percent=25)
    away = PeerSupporterFactory(
        school=other, percent=10, languages=["svenska"], interests=["sy"], gender="man"
    )
    AssignmentFactory(case=waiting(other), supporter=away)
    AssignmentFactory(case=waiting(other), supporter=away)

    response = as_coordinator.get(match_url(case))

    assert [one.supporter for one in response.context["matches"]] == [both, away]
    one = found(response, both)
    assert (one.capacity, one.taken, one.free) == (9, 0, 9)  # 12 a full time × 75 %
    assert (len(one.reasons), len(one.drawbacks)) == (5, 1)
    assert "Kvarnskolan" in one.drawbacks[0]
    one = found(response, away)
    assert (one.capacity, one.taken, one.free) == (1, 2, 0)
    assert (len(one.reasons), len(one.drawbacks)) == (0, 5)


def test_match_leaves_out_those_who_cannot(as_coordinator, school):
    case = waiting(school)
    PeerSupporterFactory(school=school, is_accepting=False)
    PeerSupporterFactory(school=None, organisation=school.organisation)
    over = PeerSupporterFactory(school=None, organisation=school.organisation)
    PlacementFactory(supporter=over, school=school, ends_on=today() - timedelta(days=1))
    PeerSupporterFactory()
    later = PeerSupporterFactory(school=None, organisation=school.organisation)
    PlacementFactory(supporter=later, school=school, starts_on=today() + timedelta(days=9))
    response = as_coordinator.get(match_url(case))
    assert [one.supporter for one in response.context["matches"]] == [later]


def test_match_counts_pupils_at_schools_the_coordinator_does_not_see(client, school):
    other = SchoolFactory(organisation=school.organisation)
    with owner():
        Organisation.objects.update(students_per_full_time=4)
    supporter = PeerSupporterFactory(school=school, percent=50)
    PlacementFactory(supporter=supporter, school=other, percent=50)
    AssignmentFactory(case=waiting(other), supporter=supporter)
    case = waiting(school)
    client.force_login(CoordinatorFactory(school=school))
    one = found(client.get(match_url(case)), supporter)
    assert (one.capacity, one.taken) == (4, 1)


def test_match_shows_fifty_at_most_and_says_what_to_do_without_any(as_coordinator, school):
    case = waiting(school)
    assertContains(as_coordinator.get(match_url(case)), "/supporters/")
    for _number in range(52):
        PeerSupporterFactory(school=school)
    assert len(as_coordinator.get(match_url(case)).context["matches"]) == 50


def test_match_of_an_ended_support_period_is_not_found(as_coordinator, coordinator, school):
    from django.utils import timezone

    student = StudentFactory(school=school)
    case = CaseFactory(student=student, status="closed", closed_at=timezone.now(), closed_by=coordinator)
    assert as_coordinator.get(match_url(case)).status_code == 404
