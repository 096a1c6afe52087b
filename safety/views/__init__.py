"""Pages of home visits."""

from safety.views.acts import (
    visit_check_in,
    visit_extend,
    visit_finish,
    visit_help,
    visit_leave,
    visit_not_made,
)
from safety.views.before import risk_check, visit_now
from safety.views.key import visit_key, visit_over
from safety.views.pages import visit_address, visit_detail, visit_end_keys, visit_list

__all__ = [
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
