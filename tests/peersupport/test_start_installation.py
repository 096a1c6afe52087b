"""The first two people of an installation; after them, roles are granted inside it."""

import io
import sys

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from peersupport.demo.factories import MembershipFactory, OrganisationFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools.models import Membership, Organisation

pytestmark = pytest.mark.django_db

ANSWERS = {
    "organisation": "Lindsjö kommun",
    "number": "2120009901",
    "municipality_code": "9901",
    "admin_given_name": "Alva",
    "admin_family_name": "Provdal",
    "admin_email": "Alva.Provdal@lindsjo.example",
    "coordinator_given_name": "Bilal",
    "coordinator_family_name": "Testhage",
    "coordinator_email": "bilal.testhage@lindsjo.example",
}


def start(**changes):
    printed = io.StringIO()
    with owner():
        call_command("start_installation", **ANSWERS | changes, stdout=printed, stderr=printed)
    return printed.getvalue()


def counts():
    with owner():
        return Organisation.objects.count(), User.objects.count(), Membership.objects.count()


def test_start_installation_makes_an_organisation_and_two_people():
    printed = start()

    with owner():
        memberships = {row.role: row for row in Membership.objects.select_related("user", "organisation")}
    assert set(memberships) == {"admin", "coordinator"}
    for membership in memberships.values():
        assert membership.organisation.name == "Lindsjö kommun"
        assert (membership.granted_by_id, membership.confirmed_by_id) == (None, None)
        assert membership.is_in_force
        assert membership.user.needs_second_factor
        assert not membership.user.has_usable_password()
    assert memberships["admin"].user.email == "alva.provdal@lindsjo.example"
    assert reverse("account_reset_password") in printed


def test_start_installation_puts_both_in_scope():
    start()

    with owner():
        people = {user.given_name: user for user in User.objects.all()}
    for name, role in [("Alva", "admin"), ("Bilal", "coordinator")]:
        with scope(people[name]) as acting:
            assert acting.role == role


def test_start_installation_lets_both_choose_a_password_by_mail(client):
    start()

    client.post(reverse("account_reset_password"), {"email": "bilal.testhage@lindsjo.example"})

    assert [message.to for message in mail.outbox] == [["bilal.testhage@lindsjo.example"]]
    assert "/password/new/" in mail.outbox[0].body


def test_start_installation_is_refused_when_somebody_holds_a_role():
    MembershipFactory(ended=True)
    before = counts()

    with pytest.raises(CommandError, match="has been started"):
        start()
    assert counts() == before


def test_start_installation_twice_makes_nothing_more():
    start()
    before = counts()

    with pytest.raises(CommandError, match="has been started"):
        start()
    assert counts() == before


def test_start_installation_takes_the_organisation_an_import_has_made():
    OrganisationFactory(name="Huvudman 2120009901", number="2120009901")

    start()

    with owner():
        assert [row.name for row in Organisation.objects.all()] == ["Lindsjö kommun"]


@pytest.mark.parametrize(
    "changes",
    [
        {"coordinator_email": "alva.provdal@lindsjo.example"},
        {"coordinator_email": "no address"},
        {"number": "12"},
        {"municipality_code": "abc"},
        {"admin_given_name": "A" * 81},
    ],
)
def test_start_installation_makes_nothing_of_wrong_answers(changes):
    with pytest.raises(CommandError):
        start(**changes)
    assert counts() == (0, 0, 0)


def test_start_installation_without_a_terminal_names_what_is_missing():
    with pytest.raises(CommandError, match="--admin-email"):
        start(admin_email=None)


def test_start_installation_asks_for_what_is_missing(monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    answers = iter(["", "alva@lindsjo.example"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))

    start(admin_email=None)

    with owner():
        assert User.objects.filter(email="alva@lindsjo.example").exists()


def test_start_installation_can_ask_for_passwords(monkeypatch):
    password = "en mening med ord"
    typed = iter(["short", password, "en annan mening", password, password] * 2)
    monkeypatch.setattr("getpass.getpass", lambda question: next(typed))

    printed = start(password_prompt=True)

    with owner():
        assert all(user.check_password(password) for user in User.objects.all())
    assert "two different" in printed
    assert "chooses a password" not in printed
