"""What takes the time of somebody of the cast."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    BookingFactory,
)
from peersupport.demo.owner import owner
from tests.visits.groups.cast import dates_form
from visits.models import BusyTime

HOUR = timedelta(hours=1)


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
