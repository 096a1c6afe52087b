"""Who is on duty, an alarm that somebody has taken, and the drill of last quarter.

Written as the owner, for it lies in the past; and so that it stays as it is: an alarm of the demo's that is taken
and has no time for its next call is nobody's to call again, however long the demo runs.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from peersupport.demo import history
from peersupport.demo.calendar import morning
from peersupport.demo.cast import Cast
from peersupport.lib.dates import today
from safety.models import (
    Alarm,
    AlarmAnswer,
    AlarmCall,
    AlarmKind,
    AlarmOutcome,
    AlarmStep,
    DutyAway,
    DutyStep,
    DutyTurn,
    HomeVisit,
    WorkPhone,
)
from students.models import Assignment
from visits.models import Booking

WEEKDAYS = [1, 2, 3, 4, 5]
PHONES = ("070-174 06 31", "070-174 06 32", "070-174 06 33", "070-174 06 34")
QUARTER = 95  # days back: in the quarter before this one, so that this one's drill is missing


def tell_alarms(cast: Cast, assignment: Assignment) -> None:
    """`assignment`'s supporter has not ended a visit; the first of the cast has taken it."""
    petra, lead = cast.users["samordnare"], cast.users["ledare"]
    karim, leyla = cast.supporters[0].user, cast.supporters[1].user
    for user, phone in zip((karim, leyla, petra, lead), PHONES, strict=True):
        WorkPhone.objects.create(organisation=cast.organisation, user=user, phone=phone)
    WorkPhone.objects.get_or_create(
        organisation=cast.organisation, user=assignment.supporter.user, defaults={"phone": "070-174 06 35"}
    )
    for user, step, days, starts, ends in (
        (karim, DutyStep.COLLEAGUE, WEEKDAYS[:4], time(8), time(17)),  # nobody on Fridays
        (leyla, DutyStep.COLLEAGUE, WEEKDAYS[:3], time(12), time(18)),
        (petra, DutyStep.COORDINATOR, WEEKDAYS, time(8), time(17)),
        (lead, DutyStep.DUTY, WEEKDAYS, time(7), time(18)),
    ):
        hours = {"weekdays": days, "starts": starts, "ends": ends, "first_on": today() - timedelta(days=60)}
        DutyTurn.objects.create(organisation=cast.organisation, user=user, step=step, **hours)
    day = today() + timedelta(days=5)
    DutyAway.objects.create(organisation=cast.organisation, user=leyla, first_on=day, last_on=day)
    _overdue(assignment, karim)
    _past_drill(cast, petra, karim)


def _overdue(assignment: Assignment, taken_by: User) -> None:
    """It was to be over twelve minutes ago."""
    end = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=12)
    supporter = assignment.supporter
    begin = end - timedelta(minutes=60)
    with history.unwritten():
        booking = Booking.objects.create(
            student_id=assignment.student_id, case_id=assignment.case_id, school_id=assignment.school_id,
            supporter=supporter, kind="home_visit", starts_at=begin, ends_at=end, made_by=supporter.user,
        )  # fmt: skip
    visit = HomeVisit.objects.create(
        booking=booking, school_id=assignment.school_id, supporter=supporter, company="alone",
        organisation_id=supporter.organisation_id, checked_at=begin - timedelta(minutes=20),
        checked_by=supporter.user, left_at=begin - timedelta(minutes=10), checked_in_at=begin, expected_end_at=end,
    )  # fmt: skip
    asked, called = end + timedelta(minutes=5), end + timedelta(minutes=10)
    alarm = Alarm.objects.create(
        organisation_id=supporter.organisation_id, school_id=assignment.school_id, supporter=supporter,
        visit=visit, number=visit.number, kind=AlarmKind.OVERDUE, raised_at=asked, step=AlarmStep.COLLEAGUE,
        taken_at=called + timedelta(minutes=1), taken_by=taken_by,
    )  # fmt: skip
    AlarmCall.objects.create(alarm=alarm, step=AlarmStep.SUPPORTER, user=supporter.user, called_at=asked)
    _taken(alarm, AlarmStep.COLLEAGUE, taken_by, called)


def _past_drill(cast: Cast, petra: User, karim: User) -> None:
    """Last quarter: taken by the colleague after six minutes."""
    at = morning(QUARTER)
    supporter = cast.supporters[1]
    drill = Alarm.objects.create(
        organisation=cast.organisation, school_id=cast.schools[2].pk, supporter=supporter, number="4F7KD",
        kind=AlarmKind.DRILL, raised_at=at, raised_by=petra, step=AlarmStep.COLLEAGUE,
        taken_at=at + timedelta(minutes=6), taken_by=karim, resolved_at=at + timedelta(minutes=9),
        resolved_by=karim, outcome=AlarmOutcome.DRILL,
        remarks="Brevet kom fram direkt. Ett telefonnummer var gammalt och är nu rättat.",
    )  # fmt: skip
    AlarmCall.objects.create(alarm=drill, step=AlarmStep.SUPPORTER, user=supporter.user, called_at=at)
    _taken(drill, AlarmStep.COLLEAGUE, karim, at + timedelta(minutes=5))


def _taken(alarm: Alarm, step: AlarmStep, user: User, called_at: datetime) -> None:
    answer = {"answer": AlarmAnswer.TAKES, "answered_at": called_at + timedelta(minutes=1)}
    AlarmCall.objects.create(alarm=alarm, step=step, user=user, called_at=called_at, **answer)
