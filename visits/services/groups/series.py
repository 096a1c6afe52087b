"""Groups: made, changed, who leads them, who comes and who leaves."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from peersupport.lib.dates import start_of_day, today
from schools.models import Role, School
from students.models import Case, CaseStatus, Student
from students.services.errors import violated_constraint
from supporters.models import PeerSupporter, Placement
from visits.models import GroupDate, GroupLeader, GroupMember, GroupSeries
from visits.services.busy import DoubleBooked, PupilTaken, in_one_place, pupils_taken, taken_times
from visits.services.contacts import Overtaken
from visits.services.groups.dates import GroupHasEnded
from visits.services.groups.telling import tell_of_coming_changes


class AlreadyInGroup(Exception):
    """The pupil is in the group again already."""


def possible_leaders(*, by: User, school: School | None = None) -> QuerySet[PeerSupporter]:
    """The supporters placed today at the school, or at any school that `by` sees."""
    here = Placement.objects.holding_today().filter(supporter=OuterRef("pk"))
    if school is not None:
        here = here.filter(school=school)
    return PeerSupporter.objects.visible_to(by).with_people().filter(Exists(here))


def placed_at(*, by: User) -> dict[int, str]:
    """Where each supporter is placed today, by id: "Havreängsskolan, Silverlindsskolan"."""
    places: dict[int, list[str]] = {}
    found = Placement.objects.visible_to(by).holding_today().order_by("school__name")
    for supporter, name in found.values_list("supporter", "school__name"):
        places.setdefault(supporter, []).append(name)
    return {supporter: ", ".join(names) for supporter, names in places.items()}


def leader_choices(*, group: GroupSeries, by: User, present: Collection[int]) -> QuerySet[PeerSupporter]:
    """Who may lead the group from now on: those placed at its school, and those who lead it today."""
    here = Placement.objects.holding_today().filter(supporter=OuterRef("pk"), school=group.school_id)
    supporters = PeerSupporter.objects.visible_to(by).with_people()
    return supporters.filter(Q(Exists(here)) | Q(user__in=present))


@transaction.atomic
def create_group(
    *,
    by: User,
    school: School,
    name: str,
    place: str,
    leaders: Collection[int],
    again: GroupSeries | None = None,
) -> GroupSeries:
    """A new group; `leaders` are ids of users. Row security asks once more whether they support here.

    `again`: a group at the same school whose participants come along, from today on.
    """
    group = GroupSeries(school=school, name=name, place=place, made_by=by)
    group.save(force_insert=True)
    _set_leaders(group, by, leaders)
    if again is not None:
        add_members(group=group, by=by, students=_who_goes_on(again, by), starts_on=today())
    return group


def _who_goes_on(group: GroupSeries, by: User) -> list[Student]:
    """Those who were in the group on its last day and have not left it."""
    day = min(today(), group.ended_on or today())
    rows = GroupMember.objects.visible_to(by).on(day).filter(series=group).exclude(ends_on=day)
    return [one.student for one in rows.select_related("student").order_by("pk")]


@transaction.atomic
def edit_group(
    *, group: GroupSeries, by: User, version: int, name: str, place: str, leaders: Collection[int] | None
) -> None:
    """Change what it is called, where it meets and who leads it, if it goes on and is still at `version`.

    `leaders` None: as they are. Raises Overtaken, and DoubleBooked when somebody who comes to lead it has
    something else when it meets.
    """
    same = GroupSeries.objects.led_by(by).filter(pk=group.pk, version=version, ended_at__isnull=True)
    if not same.update(name=name, place=place, version=F("version") + 1):
        raise Overtaken
    if leaders is not None:
        _set_leaders(group, by, leaders)


def _set_leaders(group: GroupSeries, by: User, leaders: Collection[int]) -> None:
    leading = GroupLeader.objects.visible_to(by).leading().filter(series=group)
    present = set(leading.values_list("user_id", flat=True))
    gone = leading.exclude(user__in=leaders)
    gone.update(ended_at=timezone.now(), ended_by=by, version=F("version") + 1)
    new = [
        GroupLeader(series=group, school_id=group.school_id, user_id=pk, added_by=by)
        for pk in sorted(set(leaders) - present)
    ]
    try:
        with in_one_place():
            GroupLeader.objects.bulk_create(new, ignore_conflicts=True)
    except DoubleBooked:
        coming = GroupDate.objects.visible_to(by).filter(series=group).coming()
        times = list(coming.values_list("starts_at", "ends_at"))
        raise DoubleBooked(taken_times(users=[one.user_id for one in new], times=times)) from None


def group_size(*, group: GroupSeries, on: date) -> int | None:
    """How many take part on the day, also those whom the reader may not see.

    None for whoever neither leads the group nor coordinates its school.
    """
    with connection.cursor() as cursor:
        cursor.execute("select group_size(%s, %s)", [group.pk, on])
        found: int | None = cursor.fetchone()[0]
        return found


def pupils_to_add(*, group: GroupSeries, by: User) -> QuerySet[Student]:
    """Pupils at the group's school with an open support period who are not in it: one's own, or a
    coordinator's all.
    """
    inside = GroupMember.objects.visible_to(by).not_over().filter(series=group, student=OuterRef("pk"))
    open_case = Case.objects.visible_to(by).exclude(status=CaseStatus.CLOSED)
    here = Student.objects.visible_to(by).filter(Exists(open_case.filter(student=OuterRef("pk"))))
    return here.filter(~Exists(inside), school=group.school_id).with_names()


@transaction.atomic
def add_members(
    *, group: GroupSeries, by: User, students: Sequence[Student], starts_on: date, asks: bool = False
) -> None:
    """Let pupils take part from a day on; one who is in the group already stays as they are.

    Raises GroupHasEnded; if it `asks`, PupilTaken when one of them has something else at a coming date.
    """
    held = GroupMember.objects.visible_to(by).filter(series=group, ended_at__isnull=True)
    present = set(held.values_list("student_id", flat=True))
    new = [
        GroupMember(
            series=group, student=student, school_id=student.school_id, starts_on=starts_on, added_by=by
        )
        for student in students
        if student.pk not in present
    ]
    try:
        with transaction.atomic():
            GroupMember.objects.bulk_create(new, ignore_conflicts=True)
    except IntegrityError as error:
        if violated_constraint(error) != "groupmember_of_a_group_that_goes_on":
            raise
        raise GroupHasEnded from None
    if asks:
        _ask(group, by, [one.student_id for one in new], starts_on)


def _ask(group: GroupSeries, by: User, students: list[int], starts_on: date) -> None:
    coming = GroupDate.objects.visible_to(by).filter(series=group, starts_at__gte=start_of_day(starts_on))
    times = list(coming.coming().values_list("starts_at", "ends_at"))
    if taken := pupils_taken(students=students, times=times, but_group=group):
        raise PupilTaken(taken)


@transaction.atomic
def leave_group(*, member: GroupMember, by: User, last_day: date) -> None:
    """End one pupil's time in the group; twice is the same as once. Nobody else's row is touched."""
    held = GroupMember.objects.visible_to(by).filter(pk=member.pk, ended_at__isnull=True)
    held.update(ends_on=last_day, ended_at=timezone.now(), ended_by=by, version=F("version") + 1)
    with connection.cursor() as cursor:
        cursor.execute("select untell_participant(%s)", [member.pk])


@transaction.atomic
def return_to_group(*, member: GroupMember, by: User) -> None:
    """Undo the leaving. What has been changed meanwhile is told to that pupil too. Raises AlreadyInGroup."""
    gone = GroupMember.objects.visible_to(by).filter(pk=member.pk, ended_at__isnull=False)
    try:
        with transaction.atomic():
            back = gone.update(ends_on=None, ended_at=None, ended_by=None, version=F("version") + 1)
    except IntegrityError:
        raise AlreadyInGroup from None
    if back:
        tell_of_coming_changes(member=member, by=by)


def may_lead(*, group: GroupSeries, by: User) -> bool:
    """Whether `by` decides over the group's dates and place, and who joins."""
    if by.acting.role == Role.COORDINATOR:
        return True
    return GroupSeries.objects.led_by(by).filter(pk=group.pk).exists()
