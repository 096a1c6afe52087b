"""The proof of test_allowed_ids: spoil the lock in every way in turn, and that test must turn red each time."""

from collections.abc import Iterator

import pytest

from peersupport.demo.owner import owner
from peersupport.scope.installation import COMMANDS as VERBS
from peersupport.scope.installation import policy_name
from peersupport.scope.policies import POLICIES
from peersupport.scope.policies.rules import EVERY_ROW, JOB
from tests.peersupport.rights import COMMANDS, acting, allowed, raw, undone
from tests.peersupport.test_allowed_ids import expected
from tests.peersupport.world import ASKERS, World

pytestmark = pytest.mark.django_db


def mutations(table: str) -> Iterator[tuple[str, str, str, str]]:
    """(what, statement, where to look first: actor, command) for each way to spoil the lock of `table`."""
    for role, rule in POLICIES[table].items():
        for command, verb in VERBS.items():
            if not getattr(rule, command):
                continue
            policy = policy_name(table, role, command)
            yield f"{policy} dropped", f"drop policy {policy} on {table}", role, verb
            if role == JOB and is_granted_to_web(table, command):
                opened = f"alter policy {policy} on {table} to peersupport_web, peersupport_job"
                yield f"{policy} opened to the web role", opened, "nobody", verb
            if getattr(rule, command) == EVERY_ROW:
                continue  # what follows would change nothing
            if command != "insert":
                yield (
                    f"{policy} using (true)",
                    f"alter policy {policy} on {table} using (true)",
                    "nobody",
                    verb,
                )
            if command in {"insert", "change"}:
                first = "move" if command == "change" else verb
                yield (
                    f"{policy} with check (true)",
                    f"alter policy {policy} on {table} with check (true)",
                    role,
                    first,
                )
    disabled = f"alter table {table} disable row level security"
    if {getattr(rule, command) for rule in POLICIES[table].values() for command in VERBS} <= {"", EVERY_ROW}:
        # The worker's alone: that the web role has no privilege is as much of the lock.
        disabled += f"; grant select on {table} to peersupport_web"
    yield "row security disabled", disabled, "nobody", "select"


def is_granted_to_web(table: str, command: str) -> bool:
    return any(getattr(rule, command) for role, rule in POLICIES[table].items() if role != JOB)


def is_caught(world: World, table: str, first_actor: str, first_command: str) -> bool:
    """Whether test_allowed_ids would turn red; the likeliest places first, and no more than is needed."""
    for command in _with_first(COMMANDS, first_command):
        for actor in _with_first(ASKERS, first_actor):
            with acting(world, actor):
                if allowed(world, table, actor, command) != expected(world, table, actor, command):
                    return True
    return False


def _with_first(things: tuple[str, ...], first: str) -> list[str]:
    return sorted(things, key=lambda thing: thing != first)


@pytest.mark.parametrize("table", POLICIES)
def test_no_mutation_survives(world, table):
    survivors = []
    for what, statement, actor, command in mutations(table):
        with undone():
            raw("set constraints all immediate")
            with owner():
                raw(statement)
            raw("set constraints all deferred")
            if not is_caught(world, table, actor, command):
                survivors.append(what)
    assert not survivors, f"{table}: test_allowed_ids stays green with {survivors}"


def test_every_policy_of_the_database_is_mutated(world):
    declared = {
        (table, statement.split()[2])
        for table in POLICIES
        for _, statement, _, _ in mutations(table)
        if statement.startswith("drop policy")
    }
    found = raw("select tablename, policyname from pg_policies where schemaname = 'public'").fetchall()
    assert set(found) == declared
