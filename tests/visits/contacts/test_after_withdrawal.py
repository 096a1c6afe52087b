"""A withdrawn contact leaves every page and number that others have built on contacts, and comes back to them."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from visits import services
from visits.models import Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact():
    return ContactFactory(note="Togs tillbaka", next_step="Ring skolan")


@pytest.fixture
def part(contact):
    with owner():
        return contact.participations.select_related("student__school__organisation").get()


@pytest.fixture
def coordinator(part):
    return CoordinatorFactory(organisation=part.student.school.organisation)


@pytest.fixture
def said(part, coordinator):
    thanks = FeedbackFactory(participation=part, made_by=coordinator, kind="thanks", text="Fint gjort.")
    question = FeedbackFactory(participation=part, made_by=coordinator, text="Hur gick det?")
    return thanks, question


def withdraw(contact):
    with owner():
        contact.refresh_from_db()
    with scope(contact.author):
        services.withdraw_contact(
            contact=contact, by=contact.author, version=contact.version, reason="mistake", words=""
        )


def put_back(contact):
    with scope(contact.author):
        services.put_back_contact(contact=contact, by=contact.author)


def read_by(client, user, *names, student=None):
    """The pages as text, for one reader."""
    client.force_login(user)
    urls = [reverse(f"overviews:{name}") for name in names]
    if student:
        urls.append(reverse("overviews:student_detail", args=[student.public_id]))
    return [client.get(url).content.decode() for url in urls]


SECRETS = ("Togs tillbaka", "Ring skolan", "Fint gjort.", "Hur gick det?")


def test_thanks_questions_and_next_step_leave_the_writers_pages_and_come_back(client, contact, part, said):
    reads = (client, contact.author, "my_day", "feedback_list")
    my_day, listed, page = read_by(*reads, student=part.student)
    assert all(text in my_day for text in ("Fint gjort.", "Hur gick det?", "Ring skolan"))
    assert all(text in listed for text in ("Fint gjort.", "Hur gick det?"))
    assert all(text in page for text in SECRETS)
    withdraw(contact)
    for page in read_by(*reads, student=part.student):
        assert not [text for text in SECRETS if text in page]
    put_back(contact)
    assert read_by(*reads, student=part.student)[0].count("Hur gick det?") == 1


def test_questions_and_next_step_leave_the_coordinators_pages(client, contact, part, said, coordinator):
    FeedbackAnswerFactory(feedback=said[1], text="På tisdag.")
    reads = (client, coordinator, "overview", "feedback_list", "student_list")
    overview, listed, _students, page = read_by(*reads, student=part.student)
    assert "Hur gick det?" in overview and "På tisdag." in listed
    assert all(text in page for text in (*SECRETS, "På tisdag."))
    withdraw(contact)
    for page in read_by(*reads, student=part.student):
        assert not [text for text in (*SECRETS, "På tisdag.") if text in page]


def test_nothing_is_said_or_done_about_a_withdrawn_contact(client, contact, part, said, coordinator):
    withdraw(contact)
    question = [said[1].public_id]
    client.force_login(contact.author)
    assert client.get(reverse("visits:question_answer", args=question)).status_code == 404
    client.force_login(coordinator)
    for name in ("question_close", "feedback_withdraw"):
        assert client.post(reverse(f"visits:{name}", args=question)).status_code == 404
    for name in ("thanks_create", "question_create"):
        url = reverse(f"visits:{name}", args=[contact.public_id, part.student.public_id])
        assert client.get(url).status_code == 404


def test_the_next_step_of_a_withdrawn_contact_is_not_ticked_off(contact, part, coordinator):
    withdraw(contact)
    with scope(coordinator):
        assert not services.tick_off(student_id=part.student_id, step=contact.public_id, by=coordinator)
    with owner():
        assert Participation.objects.get().step_done_at is None


def test_an_earlier_step_counts_again_when_the_later_contact_is_withdrawn(client, contact, part):
    with owner():
        assignment = AssignmentFactory._meta.model.objects.select_related(
            "case", "student", "supporter__user"
        ).get()
    later = ContactFactory(assignment=assignment, next_step="Skriv ett brev")
    assert "Skriv ett brev" in read_by(client, contact.author, "my_day")[0]
    withdraw(later)
    (my_day,) = read_by(client, contact.author, "my_day")
    assert "Skriv ett brev" not in my_day and "Ring skolan" in my_day


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_withdrawn_contacts_cost_no_query(client, contact, coordinator, said, is_withdrawn, assert_queries):
    if is_withdrawn:
        withdraw(contact)
    client.force_login(coordinator)
    with assert_queries(4):  # session with user, scope, thanks and questions, log
        client.get(reverse("overviews:feedback_list"))
