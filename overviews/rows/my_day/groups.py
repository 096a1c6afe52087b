"""The groups I lead when they meet, and what has become of today's dates. One query."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.my_day.booked import FORGOTTEN, BookedRow, when
from overviews.rows.my_day.pupils import PupilRow
from overviews.rows.words import joined
from peersupport.lib.dates import start_of_day, today
from visits.models import (
    ContactKind,
    GroupCancelledBecause,
    GroupContact,
    GroupDate,
    GroupDateStatus,
    GroupMember,
)

TOLD = "(select json_agg(t) from told_of_date(visits_groupdate.id) t)"


def group_date_rows(user: User, pupils: Sequence[PupilRow]) -> list[BookedRow]:
    """The groups I lead that meet today, and earlier dates with pupils of mine that I have not noted yet; and
    what has become of today's dates of groups that I lead or a pupil of mine is in.
    """
    since, midnight = start_of_day(today()) - FORGOTTEN, start_of_day(today() + timedelta(days=1))
    dates = GroupDate.objects.visible_to(user).with_is_led(user).with_day()
    dates = dates.filter(starts_at__gte=since, starts_at__lt=midnight)
    mine = GroupMember.objects.visible_to(user).on(OuterRef("day"))
    dates = dates.annotate(is_with_mine=Exists(mine.filter(series=OuterRef("series"))))
    is_today = Q(starts_at__gte=start_of_day(today()))
    to_hold = Q(status=GroupDateStatus.PLANNED, is_led=True) & (is_today | Q(is_with_mine=True))
    changed = Q(moved_at__isnull=False, status=GroupDateStatus.PLANNED) | (
        Q(status=GroupDateStatus.CANCELLED) & ~Q(cancelled_because=GroupCancelledBecause.ENDED)
    )
    dates = dates.filter(to_hold | (is_today & changed & (Q(is_led=True) | Q(is_with_mine=True))))
    written = GroupContact.objects.visible_to(user).filter(date=OuterRef("pk"), author=user)
    dates = dates.filter(~Exists(written.filter(contact__is_withdrawn=False)))
    loaded = dates.annotate(told=RawSQL(TOLD, [])).select_related("series").order_by("starts_at", "pk")  # noqa: S611
    names = {row.student.pk: row.name for row in pupils}
    return [_group_row(one, names) for one in loaded]


def _group_row(one: Any, names: Mapping[int, str]) -> BookedRow:
    time, is_late = when(one.starts_at)
    is_held = one.is_led and one.status == GroupDateStatus.PLANNED
    return BookedRow(
        one.starts_at,
        time,
        str(ContactKind.GROUP.label),
        one.series.name,
        False,
        reverse("visits:group_detail", args=[one.series.public_id]),
        one.place or one.series.place,
        reverse("visits:group_attendance", args=[one.public_id]) if is_held else "",
        reverse("visits:group_date_move", args=[one.public_id]) if is_held and not is_late else "",
        is_late,
        is_group=True,
        change=_change_of(one),
        told="" if is_late else _told_text(one.told or [], names),
    )


def _change_of(one: GroupDate) -> str:
    if one.status == GroupDateStatus.CANCELLED:
        return _("cancelled")
    return _("moved") if one.moved_at else ""


def _told_text(told: Sequence[dict[str, Any]], names: Mapping[int, str]) -> str:
    """ "Berättat för Oskar, Amina · inte än för Yusuf": of one's own pupils."""
    mine = sorted(
        (names[row["student_id"]], row["is_to_be_told"]) for row in told if row["student_id"] in names
    )
    done = ", ".join(name for name, is_open in mine if not is_open)
    waiting = ", ".join(name for name, is_open in mine if is_open)
    return joined(
        _("told: %(names)s") % {"names": done} if done else "",
        _("not told yet: %(names)s") % {"names": waiting} if waiting else "",
    )
