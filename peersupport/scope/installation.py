"""Writes the declared lock to the database: functions, policies, privileges.

Run as owner, after each migrate.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from peersupport.scope.policies import (
    CLOSED_TABLES,
    COLUMN_GRANTS,
    DEMO_TABLES,
    JOB,
    JOB_COLUMN_GRANTS,
    JOB_SEQUENCES,
    JOB_SIGN_IN_TABLES,
    POLICIES,
    SIGN_IN_TABLES,
    Rule,
)
from peersupport.scope.state import fingerprint

WEB, WORKER = "peersupport_web", "peersupport_job"
# In the order of their names: a function is checked when it is made, so those it asks come before it.
FUNCTIONS = sorted(Path(__file__).with_name("functions").glob("*.sql"))
# Only these are for the web role to call; the rest answer inside policies and other functions.
COMMANDS = {
    "read": "select",
    "insert": "insert",
    "change": "update",
    "delete": "delete",
}


def install() -> bool:
    """Bring the database's lock to what is declared; False when it was, and nobody has changed it since.

    One transaction: never half a lock.
    """
    statements = list(lock_sql())
    declared = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select obj_description(to_regprocedure('app_user_id()'))")
        if cursor.fetchone() == (f"{declared} {fingerprint()}",) and not unlocked_tables():
            return False
        # Behind a long transaction the lock would queue every page; better to fail and be run again.
        cursor.execute("set local lock_timeout = '5s'")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"comment on function app_user_id() is '{declared} {fingerprint()}'")
    return True


def lock_sql() -> Iterator[str]:
    """The statements that make the lock, in order."""
    yield "select show_trgm('')"  # loads pg_trgm: only a known setting may be set on a function
    for path in FUNCTIONS:
        yield path.read_text()
    # Before anything is written of a table: VACUUM holds the table while it waits for whoever has rewritten
    # its row in pg_class, as the privileges do; the policies would then wait for VACUUM, in a circle.
    tables = sorted({*POLICIES, *CLOSED_TABLES, *(DEMO_TABLES if settings.IS_DEMO else ())})
    yield f"lock table {', '.join(tables)} in access exclusive mode"
    yield f"revoke all on all tables in schema public from {WEB}, {WORKER}, public"
    yield f"grant usage on schema public to {WEB}, {WORKER}"
    yield DROP_ALL_POLICIES
    for table, rules in POLICIES.items():
        yield f"alter table {table} enable row level security"
        for role, rule in rules.items():
            yield from _policy_sql(table, role, rule)
        yield from _grant_sql(table, rules)
    for table, privileges in SIGN_IN_TABLES.items():
        yield f"grant {privileges} on {table} to {WEB}"
    for table, privileges in JOB_SIGN_IN_TABLES.items():
        yield f"grant {privileges} on {table} to {WORKER}"
    yield f"grant usage on sequence {', '.join(JOB_SEQUENCES)} to {WORKER}"
    for table in DEMO_TABLES if settings.IS_DEMO else ():
        yield f"create policy demo_read on {table} for select to {WEB} using (true)"
        yield f"grant select on {table} to {WEB}"
    for table in CLOSED_TABLES:
        yield f"alter table {table} enable row level security"
    yield FUNCTION_PRIVILEGES


def database_role(role: str) -> str:
    """Whom a rule is for: the worker's rules for the worker, all others for the web role."""
    return WORKER if role == JOB else WEB


def policy_name(table: str, role: str, command: str) -> str:
    """The policy's name in the database; names need be unique within a table only."""
    return f"{role}_{command}"


def _policy_sql(table: str, role: str, rule: Rule) -> Iterator[str]:
    for command, verb in COMMANDS.items():
        condition = getattr(rule, command)
        if not condition:
            continue
        using = f" using ({condition})" if command != "insert" else ""
        check = f" with check ({condition})" if command in {"insert", "change"} else ""
        name = policy_name(table, role, command)
        yield f"create policy {name} on {table} for {verb} to {database_role(role)}{using}{check}"


def _grant_sql(table: str, rules: dict[str, Rule]) -> Iterator[str]:
    for grantee, only_columns in ((WEB, COLUMN_GRANTS), (WORKER, JOB_COLUMN_GRANTS)):
        columns = only_columns.get(table, {})
        theirs = [rule for role, rule in rules.items() if database_role(role) == grantee]
        for command, verb in COMMANDS.items():
            if any(getattr(rule, command) for rule in theirs):
                only = f" ({columns[verb]})" if verb in columns else ""
                yield f"grant {verb}{only} on {table} to {grantee}"


DROP_ALL_POLICIES = """
do $$ declare p record; begin
  for p in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', p.policyname, p.tablename);
  end loop;
end $$
"""

# Functions are callable by everyone unless told otherwise. Some answer about any pupil, or write any pupil's
# rows (the parts of a merge are `trace_…`): only the functions that ask them may call them. Those of
# procrastinate are the worker's; deferring is everybody's, and for the web role the only thing. Those of
# triggers are called by nobody: who could, could hang them on a temporary table and write history by hand.
CLOSED_FUNCTIONS = (
    "_pgh_attach_context",
    "_pgtrigger_should_ignore",
    "carry_out_move",
    "group_members",
    "group_takes_time",
    "is_open",
    "kept_student",
    "linked_invitation",
    "log_opening",
    "may_correct",
    "may_open",
    "membership_schools",
    "pupil_is_taken",
    "take_time",
    "time_spent",
    "teller_of",
    "my_ended_assignments",
)
# What the worker asks besides procrastinate's own.
WORKER_FUNCTIONS = ("app_today", "app_user_id", "apply_school_moves", "forget_old_merges")
FUNCTION_PRIVILEGES = f"""
do $$ declare f record; begin
  for f in select p.oid::regprocedure as signature, p.proname, p.prorettype as kind
             from pg_proc p join pg_roles r on r.oid = p.proowner and r.rolname = current_user
            where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' loop
    execute format('revoke all on function %s from public, {WEB}, {WORKER}', f.signature);
    if f.kind <> 'trigger'::regtype and f.proname <> all (array{list(CLOSED_FUNCTIONS)})
       and f.proname not like 'trace\\_%'
       and (f.proname not like 'procrastinate\\_%' or f.proname = 'procrastinate_defer_jobs_v1') then
      execute format('grant execute on function %s to {WEB}', f.signature);
    end if;
    if f.proname like 'procrastinate\\_%' or f.proname = any (array{list(WORKER_FUNCTIONS)}) then
      execute format('grant execute on function %s to {WORKER}', f.signature);
    end if;
  end loop;
end $$
"""


def unlocked_tables() -> list[str]:
    """Tables with neither row security nor a place in SIGN_IN_TABLES; must be empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and not relrowsecurity"
            " and relnamespace = 'public'::regnamespace order by relname"
        )
        return [name for (name,) in cursor.fetchall() if name not in SIGN_IN_TABLES]
