"""A date moved or cancelled: each pupil is told alone, by their own supporter."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from operations.models import OutgoingMail
from peersupport.demo.owner import owner
from tests.visits.groups.cast import FIVE, move_form, stored, url
from visits.models import GroupDate, Task

pytestmark = pytest.mark.django_db


def test_a_moved_date_is_told_to_each_alone(client, cast):
    client.force_login(cast.karim)
    assert client.post(url("group_date_move", cast.date), move_form(cast)).status_code == 302

    tasks = stored(Task)
    assert sorted(task.student_id for task in tasks) == sorted(m.student_id for m in cast.members)
    owners = {task.student_id: task.owner for task in tasks}
    assert [owners[one.student_id] for one in cast.assignments] == [cast.karim] * 3 + [cast.leyla] * 2
    assert all("15:30" in task.title for task in tasks)
    for task in tasks:
        assert not [name for name in FIVE if name.lower() in task.title.lower()]
    with owner():
        mails = list(OutgoingMail.objects.all())
    assert [mail.to for mail in mails] == [cast.leyla.email]  # once, and not to who has moved it
    for text in (mails[0].subject, mails[0].text):
        assert not re.search("|".join([*FIVE, cast.group.name]), text)


def test_each_teller_sees_only_their_own_pupils_and_ticks_them_off_one_by_one(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    client.force_login(cast.leyla)
    text = client.get(reverse("overviews:my_day")).content.decode()

    assert [name for name in FIVE if name in text] == list(FIVE[3:])
    (first, _second) = stored(Task, owner=cast.leyla)
    client.post(reverse("visits:task_done", args=[first.public_id]))
    assert [task.done_at is None for task in stored(Task, owner=cast.leyla)] == [False, True]
    assert all(task.done_at is None for task in stored(Task, owner=cast.karim))


def test_a_date_moved_twice_is_told_once_as_it_is_now(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    client.post(url("group_date_move", cast.date), move_form(cast, version="2", at="16:15"))

    tasks = stored(Task, done_at__isnull=True)
    assert len(tasks) == 5 and all("16:15" in task.title for task in tasks)


def test_a_pupil_without_supporter_is_told_by_the_coordinator(client, cast):
    with owner():
        cast.assignments[4].ended_at, cast.assignments[4].ended_by = timezone.now(), cast.petra
        cast.assignments[4].save(update_fields=["ended_at", "ended_by"])
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))

    assert stored(Task, student=cast.members[4].student)[0].owner == cast.petra


def test_group_date_move_shows_both_times_to_the_second(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    client.force_login(cast.petra)
    response = client.post(url("group_date_move", cast.date), move_form(cast, at="10:00"))

    assert response.status_code == 409
    assert "15:30" in response.content.decode() and "10:00" in response.content.decode()


def test_group_date_move_refuses_what_is_past_or_taken(client, cast):
    other = cast.meets(timezone.now() + timedelta(days=9))
    client.force_login(cast.karim)
    past = client.post(url("group_date_move", cast.date), move_form(cast, on="2020-01-01"))
    with owner():
        start = timezone.localtime(other.starts_at).replace(second=0, microsecond=0)
        GroupDate.objects.filter(pk=other.pk).update(starts_at=start)
    taken = move_form(cast, on=start.date().isoformat(), at=f"{start:%H:%M}")

    assert past.context["form"].errors["at"]
    assert client.post(url("group_date_move", cast.date), taken).context["form"].errors["at"]
    assert stored(Task) == []


def test_a_cancelled_date_is_told_and_undone(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_cancel", cast.date), {"because": "us", "note": "Lokalen är stängd"})
    (row,) = stored(GroupDate)
    assert (row.status, row.cancelled_by) == ("cancelled", cast.karim) and len(stored(Task)) == 5
    told = stored(Task, student=cast.members[0].student)[0]
    client.post(reverse("visits:task_done", args=[told.public_id]))

    client.post(url("group_date_restore", cast.date))
    client.post(url("group_date_restore", cast.date))  # twice is the same as once
    (row,) = stored(GroupDate)
    assert (row.status, row.cancelled_at, row.cancel_note) == ("planned", None, "")
    # Nobody else has heard that it was cancelled, so nobody else has anything to hear.
    (again,) = stored(Task, done_at__isnull=True)
    assert again.student_id == told.student_id and again.pk != told.pk
