"""What three people have filtered a list by."""

from typing import Any

from accounts.models import ListFilter


def add_list_filters(world: Any) -> None:
    for name in ("coordinator", "peer_supporter", "away"):
        membership = world["schools_membership", name]
        row = {"membership_id": membership.pk, "list_name": "any", "query": "grade=7"}
        world.add(name, ListFilter.objects.create(user=world.users[name], **row))
