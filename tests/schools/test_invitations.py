"""Roles offered by e-mail: who may offer what, what becomes of it, and who may say yes (TRUST T26)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from operations.models import Link
from peersupport.demo.factories import (
    AdminFactory,
    CoordinatorFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerUserFactory,
    SchoolFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools import services
from schools.models import Invitation, Membership, Role

pytestmark = pytest.mark.django_db
PASSWORD = "en ganska lång mening 47"


def offer(by, role, organisation, school=None, email="leyla@jobb.example", **more):
    tokens = []
    invitation = services.invite(
        email=email,
        given_name="Leyla",
        family_name="Låtsman",
        role=role,
        organisation=organisation,
        school=school,
        valid_to=more.get("valid_to"),
        by=by,
        address_of=lambda token: tokens.append(token) or f"https://tjansten.example/{token}/",
    )
    return invitation, tokens[0]


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def coordinator(school):
    return CoordinatorFactory(organisation=school.organisation)


def stored(invitation):
    with owner():
        return Invitation.objects.with_people().get(pk=invitation.pk)


def roles_of(email):
    with owner():
        return list(Membership.objects.filter(user__email=email).order_by("pk"))


# --- Who may offer what


@pytest.mark.parametrize("role", [Role.PEER_SUPPORTER, Role.SCHOOL_STAFF])
def test_coordinator_invites_supporters_and_staff(school, coordinator, role):
    with scope(coordinator):
        invitation, _token = offer(coordinator, role, school.organisation, school)

    assert stored(invitation).is_open
    assert roles_of("leyla@jobb.example") == []


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPERVISOR, Role.LEAD, Role.ADMIN, Role.REVIEWER])
def test_coordinator_invites_to_no_other_role(school, coordinator, role):
    with scope(coordinator), pytest.raises(services.NotTheirsToGrant):
        offer(coordinator, role, school.organisation, school)


def test_coordinator_of_one_school_invites_nowhere_else(school):
    coordinator = CoordinatorFactory(school=school)
    elsewhere = SchoolFactory(organisation=school.organisation)
    with scope(coordinator):
        for place in (elsewhere, None, SchoolFactory()):
            with pytest.raises(services.NotTheirsToGrant):
                organisation = place.organisation if place else school.organisation
                offer(coordinator, Role.SCHOOL_STAFF, organisation, place)


def test_nobody_invites_themselves(school, coordinator):
    with scope(coordinator), pytest.raises(services.OwnMembership):
        offer(coordinator, Role.PEER_SUPPORTER, school.organisation, school, email=coordinator.email.upper())


def test_the_same_offer_is_open_once(school, coordinator):
    with scope(coordinator):
        offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
        with pytest.raises(services.AlreadyInvited):
            offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school, email="LEYLA@jobb.example")


def test_who_has_the_role_is_not_invited_to_it(school, coordinator):
    colleague = UserFactory(email="leyla@jobb.example")
    MembershipFactory(user=colleague, role=Role.SCHOOL_STAFF, school=school)
    with scope(coordinator), pytest.raises(services.AlreadyHeld):
        offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)


def test_an_offer_that_is_over_before_it_begins_is_refused(school, coordinator):
    with scope(coordinator), pytest.raises(services.WrongDays):
        yesterday = today() - timedelta(days=1)
        offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school, valid_to=yesterday)


# --- Saying yes


def follow(client, token):
    """The link from the mail, and the page it leads to."""
    first = client.get(reverse("schools:invitation_open", args=[token]))
    assert token not in first.headers.get("Location", "")
    return client.get(reverse("schools:invitation_accept"))


NEW = {"given_name": "Leyla", "family_name": "Låtsman", "password": PASSWORD, "again": PASSWORD}


def test_a_new_person_makes_an_account_and_has_the_role(client, school, coordinator):
    with scope(coordinator):
        invitation, token = offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)

    page = follow(client, token)
    assert page.status_code == 200
    assert coordinator.name in page.content.decode()
    answer = client.post(reverse("schools:invitation_accept"), NEW)

    assert answer.status_code == 302 and answer.headers["Location"] == reverse("account_login")
    assert "Logga in med ditt nya lösenord." in client.get(reverse("account_login")).content.decode()
    (membership,) = roles_of("leyla@jobb.example")
    assert membership.is_in_force and membership.school_id == school.pk
    assert membership.granted_by_id == membership.confirmed_by_id == coordinator.pk
    with owner():
        user = membership.user
        assert user.check_password(PASSWORD) and user.needs_second_factor
    assert stored(invitation).accepted_by == user
    assert client.get(reverse("schools:invitation_accept")).status_code == 404  # used up


def test_opening_the_link_does_not_use_it_up(client, school, coordinator):
    with scope(coordinator):
        _invitation, token = offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
    for _scanner in range(3):
        assert follow(client, token).status_code == 200
    assert client.post(reverse("schools:invitation_accept"), NEW).status_code == 302


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password": "kort", "again": "kort"}, "password"),
        ({"again": "en helt annan mening 48"}, "again"),
        ({"given_name": ""}, "given_name"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(client, school, coordinator, changed, field):
    with scope(coordinator):
        invitation, token = offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
    follow(client, token)

    page = client.post(reverse("schools:invitation_accept"), NEW | changed)

    assert page.status_code == 200 and page.context["form"].errors.keys() == {field}
    assert stored(invitation).is_open and roles_of("leyla@jobb.example") == []


def test_a_person_with_an_account_signs_in_and_says_yes(client, school, coordinator):
    user = UserFactory(email="leyla@jobb.example", signs_in=True)
    with scope(coordinator):
        invitation, token = offer(coordinator, Role.PEER_SUPPORTER, school.organisation, school)

    asked = follow(client, token)
    assert "form" not in asked.context or asked.context["form"] is None
    assert client.post(reverse("schools:invitation_accept"), NEW).status_code == 200  # no second account
    client.force_login(user)
    answer = client.post(reverse("schools:invitation_accept"))

    assert answer.status_code == 302
    assert stored(invitation).accepted_by == user
    (membership,) = roles_of("leyla@jobb.example")
    assert membership.is_in_force


def test_somebody_else_who_is_signed_in_cannot_say_yes(client, school, coordinator):
    with scope(coordinator):
        invitation, token = offer(coordinator, Role.PEER_SUPPORTER, school.organisation, school)
    client.force_login(PeerUserFactory())

    assert follow(client, token).status_code == 200
    client.post(reverse("schools:invitation_accept"), NEW)

    assert stored(invitation).is_open


def test_what_an_administrator_offers_waits_for_another_person(client, school):
    admin = AdminFactory(organisation=school.organisation)
    with scope(admin):
        invitation, token = offer(admin, Role.COORDINATOR, school.organisation)
    follow(client, token)
    client.post(reverse("schools:invitation_accept"), NEW)

    (membership,) = roles_of("leyla@jobb.example")
    assert not membership.is_in_force and membership.confirmed_at is None
    assert stored(invitation).accepted_at is not None


# --- Links that do not work


def withdrawn(invitation, coordinator):
    services.withdraw_invitation(invitation=invitation, by=coordinator)


def sent_again(invitation, coordinator):
    services.send_again(invitation=invitation, by=coordinator, address_of=lambda token: token)


def accepted(invitation, coordinator):
    with owner():
        Link.objects.update(used_at=timezone.now())


def expired(invitation, coordinator):
    with owner():
        Link.objects.update(expires_at=timezone.now())


@pytest.mark.parametrize("act", [withdrawn, sent_again, accepted, expired])
def test_an_earlier_link_is_as_good_as_none(client, school, coordinator, act):
    with scope(coordinator):
        invitation, token = offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
        act(invitation, coordinator)

    never = client.get(reverse("schools:invitation_open", args=["x" * len(token)]))
    earlier = client.get(reverse("schools:invitation_open", args=[token]))

    assert never.status_code == earlier.status_code == 404
    assert never.content == earlier.content
    assertContains(never, "Länken gäller inte längre. Be den som bjöd in dig om en ny.", status_code=404)
    assertNotContains(client.get("/no/such/page/"), "Länken", status_code=404)


def test_a_link_withdrawn_while_its_page_is_open_does_nothing(client, school, coordinator):
    with scope(coordinator):
        invitation, token = offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
    follow(client, token)
    with scope(coordinator):
        services.withdraw_invitation(invitation=stored(invitation), by=coordinator)

    assert client.post(reverse("schools:invitation_accept"), NEW).status_code == 404
    assert roles_of("leyla@jobb.example") == []


def test_the_link_stops_when_who_sent_it_may_no_longer_give_the_role(client, school, coordinator):
    with scope(coordinator):
        _invitation, token = offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
    with owner():
        Membership.objects.filter(user=coordinator).update(valid_to=today() - timedelta(days=1))
    follow(client, token)

    assert client.post(reverse("schools:invitation_accept"), NEW).status_code == 404
    assert roles_of("leyla@jobb.example") == []


# --- The second lock


def test_nobody_writes_an_answer_past_the_link(school, coordinator):
    with scope(coordinator):
        invitation, _token = offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
        with connection.cursor() as cursor:
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(
                    "update schools_invitation set accepted_at = now(), accepted_by_id = %s where id = %s",
                    [coordinator.pk, invitation.pk],
                )
            cursor.execute("select accept_invitation(%s)", [coordinator.pk])
            assert cursor.fetchone() == (None,)


# --- The list


def test_the_list_tells_what_needs_a_look(client, assert_queries, school, coordinator):
    with scope(coordinator):
        old, _token = offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
        offer(coordinator, Role.PEER_SUPPORTER, school.organisation, school, email="ny@jobb.example")
    with owner():
        Invitation.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=8))
    client.force_login(coordinator)

    with assert_queries(4):  # session with user, scope, invitations, what became of them
        page = client.get(reverse("schools:invitation_list"))

    states = {row.email: row.needs_look for row in page.context["rows"]}
    assert states == {"leyla@jobb.example": True, "ny@jobb.example": False}


def test_another_municipality_sees_nothing_of_it(client, school, coordinator):
    with scope(coordinator):
        offer(coordinator, Role.SCHOOL_STAFF, school.organisation, school)
    client.force_login(CoordinatorFactory(organisation=OrganisationFactory()))

    assert "leyla@jobb.example" not in client.get(reverse("schools:invitation_list")).content.decode()


def test_inviting_twice_with_one_form_sends_once(client, school, coordinator):
    client.force_login(coordinator)
    url = reverse("schools:invitation_create")
    key = client.get(url).context["form"]["form_key"].value()
    sent = {
        "role": Role.SCHOOL_STAFF,
        "school": school.pk,
        "given_name": "Leyla",
        "family_name": "Låtsman",
        "email": "Leyla@Jobb.example",
        "form_key": key,
    }

    for _tap in range(2):
        assert client.post(url, sent).status_code == 302

    with owner():
        assert Invitation.objects.filter(email="leyla@jobb.example").count() == 1
