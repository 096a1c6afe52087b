"""The scope's one statement: whose membership, at which schools, from which day to which."""

from datetime import timedelta

import pytest
from django.db import connection

from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    MembershipFactory,
    SchoolFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import NOBODY, scope
from schools.models import Role
from students.models import Student
from tests.peersupport.rights import raw

pytestmark = pytest.mark.django_db


def ids(sql: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


def test_scope_shows_own_students_only():
    own, foreign = AssignmentFactory(), AssignmentFactory()
    coordinator = CoordinatorFactory(organisation=own.school.organisation)

    assert ids("select id from students_student") == set()
    with scope(coordinator):
        assert ids("select id from students_student") == {own.student_id}
        assert set(Student.objects.visible_to(coordinator)) == {own.student}
    with scope(foreign.supporter.user):
        assert ids("select id from students_student") == {foreign.student_id}
    assert ids("select id from students_student") == set()


def test_scope_takes_one_statement(assert_queries):
    user = CoordinatorFactory()
    with assert_queries(1), scope(user):
        pass


def test_scope_tells_the_membership_acted_in():
    north = SchoolFactory()
    south = SchoolFactory(organisation=north.organisation)
    user = CoordinatorFactory(organisation=north.organisation)
    with scope(user) as acting:
        assert (acting.role, acting.organisation_id) == ("coordinator", north.organisation_id)
        assert acting.organisation_name == north.organisation.name
        assert (acting.school_id, acting.school_name, acting.memberships) == (None, None, 1)
        assert set(acting.schools) == {north.pk, south.pk}


def test_scope_at_one_school_reaches_that_school_only():
    north = SchoolFactory()
    SchoolFactory(organisation=north.organisation)
    with scope(CoordinatorFactory(school=north)) as acting:
        assert (acting.school_id, acting.school_name, acting.schools) == (north.pk, north.name, (north.pk,))


def test_scope_takes_the_membership_chosen_among_several():
    user = UserFactory()
    first, second = (MembershipFactory(user=user, role=role) for role in (Role.LEAD, Role.COORDINATOR))
    with scope(user) as acting:
        assert (acting.membership_id, acting.memberships) == (first.pk, 2)
    with scope(user, membership=second.pk) as acting:
        assert (acting.membership_id, acting.role) == (second.pk, "coordinator")


def test_scope_never_takes_the_membership_of_another():
    user, other = CoordinatorFactory(), MembershipFactory(role=Role.ADMIN)
    with scope(user, membership=other.pk) as acting:
        assert (acting.role, acting.organisation_id) == (
            "coordinator",
            user.memberships.get().organisation_id,
        )


@pytest.mark.parametrize(
    "state",
    [
        {"ended": True},
        {"unconfirmed": True},
        {"valid_from": today() + timedelta(days=1)},
        {"user__is_active": False},
    ],
    ids=["ended", "unconfirmed", "upcoming", "deactivated"],
)
def test_scope_of_a_membership_not_in_force_is_nobodys(state):
    membership = MembershipFactory(**state)
    SchoolFactory(organisation=membership.organisation)
    with scope(membership.user, membership=membership.pk) as acting:
        assert acting == NOBODY == membership.user.acting
        assert ids("select id from schools_school") == set()


def test_scope_holds_on_the_last_day_and_on_the_first():
    for period in ({"valid_to": today()}, {"valid_from": today()}):
        membership = MembershipFactory(**period)
        with scope(membership.user) as acting:
            assert acting.membership_id == membership.pk


def test_scope_ends_with_the_membership_not_with_the_page():
    membership = MembershipFactory()
    SchoolFactory(organisation=membership.organisation)
    with scope(membership.user):
        assert len(ids("select id from schools_school")) == 1
        with owner():
            raw("update schools_membership set valid_to = app_today() - 1, valid_from = app_today() - 9")
        assert ids("select id from schools_school") == set()


def test_scope_is_cleared_on_the_way_out_also_by_an_error():
    user = CoordinatorFactory()
    with scope(user):
        pass
    assert raw("select app_user_id(), app_role(), app_membership_id()").fetchone() == (None, None, None)
    with pytest.raises(ZeroDivisionError), scope(user):
        raise ZeroDivisionError
    assert raw("select app_user_id(), app_role(), app_membership_id()").fetchone() == (None, None, None)
