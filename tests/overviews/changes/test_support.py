"""Ändringar tells of the people around a pupil, why support rests or ends, and of two records made one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    CoordinatorFactory,
    GuardianFactory,
    PersonAroundFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import short_date, today
from peersupport.lib.history import events_of
from peersupport.scope import scope
from students import services
from students.models import CaseEndReason, PersonAround, Student
from tests.overviews.changes.lines import lines_of, url_of

pytestmark = pytest.mark.django_db


# --- The people around a pupil


def test_changes_of_a_person_around_say_who_and_keep_no_words(client, mine, coordinator):
    person = PersonAroundFactory(student=mine.student, kind="own", name="Mormor Maj", phone="070-1740605")
    me = mine.supporter.user
    with scope(me):
        services.edit_person(person=person, by=me, version=1, fields={"phone": "070-1740606"})
    with scope(coordinator):
        services.mark_first_contact(person=person, by=coordinator)
        services.end_person(person=person, by=coordinator, last_day=today())

    for reader in (coordinator, me):
        lines = lines_of(client, reader, url_of("student", mine.student))
        what = "Runt eleven (Mormor Maj)"
        assert (me.name, f"{what}: telefon", "sparas inte", "ändrat") in lines
        assert (f"{what}: till och med", "–", short_date(today())) in [line[1:] for line in lines]
        assert (f"{what}: första kontakt", "Nej", "Ja") in [line[1:] for line in lines]
    page = client.get(url_of("student", mine.student)).content.decode()
    assert "070-17" not in page


def test_changes_of_people_around_a_protected_pupil_are_sealed(client):
    hidden = StudentFactory(protection="marked")
    mine = AssignmentFactory(case__student=hidden)
    coordinator = CoordinatorFactory(organisation=mine.school.organisation)
    PersonAroundFactory(student=hidden, kind="own", name="Mormor Maj")
    with owner():
        PersonAround.objects.update(phone="070-1740606")
    for reader in (coordinator, mine.supporter.user):
        lines = lines_of(client, reader, url_of("student", hidden))
        assert lines and not [line for line in lines if line[1].startswith("Runt eleven")]
        with scope(reader):
            assert set(events_of(PersonAround).objects.visible_to(reader)) == set()


# --- Why support rests or ends


def test_a_pause_and_an_end_say_why(client, mine, coordinator):
    until = today() + timedelta(days=14)
    with scope(coordinator):
        services.pause_case(case=mine.case, by=coordinator, version=1, until=until, reason="Familjen reser.")
        services.close_case(
            case=mine.case,
            by=coordinator,
            version=2,
            last_day=today(),
            end_reason=CaseEndReason.GOALS_REACHED,
            reason="Alla är nöjda.",
            learnt="Det här lär vi oss.",
        )
    expected = {
        ("Status", "lär känna varandra", "vilande"),
        ("Vilar till och med", "–", short_date(until)),
        ("Anledning", "–", "Familjen reser."),
        ("Status", "vilande", "avslutat"),
        ("Vilar till och med", short_date(until), "–"),
        ("Varför det avslutas", "–", "målen är nådda, eller tillbaka i skolan"),
        ("Sista dag", "–", short_date(today())),
        ("Anledning", "–", "Alla är nöjda."),
    }
    lines = lines_of(client, coordinator, url_of("case", mine.case))
    assert expected <= {line[1:] for line in lines}
    assert {line[0] for line in lines if line[1:] in expected} == {coordinator.name}
    lines = lines_of(client, coordinator, url_of("student", mine.student))
    assert ("Stödperiod: anledning", "–", "Familjen reser.") in [line[1:] for line in lines]
    acts = client.get(url_of("case", mine.case)).context["acts"]
    assert {act.role for act in acts if act.who == coordinator.name} == {"samordnare"}


# --- Two records made one


@pytest.fixture
def twin(mine):
    """Another record of the same pupil, with support and all."""
    twin = AssignmentFactory(case__student__school=mine.school).student
    GuardianFactory(student=twin)
    with owner():
        ContactFactory(assignment=twin.assignments.get(), note="Från den andra.")
    return twin


@pytest.fixture
def merged(mine, twin, coordinator):
    return put_together(mine, twin, coordinator)


def put_together(mine, twin, coordinator, **choices):
    with scope(coordinator):
        students = Student.objects.visible_to(coordinator)
        pair = services.Pair(students.get(pk=mine.student_id), students.get(pk=twin.pk))
        versions = (pair.kept.version, pair.absorbed.version)
        return services.merge_students(pair=pair, by=coordinator, versions=versions, choices=choices)


def test_a_merge_is_told_once_with_whoever_did_it(client, mine, twin, merged, coordinator):
    lines = lines_of(client, coordinator, url_of("student", mine.student))

    told = (coordinator.name, "Två blev en", "–", f"Elev {twin.alias} gick upp i den här")
    assert lines.count(told) == 1
    assert not [line for line in lines if line[1].endswith("elev")], "not row by row"
    page = client.get(url_of("student", mine.student)).content.decode()
    assert reverse("students:merge_detail", args=[merged.public_id]) in page
    assert ("Stödperiod: status", "lär känna varandra", "avslutat") in [line[1:] for line in lines]
    assert client.get(url_of("student", twin)).status_code == 404
    lines = lines_of(client, mine.supporter.user, url_of("student", mine.student))
    assert not [line for line in lines if line[1].startswith("Två blev en")], "a coordinator's work"


def test_a_supporter_reads_one_line_of_a_merge_and_one_of_its_undoing(client, mine, twin, coordinator):
    """They see no merge and no record that went in: only that what is theirs came from another pupil."""
    with owner():
        assignment = twin.assignments.get()
        reader = assignment.supporter.user
        ContactFactory(assignment=assignment)
    CaseFactory(student=twin, status="closed", closed_at=timezone.now(), closed_by=coordinator)
    merge = put_together(mine, twin, coordinator, case="absorbed")

    lines = [line[1:] for line in lines_of(client, reader, url_of("student", mine.student))]
    here = ("Flyttat, med allt som hör till", "en annan elev", "den här eleven")
    assert lines.count(here) == 1 and not [line for line in lines if line[0].endswith(": elev")]
    with scope(coordinator):
        services.unmerge_students(merge=merge)
    lines = [line[1:] for line in lines_of(client, reader, url_of("student", twin))]
    assert lines.count(here) == 1 and lines.count((here[0], here[2], here[1])) == 1
    assert not [line for line in lines if line[0].endswith(": elev")]


def test_an_undone_merge_is_told_to_both(client, mine, twin, merged, coordinator):
    with scope(coordinator):
        services.unmerge_students(merge=merged)

    lines = lines_of(client, coordinator, url_of("student", mine.student))
    told = (coordinator.name, "Sammanslagningen ångrad", "–", f"Elev {twin.alias} är en egen elev igen")
    assert lines.count(told) == 1
    lines = [line[1:] for line in lines_of(client, coordinator, url_of("student", twin))]
    assert ("Hopslagen med", "–", "Alva Exempelsson") in lines
    assert ("Hopslagen med", "Alva Exempelsson", "–") in lines
    assert not [line for line in lines if line[0].endswith("elev")]
