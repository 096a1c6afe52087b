"""Nobody writes history by hand, changes it, takes it away or silences it."""

import pytest

from peersupport.demo.owner import owner
from peersupport.lib.history import NOT_TRACKED, events_of, tracked_models
from students.models import Case, Guardian
from tests.peersupport.rights import LOCKED, acting, raw, undone
from tests.peersupport.world import ACTORS, all_tables

pytestmark = pytest.mark.django_db


def count(model, **conditions):
    with owner():
        return events_of(model).objects.filter(**conditions).count()


# Found by what they are in the database: events have an id of pghistory's, logs are called so.
IS_LOG = """
select relname from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and (
  relname ~ '(log|change|revision|opening|trace|merge)$'
  or exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'pgh_id'))
"""


@pytest.fixture
def logs() -> set[str]:
    return {name for (name,) in raw(IS_LOG)}


def test_history_and_logs_are_found(logs):
    written_once = {label for label, why in NOT_TRACKED.items() if why.startswith("a log itself")}
    marked = {label.replace(".", "_").lower() for label in written_once}
    assert marked <= logs, "Call it …Log, …Change and the like, so that this test finds it."
    assert {events_of(model)._meta.db_table for model in tracked_models()} <= logs <= all_tables()
    assert len(logs) >= 23


@pytest.mark.parametrize("statement", ["update {t} set {c} = {c}", "delete from {t}", "truncate {t}"])
@pytest.mark.parametrize("actor", ACTORS)
def test_no_history_and_no_log_is_changed_or_taken_away(world, logs, actor, statement):
    for table in sorted(logs):
        column = "pgh_label" if table.endswith("event") else "id"
        with (
            acting(world, actor),
            undone(),
            pytest.raises(LOCKED, match=f"permission denied for table {table}"),
        ):
            raw(statement.format(t=table, c=column))


def test_no_event_is_written_by_hand(world):
    for model in tracked_models():
        table = events_of(model)._meta.db_table
        with acting(world, "coordinator"), undone(), pytest.raises(LOCKED, match="permission denied"):
            raw(f"insert into {table} default values")
    with acting(world, "coordinator"), undone(), pytest.raises(LOCKED, match="permission denied"):
        raw("insert into visits_noterevision default values")


def test_no_history_function_is_hung_on_a_table_of_ones_own(world):
    functions = [
        name
        for (name,) in raw(
            "select distinct tgfoid::regproc::text from pg_trigger where tgname like 'pgtrigger_%'"
        ).fetchall()
    ]
    assert len(functions) > 40
    with acting(world, "coordinator"), undone():
        raw("create temporary table mine (like students_case)")
        for function in functions:
            with undone(), pytest.raises(LOCKED, match="permission denied for function"):
                raw(f"create trigger t after insert on mine for each row execute function {function}()")


def test_the_web_role_cannot_silence_history(world):
    names = [
        name for (name,) in raw("select tgname from pg_trigger where tgname like 'pgtrigger_%'").fetchall()
    ]
    with acting(world, "coordinator"), undone():
        raw("select set_config('pgtrigger.ignore', %s, true)", "{" + ",".join(names) + "}")
        raw("update students_case set status = 'paused' where id = %s", world["students_case", "own"].pk)
        assert count(Case, pgh_obj=world["students_case", "own"].pk) == 2


def test_history_outlives_what_it_is_of(world):
    with owner(), undone():
        raw("delete from students_guardian")
        assert count(Guardian, pgh_label="delete") == len(world.rows["students_guardian"])
