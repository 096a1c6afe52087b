"""What counts as a meeting, whoever held it."""

from datetime import date

import pytest

from peersupport.demo.factories import AssignmentFactory, PeerSupporterFactory
from peersupport.scope import scope
from students.models import Student
from tests.visits.time_since_met.days import TUESDAY, assigned, at, change, met, noon, row_of
from visits.queries import long_since_met

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields, counts",
    [
        ({"kind": "phone"}, True),
        ({"kind": "home_visit", "outcome": "no_answer"}, False),
        ({"kind": "guardian_contact"}, False),
        ({"kind": "staff_contact"}, False),
    ],
)
def test_time_since_met_only_a_held_contact_of_a_kind_that_counts(home, petra, fields, counts):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 3))
    met(mine, date(2025, 11, 24), **fields)

    assert (row_of(mine, petra, TUESDAY).days == 1) is counts


def test_time_since_met_kinds_are_the_organisations_to_choose(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 10), kind="home_visit")
    met(mine, date(2025, 11, 24), kind="message")
    change(home.organisation, uncounted_kinds=["message", "staff_contact"])

    assert row_of(mine, petra, TUESDAY).since == date(2025, 11, 10)
    met(mine, date(2025, 11, 21), kind="guardian_contact")
    assert row_of(mine, petra, TUESDAY).since == date(2025, 11, 21)


def test_time_since_met_a_kind_that_forms_no_longer_offer_still_counts(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 24), kind="phone")
    change(home.organisation, hidden_codes=["contact_kind:phone"])

    assert row_of(mine, petra, TUESDAY).days == 1


def test_time_since_met_a_stand_ins_contact_counts_for_the_pupil(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 3))
    stand_in = PeerSupporterFactory(school=home)
    AssignmentFactory(case=mine.case, supporter=stand_in, kind="stand_in", starts_on=date(2025, 11, 10))
    met(mine, date(2025, 11, 24), supporter=stand_in, author=stand_in.user)

    for user in (petra, mine.supporter.user, stand_in.user):
        assert row_of(mine, user, TUESDAY).days == 1, user
    # Both are told the day, neither reads the other's contact.
    with at(TUESDAY), scope(mine.supporter.user) as acting:
        assert acting.role == "peer_supporter"
        students = long_since_met(Student.objects.visible_to(mine.supporter.user))
        assert list(students) == []


def test_time_since_met_a_stand_in_counts_from_the_main_supporters_first_day(home, petra):
    mine = assigned(home, date(2025, 11, 3))
    stand_in = PeerSupporterFactory(school=home)
    AssignmentFactory(case=mine.case, supporter=stand_in, kind="stand_in", starts_on=date(2025, 11, 24))

    assert row_of(mine, stand_in.user, TUESDAY).days == row_of(mine, petra, TUESDAY).days == 16


def test_time_since_met_a_withdrawn_contact_is_none(home, petra):
    mine = assigned(home, date(2025, 9, 1))
    met(mine, date(2025, 11, 3))
    contact = met(mine, date(2025, 11, 24))
    change(contact, withdrawn_at=noon(TUESDAY), withdrawn_by=contact.author, withdrawn_reason="mistake")

    assert row_of(mine, petra, TUESDAY).since == date(2025, 11, 3)
