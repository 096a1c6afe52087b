"""Links: named after who made them; `others_…` are the coordinator's, but nobody may make such a one."""

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from operations.models import Link, LinkKind, LinkOpening

TOKEN = "the-token-of-the-coordinators-link"


def add_links(world: Any) -> None:
    """One of each maker, and what the coordinator's may be for: a pupil of theirs, or of another municipality."""
    users, students = world.users, world.students
    for name in ("coordinator", "peer_supporter", "away"):
        _link(world, name, name, token=TOKEN if name == "coordinator" else name)
    _link(world, "student", "coordinator", student_id=students["own"].pk, user_id=users["coordinator"].pk)
    _link(world, "others_student", "coordinator", student_id=students["away"].pk)
    _link(world, "others_rights", "coordinator", user_id=users["lead"].pk)
    for name in ("coordinator", "away"):
        world.add(name, LinkOpening.objects.create(link=world["operations_link", name]))


def _link(world: Any, name: str, by: str, token: str = "", **fields: Any) -> None:
    digest = hashlib.sha256((token or name).encode()).hexdigest()
    when = {"expires_at": timezone.now() + timedelta(days=1)}
    made = {"kind": LinkKind.INVITATION, "token_digest": digest, "made_by_id": world.users[by].pk}
    world.add(name, Link.objects.create(**made, **when, **fields))
