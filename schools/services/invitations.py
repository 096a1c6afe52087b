"""Roles offered by e-mail: sent, sent again, withdrawn (TRUST T26)."""

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from operations.models import LinkKind
from operations.services import in_language_of, make_link, queue_mail, withdraw_links
from peersupport.lib.dates import today
from schools.models import Invitation, Membership, Organisation, School
from schools.services.errors import (
    AlreadyHeld,
    AlreadyInvited,
    ChangedMeanwhile,
    InvitationOver,
    NotTheirsToGrant,
    OwnMembership,
    WrongDays,
)
from schools.services.memberships import may_grant

AddressOf = Callable[[str], str]  # token → the whole address, with host


@transaction.atomic
def invite(
    *,
    email: str,
    given_name: str,
    family_name: str,
    role: str,
    organisation: Organisation,
    school: School | None,
    valid_to: date | None,
    by: User,
    address_of: AddressOf,
) -> Invitation:
    """Offer a role by e-mail; it begins when it is accepted. Raises as `refuse_invitation`."""
    email = email.strip().lower()
    refuse_invitation(
        email=email, role=role, organisation=organisation, school=school, valid_to=valid_to, by=by
    )
    invitation = Invitation(
        organisation=organisation,
        school=school,
        email=email,
        given_name=given_name,
        family_name=family_name,
        role=role,
        valid_to=valid_to,
        invited_by=by,
        invited_as=by.acting.role,
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:  # another coordinator was a moment earlier
        raise AlreadyInvited from error
    _send(invitation, by=by, address_of=address_of)
    return invitation


def refuse_invitation(
    *,
    email: str,
    role: str,
    organisation: Organisation,
    school: School | None,
    valid_to: date | None,
    by: User,
) -> None:
    """Raises the MembershipRefused or InvitationRefused that `invite` would; for forms."""
    if email == by.email:
        raise OwnMembership
    if not may_grant(role=role, organisation_id=organisation.pk, school=school, by=by):
        raise NotTheirsToGrant
    if valid_to is not None and valid_to < today():
        raise WrongDays
    place = {"role": role, "organisation": organisation, "school": school}
    if Membership.objects.visible_to(by).not_over().filter(user__email=email, **place).exists():
        raise AlreadyHeld
    if Invitation.objects.visible_to(by).open().filter(email=email, **place).exists():
        raise AlreadyInvited


def _send(invitation: Invitation, *, by: User, address_of: AddressOf) -> None:
    token = make_link(kind=LinkKind.INVITATION, object_id=invitation.public_id, by=by)
    account = User.objects.get_queryset().filter(email=invitation.email).first()
    with in_language_of(account):
        invitation.mail_id = queue_mail(
            kind="invitation",
            to=invitation.email,
            to_user_id=account.pk if account else None,
            subject=_("Invitation to Peer Support"),
            text=_mail_text(invitation, by=by, address=address_of(token)),
        )
    invitation.sent_at = timezone.now()
    _update(invitation, by=by, columns=("mail_id", "sent_at"))


def _mail_text(invitation: Invitation, *, by: User, address: str) -> str:
    words = {
        "name": invitation.given_name,
        "inviter": by.name,
        "role": invitation.get_role_display(),
        "place": invitation.scope_name,
        "address": address,
    }
    return (
        _(
            "Hello %(name)s,\n\n"
            "%(inviter)s invites you to Peer Support as %(role)s, %(place)s.\n\n"
            "Open the link to accept:\n%(address)s\n\n"
            "The link works for 14 days and is only for you. If you do not know what this is about, "
            "you need not do anything."
        )
        % words
    )


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, address_of: AddressOf) -> None:
    """A new link to the same address; the earlier one stops working.

    Raises InvitationOver, NotTheirsToGrant, ChangedMeanwhile.
    """
    _refuse_change(invitation, by=by)
    _withdraw_links(invitation, by=by)
    _send(invitation, by=by, address_of=address_of)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Take the offer back; its link stops working at once. Raises as `send_again`."""
    _refuse_change(invitation, by=by)
    _withdraw_links(invitation, by=by)
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by
    _update(invitation, by=by, columns=("withdrawn_at", "withdrawn_by"))


def _withdraw_links(invitation: Invitation, *, by: User) -> None:
    """One's own; a colleague's earlier link opens no more: it is not the latest (`linked_invitation`)."""
    withdraw_links(kind=LinkKind.INVITATION, object_id=invitation.public_id, by=by)


def _refuse_change(invitation: Invitation, *, by: User) -> None:
    if not invitation.is_open:
        raise InvitationOver
    place = {"organisation_id": invitation.organisation_id, "school": invitation.school}
    if not may_grant(role=invitation.role, by=by, **place):  # type: ignore[arg-type]
        raise NotTheirsToGrant


def _update(invitation: Invitation, *, by: User, columns: tuple[str, ...]) -> None:
    """Only these columns: the web role may change no other of an invitation."""
    same = Invitation.objects.visible_to(by).open().filter(pk=invitation.pk, version=invitation.version)
    values = {name: getattr(invitation, name) for name in columns}
    if not same.update(**values, version=F("version") + 1):
        raise ChangedMeanwhile
    invitation.version += 1
