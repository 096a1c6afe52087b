"""Reaching a model that stands higher up, by the name it gave its relation, without importing it."""

from typing import Any

from django.db import models


def related_rows(model: type[models.Model], name: str) -> models.QuerySet[Any]:
    """All rows at the far end of the reverse relation `name` of `model`; FieldDoesNotExist when there is
    none.
    """
    related = model._meta.get_field(name).related_model
    return related._default_manager.all()  # type: ignore[union-attr]
