"""What every event has, and who may see which."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from pghistory.models import Event as PghistoryEvent

_EVENTS: dict[type[models.Model], type["Event"]] = {}


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> Self:
        """Events of the rows, or of the pupils, that the user may see today, whatever the event says.

        So history follows a pupil to another school, and closes with an assignment.
        """
        event: Any = self.model
        narrower: Q | None = event.pgh_seen_by.get(user.acting.role)
        if narrower is None:
            return self.none()
        rows: Any = event._meta.get_field(event.pgh_seen_with).related_model
        seen = getattr(rows._default_manager, event.pgh_seen_as)(user)
        return self.filter(narrower, **{f"{event.pgh_seen_with}__in": seen})


class Event(PghistoryEvent):
    """One insert, update or delete of a row: who, when, and of the kept fields what they held.

    Written by a trigger; nobody changes it or takes it away (append only), but for erasure. The row it is of,
    and those its values name, may be gone: no foreign key is one in the database.
    """

    pgh_id = models.UUIDField(  # type: ignore[assignment]
        primary_key=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False
    )
    # NULL: outside a scope, by a job or an operator.
    pgh_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    pgh_role = models.CharField(max_length=20)
    pgh_membership_id = models.BigIntegerField(null=True)  # NULL: as above, or without a role
    # Of an update the changed fields, with what was kept of them before; null of those only noticed.
    pgh_was = models.JSONField(default=dict)
    objects: ClassVar[Any] = EventQuerySet.as_manager()

    pgh_kept: ClassVar[tuple[str, ...]]
    pgh_noticed: ClassVar[tuple[str, ...]]
    pgh_seen_with: ClassVar[str]
    pgh_seen_as: ClassVar[str]
    pgh_seen_by: ClassVar[dict[str, Q]]

    class Meta:
        abstract = True


def register(model: type[models.Model], events: type[Event]) -> None:
    """Remember that `events` are those of `model`."""
    _EVENTS[model] = events


def events_of(model: type[models.Model]) -> Any:
    """The model whose rows are the events of `model`. Raises KeyError when it has none."""
    return _EVENTS[model]


def tracked_models() -> list[type[models.Model]]:
    """Every model with history."""
    return list(_EVENTS)
