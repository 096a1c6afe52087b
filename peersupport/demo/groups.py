"""Two groups at the first school: one with dates moved and cancelled and one who has left, and one that has
ended.
"""

from datetime import date, time, timedelta

from django.utils import timezone

from accounts.models import User
from peersupport.demo import history
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import is_school_day, morning
from peersupport.demo.owner import owner
from peersupport.lib.dates import day_of, today
from students.models import Assignment, Student
from visits import services
from visits.models import ContactOutcome, GroupDate, GroupEndReason, GroupMember, GroupSeries, Task

OSKAR, AMINA, YUSUF, HUGO, PROTECTED = range(5)
IN_IT = (OSKAR, YUSUF, HUGO, PROTECTED)
MET, NO_SHOW, NOT_TODAY = ContactOutcome.MET, ContactOutcome.NO_SHOW, ContactOutcome.STUDENT_CANCELLED
# Of the dates before today, the latest first: how it went with Oskar, Yusuf and the protected pupil.
CAME = ((MET, MET, NO_SHOW), (MET, NOT_TODAY, MET))
NAME, PLACE = "Spelgruppen", "fritidsgården"
ENDED = "Fikagruppen"
# Beside all that the story books: nobody is in two places at once.
AT, LENGTH, AT_NOON = time(16, 30), 90, time(12, 0)


def tell_groups(assignments: list[Assignment], waiting: Student, petra: User) -> None:
    """Led by Karim. One of those in it still waits for a supporter: to him a number, and Petra's to tell."""
    karim = assignments[OSKAR].supporter.user
    with history.at(morning(30)), as_user(petra):
        group = services.create_group(
            by=petra,
            school=assignments[OSKAR].student.school,
            name=NAME,
            place=PLACE,
            leaders=[karim.pk],
        )
        students = [assignments[number].student for number in IN_IT]
        first = today() - timedelta(days=29)
        services.add_members(group=group, by=petra, students=[*students, waiting], starts_on=first)
        services.add_dates(group=group, by=petra, times=_rule(first).times())
    _hugo_leaves(assignments[HUGO].student, karim)
    _who_came(group, karim, assignments)
    _what_changes(group, karim, petra)
    _one_that_ended(assignments, petra)


def _rule(first: date) -> services.Rule:
    """Every week on the same day until the summer or for ten weeks, but not in the holidays."""
    day = next(day for day in (first + timedelta(days=n) for n in range(7)) if day.weekday() == 2)
    last = day + timedelta(weeks=13)
    days = [day + timedelta(weeks=n) for n in range(14)]
    without = tuple((one, one) for one in days if not is_school_day(one))
    return services.Rule(day, last, AT, LENGTH, without=without)


def _hugo_leaves(hugo: Student, karim: User) -> None:
    with history.at(morning(20)), as_user(karim):
        member = GroupMember.objects.visible_to(karim).get(student=hugo)
        services.leave_group(member=member, by=karim, last_day=today() - timedelta(days=20))


def _who_came(group: GroupSeries, karim: User, assignments: list[Assignment]) -> None:
    pupils = [assignments[number].student for number in (OSKAR, YUSUF, PROTECTED)]
    with as_user(karim):
        earlier = GroupDate.objects.visible_to(karim).filter(series=group)
        held = [one for one in earlier.order_by("-starts_at") if day_of(one.starts_at) < today()]
        for one, outcomes in zip(held, CAME, strict=False):
            came = {pupil.public_id: how for pupil, how in zip(pupils, outcomes, strict=True)}
            services.note_attendance(group_date=one, by=karim, version=0, outcomes=came)


def _what_changes(group: GroupSeries, karim: User, petra: User) -> None:
    with as_user(karim):
        dates = GroupDate.objects.visible_to(karim).filter(series=group)
        coming = list(dates.coming().filter(starts_at__gt=timezone.now() + timedelta(hours=1)))
        if coming:
            later = coming[0].starts_at + timedelta(minutes=30)
            services.move_date(
                group_date=coming[0],
                by=karim,
                version=coming[0].version,
                starts_at=later,
                ends_at=later + timedelta(minutes=90),
                place="biblioteket",
            )
    with as_user(petra):
        for one in coming[2:3]:
            services.cancel_date(
                group_date=one, by=petra, because="school", note="Studiedag, skolan är stängd"
            )
    with owner():
        # Karim has told the first of his pupils about the move.
        told = Task.objects.filter(owner=karim, group_notice__isnull=False).order_by("pk").first()
    if told is not None:
        with as_user(karim):
            services.finish_task(task=told, by=karim)


def _one_that_ended(assignments: list[Assignment], petra: User) -> None:
    """Ended yesterday: Oskar has been told, Yusuf not yet. It met on no such day as yesterday or today."""
    karim, pupils = (
        assignments[OSKAR].supporter.user,
        [assignments[number].student for number in (OSKAR, YUSUF)],
    )
    next_time = next(day for day in (today() + timedelta(days=n) for n in (3, 4, 5)) if day.weekday() < 5)
    first = next_time - timedelta(weeks=9)
    with history.at(morning(60)), as_user(petra):
        group = services.create_group(
            by=petra, school=assignments[OSKAR].student.school, name=ENDED, place="cafét", leaders=[karim.pk]
        )
        services.add_members(group=group, by=petra, students=pupils, starts_on=first)
        rule = services.Rule(first, next_time + timedelta(weeks=3), AT_NOON, 60)
        services.add_dates(group=group, by=petra, times=rule.times())
    with as_user(karim):
        for one in GroupDate.objects.visible_to(karim).filter(series=group, ends_at__lt=timezone.now()):
            if day_of(one.starts_at) > today() - timedelta(days=50):
                came = {pupil.public_id: MET for pupil in pupils}
                services.note_attendance(group_date=one, by=karim, version=0, outcomes=came)
    with history.at(morning(1)), as_user(petra):
        last_day = today() - timedelta(days=1)
        services.end_group(group=group, by=petra, version=1, last_day=last_day, reason=GroupEndReason.DONE)
    _tell_of(karim, pupils[0])


def _tell_of(karim: User, pupil: Student) -> None:
    with owner():
        told = Task.objects.filter(owner=karim, student=pupil, done_at__isnull=True).latest("pk")
    with as_user(karim):
        services.finish_task(task=told, by=karim)
