"""That nobody visits alone and unseen: home visits, alarms, concern, incidents, an organisation's rules."""

from safety.models.alarms import Alarm, AlarmCall, AlarmKind, AlarmOutcome, AlarmStep
from safety.models.concern import (
    CHANGES,
    WITHDRAWALS,
    ConcernCorrection,
    ConcernReceiver,
    ConcernReport,
    ConcernWay,
)
from safety.models.incidents import LONGEST_TEXT, IncidentKind, IncidentReport
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
    "CHANGES",
    "EXTENSION",
    "KEY_OUTLIVES_END",
    "LONGEST",
    "LONGEST_TEXT",
    "PHONE_PATTERN",
    "WITHDRAWALS",
    "Alarm",
    "AlarmCall",
    "AlarmKind",
    "AlarmOutcome",
    "AlarmStep",
    "ConcernCorrection",
    "ConcernReceiver",
    "ConcernReport",
    "ConcernWay",
    "HomeVisit",
    "IncidentKind",
    "IncidentReport",
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
