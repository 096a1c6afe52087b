"""Which events the page of a pupil, referral, support period, assignment or contact is made of, or that of
the organisation's rules and breaks.

Events of what belongs to something are found through the row as it is today, so that what was moved to
another pupil tells its history there and nowhere else.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import User
from peersupport.lib.history import events_of
from schools.models import Organisation, Role, SchoolBreak
from students.models import (
    Assignment,
    Case,
    CaseStatusChange,
    Enrolment,
    Guardian,
    Identity,
    NamedPerson,
    PersonAround,
    Referral,
    Student,
    StudentMerge,
    Whereabouts,
)
from visits.models import (
    Booking,
    BookingStatus,
    Contact,
    GroupMember,
    GroupSeries,
    NoteRevision,
    Participation,
    Task,
)

# The columns of every source.
COLUMNS = ("change_id", "change_at", "subject", "act", "who", "acted_as", "was", "now", "beside")
# What has been done, besides the insert, update or delete of an event: told by what is written once.
NOTED, REASONED, MERGED, UNMERGED = "noted", "reasoned", "merged", "unmerged"
MOVED = "moved"  # by a merge, or by its undoing, as whoever may not see merges reads it
OF_STUDENT = {
    "identity": Identity,
    "whereabouts": Whereabouts,
    "named_person": NamedPerson,
}
# Found through the row as it is today: what comes to a pupil with another record brings its history along.
OF_ROWS_OF_STUDENT = {
    "enrolment": Enrolment,
    "guardian": Guardian,
    "referral": Referral,
    "case": Case,
    "assignment": Assignment,
}
SUBJECTS: dict[str, Any] = {
    "student": Student,
    **OF_STUDENT,
    **OF_ROWS_OF_STUDENT,
    "contact": Contact,
    "participation": Participation,
    "person_around": PersonAround,
    "booking": Booking,
    "task": Task,
    "group_member": GroupMember,
    "organisation": Organisation,
    "school_break": SchoolBreak,
}
OF_CONTACT = {"contact": "pgh_obj__public_id", "at": "pgh_obj__occurred_at", "kind": "pgh_obj__kind"}
OF_PARTICIPATION = {**OF_CONTACT, "contact": "pgh_obj__contact__public_id"}
# By what the reader knows them, today.
OF_PERSON, OF_BOOKING = {"called": "pgh_obj__name"}, {"at": "pgh_obj__starts_at"}
OF_TASK = {"called": "pgh_obj__title"}


def of_student(student: Student, user: User) -> list[Any]:
    """Everything about a pupil but what the timeline shows as it was: contacts logged, times booked, tasks
    given.
    """
    is_coordinator = user.acting.role == Role.COORDINATOR
    others, merges = (_merges if is_coordinator else _moves)(student, user)
    events = [*_of_the_record(student, user), *_of_the_meetings(student, user)]
    return [
        *(_but_moves(each, others) if others else each for each in events),
        _reasons(user, student=student),
        *merges,
        _revisions(user, student=student, participation__is_withdrawn=False),
    ]


def _of_the_record(student: Student, user: User) -> list[Any]:
    return [
        _events("student", user, pgh_obj=student),
        *(_events(subject, user, student=student) for subject in OF_STUDENT),
        *(_events(subject, user, pgh_obj__student=student) for subject in OF_ROWS_OF_STUDENT),
        _events("person_around", user, OF_PERSON, pgh_obj__student=student),
        _events("group_member", user, _of_group(user), pgh_obj__student=student),
    ]


def _of_group(user: User) -> dict[str, Any]:
    """What the group is called; a join would leave out the group that the reader sees no more."""
    group = GroupSeries.objects.visible_to(user).filter(pk=OuterRef("pgh_obj__series"))
    return {"called": Coalesce(Subquery(group.values("name")[:1]), Value(""))}


def _of_the_meetings(student: Student, user: User) -> list[Any]:
    contacts = Participation.objects.with_withdrawn(user).filter(student=student).values("contact")
    of = {"pgh_obj__student": student}
    found = [
        _events("contact", user, OF_CONTACT, pgh_obj__in=contacts),
        _events("participation", user, OF_PARTICIPATION, **of),
        # Done is one by the contact logged for it.
        _events("booking", user, OF_BOOKING, **of).exclude(status=BookingStatus.DONE),
        _events("task", user, OF_TASK, **of),
    ]
    return [each.exclude(pgh_label="insert") for each in found]


def _but_moves(events: Any, others: Collection[int]) -> Any:
    """Without what merges have moved from and to `others`: a merge is told once, not row by row."""
    if "student" not in events.model.pgh_kept:
        return events
    moved = Q(pgh_was__student__in=list(others)) | Q(student__in=others)
    return events.filter(Q(pgh_was__student__isnull=True) | ~moved)


def of_referral(referral: Referral, user: User) -> list[Any]:
    """What came of a referral, and for coordinators what else of it was changed."""
    return [_events("referral", user, pgh_obj=referral)]


def of_case(case: Case, user: User) -> list[Any]:
    """The support period, and the assignments in it."""
    return [
        _events("case", user, pgh_obj=case),
        _reasons(user, case=case),
        _events("assignment", user, pgh_obj__case=case),
    ]


def of_assignment(assignment: Assignment, user: User) -> list[Any]:
    """One supporter's assignment."""
    return [_events("assignment", user, pgh_obj=assignment)]


def of_school_breaks(user: User) -> list[Any]:
    """The breaks of the school year that one's organisation has or has had."""
    return [_events("school_break", user)]


def of_rules(user: User) -> list[Any]:
    """The organisation's own settings; the page tells of a few."""
    return [_events("organisation", user)]


def of_contact(contact: Contact, user: User) -> list[Any]:
    """A contact, its pupils' parts as far as they are to be seen, and what their notes said before."""
    return [
        _events("contact", user, OF_CONTACT, pgh_obj=contact),
        _events("participation", user, OF_PARTICIPATION, pgh_obj__contact=contact),
        _revisions(user, participation__contact=contact),
    ]


def _events(subject: str, user: User, beside: dict[str, Any] | None = None, **conditions: Any) -> Any:
    events = events_of(SUBJECTS[subject])
    kept = {name: F(events._meta.get_field(name).attname) for name in events.pgh_kept}
    return (
        events.objects.visible_to(user)
        .filter(**conditions)
        .annotate(
            change_id=F("pgh_id"),
            change_at=F("pgh_created_at"),
            subject=Value(subject),
            act=F("pgh_label"),
            who=F("pgh_by"),
            acted_as=F("pgh_role"),
            was=F("pgh_was"),
            now=JSONObject(**kept),
            beside=JSONObject(**(beside or {})),
        )
        .values(*COLUMNS)
    )


def _revisions(user: User, **conditions: Any) -> Any:
    """What notes said before; after: what the next revision says, or the note."""
    later = NoteRevision.objects.visible_to(user).filter(
        participation=OuterRef("participation"), at__gt=OuterRef("at")
    )
    after = {
        name: Coalesce(Subquery(later.order_by("at").values(name)[:1]), F(f"participation__note__{name}"))
        for name in ("text", "pupils_words")
    }
    part = {
        "contact": "participation__contact__public_id",
        "at": "participation__occurred_at",
        "kind": "participation__kind",
    }
    return (
        NoteRevision.objects.visible_to(user)
        .filter(**conditions)
        .annotate(
            change_id=F("public_id"),
            change_at=F("at"),
            subject=Value("note"),
            act=Value(NOTED),
            who=F("by"),
            acted_as=F("by_role"),
            was=JSONObject(
                text=F("text"), pupils_words=F("pupils_words"), written_together=F("written_together")
            ),
            now=JSONObject(**after, is_removed=F("is_removed"), student=F("student_id")),
            beside=JSONObject(**part),
        )
        .values(*COLUMNS)
    )


def _reasons(user: User, **conditions: Any) -> Any:
    """Why a support period got the status it got. Only coordinators write that."""
    steps = CaseStatusChange.objects.visible_to(user).filter(**conditions)
    now = JSONObject(end_reason=F("end_reason"), reason=F("reason"), until=F("until"))
    return _of_a_log(steps.exclude(end_reason="", reason=""), "case", REASONED, at="at", by="by", now=now)


def _merges(student: Student, user: User) -> tuple[set[int], list[Any]]:
    """The pupils merged with this one; each merge into it, and each that was undone. Coordinators do that."""
    seen = StudentMerge.objects.visible_to(user)
    pairs = seen.filter(Q(kept=student) | Q(absorbed=student)).values_list("kept", "absorbed")
    others = {pk for pair in pairs for pk in pair} - {student.pk}
    if not others:
        return others, []
    merges = seen.filter(kept=student)
    undone = merges.filter(undone_at__isnull=False)
    told = {"now": JSONObject(alias=F("absorbed_alias")), "beside": JSONObject(merge=F("public_id"))}
    return others, [
        _of_a_log(merges, "student", MERGED, at="merged_at", by="merged_by", **told),
        _of_a_log(undone, "student", UNMERGED, at="undone_at", by="undone_by", **told),
    ]


def _moves(student: Student, user: User) -> tuple[set[int], list[Any]]:
    """The same for a supporter, who sees of a merge what it moved. Nothing else moves a support period.

    Several at once are one merge; the next one of the same two can only go the other way.
    """
    events = _events("case", user, pgh_obj__student=student).filter(pgh_was__student__isnull=False)
    moves = events.order_by("change_at", "change_id").values_list("change_id", "was", "now")
    others: set[int] = set()
    told: dict[Any, bool] = {}  # event → whether it came to this pupil
    last: dict[int, bool] = {}
    for change_id, was, now in moves:
        is_here = now["student"] == student.pk
        other = was["student"] if is_here else now["student"]
        if last.get(other) != is_here:
            told[change_id] = last[other] = is_here
        others.add(other)
    return others, [_moved(user, told, is_here=is_here) for is_here in sorted(set(told.values()))]


def _moved(user: User, told: dict[Any, bool], *, is_here: bool) -> Any:
    events = events_of(Case).objects.visible_to(user)
    events = events.filter(pgh_id__in=[pk for pk, came_here in told.items() if came_here == is_here])
    return events.annotate(
        change_id=F("pgh_id"),
        change_at=F("pgh_created_at"),
        subject=Value("student"),
        act=Value(MOVED),
        who=F("pgh_by"),
        acted_as=F("pgh_role"),
        was=JSONObject(),
        now=JSONObject(is_here=Value(is_here)),
        beside=JSONObject(),
    ).values(*COLUMNS)


def _of_a_log(
    rows: Any, subject: str, act: str, *, at: str, by: str, now: Any, beside: Any | None = None
) -> Any:
    """Rows that coordinators write once, as changes."""
    return rows.annotate(
        change_id=F("public_id"),
        change_at=F(at),
        subject=Value(subject),
        act=Value(act),
        who=F(by),
        acted_as=Value(Role.COORDINATOR.value),
        was=JSONObject(),
        now=now,
        beside=beside or JSONObject(),
    ).values(*COLUMNS)
