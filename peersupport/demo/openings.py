"""A protected name that was opened the other day, and the mail that told the coordinators of it."""

from django.urls import reverse

from accounts.models import AccessLog
from operations.models import OutgoingMail
from peersupport.demo.calendar import morning
from peersupport.demo.owner import web
from peersupport.scope import scope
from students import services
from students.models import Assignment


def open_a_name(assignment: Assignment, site: str) -> None:
    """By the assigned supporter, through the service; the owner moves its moments back, as it says "now"."""
    user = assignment.supporter.user
    with web(), scope(user):
        page = site + reverse("students:opening_list")
        services.open_identity(student=assignment.student, reason="meeting", page=page)
    AccessLog.objects.openings().update(at=morning(1))
    OutgoingMail.objects.update(created_at=morning(1))
