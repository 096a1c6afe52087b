"""A contact that was logged by mistake is withdrawn, and can be put back."""

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from psycopg.errors import ForeignKeyViolation
from pytest_django.asserts import assertContains, assertNotContains

from overviews.rows.my_day import own_load, own_profile, today_rows
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    FeedbackFactory,
    StudentFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.statements import rows_around
from peersupport.scope import scope
from students.models import Student
from tests.visits.contacts.corrections import page, part_of, put_back_url, withdraw_url, withdrawing
from visits import services
from visits.models import Contact, Feedback, Participation
from visits.queries import TIME_SINCE_MET, TRIES, counted_now, steps, with_last_contact

pytestmark = pytest.mark.django_db


def test_contact_withdraw_keeps_who_when_and_why(client, contact, wrong):
    client.force_login(contact.author)
    response = client.post(withdraw_url(contact), withdrawing(reason="other", words="Fel dag"))
    assert response["Location"] == reverse("visits:withdrawn_contacts", args=[wrong.public_id])
    with owner():
        saved, part = Contact.objects.get(), Participation.objects.get()
    assert saved.is_withdrawn and part.is_withdrawn
    assert (saved.withdrawn_by, saved.withdrawn_words, saved.version) == (contact.author, "Fel dag", 2)


def test_contact_withdraw_takes_it_out_of_every_page_and_figure(client, contact, wrong, coordinator):
    with owner():
        Contact.objects.update(occurred_at=timezone.now())
    for reader in (contact.author, coordinator):
        assert facts(reader, wrong) == (1, True, "Ses vid sjön", 1)
    client.force_login(contact.author)
    client.post(withdraw_url(contact), withdrawing())
    for reader in (contact.author, coordinator):
        assert facts(reader, wrong) == (0, False, None, 0)
        client.force_login(reader)
        response = client.get(page(wrong))
        assertNotContains(response, "Om fel elev")
        assert "Hembesök" not in [entry.title for entry in response.context["entries"]]
    with scope(contact.author):
        assert own_load(own_profile(contact.author), contact.author, []).week == "0 min"
        assert today_rows(contact.author)[0] == []
    client.force_login(coordinator)
    assert client.get(reverse("overviews:overview")).context["figures"].contact_count == 0


def facts(reader, student):
    """In the timeline, as last contact, as next step, and by raw count of what `visible_to` gives."""
    with scope(reader):
        row = with_last_contact(Student.objects.visible_to(reader), user=reader, student="pk").get(
            pk=student.pk
        )
        seen = Participation.objects.visible_to(reader).filter(student=student)
        step = steps(reader).filter(student=student).values_list("next_step", flat=True).first()
        return len(seen), row.last_contact_at is not None, step, Contact.objects.visible_to(reader).count()


def test_contact_withdraw_counts_no_try_either(client):
    tried = ContactFactory(outcome="no_answer")
    client.force_login(tried.author)
    assert tries(tried.author) == [1]
    client.post(withdraw_url(tried), withdrawing())
    assert tries(tried.author) == [0]


def tries(reader):
    with scope(reader):
        found = rows_around(f"select {TRIES} as count from {TIME_SINCE_MET} q", counted_now())  # noqa: S608
    return [row.count for row in found]


def test_contact_withdrawn_is_shown_to_author_and_coordinator_and_put_back(
    client, contact, wrong, coordinator
):
    client.force_login(contact.author)
    client.post(withdraw_url(contact), withdrawing())
    url = reverse("visits:withdrawn_contacts", args=[wrong.public_id])
    assertContains(client.get(url), "Om fel elev")
    client.force_login(coordinator)
    response = client.get(url)
    assertContains(response, "Tillbakadragen")
    assertNotContains(response, put_back_url(contact))
    assert client.post(put_back_url(contact)).status_code == 403
    client.force_login(contact.author)
    for _ in range(2):
        assert client.post(put_back_url(contact)).status_code == 302
    assert facts(contact.author, wrong) == (1, True, "Ses vid sjön", 1)
    assertNotContains(client.get(url), "Om fel elev")


def test_contact_withdraw_sent_twice_is_once(client, contact):
    client.force_login(contact.author)
    assert [client.post(withdraw_url(contact), withdrawing()).status_code for _ in range(2)] == [302, 302]
    with owner():
        assert Contact.objects.get().version == 2
    assert client.get(reverse("visits:contact_edit", args=[contact.public_id])).status_code == 404


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"reason": ""}, "reason"), ({"reason": "other"}, "words"), ({"reason": "x"}, "reason")],
)
def test_contact_withdraw_needs_a_reason(client, contact, fields, error):
    client.force_login(contact.author)
    response = client.post(withdraw_url(contact), withdrawing(**fields))
    assert error in response.context["form"].errors


def test_contact_withdraw_of_an_older_version_withdraws_nothing(client, contact):
    client.force_login(contact.author)
    client.post(withdraw_url(contact), withdrawing(version=4))
    with owner():
        assert not Contact.objects.get().is_withdrawn


def test_contact_withdraw_leaves_the_page_of_a_pupil_one_has_no_more(client, contact, wrong):
    gone = AssignmentFactory(
        case__student=StudentFactory(school=wrong.school), supporter=contact.supporter, ended=True
    )
    add_participation(contact, gone, note="Om en annan")
    client.force_login(contact.author)
    response = client.post(withdraw_url(contact), withdrawing())
    assertContains(response, "Fråga din samordnare")
    with owner():
        assert not Contact.objects.get().is_withdrawn


def test_a_contact_cannot_be_withdrawn_for_its_parts_alone(contact):
    """A copy that lies about the contact it follows is refused by the database."""
    with pytest.raises(ForeignKeyViolation), transaction.atomic(), scope(contact.author):
        Participation.objects.filter(contact=contact).update(is_withdrawn=True)
        connection.connection.execute("set constraints all immediate")


def test_parts_of_my_contact_counts_nobody_elses(contact, coordinator):
    with scope(contact.author):
        assert services.corrections._number_of_parts(contact) == 1
    with scope(coordinator):
        assert services.corrections._number_of_parts(contact) == 0


def test_contact_withdraw_access(client, contact, coordinator):
    for user, status in [(contact.author, 200), (coordinator, 403), (CoordinatorFactory(), 404)]:
        client.force_login(user)
        assert client.get(withdraw_url(contact)).status_code == status


def test_a_withdrawn_contact_leaves_the_numbers_of_supporters_and_schools(contact, wrong, coordinator):
    with owner():
        supporter = contact.supporter_id
    weeks = [
        ("select sum(held) from supporter_contact_weeks(%s, now() - interval '60 days')", supporter),
        ("select sum(held) from school_contact_weeks(%s, now() - interval '60 days')", wrong.school_id),
        (
            "select sum(minutes) from supporter_minutes(array[%s]::bigint[], now() - interval '60 days')",
            supporter,
        ),
    ]
    with scope(coordinator):
        assert [numbers(sql, of) for sql, of in weeks] == [1, 1, 60]
    with scope(contact.author):
        services.withdraw_contact(contact=contact, by=contact.author, version=1, reason="mistake", words="")
    with scope(coordinator):
        assert [numbers(sql, of) for sql, of in weeks] == [None, None, None]


def numbers(sql, of):
    return connection.connection.execute(sql, [of]).fetchone()[0]


def test_a_question_about_a_withdrawn_contact_waits_for_nobody(contact, coordinator):
    FeedbackFactory(participation=part_of(contact), made_by=coordinator)
    with scope(contact.author):
        assert len(Feedback.objects.visible_to(contact.author)) == 1
        services.withdraw_contact(contact=contact, by=contact.author, version=1, reason="mistake", words="")
        assert list(Feedback.objects.visible_to(contact.author)) == []
