"""What lists of pupils and their search cost, however many there are."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from tests.overviews.students.rows import LIST, SEARCH, pupil

pytestmark = pytest.mark.django_db


def test_student_list_takes_five_queries_however_many(client, coordinator, many, assert_queries):
    with assert_queries(5):  # session with user, scope, choices, pupils, log
        response = client.get(reverse(LIST), {"status": "supported"})
    assert len(response.context["rows"]) == min(len(many), 30)
    with assert_queries(6):  # and the filters used last
        client.get(reverse(LIST))


def test_student_list_takes_six_queries_on_later_pages(client, coordinator, many, assert_queries):
    with assert_queries(6):  # and the row that the page begins after
        client.get(reverse(LIST), {"after": str(many[0].public_id)})


def test_student_search_takes_six_queries_however_many(client, coordinator, many, assert_queries):
    with assert_queries(6):  # session with user, scope, search, pupils, log, choices
        client.post(reverse(SEARCH), {"words": "alva"})


def test_student_list_of_a_supporter_takes_five_queries(client, many, assert_queries):
    with owner():
        user = many[0].assignments.select_related("supporter__user").get().supporter.user
    client.force_login(user)

    with assert_queries(5):  # session with user, scope, last filters, pupils, log
        client.get(reverse(LIST))


def test_student_list_of_thirty_weighs_at_most_25_kb(client):
    school = SchoolFactory(name="Kvarnbergshöjdens skola")
    for _ in range(11):
        SchoolFactory(organisation=school.organisation, name="Silverlindsskolan")
    supporters = [PeerSupporterFactory(school=school) for _ in range(14)]
    for number in range(31):
        student = pupil(school, "Tindra", "Exempelsson")
        ContactFactory(assignment=AssignmentFactory(case__student=student, supporter=supporters[number % 14]))
    client.force_login(CoordinatorFactory(organisation=school.organisation))

    assert len(client.get(reverse(LIST)).content) <= 25_000
