"""Reminders of each municipality's supporter; `old` is of a time long over."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from visits.models import Reminder

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_reminders(world: "World") -> None:
    now = timezone.now()
    for name, of, starts_at in (
        ("own", "peer_supporter", now + timedelta(hours=1)),
        ("away", "away", now + timedelta(hours=1)),
        ("old", "peer_supporter", now - timedelta(days=8)),
    ):
        ids = {"time_id": UUID(int=1), "mail_id": UUID(int=2)}
        membership = world["schools_membership", of]
        world.add(
            name, Reminder.objects.create(membership=membership, ahead="hour", starts_at=starts_at, **ids)
        )
