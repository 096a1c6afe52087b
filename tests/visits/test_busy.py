"""Nobody is in two places at once: bookings and groups refuse each other, whoever plans and whatever they see."""

from datetime import timedelta
from importlib import import_module
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CoordinatorFactory,
    GroupDateFactory,
    GroupSeriesFactory,
    MembershipFactory,
    PeerSupporterFactory,
    PlacementFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools.models import Role
from tests.peersupport.rights import raw
from tests.visits.test_groups import FIVE, Cast, dates_form, said, stored, url
from visits import services
from visits.models import Booking, BusyTime, GroupDate, GroupLeader, GroupMember
from visits.services import Plan

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def cast():
    return Cast()


def noon(days):
    """Noon in Stockholm, `days` from now."""
    local = timezone.localtime() + timedelta(days=days)
    return local.replace(hour=12, minute=0, second=0, microsecond=0)


def booked(cast, number=0, days=7, **fields):
    """One of the cast's pupils, an hour from noon with the supporter of theirs."""
    start = noon(days)
    return BookingFactory(
        assignment=cast.assignments[number], starts_at=start, ends_at=start + HOUR, **fields
    )


def book(client, cast, start, number=0, **fields):
    address = reverse("visits:booking_create", args=[cast.assignments[number].student.public_id])
    local = timezone.localtime(start)
    form = {"form_key": str(uuid4()), "kind": "at_school", "length": "60", "place": ""}
    return client.post(
        address, form | {"on": local.date().isoformat(), "at": f"{local:%H:%M}", "asked": "1"} | fields
    )


def one_date(start, **fields):
    local = timezone.localtime(start)
    return dates_form(on=local.date().isoformat(), at=f"{local:%H:%M}", until="", **fields)


def meets_at(cast, start, **fields):
    return cast.meets(start, ends_at=start + HOUR, **fields)


def busy_of(user):
    with owner():
        return list(
            BusyTime.objects.filter(user=user).order_by("starts_at").values_list("source", "starts_at")
        )


# Refused, in both directions


def test_a_group_date_is_refused_where_its_leader_has_a_booking(client, cast):
    booked(cast)
    client.force_login(cast.karim)
    response = client.post(url("group_dates_create", cast.group), one_date(noon(7) + HOUR / 2, asked="1"))

    (line,) = response.context["form"].errors["at"]
    assert "dig" in line and "12:30" in line
    assert stored(GroupDate) == [cast.date]
    form = one_date(noon(7) + HOUR, asked="1")  # one after the other
    assert client.post(url("group_dates_create", cast.group), form).status_code == 302


def test_a_booking_is_refused_where_the_supporter_leads_a_group(client, cast):
    meets_at(cast, noon(7))
    client.force_login(cast.karim)
    response = book(client, cast, noon(7))

    (error,) = response.context["form"].errors["at"]
    assert cast.group.name in error and "12:00" in error
    assert stored(Booking) == []
    assert book(client, cast, noon(7) + HOUR).status_code == 302


def test_a_booking_is_refused_though_the_booker_does_not_see_the_group(client, cast):
    """A coordinator of another school, where the supporter has a pupil too."""
    south = SchoolFactory(organisation=cast.school.organisation)
    theirs = AssignmentFactory(supporter=cast.leader, case__student__school=south)
    PlacementFactory(supporter=cast.leader, school=south, percent=20)
    with owner():
        coordinator = MembershipFactory(school=south, role=Role.COORDINATOR).user
    meets_at(cast, noon(7))
    cast.assignments = [theirs]
    client.force_login(coordinator)
    response = book(client, cast, noon(7))

    (error,) = response.context["form"].errors["at"]
    assert "något annat" in error and cast.group.name not in response.content.decode()
    assert stored(Booking) == []


def test_a_group_date_is_refused_though_its_planner_does_not_see_the_booking(client, cast):
    """The leader plans; a fellow leader is booked with a pupil whom only they have."""
    with scope(cast.petra):
        services.edit_group(
            group=cast.group,
            by=cast.petra,
            version=1,
            name="x",
            place="",
            leaders=[cast.karim.pk, cast.leyla.pk],
        )
    booked(cast, number=3, place="hemlig plats")
    client.force_login(cast.karim)
    response = client.post(url("group_dates_create", cast.group), one_date(noon(7), asked="1"))

    assert cast.leyla.name in response.context["form"].errors["at"][0]
    assert "hemlig" not in response.content.decode() and FIVE[3] not in response.content.decode()
    assert stored(GroupDate) == [cast.date]


def test_two_groups_of_one_leader_are_refused_at_one_time(client, cast):
    other = GroupSeriesFactory(school=cast.school, made_by=cast.petra, leaders=[cast.karim])
    GroupDateFactory(series=other, starts_at=noon(7), ends_at=noon(7) + HOUR)
    client.force_login(cast.karim)
    response = client.post(url("group_dates_create", cast.group), one_date(noon(7)))

    assert response.context["form"].errors["at"] and len(stored(GroupDate, series=cast.group)) == 1


def test_of_a_series_the_times_that_are_taken_can_be_left_out(client, cast):
    form = dates_form()
    client.force_login(cast.karim)
    first = timezone.localtime().replace(
        year=int(form["on"][:4]), month=int(form["on"][5:7]), day=int(form["on"][8:]), hour=14, minute=30
    )
    for week in (1, 3):
        start = first + timedelta(weeks=week)
        BookingFactory(assignment=cast.assignments[0], starts_at=start, ends_at=start + HOUR)
    refused = client.post(url("group_dates_create", cast.group), form | {"asked": "1"})
    assert len(refused.context["form"].errors["at"]) == 2 and refused.context["form"].offers_to_skip
    assert "skip_taken" in refused.content.decode() and len(stored(GroupDate)) == 1

    client.post(url("group_dates_create", cast.group), form | {"asked": "1", "skip_taken": "on"})
    assert len(stored(GroupDate, made_by=cast.karim)) == 3


def test_a_date_cannot_be_moved_to_or_restored_at_a_time_that_is_taken(client, cast):
    booked(cast)
    client.force_login(cast.karim)
    local = noon(7)
    form = {"version": "1", "on": local.date().isoformat(), "at": "12:30", "length": "60", "place": ""}
    response = client.post(url("group_date_move", cast.date), form | {"asked": "1"})
    assert response.context["form"].errors["at"] and stored(GroupDate)[0].version == 1

    cancelled = meets_at(cast, noon(9))
    client.post(url("group_date_cancel", cancelled), {"because": "us"})
    assert book(client, cast, noon(9)).status_code == 302
    response = client.post(url("group_date_restore", cancelled), follow=True)
    assert "ställd" in said(response)[0] and stored(GroupDate, pk=cancelled.pk)[0].status == "cancelled"


def test_who_comes_to_lead_a_group_must_be_free_when_it_meets(client, cast):
    start = cast.date.starts_at
    BookingFactory(assignment=cast.assignments[3], starts_at=start, ends_at=start + HOUR)
    client.force_login(cast.petra)
    both = [str(cast.leader.public_id), str(cast.colleague.public_id)]
    form = {"version": "1", "name": "Nya namnet", "leaders": both}
    response = client.post(url("group_edit", cast.group), form)

    assert cast.leyla.name in response.context["form"].errors["leaders"][0]
    assert len(stored(GroupLeader)) == 1 and stored(GroupDate)[0].version == 1
    client.post(reverse("visits:booking_cancel", args=[stored(Booking)[0].public_id]), {"because": "us"})
    assert client.post(url("group_edit", cast.group), form).status_code == 302
    assert {source for source, _at in busy_of(cast.leyla)} == {"group_date"}


def test_the_time_is_free_again_once_nothing_takes_it(client, cast):
    booking = booked(cast)
    assert len(busy_of(cast.karim)) == 2
    client.force_login(cast.karim)
    client.post(reverse("visits:booking_cancel", args=[booking.public_id]), {"because": "us"})
    client.post(url("group_date_cancel", cast.date), {"because": "us"})
    assert busy_of(cast.karim) == []
    client.post(url("group_date_restore", cast.date))
    assert busy_of(cast.karim) == [("group_date", cast.date.starts_at)]

    with scope(cast.petra):
        services.edit_group(
            group=cast.group, by=cast.petra, version=1, name="x", place="", leaders=[cast.leyla.pk]
        )
    assert busy_of(cast.karim) == [] and len(busy_of(cast.leyla)) == 1


def test_dates_that_are_taken_away_take_no_time(client, cast):
    client.force_login(cast.karim)
    client.post(url("group_dates_create", cast.group), dates_form(asked="1"))
    assert len(busy_of(cast.karim)) == 6
    client.post(url("group_dates_undo", stored(GroupDate, made_by=cast.karim)[0]))

    assert len(busy_of(cast.karim)) == 1


def test_what_somebody_does_for_another_organisation_is_none_of_ours(client, cast):
    elsewhere = SchoolFactory()
    abroad = AssignmentFactory(
        supporter=PeerSupporterFactory(user=cast.karim, school=elsewhere), case__student__school=elsewhere
    )
    meets_at(cast, noon(7))
    coordinator = CoordinatorFactory(organisation=elsewhere.organisation)
    cast.assignments = [abroad]
    client.force_login(coordinator)

    assert book(client, cast, noon(7)).status_code == 302


# Two who plan at the same moment


def race(*acts):
    """Each act (who, what) in a thread and a connection of its own, at once; what became of each."""
    start, outcomes = Barrier(len(acts)), []

    def run(by, act):
        try:
            with scope(by):
                start.wait(timeout=20)
                act(by)
            outcomes.append("saved")
        except services.DoubleBooked:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=run, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


def booking_act(cast, start):
    plan = Plan("at_school", start, start + HOUR)
    return lambda by: services.plan_booking(assignment=cast.assignments[0], by=by, plan=plan)


def dates_act(cast, *starts):
    times = [(start, start + HOUR) for start in starts]
    return lambda by: services.add_dates(group=cast.group, by=by, times=times)


@pytest.mark.django_db(transaction=True)
def test_a_booking_and_a_group_date_at_once_have_one_winner():
    for round_ in range(5):
        cast = Cast()
        start = noon(7 + round_)
        acts = [(cast.karim, booking_act(cast, start)), (cast.petra, dates_act(cast, start + HOUR / 2))]
        assert race(*acts) == ["saved", "told"]
        with owner():
            assert (
                Booking.objects.count() + GroupDate.objects.exclude(pk=cast.date.pk).count() == 1 + round_ * 2
            )
            assert BusyTime.objects.filter(user=cast.karim).count() == 2


@pytest.mark.django_db(transaction=True)
def test_series_in_opposite_orders_at_once_wait_for_each_other_and_not_for_ever():
    cast = Cast()
    second = GroupSeriesFactory(school=cast.school, made_by=cast.petra, leaders=[cast.karim])
    days = [noon(7), noon(8), noon(9)]
    times = [(day, day + HOUR) for day in reversed(days)]
    acts = [
        (cast.karim, dates_act(cast, *days)),
        (cast.petra, lambda by: services.add_dates(group=second, by=by, times=times)),
    ]
    assert race(*acts) == ["saved", "told"]
    assert len(busy_of(cast.karim)) == 1 + 3


@pytest.mark.django_db(transaction=True)
def test_a_new_leader_and_a_new_date_at_once_know_of_each_other():
    cast = Cast()
    leaders = [cast.karim.pk, cast.leyla.pk]
    acts = [
        (cast.karim, dates_act(cast, noon(7))),
        (
            cast.petra,
            lambda by: services.edit_group(
                group=cast.group, by=by, version=1, name="x", place="", leaders=leaders
            ),
        ),
    ]
    assert race(*acts) == ["saved", "saved"]
    assert len(busy_of(cast.karim)) == len(busy_of(cast.leyla)) == 2


# Of a pupil it is asked, once


def test_a_pupil_who_has_something_else_is_asked_about_before_a_booking(client, cast):
    meets_at(cast, noon(7))
    client.force_login(cast.leyla)  # leads nothing; the pupil is in Karim's group
    response = book(client, cast, noon(7), number=3, asked=[])
    assert response.status_code == 200
    (line,) = response.context["asked"]
    assert FIVE[3] in line and "12:00" in line and stored(Booking) == []

    assert book(client, cast, noon(7), number=3).status_code == 302
    (booking,) = stored(Booking)
    move = reverse("visits:booking_move", args=[booking.public_id])
    same = {"version": "1", "kind": "phone", "on": noon(7).date().isoformat(), "at": "12:00", "length": "60"}
    assert client.post(move, same).status_code == 302  # not asked again about the same time
    later = client.post(move, same | {"version": "2", "at": "12:15"})
    assert later.context["asked"] and stored(Booking)[0].version == 2


def test_participants_who_have_something_else_are_asked_about_by_name_or_number(client, cast):
    booked(cast, number=3)
    booked(cast, number=1, days=8, supporter=cast.colleague)
    client.force_login(cast.karim)
    form = one_date(noon(7))
    response = client.post(url("group_dates_create", cast.group), form)
    (line,) = response.context["asked"]
    assert "1 deltagare" in line and FIVE[3] not in response.content.decode()

    (line,) = client.post(url("group_dates_create", cast.group), one_date(noon(8))).context["asked"]
    assert FIVE[1] in line
    assert stored(GroupDate) == [cast.date]
    assert client.post(url("group_dates_create", cast.group), form | {"asked": "1"}).status_code == 302


def test_who_joins_a_group_and_has_something_else_is_asked_about(client, cast):
    new = cast.pupil("Tindraline", 4)
    start = cast.date.starts_at
    BookingFactory(assignment=new, starts_at=start, ends_at=start + HOUR)
    client.force_login(cast.petra)
    form = {
        "form_key": str(uuid4()),
        "starts_on": timezone.localdate().isoformat(),
        "students": [str(new.student.public_id)],
    }
    response = client.post(url("group_members_add", cast.group), form)

    assert "Tindraline" in response.context["asked"][0]
    assert stored(GroupMember, student=new.student) == []
    assert client.post(url("group_members_add", cast.group), form | {"asked": "1"}).status_code == 302
    assert len(stored(GroupMember, student=new.student)) == 1


# Past the pages


def asked(sql, *values):
    return raw(sql, *values).fetchall()


def test_the_database_tells_only_those_it_concerns_whose_time_is_taken(cast):
    booked(cast, number=3)
    start, end = noon(7), noon(7) + HOUR
    elsewhere = Cast()
    pupil, people = cast.assignments[3].student_id, [cast.leyla.pk]
    taken = ("select count(*) from taken_times(%s, %s, %s, 'booking', '{}')", people, [start], [end])
    pupils = ("select count(*) from pupils_taken(%s, %s, %s, null, null)", [pupil], [start], [end])
    participants = ("select count(*) from participants_taken(%s, %s, %s)", cast.group.pk, [start], [end])
    expected = {
        cast.petra: (1, 1, 1),
        cast.leyla: (1, 1, 0),
        cast.karim: (0, 0, 1),  # of the group he leads a number, and of a colleague alone nothing
        elsewhere.petra: (0, 0, 0),
        elsewhere.karim: (0, 0, 0),
    }
    for user, counts in expected.items():
        with scope(user):
            assert tuple(asked(*one)[0][0] for one in (taken, pupils, participants)) == counts
    with scope(cast.karim):
        assert asked("select student_id, others from participants_taken(%s, %s, %s)", *participants[1:]) == [
            (None, 1)
        ]


def test_busy_time_of_what_was_planned_before_is_filled_in(cast):
    booked(cast)
    with owner():
        clash = meets_at(cast, noon(12))
        expected = set(BusyTime.objects.values_list("source", "source_id", "user", "starts_at", "ends_at"))
        BusyTime.objects.all().delete()
        raw("set constraints all immediate")
        raw("alter table visits_groupdate disable trigger group_date_takes_time")
        GroupDate.objects.filter(pk=clash.pk).update(starts_at=noon(7), ends_at=noon(7) + HOUR)
        raw("alter table visits_groupdate enable trigger group_date_takes_time")
        raw(import_module("visits.migrations.0022_busy_time").FILL)
        found = set(BusyTime.objects.values_list("source", "source_id", "user", "starts_at", "ends_at"))
    # What overlapped already stays as it is.
    assert found == {row for row in expected if row[:2] != ("group_date", clash.pk)} != expected
