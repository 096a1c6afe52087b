"""Nobody is in two places at once: bookings and groups refuse each other, whoever plans and whatever they see."""

from datetime import timedelta

import pytest
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
from tests.visits.busy.plans import HOUR, book, booked, busy_of, meets_at, noon, one_date
from tests.visits.groups.cast import FIVE, dates_form, said, stored, url
from visits import services
from visits.models import Booking, GroupDate, GroupLeader

pytestmark = pytest.mark.django_db


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
