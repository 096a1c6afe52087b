"""That nobody visits alone and unseen: home visits, alarms, duty, concern, incidents, rules."""

from safety.models.alarms import (
    Alarm,
    AlarmAnswer,
    AlarmCall,
    AlarmKind,
    AlarmOutcome,
    AlarmStep,
    WatchBeat,
)
from safety.models.concern import (
    CHANGES,
    WITHDRAWALS,
    ConcernCorrection,
    ConcernReceiver,
    ConcernReport,
    ConcernWay,
)
from safety.models.duty import DutyAway, DutyStep, DutyTurn, WorkPhone
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
    VisitLog,
    VisitStep,
    VisitVia,
)

__all__ = [
    "Alarm",
    "AlarmAnswer",
    "AlarmCall",
    "AlarmKind",
    "AlarmOutcome",
    "AlarmStep",
    "CHANGES",
    "ConcernCorrection",
    "ConcernReceiver",
    "ConcernReport",
    "ConcernWay",
    "DutyAway",
    "DutyStep",
    "DutyTurn",
    "EXTENSION",
    "HomeVisit",
    "IncidentKind",
    "IncidentReport",
    "KEY_OUTLIVES_END",
    "LONGEST",
    "LONGEST_TEXT",
    "NumberStep",
    "OrganisationNumber",
    "PHONE_PATTERN",
    "SafetyRules",
    "VisitAct",
    "VisitCompany",
    "VisitEnd",
    "VisitLog",
    "VisitStep",
    "VisitVia",
    "WITHDRAWALS",
    "WatchBeat",
    "WorkPhone",
]
