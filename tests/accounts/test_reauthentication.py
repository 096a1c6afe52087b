"""Changing roles takes showing once more who one is (TRUST T26), and nothing typed is lost by it."""

import pytest
from django.conf import settings
from django.urls import reverse

from peersupport.demo.factories import PASSWORD, AdminFactory, MembershipFactory, UserFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from schools.models import Membership
from tests.reauthentication import show_who_it_is

pytestmark = pytest.mark.django_db
ASK = reverse("account_reauthenticate")
ADD = reverse("admin:schools_membership_add")


@pytest.fixture
def admin(client):
    user = AdminFactory()
    with owner():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    client.force_login(user)
    return user


def grant(user):
    return {
        "email": user.email,
        "role": "lead",
        "school": "",
        "valid_from": today().isoformat(),
        "valid_to": "",
    }


def test_forms_for_roles_ask_before_they_are_shown(client, admin):
    with owner():
        organisation = admin.memberships.get().organisation
    role = MembershipFactory(organisation=organisation, role="coordinator")
    change = reverse("admin:schools_membership_change", args=[role.pk])
    for url in (ADD, reverse("admin:accounts_user_add"), change):
        assert client.get(url).headers["Location"].startswith(ASK), url
    assert client.get(reverse("admin:schools_membership_changelist")).status_code == 200
    with owner():
        own = admin.memberships.get()
    # Nobody changes their own role, so there is nothing to ask for.
    assert client.get(reverse("admin:schools_membership_change", args=[own.pk])).status_code == 200


def test_it_is_asked_again_after_a_quarter_of_an_hour(client, admin):
    show_who_it_is(client, admin, seconds_ago=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT - 30)
    assert client.get(ADD).status_code == 200
    show_who_it_is(client, admin, seconds_ago=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    assert client.get(ADD).status_code == 302


def test_what_was_typed_is_saved_once_it_is_clear_who_it_is(client, admin):
    person = UserFactory()
    asked = client.post(ADD, grant(person))
    assert asked.headers["Location"].startswith(ASK)
    with owner():
        assert not Membership.objects.filter(user=person).exists()

    wrong = client.post(asked.headers["Location"], {"password": "fel lösenord", "next": ADD})
    assert wrong.status_code == 200
    with owner():
        assert not Membership.objects.filter(user=person).exists()

    assert client.post(ASK, {"password": PASSWORD, "next": ADD}).status_code == 302
    with owner():
        assert Membership.objects.get(user=person).granted_by_id == admin.pk
