"""Elever: whose pupils are listed, how they are found, and what it costs."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from students.models.student import StudentQuerySet

LIST, SEARCH = "overviews:student_list", "overviews:student_search"
pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def coordinator(client, school):
    user = CoordinatorFactory(organisation=school.organisation)
    client.force_login(user)
    return user


def urls(context):
    return [row.url for row in context["rows"]]


def url_of(student):
    return reverse("overviews:student_detail", args=[student.public_id])


def listed(client, **filters):
    return urls(client.get(reverse(LIST), filters).context)


def found(client, words):
    return urls(client.post(reverse(SEARCH), {"words": words}).context)


def pupil(school, given, family, **fields):
    return StudentFactory(school=school, given_name=given, family_name=family, **fields)


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
    assert "12" in rows[url_of(mine.student)].met
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
    seen, url, pages = [], reverse(LIST), 0
    while url:
        context = client.get(url).context
        seen += urls(context)
        url, pages = context["older_url"], pages + 1

    assert pages == 3 and len(seen) == 62 and set(seen) == {url_of(student) for student in students}
    assert "Lika" not in (context["newer_url"] + reverse(LIST))


def test_student_list_partial_for_htmx(client, coordinator, school, htmx):
    pupil(school, "Alva", "Exempelsson")

    response = client.get(reverse(LIST), headers=htmx)

    page = response.content.decode()
    assert "<html" not in page and 'id="student-list"' in page and "HX-Request" in response.headers["Vary"]


def test_student_list_is_not_for_school_staff(client):
    client.force_login(SchoolStaffFactory())
    assert client.get(reverse(LIST)).status_code == 403
    assert client.post(reverse(SEARCH), {"words": "Alva"}).status_code == 403


def test_student_search_is_by_post_only(client, coordinator):
    assert client.get(reverse(SEARCH), {"words": "Alva"}).status_code == 405


@pytest.mark.parametrize(
    "words",
    [
        "Åsa",
        "asa",
        "ÅSA",
        "Sjöprov",
        "sjoprov",
        "sjöprow",
        "Åsa Sjöprov",
        "Sjöprov, Åsa",
        "Anna-Karin",
        "karin",
        "anna karin",
        "karn",
        "Sjöprv",
        "sjö",
    ],
)
def test_student_search_is_tolerant(client, coordinator, school, words):
    student = pupil(school, "Åsa Anna-Karin", "Sjöprov-Lindtest")
    pupil(school, "Hugo", "Exempelsson")

    assert found(client, words) == [url_of(student)]


def test_student_search_finds_the_everyday_name(client, coordinator, school):
    student = pupil(school, "Mohammed", "Provdal", called="Momo")

    assert found(client, "momo") == [url_of(student)]


@pytest.mark.parametrize("words", ["", "a", " ", "%", "_", "'", "--", "\x00a"])
def test_student_search_needs_two_letters(client, coordinator, school, words):
    pupil(school, "Alva", "Exempelsson")

    response = client.post(reverse(SEARCH), {"words": words})

    assert response.status_code == 200 and not urls(response.context)
    assert response.context["search_form"].errors


def test_student_search_finds_protected_by_alias_only(client, coordinator, school):
    student = pupil(school, "Hemlig", "Namnsson", protection="marked")

    assert found(client, "Hemlig") == found(client, "Namnsson") == []
    assert found(client, student.alias) == [url_of(student)]
    assert found(client, student.alias.lower()) == [url_of(student)]


def test_student_search_says_when_there_are_more_than_fifty(client, coordinator, school):
    for _ in range(51):
        pupil(school, "Alva", "Exempelsson")

    context = client.post(reverse(SEARCH), {"words": "alva"}).context

    assert len(context["rows"]) == 50 and "50" in context["result_text"]


def test_student_search_keeps_words_out_of_addresses_and_log(client, coordinator, school):
    pupil(school, "Alva", "Exempelsson")

    page = client.post(reverse(SEARCH), {"words": "exempels"}).content.decode()

    assert "=exempels" not in page and page.count('value="exempels"') == 1
    with owner():
        row = AccessLog.objects.get()
    assert row.action == "search" and row.filter_name == "name" and "exempels" not in row.reason
    assert row.count == 1


def test_student_search_and_list_hide_foreign_pupils_even_without_the_first_lock(client, coordinator, school):
    own, foreign = pupil(school, "Alva", "Exempelsson"), StudentFactory(given_name="Alva")
    hidden = StudentFactory(protection="marked")

    with mock.patch.object(StudentQuerySet, "visible_to", lambda self, user: self.all()):
        assert found(client, "alva") == listed(client) == [url_of(own)]
        assert found(client, hidden.alias) == []
        assert client.get(url_of(foreign)).status_code == 404


def test_student_search_of_a_supporter_finds_own_pupils(client, school):
    mine = AssignmentFactory(case__student=pupil(school, "Alva", "Exempelsson"))
    pupil(school, "Alva", "Provdal")
    client.force_login(mine.supporter.user)

    assert found(client, "alva") == [url_of(mine.student)]
    with mock.patch.object(StudentQuerySet, "visible_to", lambda self, user: self.all()):
        assert found(client, "alva") == listed(client) == [url_of(mine.student)]


def test_student_list_writes_one_log_row_with_the_filters_names(client, coordinator, school):
    student = pupil(school, "Alva", "Exempelsson", grade=7)
    listed(client, grade="7", status="")

    with owner():
        row = AccessLog.objects.get()
    assert (row.action, row.filter_name, row.student_ids) == ("list", "grade", [student.pk])


@pytest.fixture(params=[3, 40])
def many(request, school):
    supporter = PeerSupporterFactory(school=school)
    students = [pupil(school, "Alva", "Exempelsson") for _ in range(request.param)]
    for student in students:
        assignment = AssignmentFactory(
            case__student=student, supporter=supporter, starts_on=today() - timedelta(days=40)
        )
        ContactFactory(assignment=assignment)
    return students


def test_student_list_takes_five_queries_however_many(client, coordinator, many, assert_queries):
    with assert_queries(5):  # session with user, scope, choices, pupils, log
        response = client.get(reverse(LIST), {"status": "supported"})
    assert len(response.context["rows"]) == min(len(many), 30)
    with assert_queries(6):  # and the filters used last
        client.get(reverse(LIST))


def test_student_list_takes_six_queries_on_later_pages(client, coordinator, many, assert_queries):
    with assert_queries(6):  # and the row that the page begins after
        client.get(reverse(LIST), {"after": str(many[0].public_id)})


def test_student_search_takes_six_queries_however_many(client, coordinator, many, assert_queries):
    with assert_queries(6):  # session with user, scope, search, pupils, log, choices
        client.post(reverse(SEARCH), {"words": "alva"})


def test_student_list_of_a_supporter_takes_four_queries(client, many, assert_queries):
    with owner():
        user = many[0].assignments.select_related("supporter__user").get().supporter.user
    client.force_login(user)

    with assert_queries(5):  # session with user, scope, last filters, pupils, log
        client.get(reverse(LIST))


def test_student_list_of_thirty_weighs_at_most_25_kb(client):
    school = SchoolFactory(name="Kvarnbergshöjdens skola")
    for _ in range(11):
        SchoolFactory(organisation=school.organisation, name="Silverlindsskolan")
    supporters = [PeerSupporterFactory(school=school) for _ in range(14)]
    for number in range(31):
        student = pupil(school, "Tindra", "Exempelsson")
        ContactFactory(assignment=AssignmentFactory(case__student=student, supporter=supporters[number % 14]))
    client.force_login(CoordinatorFactory(organisation=school.organisation))

    assert len(client.get(reverse(LIST)).content) <= 25_000
