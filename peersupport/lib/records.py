"""What every editable record has in common."""

import uuid

from django.db import models
from django.utils import timezone


class Record(models.Model):
    """A row with an id for paths and a version for optimistic locking. Row numbers never leave the server."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
