"""TRUST T26: who may give which role, and nobody to themselves."""

from datetime import timedelta

import pytest

from peersupport.demo.factories import (
    AdminFactory,
    CoordinatorFactory,
    LeadFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerUserFactory,
    ReviewerFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
)
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools import services
from schools.models import Role
from tests.schools.memberships.grants import grant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.PEER_SUPPORTER, Role.SCHOOL_STAFF])
def test_coordinator_grants_at_own_school_at_once(role):
    school = SchoolFactory()
    coordinator = CoordinatorFactory(school=school)

    with scope(coordinator):
        membership = grant(coordinator, role, school.organisation, school)

    assert membership.is_in_force
    assert membership.granted_by == membership.confirmed_by == coordinator


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPERVISOR, Role.LEAD, Role.ADMIN, Role.REVIEWER])
def test_coordinator_grants_no_other_role(role):
    organisation = OrganisationFactory()
    coordinator = CoordinatorFactory(organisation=organisation)

    with scope(coordinator), pytest.raises(services.NotTheirsToGrant):
        grant(coordinator, role, organisation)


def test_coordinator_of_one_school_grants_nowhere_else():
    school = SchoolFactory()
    sibling = SchoolFactory(organisation=school.organisation)
    coordinator = CoordinatorFactory(school=school)

    with scope(coordinator):
        for place in (sibling, None, SchoolFactory()):
            organisation = place.organisation if place else school.organisation
            with pytest.raises(services.NotTheirsToGrant):
                grant(coordinator, Role.SCHOOL_STAFF, organisation, place)


@pytest.mark.parametrize(
    ("role", "waits"),
    [
        (Role.PEER_SUPPORTER, True),
        (Role.COORDINATOR, True),
        (Role.SCHOOL_STAFF, True),
        (Role.REVIEWER, True),
        (Role.SUPERVISOR, False),
        (Role.LEAD, True),
        (Role.ADMIN, False),
    ],
)
def test_admin_grants_any_role_and_those_that_open_pupils_wait(role, waits):
    organisation = OrganisationFactory()
    admin = AdminFactory(organisation=organisation)

    with scope(admin):
        membership = grant(admin, role, organisation)

    assert (membership.confirmed_at is None) is waits
    assert membership.user.needs_second_factor is (role != Role.PEER_SUPPORTER)


def test_admin_grants_nothing_in_another_organisation():
    admin = AdminFactory()
    with scope(admin), pytest.raises(services.NotTheirsToGrant):
        grant(admin, Role.LEAD, OrganisationFactory())


@pytest.mark.parametrize(
    "factory", [PeerUserFactory, SchoolStaffFactory, SupervisorFactory, LeadFactory, ReviewerFactory]
)
def test_other_roles_grant_nothing(factory):
    organisation = OrganisationFactory()
    member = factory(organisation=organisation)
    with scope(member), pytest.raises(services.NotTheirsToGrant):
        grant(member, Role.PEER_SUPPORTER, organisation)


@pytest.mark.parametrize("factory", [AdminFactory, CoordinatorFactory])
def test_nobody_grants_confirms_or_ends_their_own(factory):
    organisation = OrganisationFactory()
    member = factory(organisation=organisation)
    own = MembershipFactory(
        user=member, role=Role.PEER_SUPPORTER, organisation=organisation, unconfirmed=True
    )

    with scope(member):
        with pytest.raises(services.OwnMembership):
            grant(member, Role.PEER_SUPPORTER, organisation, user=member)
        with pytest.raises(services.OwnMembership):
            services.confirm_membership(membership=own, by=member)
        with pytest.raises(services.OwnMembership):
            services.end_membership(membership=own, by=member)


def test_same_role_twice_at_once_is_refused():
    organisation = OrganisationFactory()
    coordinator = CoordinatorFactory(organisation=organisation)
    with scope(coordinator):
        last = today() + timedelta(days=30)
        first = grant(coordinator, Role.PEER_SUPPORTER, organisation, valid_to=last)
        with pytest.raises(services.AlreadyHeld):
            grant(coordinator, Role.PEER_SUPPORTER, organisation, user=first.user)
        later = last + timedelta(days=1)
        assert grant(coordinator, Role.PEER_SUPPORTER, organisation, user=first.user, valid_from=later).pk
