"""Who has support today."""

from django.db.models import QuerySet

from accounts.models import User
from schools.models import Role
from students.models import Assignment, AssignmentKind, CaseStatus


def supported(user: User) -> QuerySet[Assignment]:
    """The assignments that hold today of open support periods: one main for each pupil with support.

    A supporter's own: also those as stand-in.
    """
    found = Assignment.objects.visible_to(user).holding_today().exclude(case__status=CaseStatus.CLOSED)
    if user.acting.role == Role.PEER_SUPPORTER:
        return found
    return found.filter(kind=AssignmentKind.MAIN)
