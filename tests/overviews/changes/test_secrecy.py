"""What a page of changes keeps to itself, and from whom."""

import pytest

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    GuardianFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import Student
from tests.overviews.changes.lines import change_school, edit_case, lines_of, url_of

pytestmark = pytest.mark.django_db


def test_changes_of_a_protected_pupil_tell_neither_school_nor_name(client):
    hidden = StudentFactory(protection="marked", given_name="Hemlig", family_name="Namnsson")
    mine = AssignmentFactory(case__student=hidden)
    GuardianFactory(student=hidden, given_name="Mamma", family_name="Namnsson", relation="mother")
    other = SchoolFactory(organisation=mine.school.organisation)
    coordinator = CoordinatorFactory(organisation=mine.school.organisation)
    with scope(coordinator):
        change_school(hidden, coordinator, other)

    with owner():
        hidden.refresh_from_db()
        referral = mine.case.referral
    pages = [url_of("student", hidden), url_of("case", mine.case), url_of("referral", referral)]
    for user, urls in ((coordinator, pages), (mine.supporter.user, pages[:2])):
        client.force_login(user)
        for url in urls:
            page = client.get(url).content.decode()
            assert hidden.alias in page
            for secret in ("Hemlig", "Namnsson", "amma)", mine.school.name, other.name):
                assert secret not in page, url
    shown = {
        what: (before, after) for _, what, before, after in reversed(lines_of(client, coordinator, pages[0]))
    }
    assert shown["Skola"] == ("visas inte", "visas inte")


def test_student_changes_of_a_supporter_hold_the_support_and_their_own(client, mine, coordinator):
    edit_case(mine, coordinator)
    with scope(coordinator):
        services.add_guardian(
            student=mine.student, by=coordinator, fields={"given_name": "M", "relation": "mother"}
        )
        Student.objects.visible_to(coordinator).update(grade=3)
    whats = [what for _, what, _, _ in lines_of(client, mine.supporter.user, url_of("student", mine.student))]

    assert "Stödperiod: status" in whats and any(what.startswith("Uppdrag") for what in whats)
    assert not [what for what in whats if not what.startswith(("Stödperiod", "Uppdrag"))]


def test_names_that_the_reader_does_not_see_are_others(client, mine):
    other = SchoolFactory(organisation=mine.school.organisation, name="Dolda skolan")
    with owner():
        Student.objects.filter(pk=mine.student_id).update(school=other)
        Student.objects.filter(pk=mine.student_id).update(school=mine.school_id)
    reader = CoordinatorFactory(school=mine.school)
    lines = lines_of(client, reader, url_of("student", mine.student))
    assert ("Skola", "en annan skola", mine.school.name) in [line[1:] for line in lines]
    assert "Dolda skolan" not in client.get(url_of("student", mine.student)).content.decode()


def test_changes_are_logged_as_a_read_of_the_pupil(client, mine, coordinator):
    contact = ContactFactory(assignment=mine)
    with owner():
        referral = mine.case.referral
    client.force_login(coordinator)
    for page, row in (
        ("student", mine.student),
        ("case", mine.case),
        ("assignment", mine),
        ("referral", referral),
        ("contact", contact),
    ):
        client.get(url_of(page, row))
        with owner():
            read = AccessLog.objects.latest("at")
        assert (read.page, read.student_ids, read.action) == (
            f"overviews:{page}_changes",
            [mine.student_id],
            "read",
        )


def test_staff_and_outsiders_do_not_get_there(client, mine):
    staff = SchoolStaffFactory(school=mine.school)
    client.force_login(staff)
    assert client.get(url_of("student", mine.student)).status_code == 403
    client.force_login(CoordinatorFactory())
    assert client.get(url_of("student", mine.student)).status_code == 404
