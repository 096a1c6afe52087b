"""What is said of times that are taken: a person of ours is refused, about a pupil it is asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from peersupport.lib.dates import clock, short_moment
from students.models import Student
from supporters.models import PeerSupporter
from visits import services
from visits.services import Span, TakenPupil, TakenTime

MOST_LINES = 6


def is_to_ask(request: HttpRequest) -> bool:
    """Whether nobody has been asked yet about pupils who have something else: it is asked once."""
    return "asked" not in request.POST


def booking_refused(*, supporter: PeerSupporter, by: User, span: Span) -> str:
    """Why the supporter cannot be booked then, with what stands in the way as far as `by` sees it."""
    seen = services.seen_then(user_id=supporter.user_id, by=by, span=span)
    what = ", ".join(f"{name} {clock(start)}–{clock(end)}" for name, (start, end) in seen)
    if supporter.user_id == by.pk:
        if what:
            return _("You have something else at this time: %(what)s. Choose another.") % {"what": what}
        return _("You have something else at this time. Choose another.")
    if what:
        return _("The peer supporter has something else at this time: %(what)s. Choose another.") % {
            "what": what
        }
    return _("The peer supporter has something else at this time. Choose another.")


def leaders_refused(taken: Iterable[TakenTime], by: User) -> list[str]:
    """A line for each time at which somebody who leads the group has something else."""
    taken = list(taken)
    people = User.objects.filter(pk__in={one.user_id for one in taken}).exclude(pk=by.pk)
    names = {one.pk: one.name for one in people} | {by.pk: pgettext("planned for", "you")}
    lines = [
        _line(when, [names[one.user_id] for one in together])
        for when, together in groupby(taken, key=lambda one: one.starts_at)
    ]
    return _shortened(lines) or [_("Somebody who leads the group has something else at this time.")]


def pupils_asked(taken: Iterable[TakenPupil], students: Iterable[Student]) -> list[str]:
    """A line for each time at which pupils have something else: everyday names of those in `students`, which
    the page logs as read, and of all others how many.
    """
    names: dict[int | None, str] = {one.pk: one.called_name for one in students}
    return _shortened(
        [
            _line(when, _who(list(together), names))
            for when, together in groupby(taken, key=lambda one: one.starts_at)
        ]
    )


def _who(rows: Sequence[TakenPupil], names: Mapping[int | None, str]) -> list[str]:
    who = [names[row.student_id] for row in rows if row.student_id in names]
    others = sum(row.count for row in rows if row.student_id not in names)
    if others:
        text = ngettext("%(count)s participant", "%(count)s participants", others)
        who.append(text % {"count": others})
    return who


def _line(when: datetime, names: Sequence[str]) -> str:
    return _("%(when)s: something else is planned for %(names)s.") % {
        "when": short_moment(when),
        "names": ", ".join(names),
    }


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_LINES
    if more <= 0:
        return lines
    text = ngettext("And at %(count)s time more.", "And at %(count)s times more.", more)
    return [*lines[:MOST_LINES], text % {"count": more}]
