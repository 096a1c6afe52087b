"""A change of school within one's sight: said before, and done on its day."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django.asserts import assertContains

from peersupport.demo.factories import PlacementFactory, SchoolFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from students.models import Assignment, Case, CaseStatusChange, Enrolment, Guardian, SchoolMove
from tests.students.school_moves.form import fresh, seen_by, supporter_of, typed, url_of

pytestmark = pytest.mark.django_db


pytestmark = pytest.mark.django_db


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
