"""What has become of a group stands on the pupil's page and on Min dag: neutral, and of nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.owner import owner
from peersupport.lib.dates import start_of_day, today
from tests.visits.test_group_endings import end_form
from tests.visits.test_groups import FIVE, Cast, move_form, stored, url
from visits.models import GroupDate, Task

pytestmark = pytest.mark.django_db
MY_DAY = reverse("overviews:my_day")


@pytest.fixture
def cast():
    return Cast()


def entries(client, cast, number, **asked):
    address = reverse("overviews:student_detail", args=[cast.assignments[number].student.public_id])
    return client.get(address, asked).context["entries"]


def told(client, cast, number):
    """Whoever is to tell the pupil has done so."""
    (task,) = stored(Task, student=cast.members[number].student, done_at__isnull=True)
    client.force_login(task.owner)
    client.post(reverse("visits:task_done", args=[task.public_id]))


@pytest.mark.parametrize("who", ["karim", "petra"])
def test_a_cancelled_date_stands_on_the_pupils_page_and_whether_it_is_told(client, cast, who):
    client.force_login(cast.karim)
    client.post(url("group_date_cancel", cast.date), {"because": "school", "note": f"{FIVE[1]} är sjuk"})
    client.force_login(getattr(cast, who))
    (entry,) = [one for one in entries(client, cast, 0) if one.title == "Inställt"]
    assert cast.group.name in entry.detail and entry.who == ""
    assert entry.note.splitlines() == ["Skolan bad om det", "Inte sagt till eleven än."]
    page = client.get(reverse("overviews:student_detail", args=[cast.assignments[0].student.public_id]))
    assert FIVE[1] not in page.content.decode()  # the leader's own words stay with the group

    told(client, cast, 0)
    client.force_login(getattr(cast, who))
    (entry,) = [one for one in entries(client, cast, 0) if one.title == "Inställt"]
    assert "Sagt till eleven" in entry.note
    (other,) = [one for one in entries(client, cast, 1) if one.title == "Inställt"]
    assert "Inte sagt" in other.note  # of each alone


def test_a_moved_date_says_when_and_where_the_group_meets_now(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_move", cast.date), move_form(cast, place="biblioteket"))
    (entry,) = [one for one in entries(client, cast, 2) if one.title == "Flyttat"]

    assert cast.group.name in entry.detail and "15:30" in entry.detail and "biblioteket" in entry.detail


def test_the_end_of_a_group_is_one_event_however_many_dates(client, cast):
    for week in (1, 2, 3):
        cast.meets(cast.date.starts_at + timedelta(weeks=week))
    client.force_login(cast.petra)
    client.post(url("group_end", cast.group), end_form())
    told(client, cast, 3)
    client.force_login(cast.leyla)
    found = [one for one in entries(client, cast, 3) if cast.group.name in one.detail]

    assert [one.title for one in found] == ["Gruppen slutade"]
    assert "Terminen" in found[0].note and "Sagt till eleven" in found[0].note


def test_what_was_before_the_pupil_joined_or_after_leaving_is_not_the_pupils(client, cast):
    late = cast.pupil("Tindraline", 0)
    cast.assignments.append(late)
    cast.join(late, starts_on=cast.date.starts_at.date() + timedelta(days=3))
    client.force_login(cast.karim)
    client.post(url("group_leave", cast.members[0]), {"last_day": today().isoformat()})
    client.post(url("group_date_cancel", cast.date), {"because": "us"})

    for number, expected in ((0, 0), (1, 1), (5, 0)):
        found = [one for one in entries(client, cast, number) if one.title == "Inställt"]
        assert len(found) == expected, number


def test_the_timeline_narrows_to_bookings_and_to_groups(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_date_cancel", cast.date), {"because": "us"})

    def titles(**asked):
        return [one.title for one in entries(client, cast, 0, **asked)]

    assert titles(what="bookings") == titles(kind="group") == ["Inställt"]
    assert titles(kind="phone") == [] and "Inställt" not in titles(what="support")


def test_the_timeline_of_a_pupil_one_does_not_have_tells_nothing(cast):
    from peersupport.scope import scope
    from tests.peersupport.rights import raw

    with owner():
        GroupDate.objects.update(moved_at=timezone.now(), moved_by=cast.petra)
    elsewhere, pupil = Cast(), cast.members[3].student_id
    for user, count in ((cast.leyla, 1), (cast.petra, 1), (cast.karim, 0), (elsewhere.petra, 0)):
        with scope(user):
            assert raw("select count(*) from group_changes(%s)", pupil).fetchone()[0] == count, user
            assert raw("select count(*) from told_of_date(%s)", cast.date.pk).fetchone()[0] == 0


# Min dag


@pytest.fixture
def noon():
    """So that "today" does not end while the test runs."""
    with time_machine.travel(start_of_day(today()) + timedelta(hours=12), tick=False):
        yield


@pytest.fixture
def meeting(noon, cast):
    """The group meets in two hours."""
    start = timezone.now() + timedelta(hours=2)
    with owner():
        GroupDate.objects.update(starts_at=start, ends_at=start + timedelta(hours=1))
        cast.date = GroupDate.objects.select_related("series").get()
    return cast


def booked(client, user):
    client.force_login(user)
    return client.get(MY_DAY).context["booked"]


def test_min_day_says_that_todays_group_is_cancelled_and_who_has_been_told(client, meeting):
    client.force_login(meeting.karim)
    client.post(url("group_date_cancel", meeting.date), {"because": "us"})
    told(client, meeting, 1)

    (row,) = booked(client, meeting.karim)
    assert (row.change, row.contact_url, row.move_url) == ("inställd", "", "")
    assert row.told == f"sagt till: {FIVE[1]} · inte sagt än: {FIVE[0]}, {FIVE[2]}"
    (row,) = booked(client, meeting.leyla)  # leads nothing; her pupils were to come
    assert row.told == f"inte sagt än: {FIVE[3]}, {FIVE[4]}"
    text = client.get(MY_DAY).content.decode()
    assert not [name for name in FIVE[:3] if name in text]


def test_min_day_says_that_todays_group_is_moved(client, meeting):
    local = timezone.localtime(meeting.date.starts_at) + timedelta(hours=1)
    client.force_login(meeting.petra)
    form = move_form(meeting, on=local.date().isoformat(), at=f"{local:%H:%M}")
    assert client.post(url("group_date_move", meeting.date), form).status_code == 302

    (row,) = booked(client, meeting.karim)
    assert row.change == "flyttad" and row.contact_url and row.move_url and row.told
    (row,) = booked(client, meeting.leyla)
    assert (row.change, row.contact_url, row.move_url) == ("flyttad", "", "")


def test_min_day_leaves_out_what_went_with_the_group(client, meeting):
    client.force_login(meeting.petra)
    client.post(url("group_end", meeting.group), end_form(today() - timedelta(days=1)))

    assert stored(GroupDate)[0].status == "cancelled"
    assert booked(client, meeting.karim) == booked(client, meeting.leyla) == []


@pytest.mark.parametrize("count", [1, 4])
def test_min_day_takes_the_same_queries_however_many_groups(client, meeting, assert_queries, count):
    for number in range(count):
        start = meeting.date.starts_at + timedelta(minutes=90 * (number + 1))
        other = meeting.meets(start, ends_at=start + timedelta(hours=1))
        client.force_login(meeting.petra)
        client.post(url("group_date_cancel", other), {"because": "us"})
    client.force_login(meeting.karim)

    with assert_queries(8):
        client.get(MY_DAY)
