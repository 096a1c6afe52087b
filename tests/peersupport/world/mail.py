"""Mail: named after who caused it; `reset` was asked for by someone not signed in, `sent` by the coordinator."""

from typing import Any

from django.utils import timezone

from operations.models import MailState, OutgoingMail


def add_mail(world: Any) -> None:
    """Two that wait, one that nobody caused, one that is sent, one of the other municipality."""
    for name in ("coordinator", "peer_supporter", "away"):
        world.add(name, _mail(made_by_id=world.users[name].pk))
    world.add("reset", _mail())
    sent = {"state": MailState.SENT, "sent_at": timezone.now(), "tries": 1}
    sent["to_user_id"] = world.users["peer_supporter"].pk
    world.add("sent", _mail(made_by_id=world.users["coordinator"].pk, **sent))


def _mail(**fields: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(kind="test", sealed_to="x", language="sv", subject="x", **fields)
