"""Who came: one contact, with a part for each pupil of one's own."""

import pytest

from accounts.models import AccessLog
from peersupport.demo.owner import owner
from peersupport.scope import scope
from tests.visits.groups.cast import FIVE, came, stored, url
from visits import services
from visits.models import Contact, GroupContact, Participation

pytestmark = pytest.mark.django_db


def test_attendance_is_one_contact_with_a_part_for_each_of_ones_own(client, held):
    client.force_login(held.karim)
    answers = {0: "met", 1: "no_show", 2: "student_cancelled"}
    for _ in range(2):  # a double tap
        assert came(held, client, answers).status_code == 302

    (contact,) = stored(Contact)
    assert (contact.kind, contact.minutes, contact.author) == ("group", 90, held.karim)
    assert contact.place == held.group.place and contact.head_count is None
    parts = {part.student_id: part.outcome for part in stored(Participation)}
    assert parts == {held.members[n].student_id: answer for n, answer in answers.items()}
    assert [tie.date_id for tie in stored(GroupContact)] == [held.date.pk]


def test_attendance_of_those_one_does_not_support_is_refused_and_unnamed(client, held):
    client.force_login(held.karim)
    page = client.get(url("group_attendance", held.date))

    assert page.context["unseen"] == 2
    assert [name for name in FIVE if name in page.content.decode()] == list(FIVE[:3])
    assert came(held, client, {3: "met"}).status_code == 200  # nothing it may say
    assert stored(Contact) == []


def test_attendance_is_corrected_and_completed_in_the_same_contact(client, held):
    client.force_login(held.karim)
    came(held, client, {0: "met"})
    (part,) = stored(Participation)
    with owner():
        Participation.objects.filter(pk=part.pk).update(next_step="Komma tio minuter tidigare")
    assert came(held, client, {0: "no_show", 1: "met"}, version="1").status_code == 302

    (contact,) = stored(Contact)
    assert contact.version == 2
    first, second = stored(Participation, contact=contact)
    assert (first.outcome, first.next_step) == ("no_show", "Komma tio minuter tidigare")
    assert second.student_id == held.members[1].student_id


def test_attendance_overtaken_shows_both_answers(client, held):
    client.force_login(held.karim)
    came(held, client, {0: "met"})
    response = came(held, client, {0: "no_show"})  # from a window opened before

    assert response.status_code == 409
    assert stored(Participation)[0].outcome == "met"


def test_attendance_of_one_pupil_is_written_once_by_whoever_is_first(client, held):
    client.force_login(held.petra)
    assert came(held, client, {0: "met", 4: "met"}).status_code == 302
    client.force_login(held.karim)
    page = client.get(url("group_attendance", held.date))
    assert page.context["noted_by_others"] == [FIVE[0]]
    assert came(held, client, {1: "met"}).status_code == 302

    written = [part.student_id for part in stored(Participation)]
    assert sorted(written) == sorted(held.members[n].student_id for n in (0, 1, 4))


def test_attendance_waits_until_the_group_meets(client, cast):
    client.force_login(cast.karim)
    assert came(cast, client, {0: "met"}).url == url("group_detail", cast.group)

    assert stored(Contact) == []


def test_attendance_withdrawn_can_be_written_anew(client, held):
    client.force_login(held.karim)
    came(held, client, {0: "met"})
    (contact,) = stored(Contact)
    with scope(held.karim):
        services.withdraw_contact(contact=contact, by=held.karim, version=1, reason="mistake", words="")
    assert came(held, client, {0: "no_show"}).status_code == 302

    standing = stored(Participation, is_withdrawn=False)
    assert [part.outcome for part in standing] == ["no_show"]


def test_attendance_list_for_print_holds_names_of_ones_own_and_is_logged(client, held):
    client.force_login(held.karim)
    text = client.get(url("group_attendance_print", held.date)).content.decode()

    assert [name for name in FIVE if name in text] == list(FIVE[:3])
    (log,) = stored(AccessLog, action="print")
    assert sorted(log.student_ids) == sorted(held.members[n].student_id for n in range(3))
