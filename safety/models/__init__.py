"""That nobody visits alone and unseen: home visits, alarms, who is on duty, and an organisation's rules."""

from safety.models.alarms import (
    Alarm,
    AlarmAnswer,
    AlarmCall,
    AlarmKind,
    AlarmOutcome,
    AlarmStep,
    WatchBeat,
)
from safety.models.duty import DutyAway, DutyStep, DutyTurn, WorkPhone
from safety.models.rules import SafetyRules
from safety.models.visits import (
    EXTENSION,
    KEY_OUTLIVES_END,
    LONGEST,
    HomeVisit,
    VisitAct,
    VisitCompany,
    VisitEnd,
    VisitLog,
    VisitStep,
    VisitVia,
)

__all__ = [
    "EXTENSION",
    "KEY_OUTLIVES_END",
    "LONGEST",
    "Alarm",
    "AlarmAnswer",
    "AlarmCall",
    "AlarmKind",
    "AlarmOutcome",
    "AlarmStep",
    "DutyAway",
    "DutyStep",
    "DutyTurn",
    "HomeVisit",
    "SafetyRules",
    "VisitAct",
    "VisitCompany",
    "VisitEnd",
    "VisitLog",
    "VisitStep",
    "VisitVia",
    "WatchBeat",
    "WorkPhone",
]
