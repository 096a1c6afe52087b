"""That nobody visits alone and unseen: home visits, alarms, who is on duty, and an organisation's rules."""

from safety.models.alarms import Alarm, AlarmCall, AlarmKind, AlarmOutcome, AlarmStep
from safety.models.rules import SafetyRules
from safety.models.visits import HomeVisit, VisitAct, VisitCompany, VisitEnd, VisitEvent, VisitVia

__all__ = [
    "Alarm",
    "AlarmCall",
    "AlarmKind",
    "AlarmOutcome",
    "AlarmStep",
    "HomeVisit",
    "SafetyRules",
    "VisitAct",
    "VisitCompany",
    "VisitEnd",
    "VisitEvent",
    "VisitVia",
]
