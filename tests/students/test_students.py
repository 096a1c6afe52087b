"""The pupil's record, the support period, guardians."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    GuardianFactory,
    ReferralFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from students.models import Enrolment, Guardian, Identity, Student

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(school):
    return StudentFactory(school=school, given_name="Hugo", family_name="Exempelsson", grade=7)


def edit(student):
    return f"/students/{student.public_id}/edit/"


def data(student, school, **changes):
    return {
        "version": "1",
        "given_name": "Hugo",
        "family_name": "Exempelsson",
        "called": "",
        "works_well": "",
        "birth_year": "",
        "sex": "not_stated",
        "school_form": "GR",
        "grade": "7",
        "valid_from": today().isoformat(),
    } | changes


def fresh(row):
    with owner():
        return type(row).objects.get(pk=row.pk)


def enrolments(student):
    with owner():
        return list(Enrolment.objects.filter(student=student).values_list("school_id", "grade", "valid_from"))


def test_student_edit_saves_name_and_what_works(as_coordinator, student, school):
    form = data(student, school, family_name="Åkerexempel", called="Hugge", works_well="Ritar.", sex="boy")
    response = as_coordinator.post(edit(student), form)
    assertRedirects(response, f"/students/{student.public_id}/", fetch_redirect_response=False)
    with owner():
        identity = Identity.objects.get(pk=student.pk)
    assert (identity.name, identity.called) == ("Hugo Åkerexempel", "Hugge")
    assert "akerexempel" in identity.search_key
    row = fresh(student)
    assert (row.works_well, row.sex, row.version) == ("Ritar.", "boy", 2)
    assert len(enrolments(student)) == 1


def test_student_edit_writes_an_enrolment_when_the_grade_changes(as_coordinator, student, school):
    day = today() - timedelta(days=3)
    as_coordinator.post(edit(student), data(student, school, grade="8", valid_from=day.isoformat()))
    assert (school.pk, 8, day) in enrolments(student)


def test_student_edit_leaves_the_school_alone(as_coordinator, student, school):
    other = SchoolFactory(organisation=school.organisation)
    as_coordinator.post(edit(student), data(student, school) | {"school": str(other.public_id)})
    assert fresh(student).school_id == school.pk


def test_student_edit_on_the_same_day_corrects_the_enrolment(as_coordinator, student, school):
    as_coordinator.post(edit(student), data(student, school, grade="8"))
    as_coordinator.post(edit(student), data(student, school, grade="9", version="2"))
    assert [grade for _school, grade, _day in enrolments(student)] == [9, 7]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given_name": ""}, "given_name"),
        ({"birth_year": "12"}, "birth_year"),
        ({"grade": "8", "valid_from": "2015-01-01"}, "valid_from"),
        ({"valid_from": (today() + timedelta(days=9)).isoformat()}, "valid_from"),
    ],
)
def test_student_edit_says_what_is_wrong(as_coordinator, student, school, change, field):
    response = as_coordinator.post(edit(student), data(student, school, **change))
    assert field in response.context["form"].errors
    assert fresh(student).version == 1


def test_student_edit_by_the_second_writer_shows_both_and_loses_nothing(as_coordinator, student, school):
    as_coordinator.post(edit(student), data(student, school, works_well="Först.", called="Hugge"))

    response = as_coordinator.post(
        edit(student), data(student, school, works_well="Sedan.", birth_year="2013")
    )

    assert response.status_code == 409
    assertContains(response, "Först.", status_code=409)
    assertContains(response, "Sedan.", status_code=409)
    assert {field["name"] for field in response.context["fields"]} == {"works_well", "called", "birth_year"}
    assert fresh(student).works_well == "Först."

    chosen = {name: str(value) for name, value in response.context["hidden"]}
    chosen |= {"works_well": "Sedan.", "called": "Hugge", "birth_year": "2013"}
    assert as_coordinator.post(edit(student), chosen).status_code == 302
    row = fresh(student)
    assert (row.works_well, row.birth_year, row.version) == ("Sedan.", 2013, 3)
    with owner():
        assert Identity.objects.get(pk=student.pk).called == "Hugge"


def test_student_edit_of_a_protected_pupil_shows_neither_name_nor_school(as_coordinator, school):
    student = StudentFactory(
        school=school, protection="marked", given_name="Hemliga", family_name="Zebrasson"
    )
    response = as_coordinator.get(edit(student))
    assertContains(response, student.alias)
    for secret in ("Hemliga", "Zebrasson", school.name):
        assertNotContains(response, secret)
    as_coordinator.post(edit(student), data(student, school, works_well="Ritar.", given_name="Röjd"))
    assert fresh(student).works_well == "Ritar."
    with owner():
        assert Identity.objects.get(pk=student.pk).given_name == "Hemliga"


PAGES = ["edit", "whereabouts/edit", "protection", "guardians/new", "named-people/new"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_the_record_are_the_coordinators(client, coordinator, staff, student, page):
    url = f"/students/{student.public_id}/{page}/"
    supporter = AssignmentFactory(case=CaseFactory(student=student)).supporter.user
    ended = AssignmentFactory(
        case=CaseFactory(student=StudentFactory(school=student.school)), ended=True
    ).supporter.user
    ReferralFactory(school=student.school, student=student, status="accepted")
    assert client.get(url).status_code == 302
    for user, status in [
        (coordinator, 200),
        (supporter, 403),
        (staff, 403),
        (ended, 404),
        (CoordinatorFactory(), 404),
    ]:
        client.force_login(user)
        assert client.get(url).status_code == status, user
    client.force_login(coordinator)
    assert client.get(f"/students/{uuid4()}/{page}/").status_code == 404


def test_case_edit_saves_status_purposes_and_review(as_coordinator, student):
    case = CaseFactory(student=student)
    form = {"version": "1", "status": "active", "purposes": ["coping", "training"], "review_on": "2027-01-15"}
    assert as_coordinator.post(f"/cases/{case.public_id}/edit/", form).status_code == 302
    row = fresh(case)
    assert (row.status, row.purposes, str(row.review_on)) == ("active", ["coping", "training"], "2027-01-15")

    late = as_coordinator.post(f"/cases/{case.public_id}/edit/", form | {"purposes": ["wellbeing"]})
    assert late.status_code == 409
    hidden = {name: value for name, value in late.context["hidden"] if name != "purposes"}
    chosen = hidden | {"purposes": "training,coping"}
    assert as_coordinator.post(f"/cases/{case.public_id}/edit/", chosen).status_code == 302
    assert fresh(case).purposes == ["training", "coping"]


def test_case_edit_does_not_end_the_support(as_coordinator, student):
    case = CaseFactory(student=student)
    form = {"version": "1", "status": "closed", "purposes": [], "review_on": ""}
    assert as_coordinator.post(f"/cases/{case.public_id}/edit/", form).context["form"].errors["status"]


GUARDIAN = {
    "given_name": "Moa",
    "family_name": "Provdal",
    "relation": "mother",
    "phone": "070-1740606",
    "email": "moa@familj.example",
    "language": "arabiska",
    "needs_interpreter": "on",
    "how_to_reach": "Efter 16.",
}


def test_guardian_create_saves_once(as_coordinator, student):
    form = GUARDIAN | {"form_key": str(uuid4())}
    url = f"/students/{student.public_id}/guardians/new/"
    for _time in range(2):
        assert as_coordinator.post(url, form).status_code == 302
    with owner():
        guardian = Guardian.objects.get()
    assert (guardian.student_id, guardian.needs_interpreter, guardian.not_to_be_contacted) == (
        student.pk,
        True,
        False,
    )
    assert as_coordinator.post(url, form | {"phone": "1"}).status_code == 409


def test_guardian_create_of_a_protected_pupil_is_sealed_at_once(as_coordinator, school):
    student = StudentFactory(school=school, protection="marked")
    form = GUARDIAN | {"form_key": str(uuid4())}
    as_coordinator.post(f"/students/{student.public_id}/guardians/new/", form)
    with owner():
        guardian = Guardian.objects.get()
    assert guardian.is_protected
    assert as_coordinator.get(f"/guardians/{guardian.public_id}/edit/").status_code == 404


def test_guardian_edit_shows_both_to_the_second_writer(as_coordinator, student):
    guardian = GuardianFactory(student=student, relation="mother")
    url = f"/guardians/{guardian.public_id}/edit/"
    form = {name: value for name, value in GUARDIAN.items() if name != "needs_interpreter"} | {"version": "1"}
    assert as_coordinator.post(url, form | {"not_to_be_contacted": "on"}).status_code == 302
    assert fresh(guardian).not_to_be_contacted

    response = as_coordinator.post(url, form | {"phone": "070-1740607"})

    assert response.status_code == 409
    assert {field["name"] for field in response.context["fields"]} == {"phone", "not_to_be_contacted"}
    chosen = dict(response.context["hidden"]) | {"phone": "070-1740607", "not_to_be_contacted": "on"}
    assert as_coordinator.post(url, chosen).status_code == 302
    row = fresh(guardian)
    assert (row.phone, row.not_to_be_contacted, row.version) == ("070-1740607", True, 3)


def test_guardian_edit_access(client, coordinator, staff, student):
    guardian = GuardianFactory(student=student)
    supporter = AssignmentFactory(case=CaseFactory(student=student)).supporter.user
    ReferralFactory(school=student.school, student=student, status="accepted")
    url = f"/guardians/{guardian.public_id}/edit/"
    for user, status in [(coordinator, 200), (supporter, 403), (staff, 404), (CoordinatorFactory(), 404)]:
        client.force_login(user)
        assert client.get(url).status_code == status, user


def test_birth_year_is_shown_without_a_thousands_separator(as_coordinator, student):
    with owner():
        Student.objects.update(birth_year=2013)
    assertContains(as_coordinator.get(edit(student)), 'value="2013"')
