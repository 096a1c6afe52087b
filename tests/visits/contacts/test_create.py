"""Ny kontakt: one effect, however often it is sent, and nothing lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from operations.models import FormKey
from peersupport.demo.factories import AssignmentFactory, StudentFactory
from peersupport.demo.owner import owner
from tests.visits.contacts.form import CREATE, form_of, part, parts_of, saved
from visits.models import Contact, ContactNote, Participation

pytestmark = pytest.mark.django_db
TOMORROW = -1  # as days ago, counted when the test runs and not when it is read


def test_contact_create_saves_the_copies(me, mine):
    response = me.post(
        CREATE,
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
def test_contact_create_lets_the_outcome_follow_the_kind(me, mine, kind, answer, outcome):
    me.post(CREATE, form_of(mine, kind=kind) | part(mine, outcome=answer))

    assert [row.outcome for row in parts_of(mine.student)] == [outcome]


def test_contact_create_refuses_the_pupils_no_for_a_talk_with_staff(me, mine):
    response = me.post(CREATE, form_of(mine, kind="staff_contact") | part(mine, outcome="student_cancelled"))

    assert response.status_code == 200 and not saved()
    assert [name for name, _label, _problem in response.context["forms"].problems]


def test_contact_create_takes_a_try_without_minutes(me, mine):
    me.post(CREATE, form_of(mine, length="") | part(mine, outcome="tried"))

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
        {"on": TOMORROW},
        {"on": 61},
    ],
)
def test_contact_create_keeps_what_was_typed_when_something_is_wrong(me, mine, changes):
    if isinstance(days := changes.get("on"), int):
        changes = {"on": f"{timezone.localtime() - timedelta(days=days):%Y-%m-%d}"}
    data = form_of(mine, **changes) | part(mine, note="Den här texten får inte försvinna")

    response = me.post(CREATE, data)

    assert response.status_code == 200 and not saved()
    assert "Den här texten får inte försvinna" in response.content.decode()
    if "form_key" not in changes:
        assert response.context["forms"].problems
        assert str(response.context["form_key"]) == data["form_key"]
        me.post(CREATE, form_of(mine, form_key=data["form_key"]))
        assert len(saved()) == 1  # corrected, under the same key


def test_contact_create_accepts_59_days_ago(me, mine):
    day = timezone.localtime() - timedelta(days=59)

    me.post(CREATE, form_of(mine, on=f"{day:%Y-%m-%d}"))

    assert len(saved()) == 1


def test_contact_create_twice_with_one_key_is_one_contact(me, mine):
    data = form_of(mine)

    answers = [me.post(CREATE, data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302] and answers[0].url == answers[1].url
    assert len(saved()) == 1


def test_contact_create_same_key_other_body_is_a_conflict_that_keeps_the_text(me, mine):
    data = form_of(mine)
    me.post(CREATE, data)

    response = me.post(CREATE, data | part(mine, note="En annan text"))

    assert response.status_code == 409 and "En annan text" in response.content.decode()
    assert len(saved()) == 1
    assert str(response.context["form_key"]) != data["form_key"]


def test_contact_create_another_goes_on(me, mine):
    assert me.post(CREATE, form_of(mine, another="1")).url == CREATE


@pytest.mark.parametrize("count", [1, 3, 30])
def test_contact_create_takes_seven_queries_however_many_pupils(me, mine, assert_queries, count):
    others = [
        AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
        for _ in range(count - 1)
    ]
    data = form_of(mine, *others)
    for assignment in [mine, *others]:
        data |= part(assignment, note="Något")

    # session with user, scope, pupils, key with its answer, contact, parts, notes
    with assert_queries(7):
        assert me.post(CREATE, data).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_contact_create_20_parallel_posts_make_one_contact(mine):
    data, answers = form_of(mine), []
    browser = Client()
    browser.force_login(mine.supporter.user)

    def post():
        try:
            own = Client()
            own.cookies = browser.cookies
            answers.append(own.post(CREATE, data))
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
