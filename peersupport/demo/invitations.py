"""Invitations of the demo: one that nobody has opened for long, and two that have just left."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from peersupport.demo.acting import as_user
from peersupport.demo.cast import Cast
from schools import services
from schools.models import Invitation, Role

# (given name, family name, role, school by its number in the cast or None, days ago)
INVITED = (
    ("Moa", "Låtsman", Role.SCHOOL_STAFF, 1, 9),
    ("Hugo", "Modellqvist", Role.PEER_SUPPORTER, None, 2),
    ("Elin", "Övningsby", Role.SCHOOL_STAFF, 0, 0),
)


def invite(cast: Cast, site: str) -> None:
    """The coordinator invites, through the service; the owner then moves the moments back.

    `site` is where the demo is served, for the links in the mails.
    """
    petra = cast.users["samordnare"]
    for given_name, family_name, role, school, days in INVITED:
        with as_user(petra):
            invitation = services.invite(
                email=f"{given_name}.{len(family_name)}@lindsjo.example".lower(),
                given_name=given_name,
                family_name=family_name,
                role=role,
                organisation=cast.organisation,
                school=None if school is None else cast.schools[school],
                valid_to=None,
                by=petra,
                address_of=lambda token: site + reverse("schools:invitation_open", args=[token]),
            )
        _backdate(invitation, days)


def _backdate(invitation: Any, days: int) -> None:
    moment = timezone.now() - timedelta(days=days)
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=moment, created_at=moment)
