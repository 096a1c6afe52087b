"""What the web role sees and does without a scope, past the first lock, and against the locks themselves."""

import pytest
from django.apps import apps

from peersupport.demo.owner import owner
from peersupport.scope import scope
from peersupport.scope.installation import unlocked_tables
from peersupport.scope.policies import CLOSED_TABLES, POLICIES, SIGN_IN_TABLES
from schools.models import Role
from tests.peersupport.allowed_rows import ALL, ALLOWED, Rights
from tests.peersupport.rights import LOCKED, acting, raw, undone
from tests.peersupport.world import ACTORS, all_tables

pytestmark = pytest.mark.django_db


def test_a_role_that_is_only_claimed_opens_nothing(world):
    with acting(world, "supervisor"):
        for role in Role.values:
            raw("select set_config('app.role', %s, true)", role)
            expected = 1 if role == "supervisor" else 0
            assert raw("select count(*) from my_membership()").fetchone()[0] == expected, role
            assert raw("select my_schools(), my_students(), my_workplaces()").fetchone() == ([], [], [])


def test_without_scope_only_sign_in_tables_show_rows(world):
    seen = {}
    for table in all_tables():
        with undone():
            try:
                seen[table] = raw(f"select count(*) from {table}").fetchone()[0]
            except LOCKED:
                seen[table] = 0
    assert {table for table, count in seen.items() if count} <= set(SIGN_IN_TABLES)


def test_every_table_has_a_policy_or_is_named_as_sign_in_or_closed():
    assert unlocked_tables() == []
    open_tables = raw(
        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        " and not relrowsecurity"
    ).fetchall()
    assert {name for (name,) in open_tables} == set(SIGN_IN_TABLES)
    assert all_tables() == set(POLICIES) | set(SIGN_IN_TABLES) | set(CLOSED_TABLES)


def test_a_new_table_is_closed_to_web_and_reported():
    with owner():
        raw("create table diary (id int)")
        assert unlocked_tables() == ["diary"]
    with undone(), pytest.raises(LOCKED):
        raw("select * from diary")


@pytest.mark.parametrize("table", sorted({*POLICIES, *SIGN_IN_TABLES, *CLOSED_TABLES}))
def test_web_truncates_nothing_and_takes_no_lock_away(world, table):
    for statement in (
        f"truncate {table} cascade",
        f"alter table {table} disable row level security",
        f"create policy mine on {table} using (true)",
        f"grant all on {table} to public",
        f"create trigger mine before insert on {table} execute function guard_confirmation()",
    ):
        with acting(world, "admin"), undone(), pytest.raises(LOCKED):
            if raw(statement).statusmessage == "GRANT":  # without any right to pass on, GRANT only warns
                _refuse_if_granted(table)


def _refuse_if_granted(table: str) -> None:
    (acl,) = raw("select coalesce(relacl::text, '') from pg_class where oid = %s::regclass", table).fetchone()
    if ",=" not in acl and not acl.startswith("{="):
        raise LOCKED


@pytest.mark.parametrize(
    "statement", ["update accounts_accesslog set reason = ''", "delete from accounts_accesslog"]
)
@pytest.mark.parametrize("actor", ACTORS)
def test_the_access_log_is_written_once(world, actor, statement):
    with acting(world, actor), undone(), pytest.raises(LOCKED, match="permission denied"):
        raw(statement)


def test_web_makes_nothing_and_is_a_member_of_nothing():
    rights = raw(
        "select has_schema_privilege('public', 'create'), has_database_privilege(current_database(), 'create'),"
        " exists (select 1 from pg_roles o where o.rolname <> current_user and pg_has_role(o.oid, 'member'))"
    )
    assert rights.fetchone() == (False, False, False)


def test_a_granted_role_is_never_ones_own(world):
    grant = (
        "insert into schools_membership (public_id, created_at, version, role, organisation_id, school_id, user_id,"
        " granted_by_id, valid_from, confirmed_at) values (gen_random_uuid(), now(), 1, %s, %s, %s, %s, %s,"
        " app_today(), now())"
    )
    for actor in ACTORS[:-1]:
        me, north = world.users[actor].pk, world.schools["north"].pk
        for granted_by in (me, None, world.users["away_coordinator"].pk):
            for school in (north, None):
                with acting(world, actor), undone(), pytest.raises(LOCKED):
                    raw(grant, "coordinator", world.home.pk, school, me, granted_by)


def test_an_assignment_to_oneself_is_refused(world):
    take = (
        "insert into students_assignment (public_id, created_at, version, case_id, student_id, school_id,"
        " supporter_id, kind, starts_on, reason, over_capacity_reason, made_by_id, end_reason) select"
        " gen_random_uuid(), now(), 1, %s, %s, %s, %s, 'stand_in', app_today(), '', '', %s, ''"
    )
    case, me = world["students_case", "colleague"], world.users["peer_supporter"].pk
    with acting(world, "peer_supporter"), undone(), pytest.raises(LOCKED):
        raw(take, case.pk, case.student_id, case.school_id, world.supporters["own"].pk, me)


@pytest.mark.parametrize("actor", ACTORS[:-1])
def test_without_the_first_lock_foreign_rows_stay_away(world, no_first_lock, actor):
    user = world.users[actor]
    with scope(user):
        for model in apps.get_models():
            table = model._meta.db_table
            if table not in POLICIES or not hasattr(model.objects.all(), "visible_to"):
                continue
            names = ALLOWED[table].get(actor, Rights()).select
            allowed = {
                world[table, name].pk for name in (world.rows[table] if names == ALL else names.split())
            }
            rows = model.objects.visible_to(user)
            assert set(rows.order_by().values_list("pk", flat=True)) == allowed, table
            assert rows.count() == len(allowed), table
