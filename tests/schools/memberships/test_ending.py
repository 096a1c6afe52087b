"""A role ends, and with it what it opens; its days, and what is not prolonged."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools import services
from schools.models import Membership, Role
from tests.reauthentication import show_who_it_is
from tests.schools.memberships.grants import grant, students_seen

pytestmark = pytest.mark.django_db


def test_ended_role_ends_access_on_the_next_request(client):
    assignment = AssignmentFactory()
    organisation = assignment.school.organisation
    membership = MembershipFactory(role=Role.COORDINATOR, organisation=organisation)
    admin = AdminFactory(organisation=organisation)
    client.force_login(membership.user)
    url = reverse("overviews:school_detail", args=[assignment.school.public_id])
    assert client.get(url).status_code == 200
    assert students_seen(membership.user) == 1

    with scope(admin):
        services.end_membership(membership=membership, by=admin)

    assert client.get(url).status_code == 404
    assert students_seen(membership.user) == 0


def test_role_granted_and_taken_back_the_same_day_never_holds():
    organisation = OrganisationFactory()
    coordinator = CoordinatorFactory(organisation=organisation)
    with scope(coordinator):
        membership = grant(coordinator, Role.PEER_SUPPORTER, organisation)
        services.end_membership(membership=membership, by=coordinator)
        assert membership.is_over
        assert not membership.is_in_force
        with owner():
            assert not Membership.objects.filter(pk=membership.pk).not_over().exists()
        assert grant(coordinator, Role.PEER_SUPPORTER, organisation, user=membership.user).is_in_force


def test_end_before_the_start_is_refused():
    organisation = OrganisationFactory()
    coordinator = CoordinatorFactory(organisation=organisation)
    with scope(coordinator):
        with pytest.raises(services.WrongDays):
            grant(coordinator, Role.PEER_SUPPORTER, organisation, valid_to=today() - timedelta(days=1))
        membership = grant(coordinator, Role.PEER_SUPPORTER, organisation)
        with pytest.raises(services.WrongDays):
            services.set_last_day(membership=membership, by=coordinator, last_day=today() - timedelta(days=1))


def test_admin_neither_revives_nor_prolongs_a_role_that_sees_pupils():
    organisation = OrganisationFactory()
    admin = AdminFactory(organisation=organisation)
    over = MembershipFactory(role=Role.COORDINATOR, organisation=organisation, ended=True)
    ending = MembershipFactory(role=Role.COORDINATOR, organisation=organisation, valid_to=today())
    with scope(admin):
        for membership in (over, ending):
            with pytest.raises(services.NeedsNewGrant):
                services.set_last_day(membership=membership, by=admin, last_day=None)
        services.set_last_day(membership=ending, by=admin, last_day=today() - timedelta(days=1))


def test_second_version_of_a_role_is_refused():
    organisation = OrganisationFactory()
    admin = AdminFactory(organisation=organisation)
    membership = MembershipFactory(role=Role.LEAD, organisation=organisation)
    with owner():
        stale = Membership.objects.select_related("user").get(pk=membership.pk)
    with scope(admin):
        services.set_last_day(membership=membership, by=admin, last_day=today())
        with pytest.raises(services.ChangedMeanwhile):
            services.set_last_day(membership=stale, by=admin, last_day=None)


def test_second_factor_follows_roles_also_in_organisations_the_admin_cannot_see():
    here, there = OrganisationFactory(), OrganisationFactory()
    admin = AdminFactory(organisation=here)
    user = UserFactory(needs_second_factor=True)
    MembershipFactory(user=user, role=Role.LEAD, organisation=there)
    membership = MembershipFactory(user=user, role=Role.LEAD, organisation=here)

    with scope(admin):
        services.end_membership(membership=membership, by=admin)
    assert user.needs_second_factor

    elsewhere = AdminFactory(organisation=there)
    with owner():
        other = Membership.objects.select_related("user").get(user=user, organisation=there)
    with scope(elsewhere):
        services.end_membership(membership=other, by=elsewhere)
    assert not other.user.needs_second_factor


def test_role_from_the_first_day_of_the_calendar_is_ended_too():
    organisation = OrganisationFactory()
    admin = AdminFactory(organisation=organisation)
    old = MembershipFactory(role=Role.SUPERVISOR, organisation=organisation, valid_from=date.min)
    with scope(admin):
        services.end_membership(membership=old, by=admin)
    assert old.valid_to == today() - timedelta(days=1)


@pytest.mark.parametrize(
    ("when", "words", "is_over"),
    [("now", "Rollen är avslutad.", True), ("later", "Rollen gäller till och med", False)],
)
def test_ending_a_role_says_whether_it_still_holds_today(client, when, words, is_over):
    organisation = OrganisationFactory()
    coordinator = CoordinatorFactory(organisation=organisation)
    membership = MembershipFactory(role=Role.PEER_SUPPORTER, organisation=organisation)
    client.force_login(coordinator)
    show_who_it_is(client, coordinator)

    url = reverse("schools:membership_end", args=[membership.public_id])
    answer = client.post(url, {"when": when, "last_day": today().isoformat(), "version": 1})

    assert [str(message) for message in get_messages(answer.wsgi_request)][0].startswith(words)
    with owner():
        assert Membership.objects.get(pk=membership.pk).is_over is is_over
