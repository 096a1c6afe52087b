"""A date of a group stands among the bookings of whoever comes and in the day of whoever leads."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.owner import owner
from peersupport.lib.dates import start_of_day, today
from tests.visits.groups.cast import url
from visits.models import GroupDate

pytestmark = pytest.mark.django_db


@pytest.fixture
def noon():
    """So that "today" does not end while the test runs."""
    with time_machine.travel(start_of_day(today()) + timedelta(hours=12), tick=False):
        yield


def test_a_group_date_is_the_pupils_next_booking_and_stands_in_the_leaders_day(client, noon, cast):
    with owner():
        GroupDate.objects.update(
            starts_at=timezone.now() + timedelta(minutes=1), ends_at=timezone.now() + timedelta(minutes=91)
        )
    client.force_login(cast.karim)
    day = client.get(reverse("overviews:my_day"))
    assert [row.name for row in day.context["booked"]] == [cast.group.name]
    assert ["bokad" in row.later for row in day.context["pupils"]] == [True] * 3

    client.force_login(cast.leyla)  # leads nothing, and her pupil comes
    page = client.get(reverse("overviews:student_detail", args=[cast.members[3].student.public_id]))
    (booked,) = page.context["bookings"]
    assert (booked.who, booked.place) == (cast.group.name, cast.group.place)
    assert client.get(reverse("overviews:my_day")).context["booked"] == []


def test_a_cancelled_date_and_one_after_leaving_are_nobodys_booking(client, cast):
    page = reverse("overviews:student_detail", args=[cast.members[0].student.public_id])
    client.force_login(cast.karim)
    client.post(url("group_leave", cast.members[0]), {"last_day": today().isoformat()})
    assert client.get(page).context["bookings"] == []
    client.post(url("group_return", cast.members[0]))
    assert len(client.get(page).context["bookings"]) == 1
    client.post(url("group_date_cancel", cast.date), {"because": "school"})
    assert client.get(page).context["bookings"] == []
