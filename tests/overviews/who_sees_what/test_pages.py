"""Whose names and addresses stand on the pages of each role, and what is kept nowhere."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from overviews.seen import staff
from overviews.seen.readers import EVERYBODY_HERE, SELF
from peersupport.demo.factories import PASSWORD
from peersupport.demo.owner import owner
from tests.overviews.who_sees_what.kinds import PEOPLE, roles_of
from tests.peersupport.rights import raw, undone
from tests.peersupport.world import all_tables

pytestmark = pytest.mark.django_db


def readers_on_pages(world, shown, words: str) -> set[str]:
    """The roles on whose pages `words` of somebody stand: SELF for their own, the role for another's."""
    found = set()
    for role, text in shown.items():
        people = {name for name, user in world.users.items() if getattr(user, words) in text}
        assert people & {"away", "away_coordinator"} == set()
        own = PEOPLE[role][0]
        found |= {SELF} if own in people else set()
        found |= {role} if people - {own} else set()
    return found


def test_names_are_on_the_pages_of_those_who_are_named(world, shown):
    """Every page of every role is opened: whose name stands there?"""
    (kind,) = [kind for kind in staff.KINDS if kind.key == "name"]
    assert roles_of(kind) == {SELF, EVERYBODY_HERE}
    assert readers_on_pages(world, shown, "name") == {SELF, *PEOPLE}


def test_addresses_are_on_the_pages_of_those_who_are_named(world, shown):
    (kind,) = [kind for kind in staff.KINDS if kind.key == "address"]
    assert readers_on_pages(world, shown, "email") == roles_of(kind)


def test_a_password_is_kept_so_that_it_cannot_be_turned_back(world, cookies):
    with owner():
        kept = raw("select password from accounts_user").fetchall()
    assert all(text and PASSWORD not in text for (text,) in kept)


def test_what_is_searched_for_is_kept_nowhere(world, cookies):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookies["coordinator"]
    with undone():
        answer = client.post(reverse("overviews:student_search"), {"words": "Ugglemyrsson"})
        assert answer.status_code == 200
        with owner():
            kept = [
                table
                for table in all_tables()
                if raw(f"select 1 from {table} t where t::text ilike '%%ugglemyr%%' limit 1").fetchone()
            ]
    assert kept == []
