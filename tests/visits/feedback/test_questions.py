"""Questions: one at a time, answered once, closed by whoever asked."""

import uuid

import pytest
from django.urls import reverse

from operations.models import OutgoingMail
from peersupport.demo.factories import FeedbackAnswerFactory, FeedbackFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from tests.visits.feedback.forms import sent, student_page, url_of
from visits import services
from visits.models import Feedback, FeedbackAnswer

pytestmark = pytest.mark.django_db


def test_a_question_is_asked_answered_read_and_closed(client, part, petra, mine):
    assert (
        sent(client, petra, url_of("question_create", part), text="Ses ni på skolan nästa gång?").status_code
        == 302
    )
    with owner():
        question = Feedback.objects.get()
    answer_url = reverse("visits:question_answer", args=[question.public_id])

    client.force_login(mine.supporter.user)
    (row,) = client.get(reverse("overviews:my_day")).context["mine"].questions
    assert row.answer_url == answer_url and row.text == "Ses ni på skolan nästa gång?"
    response = client.post(answer_url, {"ready": "yes", "back": reverse("overviews:my_day")})
    assert response.url == reverse("overviews:my_day")
    assert client.get(reverse("overviews:my_day")).context["mine"].questions == []

    client.force_login(petra)
    waiting = client.get(reverse("overviews:overview")).context["mine"]
    assert waiting.question_count == 1 and waiting.questions[0].answer
    assert [one.answer for one in client.get(reverse("overviews:feedback_list")).context["rows"]] == [
        waiting.questions[0].answer
    ]
    assert client.post(waiting.questions[0].close_url).status_code == 302
    assert client.get(reverse("overviews:overview")).context["mine"].question_count == 0
    with owner():
        question.refresh_from_db()
    assert question.closed_by_id == petra.pk
    page = client.get(student_page(part)).content.decode()
    assert "Ses ni på skolan nästa gång?" in page  # on the contact it stays


def test_an_answer_in_own_words_and_only_the_first_counts(client, part, petra, mine):
    question = FeedbackFactory(participation=part, made_by=petra)
    url = reverse("visits:question_answer", args=[question.public_id])
    client.force_login(mine.supporter.user)

    assert client.post(url, {"text": "  "}).status_code == 200
    assert client.post(url, {"text": "x" * 501}).context["form"].errors
    for text in ("På biblioteket.", "På biblioteket.", "Något annat."):
        assert client.post(url, {"text": text}).status_code == 302
    with owner():
        assert [answer.text for answer in FeedbackAnswer.objects.all()] == ["På biblioteket."]


def test_a_question_needs_words_and_one_at_a_time(client, part, petra):
    url = url_of("question_create", part)
    assert sent(client, petra, url, text=" ").context["form"].errors
    assert sent(client, petra, url, text="Ett?").status_code == 302
    again = sent(client, petra, url, text="Två?")
    assert again.status_code == 409 and again.context["form"].non_field_errors()
    with owner():
        assert [row.text for row in Feedback.objects.all()] == ["Ett?"]


def test_the_same_question_form_sent_twice_asks_once(client, part, petra):
    client.force_login(petra)
    key = str(uuid.uuid4())
    for _ in range(2):
        response = client.post(url_of("question_create", part), {"form_key": key, "text": "Ett?"})
        assert response.status_code == 302
    other = client.post(url_of("question_create", part), {"form_key": key, "text": "Annat?"})
    assert other.status_code == 409 and "Annat?" in other.content.decode()


def test_what_is_answered_stays(client, part, petra):
    question = FeedbackFactory(participation=part, made_by=petra)
    FeedbackAnswerFactory(feedback=question)
    client.force_login(petra)
    assert client.post(reverse("visits:feedback_withdraw", args=[question.public_id])).status_code == 302
    with owner():
        assert Feedback.objects.count() == FeedbackAnswer.objects.count() == 1


def test_an_answer_to_a_closed_question_is_not_kept(client, part, petra, mine):
    question = FeedbackFactory(participation=part, made_by=petra, closed_by=petra)
    client.force_login(mine.supporter.user)
    response = client.post(reverse("visits:question_answer", args=[question.public_id]), {"ready": "yes"})
    assert response.status_code == 302
    with owner():
        assert not FeedbackAnswer.objects.exists()
    with scope(mine.supporter.user), pytest.raises(services.NotToBeAnswered):
        services.answer_question(feedback=question, by=mine.supporter.user, text="Ja")


def test_no_mail_is_written(client, part, petra, mine):
    sent(client, petra, url_of("question_create", part), text="Hemligt?")
    with owner():
        question = Feedback.objects.get()
    answer = reverse("visits:question_answer", args=[question.public_id])
    assert sent(client, mine.supporter.user, answer, ready="yes").status_code == 302
    with owner():
        assert not OutgoingMail.objects.exists()


def test_question_answer_takes_four_queries(client, part, petra, mine, assert_queries):
    question = FeedbackFactory(participation=part, made_by=petra)
    client.force_login(mine.supporter.user)
    with assert_queries(4):  # session with user, scope, question, log
        client.get(reverse("visits:question_answer", args=[question.public_id]))
