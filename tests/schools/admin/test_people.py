"""People and their roles in Django admin: made, changed, stopped, and not by whoever may not."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Session, User
from peersupport.demo.factories import (
    AdminFactory,
    CoordinatorFactory,
    MembershipFactory,
    SchoolFactory,
    SchoolStaffFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from schools.models import Role
from tests.schools.admin.forms import NEW_USER, membership_data

pytestmark = pytest.mark.django_db


def test_user_is_made_with_a_first_role_that_waits_and_chooses_a_password(client, system_admin, organisation):
    response = client.post(reverse("admin:accounts_user_add"), NEW_USER)
    assert response.status_code == 302

    with owner():
        user = User.objects.get(email="ny.person@skola.example")
        membership = user.memberships.get()
    assert not user.has_usable_password()
    assert user.needs_second_factor
    assert (membership.role, membership.organisation_id, membership.confirmed_at) == (
        "coordinator",
        organisation.pk,
        None,
    )
    assert membership.granted_by_id == system_admin.pk

    client.logout()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]
    opened = client.get(link, follow=True)
    chosen = "en lång mening om sommaren 1987"
    client.post(opened.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    with owner():
        user.refresh_from_db()
    assert user.check_password(chosen)


def test_user_with_known_address_is_not_made_twice(client, system_admin):
    UserFactory(email="ny.person@skola.example")
    response = client.post(reverse("admin:accounts_user_add"), NEW_USER)
    assert response.status_code == 200
    assert response.context["adminform"].form.has_error("email")


def test_address_is_not_changed(client, system_admin, organisation):
    staff = SchoolStaffFactory(organisation=organisation)
    url = reverse("admin:accounts_user_change", args=[staff.pk])
    data = {"email": "annan@skola.example", "given_name": "Nytt", "family_name": "Namn", "is_active": "on"}
    assert client.post(url, data).status_code == 302
    with owner():
        staff.refresh_from_db()
    assert (staff.given_name, staff.email) == ("Nytt", staff.email.lower())
    assert staff.email != "annan@skola.example"


def test_stopped_user_is_out_on_the_next_request(client, organisation):
    staff = SchoolStaffFactory(organisation=organisation)
    client.force_login(staff)
    assert client.get(reverse("overviews:school_list")).status_code == 200

    administering = type(client)()
    administering.force_login(AdminFactory(organisation=organisation))
    url = reverse("admin:accounts_user_change", args=[staff.pk])
    data = {"given_name": staff.given_name, "family_name": staff.family_name, "phone": ""}
    assert administering.post(url, data).status_code == 302

    assert client.get(reverse("overviews:school_list")).status_code == 302
    assert not Session.objects.filter(user=staff).exists()


def test_admin_does_not_stop_themselves(client, system_admin):
    url = reverse("admin:accounts_user_change", args=[system_admin.pk])
    client.post(url, {"given_name": "Själv", "family_name": "Test"})
    with owner():
        system_admin.refresh_from_db()
    assert system_admin.is_active


def test_person_who_has_left_is_not_changed(client, system_admin, organisation):
    left = MembershipFactory(organisation=organisation, ended=True).user
    url = reverse("admin:accounts_user_change", args=[left.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"given_name": "X", "family_name": "Y"}).status_code == 403


def test_membership_is_granted_by_address(client, system_admin, organisation):
    user = UserFactory()
    response = client.post(
        reverse("admin:schools_membership_add"), membership_data(user, Role.PEER_SUPPORTER)
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    with owner():
        membership = user.memberships.get()
    assert (membership.organisation_id, membership.granted_by_id, membership.confirmed_at) == (
        organisation.pk,
        system_admin.pk,
        None,
    )


def test_membership_of_own_is_refused(client, system_admin):
    response = client.post(reverse("admin:schools_membership_add"), membership_data(system_admin, Role.LEAD))
    assert response.status_code == 200
    with owner():
        own = system_admin.memberships.get()
    url = reverse("admin:schools_membership_change", args=[own.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"valid_to": "", "ends_now": "on"}).status_code == 403


def test_membership_at_foreign_school_is_refused(client, system_admin):
    data = membership_data(UserFactory(), Role.SCHOOL_STAFF, school=SchoolFactory().pk)
    response = client.post(reverse("admin:schools_membership_add"), data)
    assert response.context["adminform"].form.has_error("school")


def test_membership_for_unknown_address_is_explained(client, system_admin):
    response = client.post(
        reverse("admin:schools_membership_add"), membership_data(UserFactory.build(), Role.LEAD)
    )
    assert response.context["adminform"].form.has_error("email")


def test_membership_is_ended_at_once(client, system_admin, organisation):
    membership = MembershipFactory(organisation=organisation, role=Role.COORDINATOR)
    url = reverse("admin:schools_membership_change", args=[membership.pk])
    assert client.post(url, {"valid_to": "", "ends_now": "on"}).status_code == 302
    with owner():
        membership.refresh_from_db()
    assert membership.is_over
    assert client.post(url, {"valid_to": ""}).status_code == 403


def test_membership_gets_a_last_day(client, system_admin, organisation):
    membership = MembershipFactory(organisation=organisation, role=Role.COORDINATOR)
    url = reverse("admin:schools_membership_change", args=[membership.pk])
    assert client.post(url, {"valid_to": today().isoformat()}).status_code == 302
    with owner():
        membership.refresh_from_db()
    assert membership.valid_to == today()
    assert client.post(url, {"valid_to": ""}).status_code == 200  # prolonging needs a new grant


def test_person_of_another_organisation_too_is_not_changed(client, system_admin, organisation):
    """An administrator may give anyone a role, but not so come to stop or rename another organisation's people."""
    foreign = CoordinatorFactory()
    data = membership_data(foreign, Role.SUPERVISOR)
    assert client.post(reverse("admin:schools_membership_add"), data).status_code == 302
    url = reverse("admin:accounts_user_change", args=[foreign.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"given_name": "X", "family_name": "Y"}).status_code == 403
    with owner():
        foreign.refresh_from_db()
    assert foreign.is_active
