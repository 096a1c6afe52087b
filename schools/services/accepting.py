"""Accepting a role that was offered by e-mail, with its link open (TRUST T26)."""

from dataclasses import dataclass
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from schools.models import ROLES_WITH_SECOND_FACTOR, Role
from schools.services.errors import InvitationOver


@dataclass(frozen=True, slots=True)
class Offer:
    """What the open link offers, to whom, by whom; `has_account`: somebody signs in by the address."""

    email: str
    given_name: str
    family_name: str
    role: str
    place: str
    inviter: str
    has_account: bool

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)


class Acceptance(StrEnum):
    """What became of it; `accept_invitation` in the database answers with these words."""

    ACCEPTED = "accepted"
    WAITS = "waits"  # for a coordinator's or lead's confirmation
    HELD = "held"  # the person had the role already


def opened_offer() -> Offer:
    """The offer behind the invitation's link that is open in this transaction. Raises InvitationOver."""
    with connection.cursor() as cursor:
        cursor.execute("select * from opened_invitation()")
        row = cursor.fetchone()
    if row is None:
        raise InvitationOver
    return Offer(*row)


@transaction.atomic
def make_account(*, offer: Offer, given_name: str, family_name: str, password: str) -> User:
    """An account for the invited address, which the link has proven.

    Raises InvitationOver when it has one.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                offer.email, password, given_name=given_name, family_name=family_name
            )
    except IntegrityError as error:
        raise InvitationOver from error
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def accept_invitation(*, offer: Offer, user: User) -> Acceptance:
    """Begin the role, in the transaction in which the invitation's link is open.

    The database asks again whether who sent it may still give the role, and whether `user` has the address.
    Raises InvitationOver.
    """
    with connection.cursor() as cursor:
        cursor.execute("select accept_invitation(%s)", [user.pk])
        (answer,) = cursor.fetchone()
    if answer is None:
        raise InvitationOver
    if Role(offer.role) in ROLES_WITH_SECOND_FACTOR and not user.needs_second_factor:
        user.needs_second_factor = True
        user.save(update_fields=["needs_second_factor"])
    return Acceptance(answer)
