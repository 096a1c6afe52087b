"""Rules of contacts that no form can talk away."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from peersupport.demo.factories import AssignmentFactory, CaseFactory, CoordinatorFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from visits.models import Contact
from visits.services import (
    InTheFuture,
    Occasion,
    Part,
    Pupil,
    TooLongAgo,
    log_contact,
    pupils_to_log,
)

pytestmark = pytest.mark.django_db


def occasion(moment=None):
    return Occasion("phone", moment or timezone.now(), 10)


@pytest.mark.parametrize("days, refusal", [(-1, InTheFuture), (60.1, TooLongAgo), (400, TooLongAgo)])
def test_log_contact_refuses_moments_no_one_can_vouch_for(days, refusal):
    mine = AssignmentFactory()
    user = mine.supporter.user
    with scope(user), pytest.raises(refusal):
        (pupil,) = pupils_to_log(by=user)
        log_contact(
            by=user, occasion=occasion(timezone.now() - timedelta(days=days)), parts=[Part(pupil, "met")]
        )
    with owner():
        assert not Contact.objects.exists()


def test_log_contact_with_a_foreign_pupil_is_refused_by_the_database():
    mine, foreign = AssignmentFactory(), AssignmentFactory()
    user = mine.supporter.user
    smuggled = Pupil(foreign.student, foreign.case_id, mine.supporter_id)
    with scope(user), pytest.raises(DatabaseError), transaction.atomic():
        log_contact(by=user, occasion=occasion(), parts=[Part(smuggled, "met")])


def test_pupils_to_log_are_open_and_mine():
    mine = AssignmentFactory()
    AssignmentFactory(supporter=mine.supporter, case__student__school=mine.school, ended=True)
    AssignmentFactory(
        supporter=mine.supporter,
        case__student__school=mine.school,
        case__status="closed",
        case__closed_at=timezone.now(),
        case__closed_by=mine.made_by,
    )
    user = mine.supporter.user
    with scope(user):
        assert [pupil.student for pupil in pupils_to_log(by=user)] == [mine.student]


def test_pupils_to_log_twice_assigned_stands_once():
    mine = AssignmentFactory()
    AssignmentFactory(case=mine.case, supporter=mine.supporter, kind="stand_in")
    user = mine.supporter.user
    with scope(user):
        assert len(pupils_to_log(by=user)) == 1


def test_pupils_to_log_of_a_coordinator_are_only_those_asked_for():
    case, other = CaseFactory(), CaseFactory()
    user = CoordinatorFactory(organisation=case.school.organisation)
    with scope(user):
        assert pupils_to_log(by=user) == []
        asked = {case.student.public_id, other.student.public_id}
        assert [pupil.student for pupil in pupils_to_log(by=user, among=asked)] == [case.student]
