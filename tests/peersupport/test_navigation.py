"""The menu that frames every page."""

import pytest

from peersupport.navigation import ADMINISTRATION, PLACES, _items, menu, phone_menu
from schools.models import Role


def current(role, path):
    return [item.url for item in _items(PLACES[role], path) if item.is_current]


@pytest.mark.parametrize(
    ("role", "path", "url"),
    [
        (Role.SCHOOL_STAFF, "/referrals/", "/referrals/"),
        (Role.SCHOOL_STAFF, "/referrals/7d0c/", "/referrals/"),
        (Role.SCHOOL_STAFF, "/referrals/new/", "/referrals/new/"),  # which lies below the list, too
        (Role.ADMIN, "/administration/operations/", "/administration/"),
        (Role.ADMIN, "/invitations/new/", "/invitations/"),
        (Role.COORDINATOR, "/invitations/", "/people/"),
        (Role.COORDINATOR, "/invitations/new/", "/people/"),
        (Role.COORDINATOR, "/memberships/7d0c/end/", "/people/"),
    ],
)
def test_one_place_of_the_menu_is_where_one_is(role, path, url):
    assert current(role, path) == [url]


def test_nowhere_in_the_menu_is_nowhere():
    assert current(Role.COORDINATOR, "/account/") == []


def test_the_administrators_own_pages_lie_below_theirs(settings):
    (item,) = [item for item in _items((ADMINISTRATION,), f"/{settings.ADMIN_PATH}schools/school/")]
    assert item.is_current


def test_what_one_looks_up_is_a_group_of_its_own():
    assert [item.url for item in menu(Role.COORDINATOR, "/overview/") if item.is_apart] == ["/supporters/"]
    assert not [item for role in set(Role) - {Role.COORDINATOR} for item in menu(role, "/") if item.is_apart]


@pytest.mark.parametrize(
    ("path", "is_marked"),
    [("/people/", True), ("/invitations/", True), ("/students/", False), ("/account/", False)],
)
def test_more_is_marked_in_the_places_behind_it(path, is_marked):
    bar = phone_menu(menu(Role.COORDINATOR, path), path)
    assert len(bar) == 4
    assert (bar[-1].holds_current, bar[-1].is_current) == (is_marked, False)
