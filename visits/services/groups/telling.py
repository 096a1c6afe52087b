"""What becomes of a group's date is told to each participant alone: a task about one pupil, for one teller.

Nobody is named to anybody else: a task holds no other pupil, and the mail to a supporter holds none at all.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from operations.services import in_language_of, queue_mail
from peersupport.lib.dates import clock, day_of, short_moment, start_of_day, today
from visits.models import GroupCancelledBecause, GroupDate, GroupDateStatus, GroupMember

MAIL_KIND = "group_changed"


def tell_of_move(*, group_date: GroupDate, by: User, before: datetime, place_before: str) -> None:
    """The date has another time or place than it had."""

    def title() -> str:
        was, now = short_moment(before), short_moment(group_date.starts_at)
        if before == group_date.starts_at:
            return _("Tell: the group on %(when)s meets in another place") % {"when": now}
        if day_of(before) == day_of(group_date.starts_at):
            now = clock(group_date.starts_at)
        return _("Tell: the group on %(was)s is moved to %(now)s") % {"was": was, "now": now}

    if before != group_date.starts_at or place_before != group_date.place:
        days = sorted([day_of(before), day_of(group_date.starts_at)])
        _tell(group_date, by, title, first=days[0], last=days[-1])


def tell_of_cancelling(*, group_date: GroupDate, by: User) -> None:
    """The date is cancelled."""
    _tell(group_date, by, lambda: _cancelled(group_date))


def _cancelled(group_date: GroupDate) -> str:
    return _("Tell: the group on %(when)s is cancelled") % {"when": short_moment(group_date.starts_at)}


def tell_of_end(*, dates: Sequence[GroupDate], by: User) -> None:
    """The group ends: one task for each participant, however many dates that cancels (the earliest first)."""

    def title() -> str:
        when = short_moment(dates[0].starts_at)
        return _("Tell: the group ends, and does not meet on %(when)s or later") % {"when": when}

    if not dates:
        return
    _tell(dates[0], by, title, last=day_of(dates[-1].starts_at))
    with connection.cursor() as cursor:  # what was to be told of the others is said with it
        for one in dates[1:]:
            cursor.execute("select untell_group(%s, null)", [one.pk])


def tell_of_reopening(*, dates: Sequence[GroupDate], back: Sequence[GroupDate], by: User) -> None:
    """It goes on: `dates` were cancelled with it, and those in `back` take place after all."""

    def title() -> str:
        if not back:
            return _("Tell: the group goes on")
        return _("Tell: the group goes on, and meets %(when)s") % {"when": short_moment(back[0].starts_at)}

    if dates:
        _tell(dates[0], by, title, last=day_of(dates[-1].starts_at), only_told=True)


def tell_of_restoring(*, group_date: GroupDate, by: User) -> None:
    """It takes place after all: what nobody has told is taken back; who has heard otherwise is told."""

    def title() -> str:
        when = short_moment(group_date.starts_at)
        return _("Tell: the group on %(when)s meets after all") % {"when": when}

    _tell(group_date, by, title, only_told=True)


def tell_of_coming_changes(*, member: GroupMember, by: User) -> None:
    """To one who is in the group again: which of the coming dates are not as they were first planned."""
    first = start_of_day(max(member.starts_on, today()))
    coming = GroupDate.objects.visible_to(by).filter(series=member.series_id, starts_at__gte=first)
    changed = coming.exclude(moved_at__isnull=True, cancelled_at__isnull=True)
    changed = changed.exclude(cancelled_because=GroupCancelledBecause.ENDED)  # told once for all of them
    for group_date in changed.order_by("starts_at"):
        title = _cancelled if group_date.status == GroupDateStatus.CANCELLED else _meets
        _tell(group_date, by, partial(title, group_date), student=member.student_id)


def _meets(group_date: GroupDate) -> str:
    return _("Tell: the group meets %(when)s") % {"when": short_moment(group_date.starts_at)}


TELL = "select tell_group(%s, %s, %s, %s::jsonb, %s, %s, %s)"


def _tell(
    group_date: GroupDate,
    by: User,
    title: Callable[[], str],
    *,
    first: date | None = None,
    last: date | None = None,
    student: int | None = None,
    only_told: bool = False,
) -> None:
    """What is over needs no telling. Due on the day before, or today when that is sooner."""
    day = day_of(group_date.starts_at)
    first, last = first or day, last or day
    if last < today():
        return
    due = max(min(first, last) - timedelta(days=1), today())
    titles = json.dumps({code: _in(code, title) for code, _name in settings.LANGUAGES})
    with connection.cursor() as cursor:
        cursor.execute(TELL, [group_date.pk, first, last, titles, due, student, only_told])
        tellers = {pk for (pk,) in cursor.fetchall()}
    _send_mail(tellers, by)


def _in(language: str, title: Callable[[], str]) -> str:
    with override(language):
        return title()


def _send_mail(tellers: set[int], by: User) -> None:
    """One mail to each who has something to tell; it says neither what nor whom it is about."""
    for user in User.objects.filter(pk__in=tellers).exclude(pk=by.pk).order_by("pk"):
        with in_language_of(user):
            text = _(
                "The time or place of a group has been changed, or a date is cancelled.\n\n"
                "Whom you are to tell stands under Tasks when you have signed in.\n\nPeer Support\n"
            )
            subject = _("Something to do in Peer Support")
            queue_mail(to=user.email, to_user_id=user.pk, kind=MAIL_KIND, subject=subject, text=text)
