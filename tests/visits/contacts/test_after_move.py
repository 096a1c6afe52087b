"""A contact moved to the right pupil: what is kept of it is read by who may read that pupil, and by nobody else."""

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from overviews.rows.changes.sources import SUBJECTS
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
    PeerSupporterFactory,
    SchoolFactory,
    StudentFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.history import events_of
from peersupport.scope import scope
from tests.peersupport.rights import raw
from visits.models import Contact, ContactNote, Feedback, FeedbackAnswer, NoteRevision, Participation

pytestmark = pytest.mark.django_db
SECRETS = ("Om fel elev", "Rättad text", "Ring skolan", "Hur gick det?", "På tisdag.", "Fint gjort.")
TABLES = (
    *("visits_participation", "visits_contactnote", "visits_noterevision", "visits_feedback"),
    *("visits_feedbackanswer", "visits_participationevent"),
)


@pytest.fixture
def wrong():
    return AssignmentFactory(case__student__given_name="Ytterina", case__student__family_name="Provsson")


@pytest.fixture
def right(wrong):
    """Another pupil of the same supporter, at another school."""
    student = StudentFactory(
        given_name="Zakarina", family_name="Xylofonsson", school__organisation=wrong.school.organisation
    )
    return AssignmentFactory(case__student=student, supporter=wrong.supporter)


@pytest.fixture
def of_wrong(wrong):
    """Coordinates the wrong pupil's school only, and has thanked and asked."""
    return CoordinatorFactory(school=wrong.school)


@pytest.fixture
def of_right(right):
    return CoordinatorFactory(school=right.school)


@pytest.fixture
def contact(wrong, of_wrong):
    """Corrected once, thanked for, asked about and answered."""
    contact = ContactFactory(assignment=wrong, note="Om fel elev", next_step="Ring skolan")
    with owner():
        part = contact.participations.select_related("student").get()
        ContactNote.objects.filter(participation=part).update(text="Rättad text")
        Participation.objects.filter(pk=part.pk).update(outcome="no_answer")
        Participation.objects.filter(pk=part.pk).update(outcome="met")
    FeedbackFactory(participation=part, made_by=of_wrong, kind="thanks", text="Fint gjort.")
    asked = FeedbackFactory(participation=part, made_by=of_wrong, text="Hur gick det?")
    FeedbackAnswerFactory(feedback=asked, text="På tisdag.")
    return contact


@pytest.fixture
def moved(client, contact, wrong, right):
    client.force_login(contact.author)
    url = reverse("visits:contact_move", args=[contact.public_id, wrong.student.public_id])
    sent = client.post(url, {"to": right.student.public_id, "version": 1, "confirmed": "1"})
    assert sent.status_code == 302
    return contact


def pages_of(student):
    return [
        reverse(name, args=[student.public_id])
        for name in ("overviews:student_detail", "overviews:student_changes", "visits:withdrawn_contacts")
    ]


def start_pages():
    return [reverse(f"overviews:{name}") for name in ("overview", "feedback_list", "student_list")]


def test_a_moved_contact_says_nothing_on_the_wrong_pupils_pages(client, moved, wrong, right, of_wrong):
    client.force_login(of_wrong)
    for url in (*pages_of(wrong.student), *start_pages()):
        response = client.get(url)
        for secret in (*SECRETS, "Zakarina", "Xylofonsson"):
            assertNotContains(response, secret)
    for url in (*pages_of(right.student), reverse("overviews:contact_changes", args=[moved.public_id])):
        assert client.get(url).status_code == 404


def test_a_moved_contact_leaves_no_row_to_be_read(moved, of_wrong, of_right):
    connection.connection.execute("set constraints all immediate")
    for table in (*TABLES, "visits_contact", "visits_contactevent"):
        with scope(of_wrong):
            assert raw(f"select count(*) from {table}").fetchone() == (0,), table
        with scope(of_right):
            assert raw(f"select count(*) from {table}").fetchone()[0] > 0, table


def test_a_moved_contact_is_whole_with_the_right_pupil(client, moved, wrong, right, of_right):
    client.force_login(of_right)
    page, changes, _withdrawn = pages_of(right.student)
    response = client.get(page)
    for said in ("Rättad text", "Ring skolan", "Hur gick det?", "På tisdag.", "Fint gjort."):
        assertContains(response, said)
    told = client.get(changes)
    for before in ("Om fel elev", "Rättad text"):
        assertContains(told, before)
    # Whose it was by mistake is not theirs to know.
    for url in (page, changes, reverse("overviews:contact_changes", args=[moved.public_id])):
        for secret in ("Ytterina", "Provsson", wrong.school.name):
            assertNotContains(client.get(url), secret)
    with scope(of_right):
        for model in (ContactNote, NoteRevision, Feedback, FeedbackAnswer):
            assert {row.student_id for row in model.objects.visible_to(of_right)} == {right.student_id}, model
        events = events_of(SUBJECTS["participation"]).objects.visible_to(of_right)
        assert {event.pgh_label for event in events} == {"insert", "update"}


def test_a_moved_contact_of_two_leaves_the_other_part_alone(client, contact, wrong, right, of_wrong):
    """The contact is still to be seen at the wrong pupil's school, for the other pupil's sake."""
    third = AssignmentFactory(case__student=StudentFactory(school=wrong.school), supporter=wrong.supporter)
    add_participation(contact, third, note="Om en tredje")
    client.force_login(contact.author)
    url = reverse("visits:contact_move", args=[contact.public_id, wrong.student.public_id])
    client.post(url, {"to": right.student.public_id, "version": 1, "confirmed": "1"})
    client.force_login(of_wrong)
    assertContains(client.get(pages_of(third.student)[0]), "Om en tredje")
    for url in (*pages_of(third.student), reverse("overviews:contact_changes", args=[contact.public_id])):
        for secret in (*SECRETS, "Zakarina", "Xylofonsson"):
            assertNotContains(client.get(url), secret)


def test_a_contact_moved_to_a_protected_pupil_tells_the_alias_only(client, contact, wrong, of_wrong):
    sealed = StudentFactory(
        school=wrong.school, protection="marked", given_name="Hemlig", family_name="Namnsson"
    )
    AssignmentFactory(case__student=sealed, supporter=wrong.supporter)
    client.force_login(contact.author)
    url = reverse("visits:contact_move", args=[contact.public_id, wrong.student.public_id])
    assert client.post(url, {"to": sealed.public_id, "version": 1, "confirmed": "1"}).status_code == 302
    for reader in (contact.author, of_wrong):
        client.force_login(reader)
        for url in pages_of(wrong.student)[:2]:
            for secret in (*SECRETS, "Hemlig", "Namnsson"):
                assertNotContains(client.get(url), secret)
        changes = client.get(pages_of(sealed)[1])
        assertContains(changes, "Om fel elev")
        for secret in ("Hemlig", "Namnsson"):
            assertNotContains(changes, secret)


def test_a_contact_goes_where_only_the_writer_sees_both(contact, wrong, right):
    """Another supporter of the right pupil reads nothing of it: a contact is its author's and the coordinators'."""
    other = PeerSupporterFactory(school=right.school)
    AssignmentFactory(case=right.case, supporter=other, kind="extra")
    with scope(other.user):
        assert list(Contact.objects.visible_to(other.user)) == []


def test_a_moved_contact_is_gone_from_a_school_that_lost_the_pupil(client, moved, right, of_right, of_wrong):
    """And follows the right pupil on to a third school, with all that is said about it."""
    with owner():
        third = SchoolFactory(organisation=right.school.organisation)
        type(right.student).objects.filter(pk=right.student_id).update(school=third)
        connection.connection.execute("set constraints all immediate")
    reader = CoordinatorFactory(school=third)
    for table in TABLES:
        for loser in (of_right, of_wrong):
            with scope(loser):
                assert raw(f"select count(*) from {table}").fetchone() == (0,), table
        with scope(reader):
            assert raw(f"select count(*) from {table}").fetchone()[0] > 0, table
