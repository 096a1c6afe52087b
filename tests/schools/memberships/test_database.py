"""TRUST T26 once more, past the service: what the database itself refuses."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from peersupport.demo.factories import (
    AdminFactory,
    CoordinatorFactory,
    LeadFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerUserFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools.models import Membership, Role
from tests.peersupport.rights import LOCKED, raw, undone
from tests.schools.memberships.grants import grant, insert

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [AdminFactory, CoordinatorFactory, PeerUserFactory, LeadFactory])
@pytest.mark.parametrize("confirmed", [True, False])
def test_database_refuses_self_grant(factory, confirmed):
    organisation = OrganisationFactory()
    member, other = factory(organisation=organisation), UserFactory()
    with scope(member):
        for granted_by in (member, other):
            with undone(), pytest.raises(LOCKED):
                insert(
                    member,
                    role="peer_supporter",
                    organisation=organisation,
                    granted_by=granted_by,
                    confirmed=confirmed,
                )
    with owner():
        assert Membership.objects.filter(user=member).count() == 1


@pytest.mark.parametrize("role", ["coordinator", "lead"])
def test_database_refuses_confirmed_grant_by_admin_of_role_that_opens_pupils(role):
    organisation = OrganisationFactory()
    admin, other = AdminFactory(organisation=organisation), UserFactory()
    with scope(admin):
        with undone(), pytest.raises(LOCKED):
            insert(other, role=role, organisation=organisation, granted_by=admin, confirmed=True)
        insert(other, role=role, organisation=organisation, granted_by=admin, confirmed=False)


def test_database_refuses_admins_own_confirmation():
    organisation = OrganisationFactory()
    admin = AdminFactory(organisation=organisation)
    with scope(admin):
        waiting = grant(admin, Role.COORDINATOR, organisation)
        with pytest.raises(DatabaseError, match="confirmed by another"), transaction.atomic():
            Membership.objects.filter(pk=waiting.pk).update(confirmed_at=timezone.now(), confirmed_by=admin)


@pytest.mark.parametrize(
    "column", ["role", "user_id", "organisation_id", "school_id", "valid_from", "granted_by_id"]
)
def test_database_refuses_change_of_what_was_granted(column):
    membership = MembershipFactory(role=Role.SCHOOL_STAFF)
    admin = AdminFactory(organisation=membership.organisation)
    with scope(admin), undone(), pytest.raises(LOCKED, match="permission denied"):
        raw(f"update schools_membership set {column} = {column}")
