"""Of a pupil who has something else it is asked, once."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    BookingFactory,
)
from tests.visits.busy.plans import HOUR, book, booked, meets_at, noon, one_date
from tests.visits.groups.cast import FIVE, stored, url
from visits.models import Booking, GroupDate, GroupMember

pytestmark = pytest.mark.django_db


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
