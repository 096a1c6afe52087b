"""Who has support today, and who has not been met for long: figures and rows by the same query."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from peersupport.lib.dates import today
from schools.models import Role
from students.models import Assignment, AssignmentKind, CaseStatus
from visits.queries import quiet_for_more_than, with_last_contact, with_quiet_since


def supported(user: User) -> QuerySet[Assignment]:
    """The assignments that hold today of open support periods: one main for each pupil with support.

    A supporter's own: also those as stand-in.
    """
    found = Assignment.objects.visible_to(user).holding_today().exclude(case__status=CaseStatus.CLOSED)
    if user.acting.role == Role.PEER_SUPPORTER:
        return found
    return found.filter(kind=AssignmentKind.MAIN)


def quiet(user: User, days: int) -> Any:
    """Of the `supported`, those not met for more than `days` days (visits.queries); a pause is no silence."""
    awake = supported(user).exclude(case__paused_until__gte=today())
    return quiet_for_more_than(with_quiet_since(with_last_contact(awake, user=user)), days)
