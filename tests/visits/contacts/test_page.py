"""The page of Ny kontakt: for whom it is, whom it offers, and what it keeps to itself."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    SchoolStaffFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from tests.visits.contacts.form import CREATE, form_of, new_form, saved

pytestmark = pytest.mark.django_db


def test_contact_create_offers_own_pupils_only(me, mine):
    ended = AssignmentFactory(
        case__student=StudentFactory(school=mine.school), supporter=mine.supporter, ended=True
    )
    foreign = AssignmentFactory()

    page = me.get(CREATE).content.decode()

    assert str(mine.student.public_id) in page
    for assignment in (ended, foreign):
        assert str(assignment.student.public_id) not in page
        assert me.get(CREATE, form_of(assignment)).status_code == 404
    # What was done for the ended one is received blindly: test_late.
    assert me.post(CREATE, form_of(foreign)).status_code == 404
    assert not saved()


def test_contact_create_shows_alias_of_protected(me, mine):
    protected = StudentFactory(
        school=mine.school, protection="marked", given_name="Hemlig", family_name="Namnsson"
    )
    AssignmentFactory(case__student=protected, supporter=mine.supporter)

    for query in ({}, {"student": str(protected.public_id)}):
        page = me.get(CREATE, query).content.decode()
        assert protected.alias in page and "Hemlig" not in page


def test_contact_create_by_coordinator_needs_an_open_support_period(client):
    case = CaseFactory()
    closed = StudentFactory(school=case.school)
    client.force_login(CoordinatorFactory(organisation=case.school.organisation))

    assert client.get(CREATE).status_code == 200
    assert client.get(CREATE, {"student": str(closed.public_id)}).status_code == 404
    response = client.post(CREATE, form_of(case, kind="guardian_contact"))

    assert response.url == reverse("overviews:student_detail", args=[case.student.public_id])
    assert [contact.supporter_id for contact in saved()] == [None]


def test_contact_create_tells_a_supporter_without_profile(client):
    client.force_login(PeerUserFactory())

    response = client.get(CREATE)

    assert response.status_code == 200 and response.context["has_profile"] is False


def test_contact_create_with_profile_and_no_pupils(client):
    client.force_login(PeerSupporterFactory().user)

    assert client.get(CREATE).context["has_profile"] is True


def test_contact_create_is_not_for_school_staff(client):
    client.force_login(SchoolStaffFactory())

    assert client.get(CREATE).status_code == 403


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_contact_create_keeps_names_out_of_title_and_messages(me, mine):
    page = me.get(CREATE, {"student": str(mine.student.public_id)}).content.decode()
    assert "Alvabeth" in page and "Alvabeth" not in page.split("</title>")[0]

    response = me.post(CREATE, form_of(mine))

    assert [text for text in said(response) if "Alvabeth" in text] == [] != said(response)


def test_contact_create_prefills_kind_and_time(me, mine):
    query = {"student": str(mine.student.public_id), "kind": "phone"}
    form = me.get(CREATE, query).context["forms"].occasion_form

    assert form["kind"].value() == "phone" and form["on"].value() == timezone.localdate()


def test_contact_create_page_is_logged(me, mine):
    me.get(CREATE, {"student": str(mine.student.public_id)})

    with owner():
        row = AccessLog.objects.get()
    assert (row.page, row.student_ids) == ("visits:contact_create", [mine.student.pk])


@pytest.mark.parametrize("count", [1, 5])
def test_contact_create_form_takes_five_queries_however_many_pupils(me, mine, assert_queries, count):
    for _ in range(count - 1):
        AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)

    with assert_queries(5):  # session with user, scope, pupils, links that fit, the log
        new_form(me, mine)
