"""A digest of each municipality's coordinator."""

from datetime import date
from typing import TYPE_CHECKING

from reports.models import Digest

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_digests(world: "World") -> None:
    for name in ("coordinator", "away"):
        membership = world["schools_membership", name]
        world.add(name, Digest.objects.create(membership=membership, week_on=date(2026, 11, 23)))
