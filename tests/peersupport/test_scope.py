"""The second lock holds without the first, and nobody gets past it."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    MembershipFactory,
    SchoolFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import NOBODY, checks, scope
from peersupport.scope.installation import install, lock_sql, unlocked_tables
from peersupport.scope.policies import CLOSED_TABLES, POLICIES, SIGN_IN_TABLES
from peersupport.scope.state import fingerprint
from schools.models import Role
from students.models import Student
from tests.peersupport.allowed_rows import ALL, ALLOWED, Rights
from tests.peersupport.rights import LOCKED, acting, raw, undone
from tests.peersupport.world import ACTORS, all_tables

pytestmark = pytest.mark.django_db

# A new function is closed until it is written here, or open to be misused.
CALLABLE_BY_WEB = {
    "accept_invitation", "answer_school_move", "app_link_id", "app_link_kind", "app_link_object",
    "app_link_student", "app_membership_id", "app_role", "app_today", "app_user_id", "apply_school_moves",
    "cancel_school_move", "correct_guardian", "correct_identity", "follow_part", "forget_old_merges",
    "group_changes", "group_size", "has_whereabouts", "holds_role", "invitation_traces", "invitations_to_look_at",
    "knows_breaks", "last_met_my_student", "late_part_ids", "late_pupils", "latest_meeting", "merge_facts",
    "merge_plan", "merge_students", "my_groups", "my_led_groups", "my_membership", "my_organisation",
    "my_organisations", "my_placements", "my_referred_students", "my_roles", "my_schools", "my_students", "my_supporters",
    "my_team", "my_time", "my_uncounted_kinds", "my_workplaces", "noted_by_others", "open_identity",
    "open_link", "open_whereabouts", "opened_guardians", "opened_identity", "opened_invitation",
    "opened_people", "operations_status", "over_at", "participants_taken", "parts_of_my_contact",
    "plan_school_move", "procrastinate_defer_jobs_v1", "pupils_taken", "school_contact_weeks",
    "school_moves_are_due", "scope_begin", "seal_referrals", "search_students", "supporter_contact_weeks",
    "supporter_loads", "supporter_minutes", "taken_times", "task_owners", "tell_group", "tick_off_step", "time_since_met", "told_of_date", "told_of_opening", "tries_since",
    "unmerge_students", "untell_group", "untell_participant", "was_my_part", "was_my_student",
    "withdraw_referral", "works_elsewhere",
}  # fmt: skip
CLOSED_TO_WEB = {
    "_pgh_attach_context", "_pgtrigger_should_ignore", "carry_out_move", "group_members", "group_takes_time", "is_open",
    "kept_student", "linked_invitation", "log_opening", "may_correct", "may_open", "membership_schools",
    "my_ended_assignments", "pupil_is_taken", "take_time", "teller_of", "time_spent", "trace_align", "trace_cases", "trace_chosen",
    "trace_copies", "trace_enrolment", "trace_first_contact", "trace_forget", "trace_insert", "trace_key",
    "trace_later_parts", "trace_like", "trace_made", "trace_moves", "trace_parts", "trace_row", "trace_said",
    "trace_set", "trace_take", "trace_time_is_taken", "trace_undo", "trace_values", "trace_where",
    "trace_whereabouts", "trace_write",
}  # fmt: skip


def ids(sql: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


# --- The scope's one statement


def test_scope_shows_own_students_only():
    own, foreign = AssignmentFactory(), AssignmentFactory()
    coordinator = CoordinatorFactory(organisation=own.school.organisation)

    assert ids("select id from students_student") == set()
    with scope(coordinator):
        assert ids("select id from students_student") == {own.student_id}
        assert set(Student.objects.visible_to(coordinator)) == {own.student}
    with scope(foreign.supporter.user):
        assert ids("select id from students_student") == {foreign.student_id}
    assert ids("select id from students_student") == set()


def test_scope_takes_one_statement(assert_queries):
    user = CoordinatorFactory()
    with assert_queries(1), scope(user):
        pass


def test_scope_tells_the_membership_acted_in():
    north = SchoolFactory()
    south = SchoolFactory(organisation=north.organisation)
    user = CoordinatorFactory(organisation=north.organisation)
    with scope(user) as acting:
        assert (acting.role, acting.organisation_id) == ("coordinator", north.organisation_id)
        assert acting.organisation_name == north.organisation.name
        assert (acting.school_id, acting.school_name, acting.memberships) == (None, None, 1)
        assert set(acting.schools) == {north.pk, south.pk}


def test_scope_at_one_school_reaches_that_school_only():
    north = SchoolFactory()
    SchoolFactory(organisation=north.organisation)
    with scope(CoordinatorFactory(school=north)) as acting:
        assert (acting.school_id, acting.school_name, acting.schools) == (north.pk, north.name, (north.pk,))


def test_scope_takes_the_membership_chosen_among_several():
    user = UserFactory()
    first, second = (MembershipFactory(user=user, role=role) for role in (Role.LEAD, Role.COORDINATOR))
    with scope(user) as acting:
        assert (acting.membership_id, acting.memberships) == (first.pk, 2)
    with scope(user, membership=second.pk) as acting:
        assert (acting.membership_id, acting.role) == (second.pk, "coordinator")


def test_scope_never_takes_the_membership_of_another():
    user, other = CoordinatorFactory(), MembershipFactory(role=Role.ADMIN)
    with scope(user, membership=other.pk) as acting:
        assert (acting.role, acting.organisation_id) == (
            "coordinator",
            user.memberships.get().organisation_id,
        )


@pytest.mark.parametrize(
    "state",
    [
        {"ended": True},
        {"unconfirmed": True},
        {"valid_from": today() + timedelta(days=1)},
        {"user__is_active": False},
    ],
    ids=["ended", "unconfirmed", "upcoming", "deactivated"],
)
def test_scope_of_a_membership_not_in_force_is_nobodys(state):
    membership = MembershipFactory(**state)
    SchoolFactory(organisation=membership.organisation)
    with scope(membership.user, membership=membership.pk) as acting:
        assert acting == NOBODY == membership.user.acting
        assert ids("select id from schools_school") == set()


def test_scope_holds_on_the_last_day_and_on_the_first():
    for period in ({"valid_to": today()}, {"valid_from": today()}):
        membership = MembershipFactory(**period)
        with scope(membership.user) as acting:
            assert acting.membership_id == membership.pk


def test_scope_ends_with_the_membership_not_with_the_page():
    membership = MembershipFactory()
    SchoolFactory(organisation=membership.organisation)
    with scope(membership.user):
        assert len(ids("select id from schools_school")) == 1
        with owner():
            raw("update schools_membership set valid_to = app_today() - 1, valid_from = app_today() - 9")
        assert ids("select id from schools_school") == set()


def test_scope_is_cleared_on_the_way_out_also_by_an_error():
    user = CoordinatorFactory()
    with scope(user):
        pass
    assert raw("select app_user_id(), app_role(), app_membership_id()").fetchone() == (None, None, None)
    with pytest.raises(ZeroDivisionError), scope(user):
        raise ZeroDivisionError
    assert raw("select app_user_id(), app_role(), app_membership_id()").fetchone() == (None, None, None)


def test_a_role_that_is_only_claimed_opens_nothing(world):
    with acting(world, "supervisor"):
        for role in Role.values:
            raw("select set_config('app.role', %s, true)", role)
            expected = 1 if role == "supervisor" else 0
            assert raw("select count(*) from my_membership()").fetchone()[0] == expected, role
            assert raw("select my_schools(), my_students(), my_workplaces()").fetchone() == ([], [], [])


# --- Without a scope


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


# --- What the web role can never do


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


# --- Functions


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
        "app_today",
        "app_user_id",
        "apply_school_moves",
        "forget_old_merges",
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


# --- With the first lock wide open


@pytest.fixture
def no_first_lock(monkeypatch):
    """`visible_to` answers "everything", as if every view had forgotten it."""
    for model in apps.get_models():
        queryset = type(model._default_manager.all())
        if hasattr(queryset, "visible_to"):
            monkeypatch.setattr(queryset, "visible_to", lambda self, user: self)


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


# --- Installing, and refusing to serve


def test_install_changes_nothing_the_second_time():
    with owner():
        assert install() is False
        raw("comment on function app_user_id() is 'an older lock'")
        assert install() is True
        assert install() is False


def test_install_holds_each_table_before_it_writes_of_it():
    """Autovacuum met it half-way once, and the database ended one of the two."""
    statements = list(lock_sql())
    (at,) = [n for n, sql in enumerate(statements) if sql.startswith("lock table ")]
    held = set(re.findall(r"\w+", statements[at].removeprefix("lock table ")))
    of_table = re.compile(r"^(?:alter table|create policy \w+ on|revoke .* on|grant .* on) (\w+)")
    assert not [sql for sql in statements[:at] if of_table.match(sql)]
    altered = re.compile(r"^(?:alter table|create policy \w+ on) (\w+)")
    assert {found[1] for sql in statements if (found := altered.match(sql))} <= held


def test_install_brings_back_a_policy_that_was_changed_by_hand_when_the_declaration_changes():
    with owner():
        raw("alter policy coordinator_read on students_student using (true)")
        raw("create policy left_over on students_student using (true)")
        raw("grant truncate on students_student to peersupport_web")
        raw("comment on function app_user_id() is 'an older lock'")
        install()
    names = {
        name for (name,) in raw("select policyname from pg_policies where tablename = 'students_student'")
    }
    assert "left_over" not in names and "coordinator_read" in names
    assert raw(
        "select count(*) from pg_policies where qual = 'true' and 'peersupport_web' = any (roles)"
    ).fetchone() == (0,)
    with undone(), pytest.raises(LOCKED):
        raw("truncate students_student cascade")


@pytest.mark.parametrize(
    "harm",
    [
        "drop policy coordinator_read on students_student",
        "alter policy coordinator_read on students_student using (true)",
        "create policy left_over on students_student using (true)",
        "alter table students_student disable row level security",
        "revoke select on students_student from peersupport_web",
        "grant delete on students_student to peersupport_web",
        "grant select (street) on students_whereabouts to peersupport_web",
        "grant execute on function may_open(bigint) to public",
        "alter function my_schools() reset search_path",
    ],
)
def test_install_mends_what_a_hand_or_a_restore_has_changed(harm):
    with owner():
        # Or autovacuum may stand between the harm and the mending, as it could between `install`'s own steps.
        raw("lock table students_student, students_whereabouts in access exclusive mode")
        before = fingerprint()
        raw(harm)
        assert fingerprint() != before
        assert install() is True
        assert fingerprint() == before
        assert install() is False


def test_serving_as_web_is_right():
    assert checks.faults_of_role() == []
    checks.refuse_to_serve_as_owner()
    assert checks.web_role_check(None) == []


def test_serving_as_owner_is_refused():
    with owner(), pytest.raises(ImproperlyConfigured, match="owns tables"):
        checks.refuse_to_serve_as_owner()


def test_serving_as_member_of_a_table_owner_is_refused():
    with owner():
        raw("grant create on schema public to peersupport_web")
        raw("alter table operations_cache owner to peersupport_web")
        assert "is a member of such a role" in checks.faults_of_role()
    with pytest.raises(ImproperlyConfigured, match="owns tables"):
        checks.refuse_to_serve_as_owner()


def test_serving_as_superuser_is_refused(monkeypatch):
    """Asked about the server's own superuser, whom no test may sign in as."""
    superuser = "(select rolname from pg_roles where rolsuper order by oid limit 1)"
    monkeypatch.setattr(checks, "FAULTS", checks.FAULTS.replace("current_user", superuser))
    with pytest.raises(ImproperlyConfigured, match="is a superuser and may bypass row-level security"):
        checks.refuse_to_serve_as_owner()


def test_the_refusal_is_also_a_system_check(settings):
    settings.DATABASE_ROLE = "web"
    assert checks.web_role_check(None, databases=["default"]) == []
    with owner():
        assert [error.id for error in checks.web_role_check(None, databases=["default"])] == [
            "peersupport.E001"
        ]


@pytest.mark.parametrize("role", ["owner", "web"])
def test_wsgi_serves_as_web_only(role):
    variable = {"owner": "DATABASE_OWNER_URL", "web": "DATABASE_URL"}[role]
    url = urlsplit(os.environ[variable])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": urlunsplit(url),
        "DATABASE_ROLE": "web",
        "DJANGO_SETTINGS_MODULE": "peersupport.settings",
    }
    started = subprocess.run(
        [sys.executable, "-c", "import peersupport.wsgi"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if role == "web":
        assert started.returncode == 0, started.stderr
    else:
        assert started.returncode != 0
        assert "ImproperlyConfigured: The web server's database role owns tables" in started.stderr
