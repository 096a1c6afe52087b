"""What is done so that nobody visits alone and unseen."""

from safety.services.addresses import NOWHERE, VisitAddress, address_opens, open_address, open_alarm_address
from safety.services.alarms import close_alarms_of, raise_alarm
from safety.services.company import Colleague, DutyPhone, colleagues, duty_phones
from safety.services.concern import Marker, ask_for_aftercare, correct_report, note_report, withdraw_report
from safety.services.incidents import Happening, answer_incident, report_incident
from safety.services.keys import end_keys, give_key, has_key, open_key
from safety.services.now import visit_now
from safety.services.numbers import NumberWords, add_number, edit_number, keeps_numbers, withdraw_number
from safety.services.telling import next_working_day, tell_coordinator
from safety.services.visits import (
    LoneVisitRefused,
    NoHomeVisit,
    NotCheckedIn,
    NotRiskChecked,
    PlaceMissing,
    RiskCheck,
    VisitOver,
    VisitTooLong,
    ask_for_help,
    check_in,
    check_risk,
    extend,
    finish,
    leave,
    not_made,
    start_visit,
)

__all__ = [
    "NOWHERE",
    "Colleague",
    "DutyPhone",
    "Happening",
    "LoneVisitRefused",
    "Marker",
    "NoHomeVisit",
    "NotCheckedIn",
    "NotRiskChecked",
    "NumberWords",
    "PlaceMissing",
    "RiskCheck",
    "VisitAddress",
    "VisitOver",
    "VisitTooLong",
    "add_number",
    "address_opens",
    "answer_incident",
    "ask_for_aftercare",
    "ask_for_help",
    "check_in",
    "check_risk",
    "close_alarms_of",
    "colleagues",
    "correct_report",
    "duty_phones",
    "edit_number",
    "end_keys",
    "extend",
    "finish",
    "give_key",
    "has_key",
    "keeps_numbers",
    "leave",
    "next_working_day",
    "not_made",
    "note_report",
    "open_address",
    "open_alarm_address",
    "open_key",
    "raise_alarm",
    "report_incident",
    "start_visit",
    "tell_coordinator",
    "visit_now",
    "withdraw_number",
    "withdraw_report",
]
