"""A home visit that nobody had booked."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from safety.models import HomeVisit
from safety.services.visits import start_visit
from schools.codes import ContactKind
from students.models import Assignment
from visits.services import Plan, plan_booking


@transaction.atomic
def visit_now(*, assignment: Assignment, by: User, minutes: int, place: str = "") -> HomeVisit:
    """Book a home visit from this minute on, and begin it, in one step.

    Raises what `plan_booking` raises: the supporter may have another booking soon.
    """
    starts_at = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    plan = Plan(ContactKind.HOME_VISIT, starts_at, starts_at + timedelta(minutes=minutes), place)
    return start_visit(booking=plan_booking(assignment=assignment, by=by, plan=plan), by=by)
