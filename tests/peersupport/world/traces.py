"""What people leave behind: openings, form keys, entries of Django admin."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import AccessLog, User
from operations.models import FormKey

if TYPE_CHECKING:
    from tests.peersupport.world import World


def add_traces(world: "World") -> None:
    north, south, away = (world.schools[name].pk for name in ("north", "south", "away"))
    _log(world, "coordinator", "coordinator", world.home, [north], of=("own",))
    _log(world, "peer_supporter", "peer_supporter", world.home, [north])
    _log(world, "south", "south", world.home, [south])
    _log(world, "both", "lead", world.home, [north, south])
    _log(world, "denied", "supervisor", world.home, [], action="denied")
    _log(world, "opening", "peer_supporter", world.home, [north], action="open_identity")
    _log(world, "away", "away", world.away, [away])
    # Of a supporter's page: by who sees it, twice; and one that nobody may claim.
    _log(world, "about_own", "coordinator", world.home, [], about="peer_supporter")
    _log(world, "about_colleague", "lead", world.home, [], about="colleague")
    _log(world, "about_away", "coordinator", world.home, [], about="away")
    for name in ("coordinator", "peer_supporter", "away"):
        key = FormKey.objects.create(key=uuid.uuid4(), user_id=world.users[name].pk, body_digest="x")
        world.add(name, key)
    old = {"key": uuid.uuid4(), "at": timezone.now() - timedelta(days=8), "body_digest": "x"}
    world.add("old", FormKey.objects.create(user_id=world.users["away"].pk, **old))
    for kind in ContentType.objects.all():
        world.add(f"{kind.app_label}.{kind.model}", kind)
    for name in ("admin", "away"):
        world.add(name, _admin_entry(world.users[name]))


def _log(
    world,
    name: str,
    user: str,
    organisation: Any,
    schools: list[int],
    action: str = "list",
    about: str = "",
    of: tuple[str, ...] = (),
) -> None:
    where = {"organisation_id": organisation.pk, "school_ids": schools, "role": "?", "page": "?"}
    where["student_ids"] = [world.students[one].pk for one in of]
    where["about_user_id"] = world.users[about].pk if about else None
    world.add(name, AccessLog.objects.create(user_id=world.users[user].pk, action=action, **where))


def _admin_entry(user: User) -> LogEntry:
    kind = ContentType.objects.get(app_label="accounts", model="user")
    return LogEntry.objects.create(
        user=user,
        content_type=kind,
        object_id="1",
        object_repr="1",
        action_flag=ADDITION,
        action_time=timezone.now(),
    )
