"""Into a school one does not see: never without the yes of whoever coordinates there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import CoordinatorFactory, SchoolFactory, SchoolStaffFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from students import services
from students.models import SchoolMove
from tests.peersupport.rights import raw
from tests.students.school_moves.form import fresh, seen_by, supporter_of, typed, url_of

pytestmark = pytest.mark.django_db


def asked(client, here, student, other, **fields):
    client.force_login(here)
    client.post(url_of(student), typed(other, **fields))
    with owner():
        return SchoolMove.objects.get()


def answer_url(move):
    return reverse("students:school_move_answer", args=[move.public_id])


def test_a_hand_over_waits_for_the_other_coordinator(client, here, there, student, other):
    move = asked(client, here, student, other)
    assert (seen_by(here), seen_by(there)) == ({student.pk}, set())
    client.force_login(there)
    assertContains(client.get(reverse("overviews:overview")), reverse("students:school_move_list"))
    for url in (reverse("students:school_move_list"), answer_url(move)):
        response = client.get(url)
        assertContains(response, student.alias)
        assertNotContains(response, "Xylofonsson")
    assert client.post(answer_url(move), {"decision": "accept", "answer": ""}).status_code == 302
    assert (seen_by(here), seen_by(there)) == (set(), {student.pk})
    assert client.get(reverse("overviews:overview")).context["figures"].move_count == 0


def test_a_hand_over_that_is_declined_leaves_the_pupil_and_says_why(client, here, there, student, other):
    move = asked(client, here, student, other)
    client.force_login(there)
    assert "answer" in client.post(answer_url(move), {"decision": "decline"}).context["form"].errors
    client.post(answer_url(move), {"decision": "decline", "answer": "Vi har ingen plats före jul."})
    assert seen_by(here) == {student.pk}
    client.force_login(here)
    assertContains(client.get(url_of(student)), "Vi har ingen plats före jul.")
    assert client.post(url_of(student), typed(other)).status_code == 302  # and may be asked again


def test_a_hand_over_accepted_ahead_happens_on_its_day(client, here, there, student, other):
    move = asked(client, here, student, other, days=4)
    client.force_login(there)
    client.post(answer_url(move), {"decision": "accept", "answer": ""})
    assert seen_by(there) == set()
    with owner():
        SchoolMove.objects.update(valid_from=today())
    assert seen_by(there) == {student.pk}


def test_a_hand_over_never_happens_unanswered(client, here, there, student, other):
    asked(client, here, student, other)
    with owner():
        SchoolMove.objects.update(valid_from=today() - timedelta(days=30))
    services.begin_day()
    assert (seen_by(here), seen_by(there)) == ({student.pk}, set())


def test_a_change_of_school_is_called_off(client, here, there, student, other):
    move = asked(client, here, student, other)
    cancel = reverse("students:school_move_cancel", args=[move.public_id])
    client.force_login(there)
    assert client.post(cancel).status_code == 403
    client.force_login(here)
    assert client.get(cancel).status_code == 200
    for _ in range(2):
        assert client.post(cancel).status_code == 302
    client.force_login(there)
    assertContains(client.post(answer_url(move), {"decision": "accept"}, follow=True), "under tiden")
    assert seen_by(there) == set()


def test_school_moves_asked_by_raw_sql_are_refused_to_others(client, here, there, student, other, school):
    plan = "select plan_school_move(%s, 1, %s, '', 'GR', 7, app_today(), false, '')"
    foreign = SchoolFactory()
    for by, target, answer in [
        (CoordinatorFactory(), other, "gone"),
        (there, other, "gone"),
        (supporter_of(student), other, "gone"),
        (SchoolStaffFactory(school=school), other, "gone"),
        (here, foreign, "foreign"),
        (here, school, "foreign"),
        (here, other, "asked"),
        (here, other, "pending"),
    ]:
        with scope(by):
            assert raw(plan, student.pk, target.pk).fetchone()[0] == answer
    with owner():
        move = SchoolMove.objects.get()
    for by in (here, CoordinatorFactory(), supporter_of(student)):
        with scope(by):
            assert raw("select answer_school_move(%s, true, '')", move.pk).fetchone()[0] == "gone"
    for by in (there, CoordinatorFactory(), supporter_of(student)):
        with scope(by):
            assert raw("select cancel_school_move(%s)", move.pk).fetchone()[0] == "gone"
    assert fresh(student).school_id == school.pk
