"""Reaching a model that stands higher up, by the name it gave its relation, without importing it."""

from typing import Any

from django.db import models


def related_rows(model: type[models.Model], name: str) -> Any:
    """All rows at the far end of the reverse relation `name` of `model`, as that model's own queryset.

    Raises FieldDoesNotExist when there is no such relation.
    """
    related: Any = model._meta.get_field(name).related_model
    return related._default_manager.all()
