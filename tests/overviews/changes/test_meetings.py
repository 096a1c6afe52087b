"""Ändringar tells of bookings moved, tasks changed, contacts withdrawn and values of the organisation's own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    BookingFactory,
    ContactFactory,
    LocalCodeFactory,
    TaskFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import short_date, short_moment, today
from peersupport.lib.history import events_of
from peersupport.scope import scope
from tests.overviews.changes.lines import correct, lines_of, url_of
from visits import services
from visits.models import Contact, NoteRevision, Task

pytestmark = pytest.mark.django_db


def told(client, reader, mine):
    return lines_of(client, reader, url_of("student", mine.student))


# --- Bookings and tasks


def test_a_moved_and_a_cancelled_booking_say_who(client, mine, coordinator):
    booking = BookingFactory(assignment=mine)
    later = booking.starts_at + timedelta(days=1)
    me = mine.supporter.user
    plan = services.Plan("at_school", later, later + timedelta(hours=1), "Biblioteket")
    with scope(coordinator):
        services.move_booking(booking=booking, by=coordinator, version=1, plan=plan)
    with scope(me):
        services.cancel_booking(booking=booking, by=me, because="student", note="Ont i magen.")

    for reader in (coordinator, me):
        lines = told(client, reader, mine)
        what = f"Bokning {short_moment(later)}"
        before, after = short_moment(booking.starts_at), short_moment(later)
        assert (coordinator.name, f"{what}: börjar", before, after) in lines or reader == me
        assert (me.name, f"{what}: status", "planerad", "inställd") in lines
        assert (me.name, f"{what}: varför den ställdes in", "–", "Eleven ville inte") in lines
        assert (me.name, f"{what}: några ord", "sparas inte", "ändrat") in lines
    assert "Ont i magen" not in client.get(url_of("student", mine.student)).content.decode()


def test_a_booking_planned_and_noted_is_in_the_timeline_only(client, mine, coordinator):
    booking = BookingFactory(assignment=mine)
    with owner():
        type(booking).objects.update(status="done")
    assert not [line for line in told(client, coordinator, mine) if line[1].startswith("Bokning")]


def test_a_changed_task_says_who(client, mine, coordinator):
    me = mine.supporter.user
    task = TaskFactory(student=mine.student, owner=me, made_by=coordinator, title="Ring skolan")
    day = today() + timedelta(days=30)
    with scope(me):
        services.edit_task(task=task, by=me, version=1, title="Ring rektorn", due_on=day, owner_id=me.pk)
        services.finish_task(task=task, by=me)
    with scope(coordinator):
        services.reopen_task(task=task, by=coordinator)

    for reader in (coordinator, me):
        lines = told(client, reader, mine)
        what = "Uppgift (Ring rektorn)"
        assert (me.name, f"{what}: när det ska vara klart", short_date(task.due_on), short_date(day)) in lines
        assert (me.name, f"{what}: vad som ska göras", "sparas inte", "ändrat") in lines
        assert len([line for line in lines if line[1] == f"{what}: klar"]) == 2
    assert "Ring skolan" not in client.get(url_of("student", mine.student)).content.decode()


def test_a_task_of_others_is_not_told_to_a_supporter(client, mine, coordinator):
    TaskFactory(student=mine.student, owner=coordinator, title="Ring skolan")
    with owner():
        Task.objects.update(due_on=today())
    assert not [line for line in told(client, mine.supporter.user, mine) if line[1].startswith("Uppgift")]


def test_a_task_about_nobody_is_in_no_history(mine, coordinator):
    TaskFactory(owner=coordinator, organisation=mine.school.organisation)
    with scope(coordinator):
        assert set(Task.objects.visible_to(coordinator)) != set()
        assert set(events_of(Task).objects.visible_to(coordinator)) == set()


# --- Contacts


def withdraw(contact):
    by = contact.author
    with scope(by):
        contact.refresh_from_db()
        services.withdraw_contact(
            contact=contact, by=by, version=contact.version, reason="twice", words="Blev dubbelt."
        )


def test_a_withdrawn_contact_is_told_to_author_and_coordinator(client, mine, coordinator):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.")
    withdraw(contact)

    for reader in (contact.author, coordinator):
        lines = [line[1:] for line in lines_of(client, reader, url_of("contact", contact))]
        assert ("Varför den är tillbakadragen", "–", "Den är skriven två gånger") in lines
        assert ("Anteckning", "Först.", "Sedan.") in lines
        what = f"Kontakt {short_moment(contact.occurred_at)}"
        lines = told(client, reader, mine)
        assert f"{what}: tillbakadragen" in {line[1] for line in lines}
        assert not [line for line in lines if line[1].startswith("Anteckning")], "on its own page only"
        page = reverse("visits:withdrawn_contacts", args=[mine.student.public_id])
        assert url_of("contact", contact) in client.get(page).content.decode()
    assert "Blev dubbelt" not in client.get(url_of("contact", contact)).content.decode()


def test_a_contact_put_back_tells_both(client, mine, coordinator):
    contact = ContactFactory(assignment=mine)
    withdraw(contact)
    with scope(contact.author):
        services.put_back_contact(contact=contact, by=contact.author)
    lines = lines_of(client, coordinator, url_of("contact", contact))
    found = [line[2:] for line in lines if line[1] == "Tillbakadragen"]
    assert len(found) == 2 and found[0][1] == found[1][0] == "–"


def test_a_withdrawn_contact_closes_with_the_pupil(client, mine):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.")
    withdraw(contact)
    with owner():
        type(mine).objects.update(ends_on=today() - timedelta(days=1), starts_on=today() - timedelta(days=9))
    client.force_login(contact.author)
    assert client.get(url_of("contact", contact)).status_code == 404
    with scope(contact.author):
        assert set(NoteRevision.objects.visible_to(contact.author)) == set()
        assert set(events_of(Contact).objects.visible_to(contact.author)) == set()


def test_own_kinds_and_ways_are_told_in_their_words(client, mine, coordinator):
    home = mine.school.organisation
    kind = LocalCodeFactory(
        organisation=home, code_list="contact_kind", national_code="at_school", label="Fika"
    )
    mode = LocalCodeFactory(
        organisation=home, code_list="contact_mode", national_code="chat", label="Discord"
    )
    contact = ContactFactory(assignment=mine, kind="at_school")
    with owner():
        Contact.objects.update(local_kind=kind, mode="chat", local_mode=mode)

    lines = [line[1:] for line in lines_of(client, coordinator, url_of("contact", contact))]
    assert ("Eget slag", "–", "Fika") in lines and ("Eget sätt att ses", "–", "Discord") in lines
