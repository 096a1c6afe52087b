"""Addresses and sealed names: opened by the right person, for a reason, for a while, and never without a trace."""

import pytest

from peersupport.demo.owner import owner
from tests.peersupport.rights import acting, raw
from tests.peersupport.world import World

pytestmark = pytest.mark.django_db

REASON = "Hembesök på torsdag"


@pytest.fixture
def logged(world):
    """How many openings of a kind have been written since the test began, as the owner sees it."""

    def count(action: str) -> int:
        with owner():
            sql = "select count(*) from accounts_accesslog where action = %s and page like 'students:%%'"
            return raw(sql, action).fetchone()[0]

    return count


def address(world: World, name: str, reason: str | None = REASON) -> int:
    return len(raw("select * from open_whereabouts(%s, %s)", world.students[name].pk, reason).fetchall())


def opens(world: World, name: str = "protected", reason: str | None = REASON) -> bool:
    return raw("select open_identity(%s, %s)", world.students[name].pk, reason).fetchone()[0]


def is_open(world: World, name: str = "protected") -> bool:
    return bool(raw("select * from opened_identity(%s)", world.students[name].pk).fetchall())


def log_opening(world: World, actor: str, *, minutes_ago: int, membership: str | None = None) -> None:
    """An opening of the past, as the function would have written it."""
    student, user = world.students["protected"], world.users[actor]
    with owner():
        raw(
            "insert into accounts_accesslog (id, at, user_id, membership_id, role, action, page, student_ids,"
            " school_ids, count, filter_name, reason, request_id) values (gen_random_uuid(),"
            " clock_timestamp() - make_interval(mins => %s), %s, %s, '', 'open_identity', 'students:past',"
            " array[%s]::bigint[], array[%s]::bigint[], 1, '', '', '')",
            minutes_ago, user.pk, world["schools_membership", membership or actor].pk, student.pk, student.school_id,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "name", "rows"),
    [
        ("coordinator", "own", 1),
        ("coordinator", "south", 1),
        ("coordinator", "away", 0),
        ("school_coordinator", "own", 1),
        ("school_coordinator", "south", 0),
        ("peer_supporter", "own", 1),
        ("peer_supporter", "south", 0),
        ("school_staff", "own", 0),
        ("supervisor", "own", 0),
        ("lead", "own", 0),
        ("admin", "own", 0),
        ("reviewer", "own", 0),
        ("unconfirmed", "own", 0),
        ("ended", "own", 0),
        ("deactivated", "own", 0),
        ("nobody", "own", 0),
    ],
)
def test_an_address_opens_for_those_who_have_the_pupil_and_is_logged(world, logged, actor, name, rows):
    with acting(world, actor):
        assert address(world, name) == rows
        assert logged("open_address") == rows


@pytest.mark.parametrize("reason", [None, "", "  ", " x "])
def test_nothing_opens_without_a_reason(world, logged, reason):
    with acting(world, "peer_supporter"):
        assert address(world, "own", reason) == 0
        assert not opens(world, reason=reason)
        assert logged("open_address") == logged("open_identity") == 0


def test_the_opening_is_logged_with_who_whom_why(world):
    with acting(world, "coordinator"):
        address(world, "own")
        with owner():
            row = raw(
                "select user_id, membership_id, organisation_id, role, student_ids, school_ids, count, reason"
                " from accounts_accesslog where action = 'open_address'"
            ).fetchone()
    user, student = world.users["coordinator"], world.students["own"]
    membership = world["schools_membership", "coordinator"]
    whom = ([student.pk], [student.school_id], 1)
    assert row == (user.pk, membership.pk, world.home.pk, "coordinator", *whom, REASON)


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        ("peer_supporter", True),  # assigned
        ("coordinator", True),  # named by a coordinator
        ("school_coordinator", False),  # coordinates the school, but is not named
        ("lead", False),  # named, but has no pupils
        ("supervisor", False),
        ("school_staff", False),
        ("admin", False),
        ("reviewer", False),
        ("ended", False),
        ("nobody", False),
    ],
)
def test_a_sealed_name_opens_for_the_assigned_supporter_and_the_named(world, logged, actor, may):
    with acting(world, actor):
        assert not is_open(world)
        assert opens(world) is may
        assert is_open(world) is may
        assert logged("open_identity") == may


def test_a_name_opened_by_one_stays_sealed_for_others(world):
    log_opening(world, "peer_supporter", minutes_ago=1)
    with acting(world, "coordinator"):
        assert not is_open(world)
    with acting(world, "peer_supporter"):
        assert is_open(world)


def test_an_opening_in_one_role_does_not_hold_in_another(world):
    log_opening(world, "peer_supporter", minutes_ago=1, membership="coordinator")
    with acting(world, "peer_supporter"):
        assert not is_open(world)


@pytest.mark.parametrize(("minutes", "still"), [(14, True), (15, False), (600, False)])
def test_an_opening_lasts_fifteen_minutes(world, minutes, still):
    log_opening(world, "peer_supporter", minutes_ago=minutes)
    with acting(world, "peer_supporter"):
        assert is_open(world) is still
        guardians = raw("select * from opened_guardians(%s)", world.students["protected"].pk).fetchall()
        assert len(guardians) == still
        assert address(world, "protected") == still


def test_a_protected_address_opens_only_while_the_name_is_open(world, logged):
    for actor in ("peer_supporter", "coordinator"):
        with acting(world, actor):
            assert address(world, "protected") == 0
            assert logged("open_address") == 0
            assert opens(world)
            assert address(world, "protected") == 1


def test_an_opening_ends_with_the_assignment(world):
    log_opening(world, "peer_supporter", minutes_ago=1)
    with owner():
        raw(
            "update students_assignment set ended_at = now(), ended_by_id = made_by_id where ended_at is null"
        )
    with acting(world, "peer_supporter"):
        assert not is_open(world)
        assert address(world, "protected") == 0


def test_a_sealed_name_is_searched_by_alias_only(world):
    student = world.students["protected"]
    with owner():
        names = raw("select given_name, family_name from students_identity where student_id = %s", student.pk)
        words = [word.lower() for word in names.fetchone()]
    with acting(world, "coordinator"):
        by_name = {row[0] for row in raw("select * from search_students(%s)", words)}
        by_alias = {row[0] for row in raw("select * from search_students(%s)", [student.alias.lower()])}
    assert student.pk not in by_name
    assert student.pk in by_alias
