"""Where thanks and questions stand: what a pupil is called, the list, and what it costs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
    StudentFactory,
    TaskFactory,
)
from peersupport.demo.owner import owner
from tests.visits.feedback.forms import url_of
from visits.models import Participation

pytestmark = pytest.mark.django_db


def test_my_day_calls_a_pupil_the_same_in_every_row(client, petra, mine):
    """What the pupil is called every day; to the coordinator, who has many, the whole name."""
    mine = AssignmentFactory(
        case__student__school=mine.school,
        case__student__given_name="Mohammed",
        case__student__family_name="Provdal",
        case__student__called="Momo",
    )
    ContactFactory(assignment=mine, occurred_at=timezone.now())
    with owner():
        part = Participation.objects.get(student=mine.student)
    FeedbackFactory(participation=part, made_by=petra)
    FeedbackFactory(participation=part, made_by=petra, thanks=True)
    for user in (petra, mine.supporter.user):
        TaskFactory(student=mine.student, owner=user, made_by=petra)

    client.force_login(mine.supporter.user)
    context = client.get(reverse("overviews:my_day")).context
    rows = [*context["mine"].tasks, *context["mine"].questions, *context["mine"].thanks]
    assert [row.about for row in rows] == ["Momo"] * 3 and context["pupils"][0].name == "Momo"
    client.force_login(petra)
    waiting = client.get(reverse("overviews:overview")).context["mine"]
    assert [row.about for row in [*waiting.tasks, *waiting.questions]] == ["Mohammed Provdal"] * 2


def test_a_protected_pupil_goes_by_the_alias(client, petra, mine):
    hidden = StudentFactory(
        school=mine.school, protection="marked", given_name="Hemlig", family_name="Namnsson"
    )
    contact = ContactFactory(assignment=AssignmentFactory(case__student=hidden, supporter=mine.supporter))
    with owner():
        part = Participation.objects.select_related("contact", "student").get(contact=contact)
    question = FeedbackFactory(participation=part, made_by=petra)
    for user, urls in (
        (
            petra,
            [
                reverse("overviews:overview"),
                url_of("thanks_create", part),
                reverse("overviews:feedback_list"),
            ],
        ),
        (
            mine.supporter.user,
            [
                reverse("overviews:my_day"),
                reverse("overviews:feedback_list"),
                reverse("visits:question_answer", args=[question.public_id]),
            ],
        ),
    ):
        client.force_login(user)
        for url in urls:
            page = client.get(url).content.decode()
            assert hidden.alias in page and "Hemlig" not in page and "Namnsson" not in page, url


def test_feedback_list_says_whose_and_logs_whom_it_shows(client, part, petra, mine):
    FeedbackFactory(participation=part, made_by=petra)
    client.force_login(petra)
    page = client.get(reverse("overviews:feedback_list"))
    assert f"Visar öppna frågor i {mine.school.organisation.name}, 1 skola" in page.content.decode()
    with owner():
        row = AccessLog.objects.get()
    assert (row.page, row.student_ids) == ("overviews:feedback_list", [part.student_id])


@pytest.mark.parametrize("count", [3, 40])
@pytest.mark.parametrize("is_coordinator", [True, False])
def test_feedback_list_takes_four_queries_however_many(
    client, mine, petra, assert_queries, count, is_coordinator
):
    for number in range(count):
        contact = ContactFactory(assignment=mine)
        with owner():
            part = Participation.objects.get(contact=contact)
        question = FeedbackFactory(participation=part, made_by=petra)
        if number % 2:
            FeedbackAnswerFactory(feedback=question)
    client.force_login(petra if is_coordinator else mine.supporter.user)
    with assert_queries(4):  # session with user, scope, thanks and questions, log
        response = client.get(reverse("overviews:feedback_list"))
    rows = list(response.context["rows"])
    while response.context["older_url"]:
        response = client.get(response.context["older_url"])
        rows += response.context["rows"]
    assert len(rows) == count
    if is_coordinator:
        answered = [bool(row.answer) for row in rows]
        assert answered == sorted(answered, reverse=True)


@pytest.mark.parametrize("count", [1, 12])
def test_start_pages_take_the_same_queries_however_many_questions(client, mine, petra, assert_queries, count):
    for _ in range(count):
        contact = ContactFactory(assignment=mine)
        with owner():
            part = Participation.objects.get(contact=contact)
        FeedbackFactory(participation=part, made_by=petra)
        FeedbackFactory(participation=part, made_by=petra, thanks=True)
    karim = mine.supporter.user
    for user, url, queries in ((petra, "overviews:overview", 8), (karim, "overviews:my_day", 8)):
        client.force_login(user)
        with assert_queries(queries):
            response = client.get(reverse(url))
        assert response.context["mine"].question_count == count
