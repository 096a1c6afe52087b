"""Thanks and questions: between one coordinator and the contact's author, about one pupil, once."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
    PeerSupporterFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
    SupervisorFactory,
    TaskFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from visits import services
from visits.models import Feedback, FeedbackAnswer, Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return AssignmentFactory(case__student__given_name="Alva", case__student__family_name="Exempelsson")


@pytest.fixture
def part(mine):
    contact = ContactFactory(assignment=mine)
    with owner():
        return Participation.objects.select_related("contact", "student").get(contact=contact)


@pytest.fixture
def petra(mine):
    return CoordinatorFactory(organisation=mine.school.organisation, given_name="Petra")


def url_of(name, part):
    return reverse(f"visits:{name}", args=[part.contact.public_id, part.student.public_id])


def student_page(part):
    return reverse("overviews:student_detail", args=[part.student.public_id])


def sent(client, user, url, **data):
    client.force_login(user)
    return client.post(url, {"form_key": str(uuid.uuid4()), **data})


def test_thanks_reach_the_author_on_my_day_and_on_the_contact(client, part, petra, mine):
    response = sent(client, petra, url_of("thanks_create", part), text="Fint att du väntade in.")
    assert response.status_code == 302 and response.url == student_page(part)

    client.force_login(mine.supporter.user)
    (row,) = client.get(reverse("overviews:my_day")).context["mine"].thanks
    assert "Petra" in row.title and row.text == "Fint att du väntade in." and row.about == "Alva"
    assert "Fint att du väntade in." in client.get(student_page(part)).content.decode()


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


def test_thanks_need_no_words_and_are_given_once(client, part, petra):
    client.force_login(petra)
    key = str(uuid.uuid4())
    for form_key in (key, key, str(uuid.uuid4())):  # a double tap, and another window
        assert (
            client.post(url_of("thanks_create", part), {"form_key": form_key, "text": ""}).status_code == 302
        )
    with owner():
        assert [row.text for row in Feedback.objects.all()] == [""]


def test_thanks_stay_two_weeks_on_my_day(client, part, petra, mine):
    old = timezone.now() - timezone.timedelta(days=15)
    FeedbackFactory(participation=part, made_by=petra, thanks=True, created_at=old)
    client.force_login(mine.supporter.user)
    assert client.get(reverse("overviews:my_day")).context["mine"].thanks == []
    assert len(client.get(reverse("overviews:feedback_list")).context["rows"]) == 1


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


def test_nobody_thanks_themselves(client, mine, petra):
    own = ContactFactory(assignment=mine, author=petra, supporter=None)
    with owner():
        part = Participation.objects.select_related("contact", "student").get(contact=own)
    client.force_login(petra)
    assert client.post(url_of("thanks_create", part)).status_code == 403
    assert url_of("thanks_create", part) not in client.get(student_page(part)).content.decode()
    with pytest.raises(IntegrityError, match="feedback_is_to_another"), transaction.atomic():
        FeedbackFactory(participation=part, made_by=petra)


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


def test_a_coordinator_cannot_answer_in_the_supporters_name(part, petra):
    question = FeedbackFactory(participation=part, made_by=petra)
    with pytest.raises(Exception, match="row-level security"):
        with scope(petra), connection.cursor() as cursor:
            cursor.execute(
                "insert into visits_feedbackanswer (feedback_id, student_id, school_id, author_id, text, created_at)"
                " select id, student_id, school_id, author_id, 'Ja', now() from visits_feedback where id = %s",
                [question.pk],
            )


def test_the_text_of_a_question_cannot_be_changed_afterwards(part, petra):
    FeedbackFactory(participation=part, made_by=petra)
    with pytest.raises(Exception, match="permission denied"):
        with scope(petra), connection.cursor() as cursor:
            cursor.execute("update visits_feedback set text = 'Annat'")


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


def test_no_mail_is_written(client, part, petra, mailoutbox):
    sent(client, petra, url_of("question_create", part), text="Hemligt?")
    assert mailoutbox == []


def test_my_day_shows_the_newest_thanks(client, mine, petra):
    for days in range(8):
        contact = ContactFactory(assignment=mine)
        with owner():
            part = Participation.objects.get(contact=contact)
        at = timezone.now() - timezone.timedelta(days=days)
        FeedbackFactory(participation=part, made_by=petra, thanks=True, text=str(days), created_at=at)
    client.force_login(mine.supporter.user)
    thanks = client.get(reverse("overviews:my_day")).context["mine"].thanks
    assert [row.text for row in thanks] == ["0", "1", "2", "3", "4", "5"]


def test_question_answer_takes_four_queries(client, part, petra, mine, assert_queries):
    question = FeedbackFactory(participation=part, made_by=petra)
    client.force_login(mine.supporter.user)
    with assert_queries(4):  # session with user, scope, question, log
        client.get(reverse("visits:question_answer", args=[question.public_id]))
