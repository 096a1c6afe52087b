"""Elever: whose pupils are listed, how they are narrowed down, and in which order."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from tests.overviews.students.rows import LIST, SEARCH, found, listed, pupil, url_of, urls

pytestmark = pytest.mark.django_db


def test_student_list_is_in_swedish_order_and_own(client, coordinator, school):
    names = [("Alva", "Zetterprov"), ("Bo", "Åhlprov"), ("Bo", "Ärlprov"), ("Bo", "Öprov")]
    students = [pupil(school, *name) for name in reversed(names)]
    foreign = StudentFactory()

    assert listed(client) == [url_of(student) for student in reversed(students)]
    assert str(foreign.public_id) not in client.get(reverse(LIST)).content.decode()


def test_student_list_of_a_supporter_holds_pupils_of_today(client, school):
    mine = AssignmentFactory(case__student__school=school)
    AssignmentFactory(case__student__school=school, supporter=mine.supporter, ended=True)
    AssignmentFactory(case__student__school=school)
    client.force_login(mine.supporter.user)

    assert listed(client) == [url_of(mine.student)]


def test_student_list_shows_status_supporter_and_last_contact(client, coordinator, school):
    mine = AssignmentFactory(case__student__school=school, case__status="active")
    ContactFactory(assignment=mine, occurred_at=timezone.now() - timedelta(days=12))
    ContactFactory(assignment=mine, outcome="no_answer")
    waiting = CaseFactory(student__school=school)

    rows = {row.url: row for row in client.get(reverse(LIST)).context["rows"]}

    with owner():
        name = mine.supporter.user.name
    assert rows[url_of(mine.student)].supporter == name
    assert rows[url_of(mine.student)].met == "för 12 dagar sedan"
    assert rows[url_of(waiting.student)].act_url == reverse("students:match", args=[waiting.public_id])


def test_student_list_shows_alias_of_protected_and_no_school_finds_them(client, coordinator, school):
    hidden = pupil(school, "Hemlig", "Namnsson", protection="marked")
    shown = pupil(school, "Alva", "Exempelsson")

    page = client.get(reverse(LIST)).content.decode()
    assert hidden.alias in page and "Hemlig" not in page and "Namnsson" not in page
    assert listed(client, school=str(school.public_id)) == [url_of(shown)]
    assert listed(client, school="protected") == [url_of(hidden)]


def ended(student):
    """A support period of the pupil that is over."""
    return CaseFactory(student=student, status="closed", closed_at=timezone.now(), closed_by=UserFactory())


def test_student_list_opens_without_those_whose_support_has_ended(client, coordinator, school):
    mine = AssignmentFactory(case__student=pupil(school, "Alva", "A"))
    waiting = CaseFactory(student=pupil(school, "Bo", "B"))
    without = pupil(school, "Ci", "C")
    over = ended(pupil(school, "Di", "D"))
    again = pupil(school, "Ed", "E")
    ended(again), CaseFactory(student=again)

    not_ended = [url_of(student) for student in (mine.student, waiting.student, without, again)]
    assert listed(client) == not_ended
    assert listed(client, school=str(school.public_id)) == not_ended
    assert len(listed(client, status="all")) == 5 and url_of(over.student) in listed(client, status="all")
    assert listed(client, status="closed") == [url_of(over.student)]
    assert found(client, "Di D") == [url_of(over.student)]


def test_student_list_filters(client, coordinator, school):
    other = SchoolFactory(organisation=school.organisation)
    seventh, eighth = pupil(school, "Alva", "A", grade=7), pupil(other, "Bo", "B", grade=8)
    upper = pupil(other, "Ci", "C", grade=1, school_form="GY")
    mine = AssignmentFactory(case__student=seventh, case__status="active")
    CaseFactory(student=eighth)
    with owner():
        supporter_id = str(mine.supporter.public_id)

    assert listed(client, school=str(other.public_id)) == [url_of(eighth), url_of(upper)]
    assert listed(client, grade="7") == [url_of(seventh)]
    assert listed(client, grade="gy1") == [url_of(upper)] and listed(client, grade="1") == []
    assert listed(client, supporter=supporter_id) == [url_of(seventh)]
    assert listed(client, status="supported") == listed(client, status="active") == [url_of(seventh)]
    assert listed(client, status="waiting") == listed(client, status="mapping") == [url_of(eighth)]
    assert listed(client, days="14") == [url_of(seventh)]
    ContactFactory(assignment=mine)
    assert listed(client, days="14") == []


@pytest.mark.parametrize(
    "query",
    [
        {"school": "x"},
        {"grade": "99"},
        {"supporter": "x"},
        {"status": "x"},
        {"days": "x"},
        {"days": "-1"},
        {"days": "9" * 40},
        {"after": "x"},
        {"after": "6b1c8e9e-0000-4000-8000-000000000000"},
    ],
)
def test_student_list_survives_any_address(client, coordinator, school, query):
    student = pupil(school, "Alva", "Exempelsson")

    assert listed(client, **query) == [url_of(student)]


def test_student_list_pages_by_key_without_gap_or_double(client, coordinator, school):
    students = [pupil(school, "Lika", "Namnsson") for _ in range(62)]
    seen, opened, url = [], [], reverse(LIST)
    while url:
        context = client.get(url).context
        seen += urls(context)
        opened.append(url)
        url = context["older_url"]

    assert len(opened) == 3 and len(seen) == 62 and set(seen) == {url_of(student) for student in students}
    assert not [url for url in (*opened, context["newer_url"]) if "Lika" in url or "Namnsson" in url]


def test_student_list_partial_for_htmx(client, coordinator, school, htmx):
    pupil(school, "Alva", "Exempelsson")

    response = client.get(reverse(LIST), headers=htmx)

    page = response.content.decode()
    assert "<html" not in page and 'id="student-list"' in page and "HX-Request" in response.headers["Vary"]


def test_student_list_is_not_for_school_staff(client):
    client.force_login(SchoolStaffFactory())
    assert client.get(reverse(LIST)).status_code == 403
    assert client.post(reverse(SEARCH), {"words": "Alva"}).status_code == 403


def test_student_list_writes_one_log_row_with_the_filters_names(client, coordinator, school):
    student = pupil(school, "Alva", "Exempelsson", grade=7)
    listed(client, grade="7", status="")

    with owner():
        row = AccessLog.objects.get()
    assert (row.action, row.filter_name, row.student_ids) == ("list", "grade", [student.pk])
