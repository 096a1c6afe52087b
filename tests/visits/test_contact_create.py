"""Ny kontakt: one effect, one page a pupil, nothing lost."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from operations.models import FormKey
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
from visits.models import Contact, ContactNote, Participation

URL = "visits:contact_create"
pytestmark = pytest.mark.django_db


def form_of(*assignments, **changes):
    """What a browser sends for a home visit of an hour that has just been."""
    local = timezone.localtime()
    data = {
        "form_key": str(uuid.uuid4()),
        "student": [str(assignment.student.public_id) for assignment in assignments],
        "kind": "home_visit",
        "length": "60",
        "minutes": "",
        "on": f"{local:%Y-%m-%d}",
        "at": f"{local:%H:%M}",
        "place": "",
    }
    for assignment in assignments:
        data[f"{assignment.student.public_id}-outcome"] = "met"
    return data | changes


def part(assignment, **fields):
    return {f"{assignment.student.public_id}-{name}": value for name, value in fields.items()}


@pytest.fixture
def mine():
    return AssignmentFactory(case__student__given_name="Alva", case__student__family_name="Exempelsson")


@pytest.fixture
def client_of_mine(client, mine):
    client.force_login(mine.supporter.user)
    return client


def saved():
    with owner():
        return list(Contact.objects.order_by("pk"))


def parts_of(student):
    with owner():
        return list(Participation.objects.filter(student=student).select_related("note"))


def test_contact_create_saves_the_copies(client_of_mine, mine):
    response = client_of_mine.post(
        reverse(URL),
        form_of(mine, place="hemma")
        | part(mine, note="Vi ritade.", written_together="on", next_step="Ses igen"),
    )

    assert response.status_code == 302 and response.url == reverse("overviews:my_day")
    (contact,), (participation,) = saved(), parts_of(mine.student)
    assert (contact.kind, contact.minutes, contact.place) == ("home_visit", 60, "hemma")
    assert (contact.author_id, contact.supporter_id) == (mine.supporter.user_id, mine.supporter_id)
    assert participation.school_id == mine.student.school_id and participation.case_id == mine.case_id
    assert (participation.kind, participation.outcome) == ("home_visit", "met")
    assert participation.occurred_at == contact.occurred_at and participation.next_step == "Ses igen"
    assert participation.note.text == "Vi ritade." and participation.note.written_together


@pytest.mark.parametrize(
    "kind, answer, outcome",
    [
        ("home_visit", "tried", "no_answer"),
        ("at_school", "tried", "no_show"),
        ("phone", "met", "met"),
        ("message", "tried", "no_answer"),
        ("guardian_contact", "tried", "no_answer"),
        ("staff_contact", "we_cancelled", "we_cancelled"),
        ("staff_contact", "moved", "moved"),
        ("accompany", "moved", "moved"),
        ("home_visit", "student_cancelled", "student_cancelled"),
    ],
)
def test_contact_create_lets_the_outcome_follow_the_kind(client_of_mine, mine, kind, answer, outcome):
    client_of_mine.post(reverse(URL), form_of(mine, kind=kind) | part(mine, outcome=answer))

    assert [row.outcome for row in parts_of(mine.student)] == [outcome]


def test_contact_create_refuses_the_pupils_no_for_a_talk_with_staff(client_of_mine, mine):
    response = client_of_mine.post(
        reverse(URL), form_of(mine, kind="staff_contact") | part(mine, outcome="student_cancelled")
    )

    assert response.status_code == 200 and not saved()
    assert [name for name, _label, _problem in response.context["forms"].problems]


def test_contact_create_takes_a_try_without_minutes(client_of_mine, mine):
    client_of_mine.post(reverse(URL), form_of(mine, length="") | part(mine, outcome="tried"))

    assert [contact.minutes for contact in saved()] == [0]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": ""},
        {"kind": "nonsense"},
        {"length": ""},
        {"length": "other", "minutes": ""},
        {"length": "other", "minutes": "721"},
        {"length": "other", "minutes": "-1"},
        {"length": "other", "minutes": "x"},
        {"on": ""},
        {"on": "2026-13-40"},
        {"at": "25:00"},
        {"place": "x" * 81},
        {"form_key": "x"},
        {"on": f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d}"},
        {"on": f"{timezone.localtime() - timedelta(days=61):%Y-%m-%d}"},
    ],
)
def test_contact_create_keeps_what_was_typed_when_something_is_wrong(client_of_mine, mine, changes):
    data = form_of(mine, **changes) | part(mine, note="Den här texten får inte försvinna")

    response = client_of_mine.post(reverse(URL), data)

    assert response.status_code == 200 and not saved()
    assert "Den här texten får inte försvinna" in response.content.decode()
    if "form_key" not in changes:
        assert response.context["forms"].problems
        assert str(response.context["form_key"]) == data["form_key"]
        client_of_mine.post(reverse(URL), form_of(mine, form_key=data["form_key"]))
        assert len(saved()) == 1  # corrected, under the same key


def test_contact_create_accepts_59_days_ago(client_of_mine, mine):
    day = timezone.localtime() - timedelta(days=59)

    client_of_mine.post(reverse(URL), form_of(mine, on=f"{day:%Y-%m-%d}"))

    assert len(saved()) == 1


def test_contact_create_twice_with_one_key_is_one_contact(client_of_mine, mine):
    data = form_of(mine)

    answers = [client_of_mine.post(reverse(URL), data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302] and answers[0].url == answers[1].url
    assert len(saved()) == 1


def test_contact_create_same_key_other_body_is_a_conflict_that_keeps_the_text(client_of_mine, mine):
    data = form_of(mine)
    client_of_mine.post(reverse(URL), data)

    response = client_of_mine.post(reverse(URL), data | part(mine, note="En annan text"))

    assert response.status_code == 409 and "En annan text" in response.content.decode()
    assert len(saved()) == 1
    assert str(response.context["form_key"]) != data["form_key"]


def test_contact_create_stores_each_pupil_apart(client_of_mine, mine):
    other = AssignmentFactory(
        case__student=StudentFactory(school=mine.school, given_name="Kerstin", family_name="Provdal"),
        supporter=mine.supporter,
    )
    data = form_of(mine, other) | part(mine, note="Bara om Alva") | part(other, note="Bara om Kerstin")

    client_of_mine.post(reverse(URL), data | part(other, outcome="student_cancelled"))

    assert len(saved()) == 1
    assert [row.note.text for row in parts_of(mine.student)] == ["Bara om Alva"]
    assert [row.outcome for row in parts_of(other.student)] == ["student_cancelled"]
    page = client_of_mine.get(reverse("overviews:student_detail", args=[mine.student.public_id]))
    text = page.content.decode()
    assert "Bara om Alva" in text
    assert "Kerstin" not in text and str(other.student.public_id) not in text


def test_contact_create_adds_a_pupil_half_way_without_losing_text(client_of_mine, mine):
    other = AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
    data = form_of(mine, length="other", minutes="45") | part(mine, note="Halvskriven")
    data["student"].append(str(other.student.public_id))

    response = client_of_mine.post(reverse(URL), data | {"add": "1"})

    page = response.content.decode()
    assert response.status_code == 200 and not response.context["forms"].problems and not saved()
    assert "Halvskriven" in page and 'value="45"' in page
    assert f"{other.student.public_id}-outcome" in page


def test_contact_create_asks_how_it_went_for_a_pupil_ticked_and_not_answered(client_of_mine, mine):
    other = AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
    data = form_of(mine)
    data["student"].append(str(other.student.public_id))

    response = client_of_mine.post(reverse(URL), data)

    assert response.status_code == 200 and len(response.context["forms"].problems) == 1 and not saved()


def test_contact_create_offers_own_pupils_only(client_of_mine, mine):
    ended = AssignmentFactory(
        case__student=StudentFactory(school=mine.school), supporter=mine.supporter, ended=True
    )
    foreign = AssignmentFactory()

    page = client_of_mine.get(reverse(URL)).content.decode()

    assert str(mine.student.public_id) in page
    for assignment in (ended, foreign):
        assert str(assignment.student.public_id) not in page
        assert client_of_mine.get(reverse(URL), form_of(assignment)).status_code == 404
    # What was done for the ended one is received blindly: test_late_contacts.
    assert client_of_mine.post(reverse(URL), form_of(foreign)).status_code == 404
    assert not saved()


def test_contact_create_shows_alias_of_protected(client_of_mine, mine):
    protected = StudentFactory(
        school=mine.school, protection="marked", given_name="Hemlig", family_name="Namnsson"
    )
    AssignmentFactory(case__student=protected, supporter=mine.supporter)

    for query in ({}, {"student": str(protected.public_id)}):
        page = client_of_mine.get(reverse(URL), query).content.decode()
        assert protected.alias in page and "Hemlig" not in page


def test_contact_create_by_coordinator_needs_an_open_support_period(client):
    case = CaseFactory()
    closed = StudentFactory(school=case.school)
    client.force_login(CoordinatorFactory(organisation=case.school.organisation))

    assert client.get(reverse(URL)).status_code == 200
    assert client.get(reverse(URL), {"student": str(closed.public_id)}).status_code == 404
    response = client.post(reverse(URL), form_of(case, kind="guardian_contact"))

    assert response.url == reverse("overviews:student_detail", args=[case.student.public_id])
    assert [contact.supporter_id for contact in saved()] == [None]


def test_contact_create_tells_a_supporter_without_profile(client):
    client.force_login(PeerUserFactory())

    response = client.get(reverse(URL))

    assert response.status_code == 200 and response.context["has_profile"] is False


def test_contact_create_with_profile_and_no_pupils(client):
    client.force_login(PeerSupporterFactory().user)

    assert client.get(reverse(URL)).context["has_profile"] is True


def test_contact_create_is_not_for_school_staff(client):
    client.force_login(SchoolStaffFactory())

    assert client.get(reverse(URL)).status_code == 403


def test_contact_create_keeps_names_out_of_title_and_messages(client_of_mine, mine):
    page = client_of_mine.get(reverse(URL), {"student": str(mine.student.public_id)}).content.decode()
    assert "Alva" in page and "Alva" not in page.split("</title>")[0]

    response = client_of_mine.post(reverse(URL), form_of(mine))

    assert "Alva" not in str(response.cookies["messages"])


def test_contact_create_prefills_kind_and_time(client_of_mine, mine):
    query = {"student": str(mine.student.public_id), "kind": "phone"}
    form = client_of_mine.get(reverse(URL), query).context["forms"].occasion_form

    assert form["kind"].value() == "phone" and form["on"].value() == timezone.localdate()


def test_contact_create_another_goes_on(client_of_mine, mine):
    assert client_of_mine.post(reverse(URL), form_of(mine, another="1")).url == reverse(URL)


def test_contact_create_page_is_logged(client_of_mine, mine):
    client_of_mine.get(reverse(URL), {"student": str(mine.student.public_id)})

    with owner():
        row = AccessLog.objects.get()
    assert (row.page, row.student_ids) == ("visits:contact_create", [mine.student.pk])


@pytest.mark.parametrize("count", [1, 3, 30])
def test_contact_create_takes_seven_queries_however_many_pupils(client_of_mine, mine, assert_queries, count):
    others = [
        AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
        for _ in range(count - 1)
    ]
    data = form_of(mine, *others)
    for assignment in [mine, *others]:
        data |= part(assignment, note="Något")

    # session with user, scope, pupils, key with its answer, contact, parts, notes
    with assert_queries(7):
        assert client_of_mine.post(reverse(URL), data).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_contact_create_20_parallel_posts_make_one_contact(mine):
    data, answers = form_of(mine), []
    browser = Client()
    browser.force_login(mine.supporter.user)

    def post():
        try:
            own = Client()
            own.cookies = browser.cookies
            answers.append(own.post(reverse(URL), data))
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [302] * 20
    assert len({answer.url for answer in answers}) == 1
    with owner():
        assert Contact.objects.count() == Participation.objects.count() == FormKey.objects.count() == 1
        assert ContactNote.objects.count() == 0
