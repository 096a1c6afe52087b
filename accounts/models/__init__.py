"""Who signs in, from which device, and what they have read."""

from accounts.models.access_log import AccessLog, AccessLogAction
from accounts.models.list_filters import ListFilter
from accounts.models.sessions import Session
from accounts.models.users import SEARCHED, User

__all__ = ["SEARCHED", "AccessLog", "AccessLogAction", "ListFilter", "Session", "User"]
