"""The list of invitations: what became of each, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from operations.models import LIFETIMES, LinkKind, MailState
from peersupport.lib.dates import day_of, days_since, relative_day, short_date
from schools.models import UNOPENED, Invitation


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of the latest mail and its link; `opened_at` None: not opened."""

    mail_state: str
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation; `needs_look` when whoever sent it should do something."""

    public_id: UUID
    name: str
    email: str
    role: str
    place: str
    state: str
    needs_look: bool
    is_open: bool


def invitation_rows(invitations: Sequence[Invitation]) -> list[InvitationRow]:
    """Rows for invitations loaded `with_people`; one query for what became of them."""
    traces = _traces([invitation.pk for invitation in invitations])
    return [_row(invitation, traces.get(invitation.pk)) for invitation in invitations]


def _traces(ids: list[int]) -> dict[int, Trace]:
    with connection.cursor() as cursor:
        cursor.execute("select * from invitation_traces(%s)", [ids])
        return {row[0]: Trace(*row[1:]) for row in cursor.fetchall()}


def _row(invitation: Invitation, trace: Trace | None) -> InvitationRow:
    state, needs_look = _state(invitation, trace)
    return InvitationRow(
        public_id=invitation.public_id,
        name=invitation.name,
        email=invitation.email,
        role=str(invitation.get_role_display()),
        place=invitation.scope_name,
        state=state,
        needs_look=needs_look,
        is_open=invitation.is_open,
    )


def _state(invitation: Invitation, trace: Trace | None) -> tuple[str, bool]:
    if invitation.accepted_at is not None:
        return _("Accepted %(day)s") % {"day": short_date(day_of(invitation.accepted_at))}, False
    if invitation.withdrawn_at is not None:
        return _("Withdrawn %(day)s") % {"day": short_date(day_of(invitation.withdrawn_at))}, False
    if trace is not None and trace.mail_state == MailState.UNDELIVERABLE:
        return _("The e-mail did not arrive. Is the address right?"), True
    if timezone.now() - invitation.sent_at > LIFETIMES[LinkKind.INVITATION]:
        return _("The link has expired"), True
    if trace is not None and trace.opened_at is not None:
        return _("Opened %(when)s, not answered") % {"when": relative_day(day_of(trace.opened_at))}, False
    return _unopened(invitation.sent_at)


def _unopened(sent_at: datetime) -> tuple[str, bool]:
    if timezone.now() - sent_at < UNOPENED:
        return _("Sent %(when)s") % {"when": relative_day(day_of(sent_at))}, False
    days = days_since(day_of(sent_at))
    text = ngettext("Not opened in %(count)s day", "Not opened in %(count)s days", days)
    return text % {"count": days}, True
