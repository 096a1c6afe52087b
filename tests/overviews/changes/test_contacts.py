"""Changes of contacts: the earlier texts of a note, for those who may read the note."""

import pytest

from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    SchoolFactory,
    StudentFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import Student
from tests.overviews.changes.lines import correct, lines_of, url_of
from visits.models import ContactNote, NoteRevision

pytestmark = pytest.mark.django_db


def revisions():
    with owner():
        return [(row.text, row.is_removed, row.by_id) for row in NoteRevision.objects.order_by("at")]


def test_a_corrected_note_keeps_its_earlier_text(mine):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.")
    correct(contact, note="")
    correct(contact, note="På nytt.")
    correct(contact, note="På nytt, rättad.")

    me = contact.author_id
    assert revisions() == [("Först.", False, me), ("Sedan.", True, me), ("På nytt.", False, me)]


def test_saving_a_note_as_it_was_makes_no_revision(mine):
    contact = ContactFactory(assignment=mine, note="Samma.")
    correct(contact, note="Samma.", minutes=30)
    assert revisions() == []


def test_a_change_of_written_together_is_kept_too(client, mine, coordinator):
    contact = ContactFactory(assignment=mine, note="Samma.")
    correct(contact, note="Samma.", together=True)
    assert len(revisions()) == 1
    lines = lines_of(client, coordinator, url_of("contact", contact))
    assert ("Anteckning", "inte skrivet tillsammans", "skrivet tillsammans") in [line[1:] for line in lines]


def test_contact_changes_show_the_earlier_texts_to_author_and_coordinator(client, mine, coordinator):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.", minutes=30)
    correct(contact, note="")

    for user in (contact.author, coordinator):
        lines = [line[1:] for line in lines_of(client, user, url_of("contact", contact))]
        assert ("Anteckning", "Först.", "Sedan.") in lines and ("Anteckning", "Sedan.", "–") in lines
        assert ("Minuter", "60", "30") in lines


def test_contact_changes_close_with_the_pupil(client, mine, coordinator):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.")
    with scope(coordinator):
        services.end_assignment(assignment=mine, by=coordinator, reason="")
    client.force_login(contact.author)
    assert client.get(url_of("contact", contact)).status_code == 404
    with scope(contact.author):
        assert set(NoteRevision.objects.visible_to(contact.author)) == set()


def test_earlier_texts_follow_the_pupil_to_another_school(mine):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.")
    other = SchoolFactory(organisation=mine.school.organisation)
    before, after = CoordinatorFactory(school=mine.school), CoordinatorFactory(school=other)
    with owner():
        Student.objects.filter(pk=mine.student_id).update(school=other)
    for user, count in ((before, 0), (after, 1)):
        with scope(user):
            assert len(NoteRevision.objects.all()) == count
            assert len(NoteRevision.objects.visible_to(user)) == count


def test_contact_changes_of_several_pupils_say_whose_part(client, mine, coordinator):
    friend = AssignmentFactory(
        case__student=StudentFactory(school=mine.school, given_name="Kim"), supporter=mine.supporter
    )
    contact = ContactFactory(assignment=mine, note="Om Alva.")
    add_participation(contact, friend, note="Om Kim.")
    with owner():
        for note in ContactNote.objects.all():
            note.text += " Mer."
            note.save(update_fields=["text"])
    whats = {what: before for _, what, before, _ in lines_of(client, coordinator, url_of("contact", contact))}
    assert whats["Anteckning · Alva"] == "Om Alva." and whats["Anteckning · Kim"] == "Om Kim."
    lead = client.get(url_of("contact", contact)).context["lead"]
    assert "Alva, Kim" in lead
