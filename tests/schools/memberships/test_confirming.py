"""TRUST T26: an administrator opens no pupil alone, another has to confirm."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AdminFactory,
    CoordinatorFactory,
    LeadFactory,
    MembershipFactory,
    PeerUserFactory,
    ReviewerFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools import services
from schools.models import Membership, Role
from tests.schools.memberships.grants import grant, students_seen

pytestmark = pytest.mark.django_db


CONFIRM = "schools:membership_confirm"


@pytest.mark.parametrize("factory", [CoordinatorFactory, LeadFactory])
def test_unconfirmed_role_sees_no_pupil_until_another_confirms_it(client, waiting, factory):
    assert students_seen(waiting.user) == 0

    confirmer = factory(organisation=waiting.organisation)
    client.force_login(confirmer)
    response = client.post(reverse(CONFIRM, args=[waiting.public_id]))

    assert response.status_code == 302
    assert students_seen(waiting.user) == 1
    with owner():
        waiting.refresh_from_db()
    assert waiting.confirmed_by == confirmer


def test_confirmation_takes_another_person_than_the_one_who_granted(waiting):
    coordinating = MembershipFactory(
        user=waiting.granted_by, role=Role.COORDINATOR, organisation=waiting.organisation
    )
    with scope(waiting.granted_by, coordinating.pk), pytest.raises(services.NotTheirsToConfirm):
        services.confirm_membership(membership=waiting, by=waiting.granted_by)


def test_confirmation_of_whole_organisation_is_not_for_coordinator_of_one_school(waiting):
    coordinator = CoordinatorFactory(school=SchoolFactory(organisation=waiting.organisation))
    with scope(coordinator):
        assert waiting not in Membership.objects.confirmable_by(coordinator)
        with pytest.raises(services.NotTheirsToConfirm):
            services.confirm_membership(membership=waiting, by=coordinator)


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (CoordinatorFactory, 302),
        (LeadFactory, 302),
        (AdminFactory, 403),
        (PeerUserFactory, 404),
        (SchoolStaffFactory, 404),
        (SupervisorFactory, 404),
        (ReviewerFactory, 403),
    ],
)
def test_membership_confirm_access(client, waiting, factory, status):
    url = reverse(CONFIRM, args=[waiting.public_id])
    client.force_login(factory())
    assert client.post(url).status_code == 404
    client.force_login(factory(organisation=waiting.organisation))
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == status


def test_membership_confirm_refuses_own(client):
    coordinator = CoordinatorFactory()
    with owner():
        organisation = coordinator.memberships.get().organisation
    own = MembershipFactory(user=coordinator, role=Role.REVIEWER, organisation=organisation, unconfirmed=True)
    client.force_login(coordinator)
    assert client.post(reverse(CONFIRM, args=[own.public_id])).status_code == 403


def test_lead_made_by_an_administrator_confirms_nobody_before_being_confirmed(client, waiting):
    """Else an administrator with two addresses would open pupils alone: a lead of their own making confirms."""
    with scope(waiting.granted_by):
        lead = grant(waiting.granted_by, Role.LEAD, waiting.organisation).user
    client.force_login(lead)
    assert client.post(reverse(CONFIRM, args=[waiting.public_id])).status_code == 404
    assert students_seen(waiting.user) == 0
