"""Support is paused, goes on, ends and is opened again; each step says who, when and why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CaseFactory,
    ContactFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from students import services
from students.models import Assignment, Case, CaseStatus, CaseStatusChange
from visits.models import Booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(school):
    return AssignmentFactory(case__student=StudentFactory(school=school), case__status="active")


def url(name, case):
    return reverse(f"students:{name}", args=[case.public_id])


def fresh(row):
    with owner():
        row.refresh_from_db()
    return row


def changes():
    with owner():
        return [(one.before, one.after, one.by_id) for one in CaseStatusChange.objects.order_by("pk")]


def closing(case, **fields):
    return {"version": case.version, "end_reason": "goals_reached", "last_day": today().isoformat()} | fields


def test_case_close_ends_assignments_bookings_and_access(as_coordinator, coordinator, client, mine):
    booking = BookingFactory(assignment=mine)
    page_url = reverse("overviews:student_detail", args=[mine.student.public_id])
    supporter = mine.supporter.user
    response = as_coordinator.post(url("case_close", mine.case), closing(mine.case, learnt="Korta träffar."))

    assert response.status_code == 302
    case, assignment = fresh(mine.case), fresh(mine)
    assert (case.status, case.closed_by_id) == ("closed", coordinator.pk)
    assert assignment.ended_by_id == coordinator.pk
    assert (fresh(booking).status, booking.cancelled_because) == ("cancelled", "ended")
    assert changes() == [("active", "closed", coordinator.pk)]
    page = as_coordinator.get(page_url)
    assert "Korta träffar." in page.content.decode()
    assert url("case_reopen", case) in page.content.decode()
    client.force_login(supporter)
    assert client.get(page_url).status_code == 404


def test_case_close_from_an_earlier_day(as_coordinator, mine):
    day = today() - timedelta(days=5)
    with owner():
        Case.objects.filter(pk=mine.case_id).update(opened_at=timezone.now() - timedelta(days=60))
    as_coordinator.post(url("case_close", mine.case), closing(mine.case, last_day=day.isoformat()))

    assert timezone.localdate(fresh(mine.case).closed_at) == day
    assert fresh(mine).ends_on == day and timezone.localdate(mine.ended_at) == today()


@pytest.mark.parametrize("days", [1, -400])
def test_case_close_refuses_a_day_ahead_or_before_the_support(as_coordinator, mine, days):
    day = today() + timedelta(days=days)
    response = as_coordinator.post(
        url("case_close", mine.case), closing(mine.case, last_day=day.isoformat(), learnt="Text som är kvar")
    )

    assert response.status_code == 200 and response.context["form"].errors["last_day"]
    assert "Text som är kvar" in response.content.decode()
    assert fresh(mine.case).status == "active"


def test_case_close_refuses_a_day_before_the_last_contact(as_coordinator, mine):
    with owner():
        Case.objects.filter(pk=mine.case_id).update(opened_at=timezone.now() - timedelta(days=60))
    ContactFactory(assignment=mine, occurred_at=timezone.now() - timedelta(days=2))
    day = today() - timedelta(days=9)
    response = as_coordinator.post(url("case_close", mine.case), closing(mine.case, last_day=day.isoformat()))

    assert response.status_code == 409 and response.context["form"].errors["last_day"]
    assert fresh(mine.case).status == "active" and fresh(mine).ended_at is None


def test_case_close_of_two_at_once_one_wins(as_coordinator, coordinator, mine):
    first = closing(mine.case)
    assert as_coordinator.post(url("case_close", mine.case), first).status_code == 302
    response = as_coordinator.post(url("case_close", mine.case), closing(mine.case, end_reason="moved"))

    assert response.status_code == 302  # to the page that tells who ended it
    with owner():
        (change,) = CaseStatusChange.objects.all()
    assert change.end_reason == "goals_reached"


def test_case_close_when_someone_has_changed_the_support_keeps_what_was_typed(as_coordinator, mine):
    stale = closing(mine.case, learnt="Inget ska försvinna")
    with owner():
        Case.objects.filter(pk=mine.case_id).update(version=7)
    response = as_coordinator.post(url("case_close", mine.case), stale)

    assert response.status_code == 409 and "Inget ska försvinna" in response.content.decode()
    again = response.context["form"].data
    assert again["version"] == "7"
    assert as_coordinator.post(url("case_close", mine.case), again).status_code == 302
    assert fresh(mine.case).status == "closed"


def test_case_close_needs_words_for_something_else(as_coordinator, mine):
    response = as_coordinator.post(url("case_close", mine.case), closing(mine.case, end_reason="other"))

    assert response.context["form"].errors["reason"]


def test_case_reopen_goes_on_with_the_same_support(as_coordinator, coordinator, mine):
    as_coordinator.post(url("case_close", mine.case), closing(mine.case))
    form = {"version": fresh(mine.case).version, "reason": "Vill fortsätta.", "consent": "obtained"}
    assert as_coordinator.post(url("case_reopen", mine.case), form).status_code == 302

    case = fresh(mine.case)
    assert (case.status, case.closed_at, case.waiting_since) == ("mapping", None, today())
    assert [change[1] for change in changes()] == ["closed", "mapping"]
    assert fresh(mine).ended_at is not None  # the supporter does not come back by itself
    with owner():
        assert Case.objects.waiting().get() == case


def test_case_reopen_waits_for_consent_that_is_not_there(as_coordinator, mine):
    as_coordinator.post(url("case_close", mine.case), closing(mine.case))
    form = {"version": fresh(mine.case).version, "reason": "Vill fortsätta.", "consent": "to_obtain"}
    as_coordinator.post(url("case_reopen", mine.case), form)

    assert fresh(mine.case).status == "awaiting_consent"


def test_case_reopen_is_refused_while_another_is_open(as_coordinator, mine):
    as_coordinator.post(url("case_close", mine.case), closing(mine.case))
    CaseFactory(student=mine.student)
    form = {"version": fresh(mine.case).version, "reason": "Vill fortsätta.", "consent": "obtained"}
    response = as_coordinator.post(url("case_reopen", mine.case), form)

    assert response.status_code == 409 and response.context["form"].non_field_errors()
    assert fresh(mine.case).status == "closed"


def test_case_pause_cancels_what_is_booked_in_it_and_keeps_the_rest(as_coordinator, client, mine):
    within = BookingFactory(assignment=mine, starts_at=timezone.now() + timedelta(days=3))
    after = BookingFactory(assignment=mine, starts_at=timezone.now() + timedelta(days=30))
    until = today() + timedelta(days=10)
    form = {"version": mine.case.version, "reason": "Vill vila.", "until": until.isoformat()}
    assert as_coordinator.post(url("case_pause", mine.case), form).status_code == 302

    assert (fresh(mine.case).status, mine.case.paused_until) == ("paused", until)
    assert (fresh(within).cancelled_because, fresh(after).status) == ("paused", "planned")
    client.force_login(mine.supporter.user)
    page = client.get(reverse("overviews:my_day")).context["pupils"]
    assert len(page) == 1  # the supporter keeps the pupil


@pytest.mark.parametrize("days", [0, -1, 400])
def test_case_pause_needs_a_day_ahead(as_coordinator, mine, days):
    until = today() + timedelta(days=days)
    form = {"version": mine.case.version, "reason": "Vill vila.", "until": until.isoformat()}

    assert as_coordinator.post(url("case_pause", mine.case), form).context["form"].errors["until"]


def test_case_paused_is_not_among_those_not_met_for_long(as_coordinator, mine):
    with owner():
        Assignment.objects.filter(pk=mine.pk).update(starts_on=today() - timedelta(days=200))
    lists = reverse("overviews:student_list"), {"days": "14"}
    assert len(as_coordinator.get(*lists).context["rows"]) == 1
    overview = reverse("overviews:overview")
    assert mine.student.name in as_coordinator.get(overview).content.decode()
    form = {"version": 1, "reason": "Vila.", "until": (today() + timedelta(days=10)).isoformat()}
    as_coordinator.post(url("case_pause", mine.case), form)

    assert as_coordinator.get(*lists).context["rows"] == []
    assert mine.student.name not in as_coordinator.get(overview).content.decode()


def test_case_resume_goes_on(as_coordinator, mine):
    form = {"version": 1, "reason": "Vila.", "until": (today() + timedelta(days=10)).isoformat()}
    as_coordinator.post(url("case_pause", mine.case), form)
    as_coordinator.post(url("case_resume", mine.case), {"version": fresh(mine.case).version})

    assert (fresh(mine.case).status, mine.case.paused_until) == ("active", None)
    as_coordinator.post(url("case_resume", mine.case), {"version": "1"})  # pressed once more
    assert len(changes()) == 2


def test_case_edit_notes_a_change_of_status_and_nothing_else(as_coordinator, coordinator, mine):
    form = {"version": 1, "status": "active", "purposes": ["coping"], "review_on": ""}
    as_coordinator.post(url("case_edit", mine.case), form)
    assert changes() == []
    as_coordinator.post(url("case_edit", mine.case), form | {"version": 2, "status": "closing"})

    assert changes() == [("active", "closing", coordinator.pk)]


def test_case_edit_offers_no_status_while_paused(as_coordinator, mine):
    with owner():
        Case.objects.filter(pk=mine.case_id).update(status=CaseStatus.PAUSED)
    response = as_coordinator.get(url("case_edit", mine.case))

    assert "status" not in response.context["form"].fields


def test_end_assignment_cancels_what_the_supporter_had_planned(coordinator, mine):
    own, others = BookingFactory(assignment=mine), BookingFactory(assignment=AssignmentFactory())
    with scope(coordinator):
        services.end_assignment(assignment=mine, by=coordinator, reason="Byte.")

    assert fresh(own).cancelled_because == "ended" and fresh(others).status == "planned"


def test_end_assignment_keeps_the_bookings_of_whoever_is_also_the_stand_in(coordinator, mine):
    AssignmentFactory(case=mine.case, supporter=mine.supporter, kind="stand_in")
    booking = BookingFactory(assignment=mine)
    with scope(coordinator):
        services.end_assignment(assignment=mine, by=coordinator, reason="Byte.")

    with owner():
        assert Booking.objects.get(pk=booking.pk).status == "planned"


def test_case_edit_overtaken_by_a_pause_shows_both_texts(as_coordinator, mine):
    form = {"version": 1, "status": "closing", "purposes": ["coping"], "review_on": ""}
    with owner():
        Case.objects.filter(pk=mine.case_id).update(status="paused", version=2)
    response = as_coordinator.post(url("case_edit", mine.case), form)
    assert response.status_code == 409 and b'name="status"' not in response.content

    with owner():
        Case.objects.filter(pk=mine.case_id).update(status="active", version=3)
    del form["status"]
    response = as_coordinator.post(url("case_edit", mine.case), form | {"version": 2, "status": "active"})
    assert response.status_code == 409 and b'name="status"' in response.content
