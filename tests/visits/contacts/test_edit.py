"""Correcting a contact: one's own, and never over another text."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    MembershipFactory,
    StudentFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from schools.models import Membership, Role
from visits.models import Contact, Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact():
    return ContactFactory(note="Första texten", next_step="Ses")


@pytest.fixture
def url(contact):
    return reverse("visits:contact_edit", args=[contact.public_id])


def student_of(contact):
    with owner():
        return (
            contact.participations.select_related("student__school__organisation")
            .order_by("pk")
            .first()
            .student
        )


def form_of(contact, *, version=1, **fields):
    """What a browser sends for the contact as it is, but for `fields` of its first pupil's part."""
    local = timezone.localtime(contact.occurred_at)
    data = {
        "version": version,
        "kind": contact.kind,
        "length": "60",
        "minutes": "",
        "on": f"{local:%Y-%m-%d}",
        "at": f"{local:%H:%M}",
        "place": "",
    }
    part = {"outcome": "met", "note": "Första texten", "next_step": "Ses"} | fields
    student = student_of(contact)
    return data | {f"{student.public_id}-{name}": value for name, value in part.items()}


def note_of(contact):
    with owner():
        participation = Participation.objects.select_related("note").get(contact=contact)
        return getattr(participation, "note", None)


def test_contact_edit_changes_kind_time_and_note(client, contact, url):
    client.force_login(contact.author)
    day = timezone.localtime() - timedelta(days=3)
    data = form_of(contact, note="Ny text", outcome="tried", written_together="on", next_step="")

    response = client.post(url, data | {"kind": "at_school", "on": f"{day:%Y-%m-%d}", "at": "10:15"})

    assert response.status_code == 302
    with owner():
        saved, part = Contact.objects.get(), Participation.objects.get()
    assert (saved.kind, part.kind, part.outcome, part.next_step) == ("at_school", "at_school", "no_show", "")
    assert saved.occurred_at == part.occurred_at and saved.version == 2
    note = note_of(contact)
    assert note.text == "Ny text" and note.written_together


def test_contact_edit_starts_with_what_is_saved(client, contact, url):
    client.force_login(contact.author)

    forms = client.get(url).context["forms"]

    assert forms.occasion_form["length"].value() == "60"
    assert forms.part_forms[0]["note"].value() == "Första texten"


def test_contact_edit_emptied_note_is_gone(client, contact, url):
    client.force_login(contact.author)

    client.post(url, form_of(contact, note=""))

    assert note_of(contact) is None


def test_contact_edit_keeps_the_moment_of_an_old_contact(client):
    old = ContactFactory(occurred_at=timezone.now() - timedelta(days=90), note="Första texten")
    client.force_login(old.author)
    url = reverse("visits:contact_edit", args=[old.public_id])

    assert client.post(url, form_of(old, note="Rättad")).status_code == 302
    assert note_of(old).text == "Rättad"
    with owner():
        assert Contact.objects.get().occurred_at == old.occurred_at


def test_contact_edit_second_writer_sees_both_texts_and_loses_nothing(client, contact, url):
    client.force_login(contact.author)
    client.post(url, form_of(contact, note="Den förstas text"))

    response = client.post(url, form_of(contact, note="Den andras text", next_step="Ring"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Den förstas text" in page and "Den andras text" in page and "Ring" in page
    assert note_of(contact).text == "Den förstas text"

    chosen = dict(response.context["hidden"])
    chosen |= {field.name: field.mine for field in response.context["fields"]}
    assert client.post(url, chosen).status_code == 302
    assert note_of(contact).text == "Den andras text"
    with owner():
        assert Contact.objects.get().version == 3


def test_contact_edit_sent_twice_is_saved_once(client, contact, url):
    client.force_login(contact.author)
    data = form_of(contact, note="Samma text")

    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    with owner():
        assert Contact.objects.get().version == 2


@pytest.mark.parametrize("version", ["", "x", "0", "99999999999999999999"])
def test_contact_edit_without_a_true_version_overwrites_nothing(client, contact, url, version):
    client.force_login(contact.author)

    response = client.post(url, form_of(contact, note="Annat") | {"version": version})

    assert response.status_code == 409 and note_of(contact).text == "Första texten"


def test_contact_edit_keeps_what_was_typed_when_something_is_wrong(client, contact, url):
    client.force_login(contact.author)

    response = client.post(url, form_of(contact, note="Kvar") | {"at": ""})

    assert response.status_code == 200 and "Kvar" in response.content.decode()
    assert note_of(contact).text == "Första texten"


def test_contact_edit_access(client, contact, url):
    assert client.get(url).status_code == 302
    coordinator = CoordinatorFactory(organisation=contact.supporter.organisation)
    colleague = AssignmentFactory(
        case__student=StudentFactory(school=student_of(contact).school)
    ).supporter.user
    people = [(contact.author, 200), (coordinator, 403), (CoordinatorFactory(), 404), (colleague, 404)]
    for user, status in people:
        client.force_login(user)
        assert client.get(url).status_code == status, user
    client.force_login(coordinator)
    assert client.post(url, form_of(contact, note="Fel hand")).status_code == 403
    assert note_of(contact).text == "Första texten"


def test_contact_edit_ends_with_the_assignment(client):
    assignment = AssignmentFactory()
    contact = ContactFactory(assignment=assignment, note="Min text")
    with owner():
        assignment.ended_at, assignment.ended_by = timezone.now(), assignment.made_by
        assignment.save(update_fields=["ended_at", "ended_by"])
    client.force_login(contact.author)

    assert client.get(reverse("visits:contact_edit", args=[contact.public_id])).status_code == 404


def test_contact_edit_never_shows_a_pupil_who_is_no_longer_mine(client, contact, url):
    gone = AssignmentFactory(
        case__student=StudentFactory(
            school=student_of(contact).school, given_name="Kerstin", family_name="Borta"
        ),
        supporter=contact.supporter,
        ended=True,
    )
    add_participation(contact, gone, note="Om Kerstin")
    client.force_login(contact.author)

    page = client.get(url).content.decode()

    assert "Kerstin" not in page and str(gone.student.public_id) not in page
    assert client.post(url, form_of(contact, note="Rättad")).status_code == 302
    with owner():
        notes = {
            row.student_id: row.note.text
            for row in contact.participations.select_related("note")
            if row.student_id == gone.student_id
        }
    assert notes == {gone.student_id: "Om Kerstin"}


def test_contact_is_corrected_in_the_role_it_was_written_in(client, contact, url):
    """As coordinator of the same school, its author could change it in the form and not in the database."""
    MembershipFactory(user=contact.author, organisation=student_of(contact).school.organisation)
    with owner():
        coordinating = Membership.objects.get(user=contact.author, role=Role.COORDINATOR)
    client.force_login(contact.author)
    assert client.get(url).status_code == 200
    client.post(reverse("accounts:switch"), {"membership": coordinating.public_id})
    assert client.get(url).status_code == 403
