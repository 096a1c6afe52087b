"""What a coordinator's start page says first: who may be in danger, and where nobody would be called."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from safety.calls import OpenCall, open_calls
from safety.services.alarms import SILENT_AFTER
from safety.services.drills import quarter_begins

AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SafetyNow:
    """Open alarms, with the supporter's name in the place of initials; gaps of the coming week."""

    is_watched: bool
    has_visits: bool
    gap_count: int
    is_drill_missing: bool
    alarms: list[OpenCall]

    @property
    def is_calm(self) -> bool:
        """Nothing here needs the coordinator."""
        return not (self.alarms or self.gap_count or self.is_drill_missing or self.is_silent)

    @property
    def is_silent(self) -> bool:
        """Somebody relies on an alarm that does not run."""
        return self.has_visits and not self.is_watched


def safety_now() -> SafetyNow:
    """Of the coordinator's schools, in one query."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("select * from safety_overview(%s, %s, %s)", [now, now + AHEAD, quarter_begins()])
        watched_at, has_visits, gaps, is_drill_missing, alarms = cursor.fetchone()
    is_watched = watched_at is not None and now - watched_at <= SILENT_AFTER
    return SafetyNow(is_watched, has_visits, gaps, is_drill_missing, open_calls(alarms))
