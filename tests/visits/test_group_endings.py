"""A group ends, is told to each alone, can still be written about, and goes on by undo or as a new series."""

import uuid
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from operations.models import OutgoingMail
from peersupport.demo.factories import BookingFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from tests.visits.test_groups import FIVE, Cast, came, dates_form, move_form, rows_of, said, stored, url
from visits import services
from visits.models import GroupDate, GroupLeader, GroupMember, GroupSeries, Participation, Task

pytestmark = pytest.mark.django_db
LIST = reverse("visits:group_list")


@pytest.fixture
def cast():
    """The group meets in three days, and then for two weeks more; it has met yesterday."""
    cast = Cast()
    cast.held = cast.meets(timezone.now() - timedelta(days=1))
    cast.later = [cast.meets(cast.date.starts_at + timedelta(weeks=week)) for week in (1, 2)]
    return cast


def end_form(last_day=None, **fields):
    return {"version": "1", "last_day": str(last_day or today()), "reason": "term"} | fields


def group(cast):
    return stored(GroupSeries, pk=cast.group.pk)[0]


def statuses(cast):
    return [one.status for one in stored(GroupDate, series=cast.group)]


@pytest.mark.parametrize("who", ["karim", "petra"])
def test_group_end_cancels_what_is_to_come_and_tells_each_alone(client, cast, who):
    client.force_login(getattr(cast, who))
    response = client.post(url("group_end", cast.group), end_form(note="Tack för i år"), follow=True)

    row = group(cast)
    assert (row.ended_on, row.end_reason, row.end_note) == (today(), "term", "Tack för i år")
    assert row.ended_by == getattr(cast, who)
    assert statuses(cast) == ["cancelled", "planned", "cancelled", "cancelled"]
    assert {one.cancelled_because for one in stored(GroupDate, status="cancelled")} == {"ended"}
    # One task for each, however many dates.
    tasks = stored(Task)
    assert sorted(task.student_id for task in tasks) == sorted(one.student_id for one in cast.members)
    owners = {task.student_id: task.owner for task in tasks}
    assert [owners[one.student_id] for one in cast.assignments] == [cast.karim] * 3 + [cast.leyla] * 2
    assert not [name for name in FIVE for task in tasks if name.lower() in task.title.lower()]
    with owner():
        assert {mail.to for mail in OutgoingMail.objects.all()} == {cast.karim.email, cast.leyla.email} - {
            getattr(cast, who).email
        }
    text = response.content.decode()
    assert url("group_reopen", cast.group) in text and "Tack för i år" in text
    assert [row_.until for row_ in response.context["coming"]] == []


def test_group_end_with_a_day_to_come_keeps_the_dates_until_then(client, cast):
    last = timezone.localtime(cast.date.starts_at).date()
    client.force_login(cast.karim)
    client.post(url("group_end", cast.group), end_form(last))

    assert statuses(cast) == ["planned", "planned", "cancelled", "cancelled"]
    page = client.get(url("group_detail", cast.group))
    (coming,) = page.context["coming"]
    assert coming.move_url and not page.context["goes_on"]
    beyond = move_form(cast, on=(last + timedelta(days=1)).isoformat())
    response = client.post(url("group_date_move", cast.date), beyond)
    assert response.context["form"].errors["on"]
    assert (
        client.post(url("group_date_move", cast.date), move_form(cast, on=last.isoformat())).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"last_day": ""}, "last_day"),
        ({"last_day": "2199-01-01"}, "last_day"),
        ({"reason": ""}, "reason"),
        ({"reason": "nonsense"}, "reason"),
        ({"last_day": (today() - timedelta(days=9)).isoformat()}, "last_day"),  # it has met since
    ],
)
def test_group_end_says_at_the_field_what_is_wrong(client, cast, fields, field):
    client.force_login(cast.karim)
    response = client.post(url("group_end", cast.group), end_form() | {"note": "Tack"} | fields)

    assert response.status_code == 200 and response.context["form"].errors[field]
    assert "Tack" in response.content.decode() and group(cast).ended_on is None


def test_group_end_by_a_second_writer_changes_nothing(client, cast):
    client.force_login(cast.petra)
    client.post(
        url("group_edit", cast.group), {"version": "1", "name": "x", "leaders": [str(cast.leader.public_id)]}
    )
    response = client.post(url("group_end", cast.group), end_form(), follow=True)

    assert group(cast).ended_on is None and "ändrat gruppen" in said(response)[-1]


def test_a_group_that_has_ended_gets_no_dates_no_participants_and_no_new_name(client, cast):
    client.force_login(cast.petra)
    client.post(url("group_end", cast.group), end_form())
    new = cast.pupil("Tindraline", 4)
    joins = {"form_key": str(uuid.uuid4()), "starts_on": today().isoformat()}
    for name, form in (
        ("group_dates_create", dates_form()),
        ("group_members_add", joins | {"students": [str(new.student.public_id)]}),
        ("group_edit", {"version": "2", "name": "Nya namnet", "leaders": [str(cast.leader.public_id)]}),
        ("group_end", end_form(version="2")),
    ):
        assert client.get(url(name, cast.group)).status_code == 302, name
        assert client.post(url(name, cast.group), form).status_code == 302, name
    client.post(url("group_date_restore", cast.date))

    assert len(stored(GroupDate)) == 4 and statuses(cast).count("cancelled") == 3
    assert stored(GroupMember, student=new.student) == [] and group(cast).name == cast.group.name


def test_past_the_pages_the_database_keeps_an_ended_group_as_it_is(client, cast):
    client.force_login(cast.petra)
    client.post(url("group_end", cast.group), end_form())
    new = cast.pupil("Tindraline", 4)
    start = timezone.now() + timedelta(days=5)
    with scope(cast.petra):
        with pytest.raises(services.GroupHasEnded):
            services.add_dates(group=cast.group, by=cast.petra, times=[(start, start + timedelta(hours=1))])
        with pytest.raises(services.GroupHasEnded):
            services.add_members(group=cast.group, by=cast.petra, students=[new.student], starts_on=today())
        with pytest.raises(services.GroupHasEnded):
            services.restore_date(group_date=cast.date, by=cast.petra)


def test_who_came_can_still_be_written_of_what_was_held(client, cast):
    client.force_login(cast.petra)
    client.post(url("group_end", cast.group), end_form())
    client.force_login(cast.karim)
    page = client.get(url("group_detail", cast.group))
    assert [row.attendance_url for row in page.context["earlier"]] == [url("group_attendance", cast.held)]
    assert came(cast, client, {0: "met", 1: "no_show"}, cast.held).status_code == 302
    client.force_login(cast.leyla)  # leads nothing; her pupil was there
    assert came(cast, client, {3: "met"}, cast.held).status_code == 302

    assert len(stored(Participation)) == 3
    before = [rows_of(one) for one in cast.members]
    assert all(row["ends_on"] is None for row in before)  # ending touches nobody's row


def test_the_list_keeps_ended_groups_apart(client, cast):
    client.force_login(cast.karim)

    def listed(show=""):
        return [row.name for row in client.get(LIST, {"show": show}).context["rows"]]

    assert (listed(), listed("over")) == ([cast.group.name], [])
    client.post(url("group_end", cast.group), end_form())  # today is its last day: it goes on until tonight
    assert (listed(), listed("over")) == ([cast.group.name], [])
    with owner():
        GroupSeries.objects.update(ended_on=today() - timedelta(days=1))
    assert (listed(), listed("over"), listed("nonsense")) == ([], [cast.group.name], [])


# Undone


def test_group_reopen_brings_the_dates_back_and_tells_who_has_heard(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_end", cast.group), end_form())
    told = stored(Task, student=cast.members[0].student)[0]
    client.post(reverse("visits:task_done", args=[told.public_id]))
    for _ in range(2):  # twice is the same as once
        client.post(url("group_reopen", cast.group))

    assert group(cast).ended_on is None and group(cast).end_reason == ""
    assert statuses(cast) == ["planned"] * 4
    (again,) = stored(Task, done_at__isnull=True)
    assert again.student_id == told.student_id and "fortsätter" in again.title


def test_group_reopen_leaves_cancelled_what_a_leader_has_no_time_for(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_end", cast.group), end_form())
    busy = cast.later[0].starts_at
    BookingFactory(assignment=cast.assignments[0], starts_at=busy, ends_at=busy + timedelta(hours=1))
    response = client.post(url("group_reopen", cast.group), follow=True)

    assert statuses(cast) == ["planned", "planned", "cancelled", "planned"]
    assert "Fortfarande inställt" in said(response)[-1]
    (row,) = [row for row in response.context["coming"] if row.is_cancelled]
    assert row.restore_url


def test_group_reopen_leaves_cancelled_what_was_cancelled_before(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_cancel", cast.later[1]), {"because": "us"})
    client.post(url("group_end", cast.group), end_form())
    client.post(url("group_reopen", cast.group))

    assert statuses(cast) == ["planned", "planned", "planned", "cancelled"]


def test_group_reopen_is_offered_for_a_week(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_end", cast.group), end_form())
    assert client.get(url("group_detail", cast.group)).context["can_reopen"]
    with owner():
        GroupSeries.objects.update(ended_at=timezone.now() - timedelta(days=8))
    assert not client.get(url("group_detail", cast.group)).context["can_reopen"]
    client.post(url("group_reopen", cast.group))

    assert group(cast).ended_on == today()


def test_group_end_is_not_for_whoever_only_has_a_pupil_in_it(client, cast):
    client.force_login(cast.leyla)
    for name in ("group_end", "group_reopen"):
        assert client.post(url(name, cast.group), end_form()).status_code == 403, name
    assert group(cast).ended_on is None


# A new series


def test_a_new_series_takes_along_who_leads_and_who_was_in_it(client, cast):
    client.force_login(cast.petra)
    client.post(url("group_leave", cast.members[1]), {"last_day": (today() - timedelta(days=1)).isoformat()})
    client.post(url("group_end", cast.group), end_form())
    with owner():
        GroupSeries.objects.update(ended_on=today() - timedelta(days=1))
    address = f"{reverse('visits:group_create')}?again={cast.group.public_id}"
    form = client.get(address).context["form"]
    assert form["name"].value() == cast.group.name
    assert form["leaders"].value() == [str(cast.leader.public_id)]
    sent = {
        "form_key": str(uuid.uuid4()),
        "school": str(cast.school.public_id),
        "name": "Spelgruppen i vår",
        "place": "biblioteket",
        "leaders": [str(cast.leader.public_id)],
    }
    for _ in range(2):
        assert client.post(address, sent | {"bring": "on"}).status_code == 302

    (new,) = stored(GroupSeries, name="Spelgruppen i vår")
    assert [one.user for one in stored(GroupLeader, series=new)] == [cast.karim]
    joined = {one.student_id: one.starts_on for one in stored(GroupMember, series=new)}
    assert joined == {one.student_id: today() for one in cast.members if one != cast.members[1]}
    client.post(address, sent | {"form_key": str(uuid.uuid4()), "name": "Utan någon"})
    assert stored(GroupMember, series=stored(GroupSeries, name="Utan någon")[0]) == []


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_ending_and_planning_at_once_leave_no_date_behind():
    for _round in range(4):
        cast = Cast()
        start, outcomes = Barrier(2), []
        when = timezone.now() + timedelta(days=20)

        def run(by, act, start=start, outcomes=outcomes):
            try:
                with scope(by):
                    start.wait(timeout=20)
                    act()
                outcomes.append("done")
            except services.GroupHasEnded:
                outcomes.append("told")
            finally:
                connection.close()

        def end(cast=cast):
            services.end_group(group=cast.group, by=cast.petra, version=1, last_day=today(), reason="us")

        def plan(cast=cast, when=when):
            services.add_dates(group=cast.group, by=cast.karim, times=[(when, when + timedelta(hours=1))])

        threads = [Thread(target=run, args=act) for act in ((cast.petra, end), (cast.karim, plan))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert "done" in outcomes and len(outcomes) == 2
        assert set(statuses(cast)) == {"cancelled"}
