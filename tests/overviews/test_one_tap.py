"""Answered from the row, in one tap: with htmx in its place, without JavaScript by a message; twice is once; undone."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    FeedbackFactory,
    TaskFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from students.models import Whereabouts
from visits.models import FeedbackAnswer, Task

pytestmark = pytest.mark.django_db
MY_DAY, OVERVIEW = "overviews:my_day", "overviews:overview"


@pytest.fixture
def mine():
    return AssignmentFactory(case__student__given_name="Alva", starts_on=today() - timedelta(days=60))


@pytest.fixture
def petra(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


@pytest.fixture
def karim(mine):
    return mine.supporter.user


@pytest.fixture
def part(mine):
    with owner():
        return ContactFactory(assignment=mine).participations.get()


def count(model, **fields):
    with owner():
        return model.objects.filter(**fields).count()


def undo_of(response):
    text = response.content.decode()
    assert 'class="answered"' in text and "<html" not in text
    return text.split('hx-post="')[1].split('"')[0]


# --- Tasks


def test_a_task_is_done_in_its_row_and_undone_there(client, mine, karim, petra, htmx):
    task = TaskFactory(organisation=mine.school.organisation, owner=karim, made_by=petra)
    client.force_login(karim)
    url = reverse("visits:task_done", args=[task.public_id])

    for _ in range(2):  # a double tap
        response = client.post(url, headers=htmx)
        assert response.status_code == 200
    assert count(Task, done_at__isnull=True) == 0
    assert list(get_messages(response.wsgi_request)) == []
    assert client.post(undo_of(response), headers=htmx).status_code == 200
    assert count(Task, done_at__isnull=True) == 1


def test_a_task_is_done_without_javascript_and_leads_back(client, mine, karim, petra):
    task = TaskFactory(organisation=mine.school.organisation, owner=karim, made_by=petra)
    client.force_login(karim)
    response = client.post(
        reverse("visits:task_done", args=[task.public_id]), {"back": reverse(MY_DAY)}, follow=True
    )

    assert response.redirect_chain == [(reverse(MY_DAY), 302)]
    assert reverse("visits:task_reopen", args=[task.public_id]) in response.content.decode()


# --- Questions and thanks


def test_a_question_is_answered_in_its_row_once_and_taken_back(client, karim, petra, part, htmx):
    question = FeedbackFactory(participation=part, made_by=petra, kind="question", text="Hur gick det?")
    client.force_login(karim)
    url = reverse("visits:question_answer", args=[question.public_id])

    response = client.post(url, {"ready": "yes"}, headers=htmx)
    again = client.post(url, {"ready": "not_yet"}, headers=htmx)

    with owner():
        assert [answer.text for answer in FeedbackAnswer.objects.all()] == ["Ja"]
    assert "hx-post" not in again.content.decode()
    assert client.post(undo_of(response), headers=htmx).status_code == 200
    assert count(FeedbackAnswer) == 0
    assert client.get(reverse(MY_DAY)).context["mine"].question_count == 1


def test_an_answer_stays_once_it_is_old_or_the_question_is_closed(client, karim, petra, part, htmx):
    question = FeedbackFactory(participation=part, made_by=petra, kind="question", text="Hur gick det?")
    client.force_login(karim)
    undo = undo_of(
        client.post(
            reverse("visits:question_answer", args=[question.public_id]), {"ready": "yes"}, headers=htmx
        )
    )
    client.force_login(petra)
    client.post(reverse("visits:question_close", args=[question.public_id]))

    client.force_login(karim)
    assert client.post(undo, headers=htmx).status_code == 409
    assert count(FeedbackAnswer) == 1


def test_thanks_are_thanked_for_in_one_tap_and_leave_my_day(client, karim, petra, part, htmx):
    thanks = FeedbackFactory(participation=part, made_by=petra, kind="thanks", text="Bra jobbat.")
    client.force_login(karim)
    (row,) = client.get(reverse(MY_DAY)).context["mine"].thanks

    for _ in range(2):
        response = client.post(row.thank_back_url, headers=htmx)
    assert count(FeedbackAnswer, feedback=thanks) == 1
    assert client.get(reverse(MY_DAY)).context["mine"].thanks == []
    client.post(undo_of(response), headers=htmx)
    assert len(client.get(reverse(MY_DAY)).context["mine"].thanks) == 1


# --- Hör med


def test_the_supporter_is_asked_in_one_tap_and_once(client, mine, petra, karim, htmx):
    client.force_login(petra)
    (row,) = client.get(reverse(OVERVIEW)).context["quiet"]
    assert row.is_one_tap and karim.given_name in row.act

    for _ in range(2):
        response = client.post(row.act_url, headers=htmx)

    with owner():
        task = Task.objects.get()
        assert (task.owner, task.made_by, task.student) == (karim, petra, mine.student)
        assert task.due_on.weekday() < 5 and task.due_on > today()
        assert "Alva" not in task.title
    (row,) = client.get(reverse(OVERVIEW)).context["quiet"]
    assert not row.act and "frågad" in row.text
    client.post(undo_of(response), headers=htmx)
    assert client.get(reverse(OVERVIEW)).context["quiet"][0].act


def test_a_task_there_is_already_is_the_question(client, mine, petra, karim, htmx):
    TaskFactory(organisation=mine.school.organisation, owner=karim, made_by=karim, student=mine.student)
    client.force_login(petra)

    response = client.post(reverse("visits:supporter_ask", args=[mine.case.public_id]), headers=htmx)

    assert count(Task) == 1 and "hx-post" not in response.content.decode()  # not hers to take back


def test_nobody_is_asked_where_there_is_no_supporter(client, mine, petra):
    with owner():
        mine.ends_on = today() - timedelta(days=1)
        mine.save(update_fields=["ends_on"])
    client.force_login(petra)

    response = client.post(reverse("visits:supporter_ask", args=[mine.case.public_id]))

    assert response.status_code == 302 and count(Task) == 0


# --- Hör av dig


def with_phone(assignment, phone="070-174 06 05"):
    with owner():
        Whereabouts.objects.create(
            student=assignment.student, school_id=assignment.school_id, phone=phone, street="Gatan 1"
        )


def test_the_number_opens_in_the_row_with_its_log_entry(client, mine, karim, htmx):
    with_phone(mine)
    client.force_login(karim)
    (row,) = client.get(reverse(MY_DAY)).context["pupils"]
    with owner():
        AccessLog.objects.filter(action="open_address").delete()

    part = client.post(row.reach_url, headers=htmx).content.decode()

    assert 'href="tel:0701740605"' in part and 'href="sms:0701740605?body=' in part and "<html" not in part
    assert "Gatan" not in part and "Alva" not in part
    with owner():
        opened = AccessLog.objects.get(action="open_address")
    assert opened.student_ids == [mine.student_id] and opened.user_id == karim.pk


def test_the_number_is_on_no_page_before_it_is_opened(client, mine, karim):
    with_phone(mine)
    client.force_login(karim)

    for url in (reverse(MY_DAY), reverse("students:reach", args=[mine.student.public_id])):
        page = client.get(url).content.decode()
        assert "070-174" not in page and "070174" not in page
    assert (
        "tel:0701740605"
        in client.post(reverse("students:reach", args=[mine.student.public_id])).content.decode()
    )


def test_the_number_of_a_protected_pupil_opens_only_while_the_name_is_open(client, htmx):
    sealed = AssignmentFactory(case__student__protection="marked")
    with_phone(sealed)
    client.force_login(sealed.supporter.user)
    url = reverse("students:reach", args=[sealed.student.public_id])

    refused = client.post(url, headers=htmx)
    assert "tel:" not in refused.content.decode() and count(AccessLog, action="open_address") == 0

    client.post(
        reverse("students:identity_open", args=[sealed.student.public_id]), {"reason": "meeting", "words": ""}
    )
    assert "tel:" in client.post(url, headers=htmx).content.decode()
    (row,) = client.get(reverse(MY_DAY)).context["pupils"]
    assert row.is_protected


def test_without_a_number_the_row_says_so(client, mine, karim, htmx):
    client.force_login(karim)
    part = client.post(
        reverse("students:reach", args=[mine.student.public_id]), headers=htmx
    ).content.decode()

    assert "tel:" not in part and "Inget telefonnummer" in part
