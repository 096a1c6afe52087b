"""Everything that has happened with a pupil, and what each reader may know of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    ContactFactory,
    CoordinatorFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from students.models import Case, CaseStatusChange, ProtectionChange
from visits.models import NextStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    assignment = AssignmentFactory()
    with owner():
        Case.objects.filter(pk=assignment.case_id).update(opened_at=timezone.now() - timedelta(days=70))
    return assignment


@pytest.fixture
def coordinator(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


@pytest.fixture
def everything(mine, coordinator):
    """One of each, an hour apart."""
    now = timezone.now()
    of_case = {"student": mine.student, "school_id": mine.school_id}
    with owner():
        before = AssignmentFactory(case=mine.case, kind="stand_in", starts_on=mine.starts_on)
        before.ended_at, before.ended_by = now - timedelta(hours=7), coordinator
        before.save(update_fields=["ended_at", "ended_by"])
        ProtectionChange.objects.create(
            before="marked",
            after="none",
            changed_by=coordinator,
            changed_at=now - timedelta(hours=6),
            **of_case,
        )
        CaseStatusChange.objects.create(
            case=mine.case,
            before="mapping",
            after="active",
            by=coordinator,
            at=now - timedelta(hours=5),
            **of_case,
        )
        NextStep.objects.create(
            case=mine.case,
            text="Ses igen",
            written_by=coordinator,
            written_at=now - timedelta(hours=4),
            done_at=now - timedelta(hours=3),
            done_by=coordinator,
            **of_case,
        )
    ContactFactory(assignment=mine, kind="phone", occurred_at=now - timedelta(hours=2))
    BookingFactory(
        assignment=mine,
        status="cancelled",
        cancelled_at=now - timedelta(hours=1),
        cancelled_by=coordinator,
        cancelled_because="guardian",
    )
    BookingFactory(assignment=mine, starts_at=now - timedelta(minutes=90))
    BookingFactory(assignment=mine)  # to come: not here
    BookingFactory(assignment=mine, starts_at=now - timedelta(days=9), status="done")  # stands as its contact
    return mine


def entries_of(client, user, student, **query):
    client.force_login(user)
    response = client.get(reverse("overviews:student_detail", args=[student.public_id]), query)
    assert response.status_code == 200
    return response.context["entries"]


def test_timeline_tells_everything_the_latest_first(client, coordinator, everything):
    entries = entries_of(client, coordinator, everything.student)

    assert [entry.look for entry in entries] == [
        "is-tried",  # cancelled
        "is-tried is-open",  # booked, not noted
        "",  # contact
        "is-milestone",  # step taken
        "",  # step
        "is-milestone",  # status
        "is-milestone",  # protection
        "is-milestone",  # the stand-in has left
        *["is-milestone"] * 2,  # both had begun
        "is-milestone",  # the support began
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"what": "contacts"}, 1),
        ({"what": "bookings"}, 2),
        ({"what": "steps"}, 2),
        ({"what": "support"}, 2),
        ({"what": "supporters"}, 3),
        ({"what": "protection"}, 1),
        ({"kind": "phone"}, 1),
        ({"kind": "home_visit"}, 2),  # the two bookings
        ({"kind": "home_visit", "what": "contacts"}, 0),
        ({"kind": "phone", "what": "protection"}, 0),
        ({"what": "nonsense", "kind": "x"}, 11),
    ],
)
def test_timeline_narrows_by_kind_and_by_what_happened(client, coordinator, everything, query, count):
    assert len(entries_of(client, coordinator, everything.student, **query)) == count


def test_timeline_of_a_supporter_holds_neither_protection_nor_colleagues(client, everything):
    user = everything.supporter.user
    entries = entries_of(client, user, everything.student)

    assert len(entries) == 8
    assert entries_of(client, user, everything.student, what="protection") == []
    assert len(entries_of(client, user, everything.student, what="supporters")) == 1


def test_timeline_shows_nothing_of_another_pupil(client, coordinator, everything):
    other = StudentFactory(school=everything.school)

    assert entries_of(client, coordinator, other) == []


def test_timeline_token_of_another_pupil_is_the_first_page(client, coordinator, everything):
    for token in ("0" * 32, "x", ""):
        assert len(entries_of(client, coordinator, everything.student, after=token)) == 11


def test_timeline_booking_that_is_not_noted_leads_to_its_contact(client, everything):
    entry = entries_of(client, everything.supporter.user, everything.student)[1]

    assert "booking=" in entry.url and str(everything.student.public_id) in entry.url
