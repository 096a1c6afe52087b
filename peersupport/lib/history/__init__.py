"""What was changed, when and by whom: triggers write an event for each insert, update and delete (ADR 0016).

Beside each model stands what of it is history: `track` sorts its fields into those whose values are kept,
those of which only the change is noticed, and those left out. A model without history says why.
"""

from peersupport.lib.history.events import Event, EventQuerySet, events_of, tracked_models
from peersupport.lib.history.tracking import (
    NOT_TRACKED,
    Tracked,
    keeps_values_of,
    not_tracked,
    track,
    tracking_of,
)
from peersupport.lib.history.triggers import DefinerTrigger, DefinerTriggerSql

__all__ = [
    "NOT_TRACKED",
    "DefinerTrigger",
    "DefinerTriggerSql",
    "Event",
    "EventQuerySet",
    "Tracked",
    "events_of",
    "keeps_values_of",
    "not_tracked",
    "track",
    "tracked_models",
    "tracking_of",
]
