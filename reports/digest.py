"""The coordinator's week by mail: how much waits for a decision, never about whom."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from operations.services import in_language_of, queue_mail
from peersupport.lib.dates import monday_of, today
from peersupport.lib.school_days import holidays_around
from reports.models import Digest
from schools.models import UNOPENED
from students.models import TRIAL_AHEAD
from visits.limits import limit_text

MAIL_KIND = "digest"
# Monday at seven, Stockholm; a worker that stood still then sends it until Tuesday is over.
AT, LATEST = time(7), 1


class Figures(NamedTuple):
    """What Översikt shows one coordinator, in numbers."""

    user_id: int
    email: str
    language: str
    place: str  # the organisation, or the one school they coordinate
    waiting: int
    quiet: int
    days_without_contact: int
    counts_school_days: bool
    referrals: int
    moves: int
    invitations: int
    trials: int

    @property
    def needs_nothing(self) -> bool:
        return not any((self.waiting, self.quiet, self.referrals, self.moves, self.invitations, self.trials))


def send_digests(now: datetime) -> int:
    """Decide this week's digest of each coordinator who has none yet; returns how many were sent.

    As the worker. Each is decided in a transaction of its own, once: a second worker, or the same one after
    a kill, goes on with those that are left. None is sent where nothing needs a decision.
    """
    local = timezone.localtime(now)
    if local.weekday() > LATEST or (local.weekday() == 0 and local.time() < AT):
        return 0
    week = monday_of(local.date())
    return sum(_decide(membership, week, now) for membership in _undecided(week))


def _undecided(week: date) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select memberships_without_digest(%s)", [week])
        return [pk for (pk,) in cursor.fetchall()]


def _decide(membership: int, week: date, now: datetime) -> bool:
    """Whether one was sent. All of it, or nothing: a kill in the middle leaves it undecided."""
    try:
        with transaction.atomic():
            figures = figures_of(membership, now)
            if figures is None:
                return False
            mail = None if figures.needs_nothing else _send(figures)
            Digest.objects.bulk_create([Digest(membership_id=membership, week_on=week, mail_id=mail)])
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "digest_once_a_week":
            raise
        return False  # another worker was first, and ours is undone
    return mail is not None


def _send(figures: Figures) -> UUID:
    with in_language_of(figures):
        return queue_mail(
            to=figures.email,
            to_user_id=figures.user_id,
            kind=MAIL_KIND,
            subject=_("Your week in Peer Support"),
            text=text_of(figures),
        )


def figures_of(membership: int, now: datetime) -> Figures | None:
    """The figures of one coordinator's membership; None when it no longer holds."""
    asked: list[Any] = [membership, now, holidays_around(today()), now - UNOPENED, today() + TRIAL_AHEAD]
    with connection.cursor() as cursor:
        cursor.execute("select * from digest_figures(%s, %s, %s::date[], %s, %s)", asked)
        row = cursor.fetchone()
    return Figures(*row) if row else None


def text_of(figures: Figures) -> str:
    """The mail's text, in the language of the moment: one line each, and where to look."""
    page = f"{settings.SITE_URL}{reverse('overviews:overview')}"
    heading = _("This waits for a decision at %(place)s:") % {"place": figures.place}
    lines = "\n".join(f"- {line}" for line in _lines(figures))
    choose = f"{settings.SITE_URL}{reverse('accounts:profile')}"
    return _(
        "%(heading)s\n\n%(lines)s\n\nAll of it stands here, when you have signed in:\n\n%(page)s\n\n"
        "You get this on Mondays, when something waits. You can choose it away here:\n\n%(choose)s\n\n"
        "Peer Support\n"
    ) % {"heading": heading, "lines": lines, "page": page, "choose": choose}


def _lines(figures: Figures) -> Iterator[str]:
    """One a figure that is not nought, in the order of Översikt."""
    yield from _line(figures.referrals, ngettext_lazy("%d referral to answer", "%d referrals to answer"))
    yield from _line(
        figures.waiting,
        ngettext_lazy("%d pupil waits for a peer supporter", "%d pupils wait for a peer supporter"),
    )
    quiet = ngettext_lazy("%d pupil is long since met", "%d pupils are long since met")
    yield from (f"{line} ({limit_text(figures)})" for line in _line(figures.quiet, quiet))
    yield from _line(figures.trials, ngettext_lazy("%d trial period to check", "%d trial periods to check"))
    yield from _line(
        figures.moves,
        ngettext_lazy(
            "%d pupil is to change to a school of yours", "%d pupils are to change to schools of yours"
        ),
    )
    yield from _line(
        figures.invitations,
        ngettext_lazy(
            "%d invitation has not arrived or been opened", "%d invitations have not arrived or been opened"
        ),
    )


def _line(count: int, words: Any) -> Iterator[str]:
    if count:
        yield words % count
