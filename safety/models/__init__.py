"""That nobody visits alone and unseen: home visits, alarms, whom to ring, and an organisation's rules."""

from safety.models.alarms import Alarm, AlarmCall, AlarmKind, AlarmOutcome, AlarmStep
from safety.models.numbers import PHONE_PATTERN, NumberStep, OrganisationNumber
from safety.models.rules import SafetyRules
from safety.models.visits import (
    EXTENSION,
    KEY_OUTLIVES_END,
    LONGEST,
    HomeVisit,
    VisitAct,
    VisitCompany,
    VisitEnd,
    VisitEvent,
    VisitStep,
    VisitVia,
)

__all__ = [
    "EXTENSION",
    "KEY_OUTLIVES_END",
    "LONGEST",
    "PHONE_PATTERN",
    "Alarm",
    "AlarmCall",
    "AlarmKind",
    "AlarmOutcome",
    "AlarmStep",
    "HomeVisit",
    "NumberStep",
    "OrganisationNumber",
    "SafetyRules",
    "VisitAct",
    "VisitCompany",
    "VisitEnd",
    "VisitEvent",
    "VisitStep",
    "VisitVia",
]
