"""Pages of home visits, of concern, incidents and numbers to ring."""

from safety.views.acts import (
    visit_check_in,
    visit_extend,
    visit_finish,
    visit_help,
    visit_leave,
    visit_not_made,
)
from safety.views.before import risk_check, visit_now
from safety.views.concern import concern, concern_form, concern_of_student, concern_offline, concern_tell
from safety.views.concern_reports import concern_report_create, concern_report_edit, concern_report_withdraw
from safety.views.incidents import incident_create, incident_detail, incident_list
from safety.views.key import visit_key, visit_over
from safety.views.numbers import number_create, number_edit, number_list, number_withdraw
from safety.views.pages import visit_address, visit_detail, visit_end_keys, visit_list

__all__ = [
    "concern",
    "concern_form",
    "concern_of_student",
    "concern_offline",
    "concern_report_create",
    "concern_report_edit",
    "concern_report_withdraw",
    "concern_tell",
    "incident_create",
    "incident_detail",
    "incident_list",
    "number_create",
    "number_edit",
    "number_list",
    "number_withdraw",
    "risk_check",
    "visit_address",
    "visit_check_in",
    "visit_detail",
    "visit_end_keys",
    "visit_extend",
    "visit_finish",
    "visit_help",
    "visit_key",
    "visit_leave",
    "visit_list",
    "visit_not_made",
    "visit_now",
    "visit_over",
]
