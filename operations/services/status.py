"""How the worker is doing, in figures: for the administrator, who sees neither addresses nor texts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from operations.models import MailError

SILENT_AFTER = timedelta(minutes=2)  # it gives a sign of life every ten seconds


@dataclass(frozen=True, slots=True)
class Status:
    """What waits, since when, and what has failed in the last 30 days. Fields in the order of the columns."""

    mail_waiting: int
    mail_waiting_since: datetime | None
    mail_undeliverable: int
    server_error: str  # why the mail server takes no mail right now, as a MailError; empty: it does
    jobs_waiting: int
    jobs_waiting_since: datetime | None
    jobs_failed: int
    tidied_at: datetime | None
    worker_seen_at: datetime | None
    watched_at: datetime | None  # when somebody last looked whether an alarm is due

    @property
    def is_silent(self) -> bool:
        """No worker runs, or none gets through to the database."""
        return self.worker_seen_at is None or timezone.now() - self.worker_seen_at > SILENT_AFTER

    @property
    def is_unwatched(self) -> bool:
        """No alarm goes right now, though a worker may run."""
        return self.watched_at is None or timezone.now() - self.watched_at > SILENT_AFTER

    @property
    def server_words(self) -> str:
        return str(MailError(self.server_error).label) if self.server_error else ""


def operations_status() -> Status | None:
    """The figures; None for anyone but an administrator."""
    with connection.cursor() as cursor:
        cursor.execute("select * from operations_status()")
        row = cursor.fetchone()
    return Status(*row) if row else None
