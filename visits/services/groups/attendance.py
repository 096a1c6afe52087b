"""Who came: one contact of kind group for each who writes it down, with a part for each pupil of theirs.

A leader writes about the pupils they have an assignment to, and about no other; the pupil's own supporter or
a coordinator writes about the rest. So the hours are each writer's own, and a pupil's page shows that pupil's
part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from peersupport.lib.dates import day_of
from schools.codes import ContactKind
from students.models import Student
from visits.models import Contact, GroupContact, GroupDate, GroupMember, Participation
from visits.services.bookings import NoLongerPlanned
from visits.services.contacts import Occasion, Overtaken, Part, log_contact, note_outcomes, pupils_to_log


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one who writes sees of a date: their pupils, and what they have written."""

    members: list[GroupMember]  # with names, in the order of everyday names
    contact: Contact | None
    parts: dict[int, Participation]  # by student id
    noted_by_others: set[int]  # student ids

    @property
    def students(self) -> list[Student]:
        return [member.student for member in self.members]

    def to_note(self) -> list[GroupMember]:
        """Those about whom nobody else has written."""
        return [one for one in self.members if one.student_id not in self.noted_by_others]


def members_on(*, group_date: GroupDate, by: User) -> list[GroupMember]:
    """Those in the group that day whom `by` sees, with names; a pupil once."""
    rows = (
        GroupMember.objects.visible_to(by)
        .on(day_of(group_date.starts_at))
        .filter(series=group_date.series_id)
    )
    loaded = rows.select_related("student__identity", "student__school").order_by("pk")
    once = {row.student_id: row for row in loaded}
    return sorted(once.values(), key=lambda row: row.student.called_name)


def attendance_of(*, group_date: GroupDate, by: User) -> Attendance:
    """Whom `by` may write about, and what is written."""
    contact = own_contact(group_date=group_date, by=by)
    parts = {}
    if contact is not None:
        written = Participation.objects.visible_to(by).filter(contact=contact)
        parts = {part.student_id: part for part in written}
    members = members_on(group_date=group_date, by=by)
    return Attendance(members, contact, parts, _noted_by_others(group_date))


def own_contact(*, group_date: GroupDate, by: User) -> Contact | None:
    """The standing contact in which `by` has written who came, in the role acted in."""
    written = GroupContact.objects.visible_to(by).filter(date=group_date, author=by)
    return Contact.objects.visible_to(by).filter(pk__in=written.values("contact"), author=by).first()


def _noted_by_others(group_date: GroupDate) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("select noted_by_others(%s)", [group_date.pk])
        return {pk for (pk,) in cursor.fetchall()}


@transaction.atomic
def note_attendance(*, group_date: GroupDate, by: User, version: int, outcomes: Mapping[UUID, str]) -> None:
    """Write who came: `outcomes` by the pupil's public id. Whom it leaves out has no part, or keeps theirs.

    `version` is that of one's own contact, 0 before there is one. Raises NoLongerPlanned, Overtaken (also
    when a colleague has written about one of the pupils meanwhile), InTheFuture, TooLongAgo.
    """
    row = _held(group_date, by)
    now = attendance_of(group_date=row, by=by)
    open_ones = {one.student.public_id for one in now.to_note()}
    if (now.contact.version if now.contact else 0) != version or not outcomes.keys() <= open_ones:
        raise Overtaken
    parts = [
        Part(pupil, outcomes[pupil.student.public_id]) for pupil in pupils_to_log(by=by, among=set(outcomes))
    ]
    if now.contact is None:
        _log(row, by, parts)
    else:
        again = {part.pupil.student.pk: part.outcome for part in parts}
        note_outcomes(
            contact=now.contact,
            by=by,
            version=version,
            outcomes={part.pk: again[pk] for pk, part in now.parts.items() if pk in again},
            added=[part for part in parts if part.pupil.student.pk not in now.parts],
        )


LOCK = "select pg_advisory_xact_lock(hashtext('visits_groupdate'), (%s %% 2147483647)::int)"


def _held(group_date: GroupDate, by: User) -> GroupDate:
    """Those who write at once take turns; a supporter who does not lead the group could not lock the row."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [group_date.pk])
    dates = GroupDate.objects.visible_to(by).planned().select_related("series")
    row = dates.filter(pk=group_date.pk).first()
    if row is None:
        raise NoLongerPlanned
    return row


def _log(row: GroupDate, by: User, parts: list[Part]) -> None:
    if parts:
        place = row.place or row.series.place
        contact = log_contact(
            by=by, occasion=Occasion(ContactKind.GROUP, row.starts_at, row.minutes, place), parts=parts
        )
        GroupContact.objects.create(contact=contact, date=row, school_id=row.school_id, author=by)
