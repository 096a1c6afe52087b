"""TRUST T26: nobody gives a role to themselves, and an administrator opens no pupil alone."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    CoordinatorFactory,
    LeadFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerUserFactory,
    ReviewerFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools import services
from schools.models import Membership, Role
from students.models import Student
from tests.reauthentication import show_who_it_is

pytestmark = pytest.mark.django_db
CONFIRM = "schools:membership_confirm"


def grant(by, role, organisation, school=None, user=None, **days):
    return services.grant_membership(
        user=user or UserFactory(), role=role, organisation=organisation, school=school, by=by, **days
    )


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


def insert(user, *, role, organisation, granted_by, confirmed):
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into schools_membership (public_id, created_at, version, user_id, role, organisation_id,"
            " valid_from, granted_by_id, confirmed_at, confirmed_by_id) values"
            " (gen_random_uuid(), now(), 1, %s, %s, %s, current_date, %s, %s, %s)",
            [
                user.pk,
                role,
                organisation.pk,
                granted_by.pk,
                "now()" if confirmed else None,
                granted_by.pk if confirmed else None,
            ],
        )


@pytest.mark.parametrize("factory", [AdminFactory, CoordinatorFactory, PeerUserFactory, LeadFactory])
@pytest.mark.parametrize("confirmed", [True, False])
def test_database_refuses_self_grant(factory, confirmed):
    organisation = OrganisationFactory()
    member, other = factory(organisation=organisation), UserFactory()
    with scope(member):
        for granted_by in (member, other):
            with pytest.raises(DatabaseError), transaction.atomic():
                insert(
                    member,
                    role="peer_supporter",
                    organisation=organisation,
                    granted_by=granted_by,
                    confirmed=confirmed,
                )
    with owner():
        assert Membership.objects.filter(user=member).count() == 1


def test_database_refuses_confirmed_grant_by_admin_of_role_that_sees_pupils():
    organisation = OrganisationFactory()
    admin = AdminFactory(organisation=organisation)
    with scope(admin), pytest.raises(DatabaseError), transaction.atomic():
        insert(UserFactory(), role="coordinator", organisation=organisation, granted_by=admin, confirmed=True)


def test_database_refuses_admins_own_confirmation():
    organisation = OrganisationFactory()
    admin = AdminFactory(organisation=organisation)
    with scope(admin):
        waiting = grant(admin, Role.COORDINATOR, organisation)
        with pytest.raises(DatabaseError), transaction.atomic():
            Membership.objects.filter(pk=waiting.pk).update(confirmed_at=timezone.now(), confirmed_by=admin)


@pytest.mark.parametrize(
    "column", ["role", "user_id", "organisation_id", "school_id", "valid_from", "granted_by_id"]
)
def test_database_refuses_change_of_what_was_granted(column):
    membership = MembershipFactory(role=Role.SCHOOL_STAFF)
    admin = AdminFactory(organisation=membership.organisation)
    with scope(admin), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update schools_membership set {column} = {column}")


def students_seen(user) -> int:
    with scope(user):
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from students_student")
            (behind_first_lock,) = cursor.fetchone()
        return max(behind_first_lock, len(Student.objects.visible_to(user)))


@pytest.fixture
def waiting():
    """A coordinator's role granted by an administrator, at a school with one pupil, not confirmed yet."""
    assignment = AssignmentFactory()
    organisation = assignment.school.organisation
    admin = AdminFactory(organisation=organisation)
    with scope(admin):
        return grant(admin, Role.COORDINATOR, organisation)


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


def test_confirmation_takes_another_person_than_the_one_who_granted(client, waiting):
    MembershipFactory(user=waiting.granted_by, role=Role.COORDINATOR, organisation=waiting.organisation)
    with owner():
        coordinating = Membership.objects.get(user=waiting.granted_by, role=Role.COORDINATOR)
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


def test_lead_made_by_an_administrator_confirms_nobody_before_being_confirmed(client, waiting):
    """Else an administrator with two addresses would open pupils alone: a lead of their own making confirms."""
    with scope(waiting.granted_by):
        lead = grant(waiting.granted_by, Role.LEAD, waiting.organisation).user
    client.force_login(lead)
    assert client.post(reverse(CONFIRM, args=[waiting.public_id])).status_code == 404
    assert students_seen(waiting.user) == 0


def test_database_refuses_confirmed_grant_by_admin_of_a_lead():
    organisation = OrganisationFactory()
    admin = AdminFactory(organisation=organisation)
    with scope(admin), pytest.raises(DatabaseError), transaction.atomic():
        insert(UserFactory(), role="lead", organisation=organisation, granted_by=admin, confirmed=True)


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
