"""Which events the page of a pupil, referral, support period, assignment or contact is made of.

Events of what belongs to something are found through the row as it is today, so that what was moved to
another pupil tells its history there and nowhere else.
"""

from typing import Any

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import User
from peersupport.lib.history import events_of
from students.models import (
    Assignment,
    Case,
    Enrolment,
    Guardian,
    Identity,
    NamedPerson,
    Referral,
    Student,
    Whereabouts,
)
from visits.models import Contact, NoteRevision, Participation

# The columns of every source.
COLUMNS = ("change_id", "change_at", "subject", "act", "who", "acted_as", "was", "now", "beside")
NOTE = "note"
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
}
OF_CONTACT = {"contact": "pgh_obj__public_id", "at": "pgh_obj__occurred_at", "kind": "pgh_obj__kind"}
OF_PARTICIPATION = {**OF_CONTACT, "contact": "pgh_obj__contact__public_id"}


def of_student(student: Student, user: User) -> list[Any]:
    """Everything about a pupil but contacts as they were logged: those are in the timeline."""
    contacts = Participation.objects.visible_to(user).filter(student=student).values("contact")
    return [
        _events("student", user, pgh_obj=student),
        *(_events(subject, user, student=student) for subject in OF_STUDENT),
        *(_events(subject, user, pgh_obj__student=student) for subject in OF_ROWS_OF_STUDENT),
        _events("contact", user, OF_CONTACT, pgh_obj__in=contacts).exclude(pgh_label="insert"),
        _events("participation", user, OF_PARTICIPATION, pgh_obj__student=student).exclude(
            pgh_label="insert"
        ),
        _revisions(user, student=student),
    ]


def of_referral(referral: Referral, user: User) -> list[Any]:
    """What came of a referral, and for coordinators what else of it was changed."""
    return [_events("referral", user, pgh_obj=referral)]


def of_case(case: Case, user: User) -> list[Any]:
    """The support period, and the assignments in it."""
    return [_events("case", user, pgh_obj=case), _events("assignment", user, pgh_obj__case=case)]


def of_assignment(assignment: Assignment, user: User) -> list[Any]:
    """One supporter's assignment."""
    return [_events("assignment", user, pgh_obj=assignment)]


def of_contact(contact: Contact, user: User) -> list[Any]:
    """A contact, its pupils' parts as far as they are to be seen, and what their notes said before."""
    return [
        _events("contact", user, OF_CONTACT, pgh_obj=contact),
        _events("participation", user, OF_PARTICIPATION, pgh_obj__contact=contact),
        _revisions(user, participation__contact=contact),
    ]


def _events(subject: str, user: User, beside: dict[str, str] | None = None, **conditions: Any) -> Any:
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
    after = Coalesce(Subquery(later.order_by("at").values("text")[:1]), F("participation__note__text"))
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
            subject=Value(NOTE),
            act=Value("update"),
            who=F("by"),
            acted_as=F("by_role"),
            was=JSONObject(text=F("text"), written_together=F("written_together")),
            now=JSONObject(text=after, is_removed=F("is_removed"), student=F("student_id")),
            beside=JSONObject(**part),
        )
        .values(*COLUMNS)
    )
