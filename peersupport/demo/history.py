"""The demo's history: what was changed in the story was changed when the story says, not while it was told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pgtrigger
from django.db import connection

from accounts.models import User
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import morning
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.lib.history import events_of, tracked_models
from schools.codes import Chosen
from students import services
from students.models import Assignment, Case, Guardian, Student
from visits.models import Contact, Participation
from visits.services import Correction, Occasion, Part, Pupil, edit_contact, purposes_of

if TYPE_CHECKING:
    from peersupport.demo.cast import Cast

# When a new row came about, as the row itself or another one of the story says: table, from where, which moment.
MOMENTS = (
    ("students_referral", "students_referral o where o.id = e.pgh_obj_id", "o.created_at"),
    ("students_student", "students_case o where o.student_id = e.pgh_obj_id", "o.opened_at"),
    ("students_identity", "students_case o where o.student_id = e.student_id", "o.opened_at"),
    ("students_enrolment", "students_case o where o.student_id = e.student_id", "o.opened_at"),
    ("students_guardian", "students_case o where o.student_id = e.student_id", "o.opened_at"),
    ("students_whereabouts", "students_case o where o.student_id = e.student_id", "o.opened_at"),
    ("students_namedperson", "students_case o where o.student_id = e.student_id", "o.opened_at"),
    ("students_personaround", "students_case o where o.student_id = e.student_id", "o.opened_at"),
    ("students_case", "students_case o where o.id = e.pgh_obj_id", "o.opened_at"),
    (
        "students_assignment",
        "students_assignment o where o.id = e.pgh_obj_id",
        # Like `morning`: on the Friday before a weekend.
        "(o.starts_on - greatest(extract(isodow from o.starts_on)::int - 5, 0) + time '10:45')"
        " at time zone 'Europe/Stockholm'",
    ),
    ("visits_othertime", "visits_othertime o where o.id = e.pgh_obj_id", "o.starts_at + interval '1 hour'"),
    ("visits_contact", "visits_contact o where o.id = e.pgh_obj_id", "o.occurred_at + interval '1 hour'"),
    (
        "visits_participation",
        "visits_participation o where o.id = e.pgh_obj_id",
        "o.occurred_at + interval '1 hour'",
    ),
)
DECIDED = "students_referralstatuschange o where o.referral_id = e.pgh_obj_id and o.status = e.status"


@contextmanager
def unwritten() -> Iterator[None]:
    """What the owner does inside is no change of the story's: moments moved back, a year in bulk."""
    with pgtrigger.ignore():
        yield


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What the services change inside was changed at `moment`."""
    began = now()
    yield
    tables = [(events_of(model)._meta.db_table, "pgh_created_at") for model in tracked_models()]
    with owner(), unwritten(), connection.cursor() as cursor:
        for table, column in (*tables, ("visits_noterevision", "at"), ("students_casestatuschange", "at")):
            moved = f"%s::timestamptz + ({column} - %s::timestamptz)"
            cursor.execute(
                f"update {table} set {column} = {moved} where {column} >= %s",  # noqa: S608
                [moment, began, began],
            )


def settle(began: datetime) -> None:
    """Give what was written since `began` the moments of the rows it is of, in the order it was written in."""
    with owner(), unwritten(), connection.cursor() as cursor:
        for table, source, moment in MOMENTS:
            cursor.execute(_moved(table, source, moment, "insert"), [began, began])
        cursor.execute(_moved("students_referral", DECIDED, "o.at", "update"), [began, began])
        # Moved back unwritten, when the story began before today.
        cursor.execute(
            "update students_enrolmentevent e set valid_from = o.valid_from from students_enrolment o"
            " where o.id = e.pgh_obj_id"
        )


def _moved(table: str, source: str, moment: str, label: str) -> str:
    return (
        f"update {table}event e set pgh_created_at = {moment} + (e.pgh_created_at - %s::timestamptz)"  # noqa: S608
        f" from {source} and e.pgh_label = '{label}' and e.pgh_created_at >= %s"
    )


def now() -> datetime:
    """The database's clock, which does not stand still within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def tell(cast: "Cast", assignments: list[Assignment]) -> None:
    """A few things people thought better of, so that Ändringar has something to say."""
    petra = cast.users["samordnare"]
    oskar, amina, yusuf = assignments[:3]
    with at(morning(33)):
        _edit_case(oskar.case, petra, "active", ["wellbeing", "empowerment", "coping"], 60)
    with at(morning(12)):
        _edit_case(oskar.case, petra, "active", ["wellbeing", "empowerment", "readiness"], 24)
        _edit_pupil(oskar.student, petra)
    with at(morning(5)):
        _edit_guardian(oskar.student, petra, needs_interpreter=True, language="tigrinja")
    with at(morning(20)):
        _edit_guardian(amina.student, petra, not_to_be_contacted=True)
    with at(morning(26)):
        _pause(yusuf.case, petra)
    with at(morning(13)):
        _go_on(yusuf.case, petra)
    with at(morning(13)):
        _edit_case(yusuf.case, petra, "active", ["wellbeing", "community"], 40)
    _correct_note(oskar)


def _edit_case(case: Case, by: User, status: str, purposes: list[str], review_in: int) -> None:
    with as_user(by):
        saved = Case.objects.visible_to(by).get(pk=case.pk)
        services.edit_case(
            case=saved, by=by, version=saved.version, status=status,
            purposes=[Chosen(code) for code in purposes],
            review_on=today() + timedelta(days=review_in),
        )  # fmt: skip


def _pause(case: Case, by: User) -> None:
    with as_user(by):
        saved = Case.objects.visible_to(by).get(pk=case.pk)
        services.pause_case(
            case=saved, by=by, version=saved.version, until=today() + timedelta(days=9),
            reason="Familjen är bortrest.",
        )  # fmt: skip


def _go_on(case: Case, by: User) -> None:
    with as_user(by):
        saved = Case.objects.visible_to(by).get(pk=case.pk)
        services.resume_case(case=saved, by=by, version=saved.version)


def _edit_pupil(student: Student, by: User) -> None:
    with as_user(by):
        saved = Student.objects.visible_to(by).select_related("school").get(pk=student.pk)
        place = services.Place(saved.school_form, saved.grade, today())
        works_well = f"{saved.works_well} Och musik i hörlurarna på vägen till skolan."
        services.edit_student(
            student=saved,
            by=by,
            version=saved.version,
            fields={"works_well": works_well},
            place=place,
            name=None,
        )


def _edit_guardian(student: Student, by: User, **fields: object) -> None:
    with as_user(by):
        guardian = Guardian.objects.visible_to(by).filter(student=student).order_by("pk").first()
        if guardian is not None:
            services.edit_guardian(guardian=guardian, by=by, version=guardian.version, fields=fields)


def _correct_note(assignment: Assignment) -> None:
    """The supporter mends the latest note, and how long it took, the same afternoon."""
    by = assignment.supporter.user
    noted = Participation.objects.filter(student=assignment.student_id, note__isnull=False)
    part = noted.select_related("note", "student").latest("occurred_at")
    with at(part.occurred_at + timedelta(hours=4)), as_user(by):
        contact = Contact.objects.visible_to(by).get(pk=part.contact_id)
        mended = Part(
            Pupil(part.student, part.case_id, contact.supporter_id), part.outcome, part.next_step,
            note=f"{part.note.text} Vi pratade också om veckan som kommer.",
            written_together=part.note.written_together, pupils_words=part.note.pupils_words,
            purposes=purposes_of(part, by),
        )  # fmt: skip
        edit_contact(
            contact=contact, by=by, version=contact.version,
            occasion=Occasion(
                contact.kind, contact.occurred_at, contact.minutes + 15, contact.place, contact.local_kind_id,
                Chosen(contact.mode, contact.local_mode_id) if contact.mode else None,
                tuple(map(Chosen, contact.topics)), contact.is_planned, contact.travel_minutes, contact.travel_km,
            ),
            corrections=[Correction(part, mended)],
        )  # fmt: skip
