"""Two records of one pupil, at two schools."""

from datetime import timedelta

import pytest
from django.utils import timezone

from operations.models import Link
from peersupport.demo.factories import (
    BookingFactory,
    ConcernReportFactory,
    FeedbackAnswerFactory,
    FeedbackFactory,
    GroupMemberFactory,
    GroupSeriesFactory,
    GuardianFactory,
    LocalCodeFactory,
    PersonAroundFactory,
    StudentFactory,
    TaskFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from students.models import (
    CaseStatusChange,
    Enrolment,
    NamedPerson,
    ProtectionChange,
    SchoolMove,
    Whereabouts,
)
from tests.peersupport.rights import raw
from tests.students.merging.records import plan, supported
from visits.models import Contact, GroupSeries, NextStep


@pytest.fixture
def kept(school):
    student = StudentFactory(
        school=school, given_name="Anna", family_name="Exempelsson", birth_year=2013, works_well="Ritar."
    )
    return supported(student, "Från den ena")


@pytest.fixture
def absorbed(other):
    student = StudentFactory(
        school=other, given_name="Ana", family_name="Exempelson", sex="girl", works_well="Spelar."
    )
    with owner():
        Enrolment.objects.filter(student=student).update(valid_from=today() - timedelta(days=40))
        Whereabouts.objects.create(student=student, school_id=student.school_id, phone="070-1740605")
    GuardianFactory(student=student, given_name="Maria")
    return supported(student, "Från den andra")


@pytest.fixture
def world_of_one(kept, absorbed, coordinator):
    with owner():
        where = {"student": absorbed, "school_id": absorbed.school_id}
        NamedPerson.objects.create(**where, user=coordinator, chosen_by=coordinator)
        SchoolMove.objects.create(
            **where,
            is_protected=False,
            alias=absorbed.alias,
            school_form="GR",
            valid_from=today() + timedelta(days=9),
            asked_by=coordinator,
        )
        ProtectionChange.objects.create(**where, before="marked", after="none", changed_by=coordinator)
        for student in (kept, absorbed):  # so that what can be once only is there twice
            later_rows(student, {"student": student, "school_id": student.school_id}, coordinator)
        for (table, column), rule in plan().items():
            held = raw(f"select count(*) from {table} where {column} = %s", absorbed.pk).fetchone()[0]
            assert held or rule == "stays", f"give the absorbed pupil of this test a row in {table}"
    return kept, absorbed


def later_rows(student, where, by):
    """A row in each of the tables that came after pupils, support periods and contacts."""
    assignment = student.assignments.select_related("case", "student", "supporter__user").get()
    case = {"case": assignment.case, **where}
    part = student.participations.select_related("note", "student", "contact").get()
    part.note.text = f"{part.note.text}, rättad"  # the database keeps what it said before
    part.note.save(update_fields=["text"])
    FeedbackAnswerFactory(feedback=FeedbackFactory(participation=part, made_by=by))
    BookingFactory(assignment=assignment)
    ConcernReportFactory(student=student, author=by)
    groups = GroupSeries.objects.filter(school=student.school)  # both pupils are in the same one
    series = groups.first() or GroupSeriesFactory(school=student.school, made_by=by)
    GroupMemberFactory(series=series, assignment=assignment)
    NextStep.objects.create(**case, text="Ses igen.", written_by=by)
    TaskFactory(organisation=student.school.organisation, student=student, owner=by, made_by=by)
    CaseStatusChange.objects.create(**case, before="mapping", after="active", by=by)
    PersonAroundFactory(student=student, is_first_contact=True)
    student.cases.update(local_purposes=[assignment.pk])
    own = LocalCodeFactory(organisation=student.school.organisation, national_code=part.contact.kind)
    Contact.objects.filter(pk=part.contact_id).update(local_kind=own)
    Link.objects.create(
        kind="invitation",
        token_digest=student.alias,
        student_id=student.pk,
        made_by_id=by.pk,
        expires_at=timezone.now() + timedelta(days=3),
    )
