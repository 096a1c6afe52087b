"""Who is in a group: joining, leaving, and support that ends."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.owner import owner
from peersupport.lib.dates import short_date, today
from peersupport.scope import scope
from students.models import Case
from tests.visits.groups.cast import FIVE, move_form, rows_of, stored, url
from visits import services
from visits.models import GroupMember, Task

pytestmark = pytest.mark.django_db


def test_group_members_add_lets_a_leader_add_their_own_only(client, cast):
    mine, theirs = cast.pupil("Tindraline", 0), cast.pupil("Yusufino", 4)
    client.force_login(cast.karim)
    form = client.get(url("group_members_add", cast.group)).context["form"]
    assert [key for key, _name in form.fields["students"].choices] == [str(mine.student.public_id)]

    sent = {"form_key": str(uuid.uuid4()), "starts_on": today().isoformat()}
    for one in (theirs, mine):
        client.post(url("group_members_add", cast.group), sent | {"students": [str(one.student.public_id)]})
    assert stored(GroupMember, student=theirs.student) == []
    assert [one.added_by for one in stored(GroupMember, student=mine.student)] == [cast.karim]


def test_one_who_joins_later_is_not_in_earlier_dates(cast):
    late = cast.join(cast.pupil("Tindraline"), starts_on=cast.date.starts_at.date() + timedelta(days=5))
    later = cast.meets(timezone.now() + timedelta(days=20))
    with scope(cast.petra):
        first = services.members_on(group_date=cast.date, by=cast.petra)
        second = services.members_on(group_date=later, by=cast.petra)

    assert late.pk not in {one.pk for one in first} and late.pk in {one.pk for one in second}


def test_one_leaving_touches_no_other_row_and_is_undone(client, cast):
    others = [rows_of(one) for one in cast.members[1:]]
    client.force_login(cast.karim)
    response = client.post(
        url("group_leave", cast.members[0]), {"last_day": today().isoformat()}, follow=True
    )
    left = rows_of(cast.members[0])

    assert (left["ends_on"], left["ended_by_id"]) == (today(), cast.karim.pk)
    assert [rows_of(one) for one in cast.members[1:]] == others
    undo = url("group_return", cast.members[0])
    assert undo in response.content.decode()
    client.post(undo)
    assert rows_of(cast.members[0])["ends_on"] is None
    assert [rows_of(one) for one in cast.members[1:]] == others


def test_changes_of_a_pupil_tell_of_joining_and_leaving(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_leave", cast.members[0]), {"last_day": today().isoformat()})
    page = client.get(
        reverse("overviews:student_changes", args=[cast.members[0].student.public_id])
    ).content.decode()

    assert f"({cast.group.name})" in page and short_date(today()) in page
    assert not [name for name in FIVE[1:] if name in page]


def test_who_has_left_is_told_nothing_more_and_hears_it_when_back(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast))
    client.post(url("group_leave", cast.members[0]), {"last_day": today().isoformat()})
    student = cast.members[0].student
    assert stored(Task, student=student) == [] and len(stored(Task)) == 4

    client.post(url("group_return", cast.members[0]))
    assert len(stored(Task, student=student)) == 1 and len(stored(Task)) == 5


def test_support_that_ends_ends_the_group_too_and_goes_on_when_reopened(cast):
    def inside():
        with scope(cast.petra):
            return len(services.members_on(group_date=cast.date, by=cast.petra))

    case = Case.objects.filter(pk=cast.assignments[0].case_id)
    with owner():
        case.update(status="closed", closed_at=timezone.now(), closed_by=cast.petra)
    assert inside() == 4
    with owner():
        case.update(status="active", closed_at=None, closed_by=None)
    assert inside() == 5
