"""Which fields of a model are history; said beside the model, decided for each field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from peersupport.lib.history.events import Event, register
from peersupport.lib.history.triggers import Deleted, Inserted, Updated

Model = TypeVar("Model", bound=type[models.Model])
# Why a model has no history; by label, "app.Model".
NOT_TRACKED: dict[str, str] = {}
# Set by Django or by the database for each row, and no change of anything.
ALWAYS_LEFT_OUT = ("id", "public_id", "created_at", "version")


@dataclass(frozen=True, slots=True)
class Tracked:
    """How the fields of one model are sorted."""

    kept: tuple[str, ...]
    noticed: tuple[str, ...]
    left_out: tuple[str, ...]


_TRACKED: dict[type[models.Model], Tracked] = {}


def track(
    *,
    kept: tuple[str, ...] = (),
    noticed: tuple[str, ...] = (),
    left_out: tuple[str, ...] = (),
    seen_with: str = "pgh_obj",
    seen_as: str = "visible_to",
    seen_by: Mapping[str, Q] | None = None,
    indexed: tuple[str, ...] = (),
) -> Callable[[Model], Model]:
    """Give a model history.

    `kept`: ids, states, dates, numbers, yes and no. `noticed`: names, numbers, addresses, words, of which
    history says only that they were changed. `left_out`: copies and what the database works out.
    `seen_by` says which roles may read the events, and which of those, of the rows at the end of `seen_with`
    that they may see; by default nobody. `seen_as` is the method that finds these. scope/policies/history.py
    says the same to the database.
    """

    def add_history(model: Model) -> Model:
        events = pghistory.create_event_model(
            model,
            Inserted(),
            Updated(condition=pgtrigger.AnyChange(*kept, *noticed)),
            Deleted(),
            fields=list(kept),
            obj_field=pghistory.ObjForeignKey(related_name="+", db_index=True),
            context_field=None,  # type: ignore[arg-type]
            model_name=f"{model.__name__}Event",
            base_model=Event,
            abstract=False,
            attrs={
                "__doc__": f"One insert, update or delete of a row of {model.__name__}.",
                "pgh_kept": kept,
                "pgh_noticed": noticed,
                "pgh_seen_with": seen_with,
                "pgh_seen_as": seen_as,
                "pgh_seen_by": dict(seen_by or {}),
            },
            meta={"indexes": [_index(model, name) for name in indexed], "verbose_name": "event"},
        )
        register(model, events)  # type: ignore[arg-type]
        _TRACKED[model] = Tracked(kept, noticed, (*left_out, *ALWAYS_LEFT_OUT))
        return model

    return add_history


def _index(model: type[models.Model], name: str) -> models.Index:
    return models.Index(fields=[name], name=f"{model.__name__.lower()}event_by_{name}")


def not_tracked(why: str) -> Callable[[Model], Model]:
    """Say why a model has no history."""

    def note(model: Model) -> Model:
        NOT_TRACKED[model._meta.label] = why
        return model

    return note


def tracking_of(model: type[models.Model]) -> Tracked:
    """How the fields of `model` are sorted. Raises KeyError when it has no history."""
    return _TRACKED[model]


def keeps_values_of(field: Any) -> bool:
    """Whether history may keep what such a field holds: nothing somebody has put in words of their own."""
    if isinstance(field, ArrayField):
        return keeps_values_of(field.base_field)
    if isinstance(field, models.CharField | models.TextField | models.JSONField | models.BinaryField):
        return bool(getattr(field, "choices", None))
    return not isinstance(field, models.FileField | models.GenericIPAddressField)
