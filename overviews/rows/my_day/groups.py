"""The groups I lead, when they meet."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from overviews.rows.my_day.booked import FORGOTTEN, BookedRow, when
from peersupport.lib.dates import start_of_day, today
from visits.models import ContactKind, GroupContact, GroupDate, GroupMember


def led_rows(user: User) -> list[BookedRow]:
    """The groups I lead that meet today, and earlier dates with pupils of mine that I have not noted yet."""
    since, midnight = start_of_day(today()) - FORGOTTEN, start_of_day(today() + timedelta(days=1))
    dates = (
        GroupDate.objects.led_by(user)
        .planned()
        .with_day()
        .filter(starts_at__gte=since, starts_at__lt=midnight)
    )
    written = GroupContact.objects.visible_to(user).filter(date=OuterRef("pk"), author=user)
    mine = GroupMember.objects.visible_to(user).on(OuterRef("day"))
    to_note = Exists(mine.filter(series=OuterRef("series")))
    dates = dates.filter(~Exists(written.filter(contact__is_withdrawn=False)))
    dates = dates.filter(Q(starts_at__gte=start_of_day(today())) | to_note)
    loaded = dates.select_related("series").order_by("starts_at", "pk")
    return [_led_row(one) for one in loaded]


def _led_row(one: GroupDate) -> BookedRow:
    time, is_late = when(one.starts_at)
    return BookedRow(
        one.starts_at,
        time,
        str(ContactKind.GROUP.label),
        one.series.name,
        False,
        reverse("visits:group_detail", args=[one.series.public_id]),
        one.place or one.series.place,
        reverse("visits:group_attendance", args=[one.public_id]),
        "" if is_late else reverse("visits:group_date_move", args=[one.public_id]),
        is_late,
        is_group=True,
    )
