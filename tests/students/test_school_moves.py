"""A change of school: said before, done on its day, and never into a school one does not see without a yes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    GuardianFactory,
    PlacementFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from students import services
from students.models import Assignment, Case, CaseStatusChange, Enrolment, Guardian, SchoolMove, Student
from tests.peersupport.rights import raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(school):
    return SchoolFactory(organisation=school.organisation, name="Silverlindsskolan")


@pytest.fixture
def student(school):
    case = CaseFactory(student=StudentFactory(school=school, given_name="Hugo", family_name="Xylofonsson"))
    AssignmentFactory(case=case)
    GuardianFactory(student=case.student)
    return case.student


@pytest.fixture
def here(school):
    return CoordinatorFactory(school=school)


@pytest.fixture
def there(other):
    return CoordinatorFactory(school=other)


def url_of(student):
    return reverse("students:school_change", args=[student.public_id])


def typed(to=None, days=0, **fields):
    form = {
        "form_key": str(uuid4()),
        "version": "1",
        "where": "here" if to else "outside",
        "school": str(to.public_id) if to else "",
        "left_for": "",
        "school_form": "GR",
        "grade": "8",
        "valid_from": (today() + timedelta(days=days)).isoformat(),
        "support": "goes_on",
        "confirmed": "1",
    }
    return form | fields


def fresh(row):
    with owner():
        return type(row).objects.get(pk=row.pk)


def seen_by(user):
    """The pupils of a user by both locks; they must agree."""
    with scope(user):
        first = set(Student.objects.visible_to(user).values_list("pk", flat=True))
        assert {pk for (pk,) in raw("select id from students_student").fetchall()} == first
    return first


def supporter_of(student):
    with owner():
        return student.assignments.select_related("supporter__user").get().supporter.user


def test_school_change_says_what_follows_before_anything_is_saved(
    as_coordinator, student, other, here, there
):
    data = typed(other)
    del data["confirmed"]
    lines = " ".join(as_coordinator.post(url_of(student), data).context["what_follows"])
    assert f"Ser inte eleven längre: {here.name}." in lines
    assert f"Ser eleven från och med då: {there.name}." in lines
    assert "inte placerad på den nya skolan" in lines
    with owner():
        PlacementFactory(supporter=student.assignments.get().supporter, school=other)
    lines = " ".join(as_coordinator.post(url_of(student), data).context["what_follows"])
    assert "inte placerad" not in lines
    assert fresh(student).version == 1


def test_school_change_today_moves_everything_at_once(as_coordinator, student, other, here, there):
    assert as_coordinator.post(url_of(student), typed(other)).status_code == 302
    row = fresh(student)
    assert (row.school_id, row.grade) == (other.pk, 8)
    with owner():
        assert Case.objects.get().school_id == Guardian.objects.get().school_id == other.pk
        assert set(Enrolment.objects.values_list("access_school_id", flat=True)) == {other.pk}
        latest = Enrolment.objects.first()
    assert (latest.school_id, latest.valid_from) == (other.pk, today())
    assert seen_by(here) == set() and seen_by(there) == {student.pk}
    assert seen_by(supporter_of(student)) == {student.pk}


def test_school_change_of_an_earlier_day(as_coordinator, student, other):
    as_coordinator.post(url_of(student), typed(other, days=-10))
    with owner():
        assert Enrolment.objects.first().valid_from == today() - timedelta(days=10)
    again = typed(SchoolFactory(organisation=other.organisation), days=-20, version="2")
    assert "valid_from" in as_coordinator.post(url_of(student), again).context["form"].errors


def test_school_change_ahead_takes_effect_on_the_day_without_any_job(
    as_coordinator, student, other, here, there
):
    as_coordinator.post(url_of(student), typed(other, days=3, support="ends"))
    assert (seen_by(here), seen_by(there)) == ({student.pk}, set())
    supporter = supporter_of(student)
    assert seen_by(supporter) == {student.pk}
    assertContains(as_coordinator.get(url_of(student)), "Ett skolbyte är planerat")
    with owner():  # the day comes
        SchoolMove.objects.update(valid_from=today())
    assert seen_by(supporter) == set()
    assert (seen_by(here), seen_by(there)) == (set(), {student.pk})
    with owner():
        assignment, case = Assignment.objects.get(), Case.objects.get()
    assert assignment.end_reason == "Eleven har bytt skola"
    assert (case.status, case.waiting_since) == ("mapping", today())


def test_begin_day_carries_out_what_is_due_once(as_coordinator, student, other, capsys):
    as_coordinator.post(url_of(student), typed(other, days=3))
    call_command("begin_day")
    with owner():
        SchoolMove.objects.update(valid_from=today() - timedelta(days=1))
    call_command("begin_day")
    call_command("begin_day")
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["0", "1", "0"]
    assert fresh(student).school_id == other.pk


def test_school_change_to_a_school_outside_closes_what_ends(as_coordinator, student):
    as_coordinator.post(url_of(student), typed(left_for="Fyrvaktargymnasiet", support="ends"))
    with owner():
        assert Case.objects.get().status == "closed"
        change = CaseStatusChange.objects.get()
        assert (change.before, change.after, change.end_reason) == ("mapping", "closed", "moved")
        assert Assignment.objects.holding_today().count() == 0
    assert fresh(student).left_on == today()
    page = as_coordinator.get(reverse("overviews:student_detail", args=[student.public_id]))
    assertContains(page, "ar lämnat Havreängsskolan")
    everybody = as_coordinator.get(reverse("overviews:student_list"), {"status": "all"})
    assertContains(everybody, "har lämnat Havreängsskolan")
    assert as_coordinator.get(reverse("overviews:overview")).context["figures"].waiting_count == 0


def test_school_change_back_again(as_coordinator, student, school):
    as_coordinator.post(url_of(student), typed(days=-5))
    as_coordinator.post(url_of(student), typed(school, version="2"))
    assert fresh(student).left_on is None


# --- Into a school one does not see


def asked(client, here, student, other, **fields):
    client.force_login(here)
    client.post(url_of(student), typed(other, **fields))
    with owner():
        return SchoolMove.objects.get()


def answer_url(move):
    return reverse("students:school_move_answer", args=[move.public_id])


def test_a_hand_over_waits_for_the_other_coordinator(client, here, there, student, other):
    move = asked(client, here, student, other)
    assert (seen_by(here), seen_by(there)) == ({student.pk}, set())
    client.force_login(there)
    assertContains(client.get(reverse("overviews:overview")), reverse("students:school_move_list"))
    for url in (reverse("students:school_move_list"), answer_url(move)):
        response = client.get(url)
        assertContains(response, student.alias)
        assertNotContains(response, "Xylofonsson")
    assert client.post(answer_url(move), {"decision": "accept", "answer": ""}).status_code == 302
    assert (seen_by(here), seen_by(there)) == (set(), {student.pk})
    assert client.get(reverse("overviews:overview")).context["figures"].move_count == 0


def test_a_hand_over_that_is_declined_leaves_the_pupil_and_says_why(client, here, there, student, other):
    move = asked(client, here, student, other)
    client.force_login(there)
    assert "answer" in client.post(answer_url(move), {"decision": "decline"}).context["form"].errors
    client.post(answer_url(move), {"decision": "decline", "answer": "Vi har ingen plats före jul."})
    assert seen_by(here) == {student.pk}
    client.force_login(here)
    assertContains(client.get(url_of(student)), "Vi har ingen plats före jul.")
    assert client.post(url_of(student), typed(other)).status_code == 302  # and may be asked again


def test_a_hand_over_accepted_ahead_happens_on_its_day(client, here, there, student, other):
    move = asked(client, here, student, other, days=4)
    client.force_login(there)
    client.post(answer_url(move), {"decision": "accept", "answer": ""})
    assert seen_by(there) == set()
    with owner():
        SchoolMove.objects.update(valid_from=today())
    assert seen_by(there) == {student.pk}


def test_a_hand_over_never_happens_unanswered(client, here, there, student, other):
    asked(client, here, student, other)
    with owner():
        SchoolMove.objects.update(valid_from=today() - timedelta(days=30))
    services.begin_day()
    assert (seen_by(here), seen_by(there)) == ({student.pk}, set())


def test_a_change_of_school_is_called_off(client, here, there, student, other):
    move = asked(client, here, student, other)
    cancel = reverse("students:school_move_cancel", args=[move.public_id])
    client.force_login(there)
    assert client.post(cancel).status_code == 403
    client.force_login(here)
    assert client.get(cancel).status_code == 200
    for _ in range(2):
        assert client.post(cancel).status_code == 302
    client.force_login(there)
    assertContains(client.post(answer_url(move), {"decision": "accept"}, follow=True), "under tiden")
    assert seen_by(there) == set()


def test_school_moves_asked_by_raw_sql_are_refused_to_others(client, here, there, student, other, school):
    plan = "select plan_school_move(%s, 1, %s, '', 'GR', 7, app_today(), false, '')"
    foreign = SchoolFactory()
    for by, target, answer in [
        (CoordinatorFactory(), other, "gone"),
        (there, other, "gone"),
        (supporter_of(student), other, "gone"),
        (SchoolStaffFactory(school=school), other, "gone"),
        (here, foreign, "foreign"),
        (here, school, "foreign"),
        (here, other, "asked"),
        (here, other, "pending"),
    ]:
        with scope(by):
            assert raw(plan, student.pk, target.pk).fetchone()[0] == answer
    with owner():
        move = SchoolMove.objects.get()
    for by in (here, CoordinatorFactory(), supporter_of(student)):
        with scope(by):
            assert raw("select answer_school_move(%s, true, '')", move.pk).fetchone()[0] == "gone"
    for by in (there, CoordinatorFactory(), supporter_of(student)):
        with scope(by):
            assert raw("select cancel_school_move(%s)", move.pk).fetchone()[0] == "gone"
    assert fresh(student).school_id == school.pk


# --- Forms


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"where": "here", "school": ""}, "school"),
        ({"school": str(uuid4()), "where": "here"}, "school"),
        ({"valid_from": "x"}, "valid_from"),
        ({"support": ""}, "support"),
        ({"grade": "44"}, "grade"),
    ],
)
def test_school_change_says_what_is_wrong(as_coordinator, student, fields, error):
    response = as_coordinator.post(url_of(student), typed() | fields)
    assert error in response.context["form"].errors
    assert fresh(student).version == 1


def test_school_change_sent_twice_is_once(client, here, student, other):
    client.force_login(here)
    data = typed(other)
    first, second = client.post(url_of(student), data), client.post(url_of(student), data)
    assert first["Location"] == second["Location"]
    with owner():
        assert SchoolMove.objects.count() == 1


def test_school_change_that_takes_the_pupil_out_of_sight_can_be_sent_twice(client, other, student, school):
    """The answer of the first is the answer of the second: the pupil's page is gone by then."""
    client.force_login(CoordinatorFactory(organisation=school.organisation))
    data = typed(other)
    assert [client.post(url_of(student), data).status_code for _ in range(2)] == [302, 302]


def test_school_change_after_another_save_says_so(as_coordinator, student, other):
    with owner():
        Student.objects.filter(pk=student.pk).update(version=3)
    response = as_coordinator.post(url_of(student), typed(other), follow=True)
    assertContains(response, "har ändrats under tiden")


def test_school_change_of_a_protected_pupil_only_while_the_name_is_open(
    as_coordinator, coordinator, school, other
):
    sealed = StudentFactory(school=school, protection="marked")
    response = as_coordinator.post(url_of(sealed), typed(other))
    assert response.status_code == 200 and response.context["form"] is None
    assertNotContains(response, other.name)
    with scope(coordinator):
        services.name_person(student=sealed, person=coordinator, by=coordinator)
    as_coordinator.post(
        reverse("students:identity_open", args=[sealed.public_id]), {"reason": "meeting", "words": ""}
    )
    assert as_coordinator.post(url_of(sealed), typed(other)).status_code == 302
    assert fresh(sealed).school_id == other.pk


def test_school_change_access(client, here, there, student):
    for user, status in [
        (here, 200),
        (there, 404),
        (supporter_of(student), 403),
        (CoordinatorFactory(), 404),
    ]:
        client.force_login(user)
        assert client.get(url_of(student)).status_code == status


@pytest.mark.parametrize("count", [1, 6])
def test_school_move_list_takes_four_queries_however_many(
    as_coordinator, school, other, count, assert_queries
):
    for _ in range(count):
        as_coordinator.post(url_of(StudentFactory(school=school)), typed(other, days=5))
    with assert_queries(4):  # session with user, scope, moves, log
        as_coordinator.get(reverse("students:school_move_list"))
