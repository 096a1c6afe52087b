"""What the pages of groups show: groups in a list, dates and participants of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.dates import clock, day_of, period_text, short_date, short_moment, today
from peersupport.lib.ordering import swedish_order
from peersupport.lib.urls import prefix
from visits.models import GroupDate, GroupDateStatus, GroupLeader, GroupMember, GroupSeries

WHOLE_NAME = Concat("user__given_name", Value(" "), "user__family_name")


def listed_groups(user: User) -> Any:
    """Visible groups with `leader_names` and `next_at`; to be read in the order of `list_key`."""
    leading = GroupLeader.objects.visible_to(user).leading().filter(series=OuterRef("pk"))
    names = leading.order_by("user__family_name", "pk").annotate(whole=WHOLE_NAME).values("whole")
    coming = GroupDate.objects.visible_to(user).coming().filter(series=OuterRef("pk"))
    groups: Any = GroupSeries.objects.visible_to(user).select_related("school")
    return groups.annotate(
        leader_names=ArraySubquery(names),
        next_at=Subquery(coming.values("starts_at")[:1]),
        list_key=swedish_order("name"),
    )


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the list."""

    name: str
    url: str
    text: str  # where and by whom
    next: str  # when it meets next, or that nothing is planned; of one that ends, the last day


def group_rows(groups: Iterable[Any]) -> list[GroupRow]:
    """Of `listed_groups`."""
    url = prefix("visits:group_detail")
    return [
        GroupRow(
            group.name,
            url(group.public_id),
            " · ".join(
                text for text in (group.school.name, group.place, ", ".join(group.leader_names)) if text
            ),
            _joined(
                next_text(group.next_at) if group.next_at or group.ended_on is None else "",
                last_day_text(group),
            ),
        )
        for group in groups
    ]


def last_day_text(group: GroupSeries) -> str:
    """ "Sista dag fre 18 dec"; empty for one that goes on."""
    return _("Last day %(day)s") % {"day": short_date(group.ended_on)} if group.ended_on else ""


@dataclass(frozen=True, slots=True)
class Ending:
    """That a group has ended, or will: title and why."""

    title: str
    text: str


def ending_of(group: GroupSeries) -> Ending | None:
    """None for one that goes on."""
    if group.ended_on is None:
        return None
    day = {"day": short_date(group.ended_on)}
    is_over = group.ended_on < today()
    title = _("The group ended %(day)s") if is_over else _("The group ends %(day)s")
    return Ending(title % day, _joined(str(group.get_end_reason_display()), group.end_note))


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def next_text(at: datetime | None) -> str:
    """ "Nästa gång tis 24 nov 14:00"."""
    if at is None:
        return _("No date is planned.")
    return _("Next time %(when)s") % {"when": short_moment(at)}


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date of a group. Empty addresses: not to be done, or not by this reader."""

    when: str
    until: str
    place: str
    is_cancelled: bool
    is_moved: bool
    because: str
    attendance_url: str
    print_url: str
    move_url: str
    cancel_url: str
    restore_url: str


def date_rows(dates: Iterable[GroupDate], group: GroupSeries, *, leads: bool) -> list[DateRow]:
    """Those who lead may change what is to come; who came is written from when a date begins."""
    now = timezone.now()
    return [_date_row(one, group, now, leads=leads) for one in dates]


def _date_row(one: GroupDate, group: GroupSeries, now: datetime, *, leads: bool) -> DateRow:
    is_cancelled, is_over = one.status == GroupDateStatus.CANCELLED, one.ends_at <= now
    has_begun = one.starts_at <= now

    def url(name: str, *, where: bool) -> str:
        return reverse(f"visits:{name}", args=[one.public_id]) if where else ""

    because = ""
    if is_cancelled:
        because = " · ".join(
            text for text in (str(one.get_cancelled_because_display()), one.cancel_note) if text
        )
    return DateRow(
        when=short_moment(one.starts_at),
        until=clock(one.ends_at),
        place=one.place or group.place,
        is_cancelled=is_cancelled,
        is_moved=one.moved_at is not None and not is_cancelled,
        because=because,
        attendance_url=url("group_attendance", where=has_begun and not is_cancelled),
        print_url=url("group_attendance_print", where=not has_begun and not is_cancelled),
        move_url=url("group_date_move", where=leads and not is_over and not is_cancelled),
        cancel_url=url("group_date_cancel", where=leads and not is_over and not is_cancelled),
        restore_url=url(
            "group_date_restore", where=leads and is_cancelled and not is_over and not is_beyond(one, group)
        ),
    )


def is_beyond(one: GroupDate, group: GroupSeries) -> bool:
    """Whether the date lies after the group's last day."""
    return group.ended_on is not None and day_of(one.starts_at) > group.ended_on


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One participant whom the reader sees."""

    name: str
    is_protected: bool
    url: str
    period: str
    leave_url: str
    return_url: str


def members_of(group: GroupSeries, user: User) -> list[GroupMember]:
    """Those in it, or to come, whom the reader sees, by everyday name; with names."""
    rows = GroupMember.objects.visible_to(user).not_over().filter(series=group)
    loaded = rows.select_related("student__identity", "student__school").order_by("pk")
    return sorted(loaded, key=lambda row: row.student.called_name)


def member_rows(members: Iterable[GroupMember]) -> list[MemberRow]:
    """Of `members_of`."""
    page, leave = prefix("overviews:student_detail"), prefix("visits:group_leave")
    back = prefix("visits:group_return")
    return [
        MemberRow(
            name=one.student.name,
            is_protected=one.student.is_protected,
            url=page(one.student.public_id),
            period=period_text(one.starts_on, None)
            if one.ends_on is None
            else _("last day %(day)s") % {"day": short_date(one.ends_on)},
            leave_url=leave(one.public_id) if one.ended_at is None else "",
            return_url=back(one.public_id) if one.ended_at is not None else "",
        )
        for one in members
    ]


def unseen(size: int | None, members: Iterable[GroupMember], day: date) -> int:
    """How many there are on the day besides those the reader sees."""
    seen = {one.student_id for one in members if one.is_in_on(day)}
    return max((size or 0) - len(seen), 0)
