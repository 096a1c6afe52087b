"""Where an alarm needs what the visit's own pages keep."""

from accounts.models import User
from safety.services import AlarmCard


def open_alarm_address(*, alarm: AlarmCard, by: User) -> str:
    """The address of the visit, logged; "" when there is none to open."""
    return ""
