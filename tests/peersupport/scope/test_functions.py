"""Functions that run as the owner: who may call which, and that none answers beyond the scope."""

import pytest

from peersupport.demo.owner import owner
from tests.peersupport.allowed_rows import ALLOWED, Rights
from tests.peersupport.rights import LOCKED, acting, raw, undone
from tests.peersupport.scope.callable import CALLABLE_BY_WEB, CLOSED_TO_WEB
from tests.peersupport.world import ACTORS

pytestmark = pytest.mark.django_db


def test_web_may_call_exactly_these_functions():
    ours = raw(
        "select p.proname, has_function_privilege(p.oid, 'execute'), p.prorettype = 'trigger'::regtype"
        " from pg_proc p join pg_roles r on r.oid = p.proowner"
        " where p.pronamespace = 'public'::regnamespace and r.rolname = 'peersupport_owner'"
    ).fetchall()
    assert {name for name, may, _ in ours if may} == CALLABLE_BY_WEB
    closed = {name for name, may, is_trigger in ours if not may and not is_trigger}
    assert {name for name in closed if not name.startswith("procrastinate_")} == CLOSED_TO_WEB


def test_the_worker_may_call_what_is_procrastinates_and_little_else():
    with undone():
        raw("set role peersupport_job")
        found = raw(
            "select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner"
            " where p.pronamespace = 'public'::regnamespace and r.rolname = 'peersupport_owner'"
            " and has_function_privilege(p.oid, 'execute')"
        ).fetchall()
    assert {name for (name,) in found if not name.startswith("procrastinate_")} == {
        "alarm_told",
        "app_today",
        "app_user_id",
        "apply_school_moves",
        "digest_figures",
        "forget_old_merges",
        "log_visit",
        "memberships_without_digest",
        "people_to_call",
        "reminders_due",
        "watch_visits",
    }


def test_functions_that_answer_about_any_pupil_are_closed(world):
    student = world.students["own"].pk
    for call in (
        f"select log_opening({student}, 'open_identity', 'nyfiken')",
        f"select may_open({student})",
        f"select is_open({student})",
        "select membership_schools(m) from my_membership() m",
    ):
        with acting(world, "peer_supporter"), undone(), pytest.raises(LOCKED, match="permission denied"):
            raw(call)


@pytest.mark.parametrize("actor", ACTORS)
def test_every_function_that_runs_as_owner_keeps_the_scope(world, actor):
    """Nothing of the other municipality, nor of an ended assignment, comes out of any of them."""
    mine = ALLOWED["students_student"].get(actor, Rights()).select.split()
    supporters = ALLOWED["supporters_peersupporter"].get(actor, Rights()).select.split()
    with acting(world, actor):
        for name, student in world.students.items():
            words = [part.lower() for part in (student.identity.given_name, student.identity.family_name)]
            found = {row[0] for row in raw("select * from search_students(%s)", words).fetchall()}
            assert found <= {world.students[own].pk for own in mine}
            if actor == "school_staff":
                assert found == set()  # they see whom they have referred, and search nobody
            elif name in mine and name != "protected":
                assert student.pk in found
            raw("select seal_referrals(%s)", student.pk)
            assert raw("select count(*) from opened_identity(%s)", student.pk).fetchone()[0] == 0, name
            assert raw("select count(*) from opened_guardians(%s)", student.pk).fetchone()[0] == 0, name
            assert raw("select count(*) from told_of_opening(%s)", student.pk).fetchone()[0] == 0, name
            assert raw("select count(*) from opened_people(%s)", student.pk).fetchone()[0] == 0, name
        loads = {row[0] for row in raw("select supporter_id from supporter_loads()").fetchall()}
        assert loads <= {world.supporters[name].pk for name in supporters}
        numbers_keep_the_scope(world, supporters)
        for name, student in world.students.items():
            owners = {row[0] for row in raw("select user_id from task_owners(%s)", student.pk).fetchall()}
            assert not owners or name in mine, name
            assert world.users["away_coordinator"].pk not in owners, name
    assert raw("select holds_role(%s, '{lead}')", world.users["lead"].pk).fetchone() == (False,)  # no scope


def numbers_keep_the_scope(world, supporters: list[str]) -> None:
    """Hours and weeks: of supporters one sees, and of no school of the other municipality."""
    for name, supporter in world.supporters.items():
        if name not in supporters:
            hours = "select * from supporter_minutes(array[%s]::bigint[], '2020-01-01')"
            assert raw(hours, supporter.pk).fetchall() == [], name
            weeks = "select * from supporter_contact_weeks(%s, '2020-01-01')"
            assert raw(weeks, supporter.pk).fetchall() == [], name
    weeks = "select * from school_contact_weeks(%s, '2020-01-01')"
    assert raw(weeks, world.schools["away"].pk).fetchall() == []


@pytest.mark.parametrize("actor", ACTORS)
def test_a_step_is_ticked_off_by_whoever_sees_it_and_nobody_else(world, actor):
    with undone():
        with owner():
            raw("update visits_participation set next_step = 'Ses igen'")
        with acting(world, actor):
            ticked = {
                name
                for name, row in world.rows["visits_participation"].items()
                if raw(
                    "select tick_off_step(%s, %s)", row.student_id, world["visits_contact", name].public_id
                ).fetchone()[0]
            }
    assert ticked == set(ALLOWED["visits_participation"].get(actor, Rights()).select.split())


def test_referrals_are_sealed_only_where_the_pupil_is_protected(world):
    with acting(world, "coordinator"):
        for student in world.students.values():
            raw("select seal_referrals(%s)", student.pk)
        named = raw("select count(*) from students_referral where given_name <> ''").fetchone()[0]
        assert named == len(world.rows["students_referral"]) - 2  # away is not seen, protected has no name
