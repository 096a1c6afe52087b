"""What the pages of home visits, concern and incidents show, in words."""

from safety.rows.concern import ConcernRow, concern_rows
from safety.rows.incidents import IncidentRow, incident_rows
from safety.rows.visits import (
    LogRow,
    TodayRow,
    how_they_go,
    log_rows,
    state_of,
    todays_bookings,
    todays_visits,
)

__all__ = [
    "ConcernRow",
    "IncidentRow",
    "LogRow",
    "TodayRow",
    "concern_rows",
    "how_they_go",
    "incident_rows",
    "log_rows",
    "state_of",
    "todays_bookings",
    "todays_visits",
]
