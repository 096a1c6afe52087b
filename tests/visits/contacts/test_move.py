"""A contact on the wrong pupil is moved to the right one, and back."""

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from tests.visits.contacts.corrections import move_url, moving, page, part_of
from visits.models import ContactNote, Feedback, FeedbackAnswer, NoteRevision, Participation

pytestmark = pytest.mark.django_db


def test_contact_move_takes_note_outcome_and_next_step_along(client, contact, wrong, right):
    client.force_login(contact.author)

    response = client.post(move_url(contact, wrong), moving(right))

    assert response["Location"] == page(right)
    with owner():
        part, note = Participation.objects.get(), ContactNote.objects.get()
    assert (part.student_id, part.next_step, part.outcome) == (right.pk, "Ses vid sjön", "met")
    assert part.school_id == note.school_id == right.school_id
    assert (note.student_id, note.text) == (right.pk, "Om fel elev")
    with owner():
        assert part.case.student_id == right.pk


def test_contact_move_leaves_nothing_readable_behind(client, contact, wrong, right, coordinator):
    client.force_login(contact.author)
    client.post(move_url(contact, wrong), moving(right))
    for reader in (contact.author, coordinator):
        client.force_login(reader)
        response = client.get(page(wrong))
        assertNotContains(response, "Om fel elev")
        assertNotContains(response, "Ses vid sjön")
        assert response.context["student"].last_contact_at is None
        assertContains(client.get(page(right)), "Om fel elev")
    for table in ("visits_participation", "visits_contactnote"):
        with owner(), connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table} where student_id = %s", [wrong.pk])
            assert cursor.fetchone() == (0,)


def test_contact_move_takes_earlier_texts_thanks_and_questions_along(
    client, contact, wrong, right, coordinator
):
    """To another school: what is not the writer's to change goes along too."""
    part = part_of(contact)
    with owner():
        ContactNote.objects.update(text="Om fel elev, rättad")
    FeedbackAnswerFactory(feedback=FeedbackFactory(participation=part, made_by=coordinator))
    client.force_login(contact.author)
    assert client.post(move_url(contact, wrong), moving(right)).status_code == 302
    with owner():
        connection.connection.execute("set constraints all immediate")
        for model in (ContactNote, NoteRevision, Feedback, FeedbackAnswer):
            assert set(model.objects.values_list("student", "school_id")) == {(right.pk, right.school_id)}, (
                model
            )


def test_contact_move_offers_own_pupils_and_asks_before_it_moves(client, contact, wrong, right):
    stranger = AssignmentFactory().student
    client.force_login(contact.author)
    response = client.get(move_url(contact, wrong))
    assert [one["public_id"] for one in response.context["pupils"]] == [right.public_id]
    assert client.post(move_url(contact, wrong), moving(stranger)).status_code == 404

    asked = client.post(move_url(contact, wrong), {"to": right.public_id})

    assertContains(asked, "Om fel elev")
    assert part_of(contact).student == wrong


def test_contact_move_back_undoes_it(client, contact, wrong, right):
    client.force_login(contact.author)
    client.post(move_url(contact, wrong), moving(right))
    client.post(move_url(contact, right), moving(wrong, version=2))
    assert part_of(contact).student == wrong
    with owner():
        assert ContactNote.objects.get().student_id == wrong.pk


@pytest.mark.parametrize("version", ["7", "x", ""])
def test_contact_move_overwrites_nothing(client, contact, wrong, right, version):
    client.force_login(contact.author)
    client.post(move_url(contact, wrong), moving(right, version=version))
    assert part_of(contact).student == wrong


def test_contact_move_sent_twice_moves_once(client, contact, wrong, right):
    client.force_login(contact.author)
    first, second = (client.post(move_url(contact, wrong), moving(right)) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 404)
    assert part_of(contact).student == right


def test_contact_move_to_a_pupil_who_took_part_is_refused(client, contact, wrong, right):
    with owner():
        assignment = right.assignments.select_related("student", "case").get()
    add_participation(contact, assignment, note="Om Bilal")
    client.force_login(contact.author)
    response = client.post(move_url(contact, wrong), moving(right), follow=True)
    assertContains(response, "är redan med i kontakten")
    with owner():
        assert set(Participation.objects.values_list("student", flat=True)) == {wrong.pk, right.pk}
        assert set(ContactNote.objects.values_list("text", flat=True)) == {"Om fel elev", "Om Bilal"}


def test_contact_move_by_a_coordinator_searches_by_name(client, contact, wrong, right, coordinator):
    with owner():
        own = ContactFactory(
            assignment=wrong.assignments.get(), author=coordinator, supporter=None, note="Mitt"
        )
    client.force_login(coordinator)
    assert client.get(move_url(own, wrong)).context["pupils"] == []
    found = client.post(move_url(own, wrong), {"words": "Bilal"})
    assert [one["public_id"] for one in found.context["pupils"]] == [right.public_id]
    assert client.post(move_url(own, wrong), moving(right)).status_code == 302
    with owner():
        assert ContactNote.objects.get(participation__contact=own).student_id == right.pk


def test_contact_move_is_the_writers_alone(client, contact, wrong, right, coordinator):
    client.force_login(coordinator)
    assert client.post(move_url(contact, wrong), moving(right)).status_code == 403
    client.force_login(CoordinatorFactory())
    assert client.post(move_url(contact, wrong), moving(right)).status_code == 404
    client.force_login(contact.author)
    assert client.get(move_url(contact, right)).status_code == 404  # not in this contact
