"""Between one coordinator and the contact's author, about one pupil, and for nobody else."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    FeedbackFactory,
    PeerSupporterFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
    SupervisorFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from tests.peersupport.rights import LOCKED, raw, undone
from tests.visits.feedback.forms import student_page
from visits.models import Feedback

pytestmark = pytest.mark.django_db


def test_several_pupils_in_a_contact_never_mix(client, part, petra, mine):
    other = AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
    add_participation(part.contact, other)
    FeedbackFactory(participation=part, made_by=petra, text="Om Alva?")
    client.force_login(mine.supporter.user)

    others_page = client.get(reverse("overviews:student_detail", args=[other.student.public_id]))
    assert "Om Alva?" not in others_page.content.decode()
    assert "Om Alva?" in client.get(student_page(part)).content.decode()


def test_a_third_person_sees_nothing(client, part, petra, mine):
    question = FeedbackFactory(participation=part, made_by=petra, text="Om Alva?")
    second = PeerSupporterFactory(school=mine.school)
    AssignmentFactory(case=mine.case, supporter=second, kind="stand_in")  # sees the pupil, not this contact
    elsewhere = SchoolFactory(organisation=mine.school.organisation)
    for user in (
        second.user,
        CoordinatorFactory(school=elsewhere),
        CoordinatorFactory(),
        SchoolStaffFactory(school=mine.school),
        SupervisorFactory(organisation=mine.school.organisation),
    ):
        with scope(user), connection.cursor() as cursor:
            cursor.execute("select count(*) from visits_feedback")
            assert cursor.fetchone() == (0,), user.acting
        client.force_login(user)
        for name in ("question_answer", "question_close", "feedback_withdraw"):
            url = reverse(f"visits:{name}", args=[question.public_id])
            assert client.post(url).status_code == 404, (name, user.acting)
    client.force_login(second.user)
    assert "Om Alva?" not in client.get(student_page(part)).content.decode()


def test_it_ends_with_the_assignment(client, part, petra, mine):
    question = FeedbackFactory(participation=part, made_by=petra)
    FeedbackFactory(participation=part, made_by=petra, thanks=True)
    with owner():
        mine.ended_at, mine.ended_by = timezone.now(), mine.made_by
        mine.save(update_fields=["ended_at", "ended_by"])
    client.force_login(mine.supporter.user)

    waiting = client.get(reverse("overviews:my_day")).context["mine"]
    assert waiting.questions == waiting.thanks == []
    assert client.get(reverse("overviews:feedback_list")).context["rows"] == []
    url = reverse("visits:question_answer", args=[question.public_id])
    assert client.get(url).status_code == client.post(url, {"ready": "yes"}).status_code == 404


def test_withdrawn_while_unanswered_it_is_gone(client, part, petra, mine):
    thanks = FeedbackFactory(participation=part, made_by=petra, thanks=True)
    question = FeedbackFactory(participation=part, made_by=petra)
    client.force_login(CoordinatorFactory(organisation=mine.school.organisation))
    assert client.post(reverse("visits:feedback_withdraw", args=[question.public_id])).status_code == 403

    client.force_login(petra)
    for row in (thanks, question):
        url = reverse("visits:feedback_withdraw", args=[row.public_id])
        assert client.post(url).url == student_page(part)
        assert client.post(url).status_code == 404
    with owner():
        assert not Feedback.objects.exists()


def test_a_coordinator_cannot_answer_in_the_supporters_name(part, petra):
    question = FeedbackFactory(participation=part, made_by=petra)
    with scope(petra), undone(), pytest.raises(LOCKED, match="row-level security"):
        raw(
            "insert into visits_feedbackanswer (feedback_id, student_id, school_id, author_id, text, created_at)"
            " select id, student_id, school_id, author_id, 'Ja', now() from visits_feedback where id = %s",
            question.pk,
        )


def test_the_text_of_a_question_cannot_be_changed_afterwards(part, petra):
    FeedbackFactory(participation=part, made_by=petra)
    with scope(petra), undone(), pytest.raises(LOCKED, match="permission denied"):
        raw("update visits_feedback set text = 'Annat'")
