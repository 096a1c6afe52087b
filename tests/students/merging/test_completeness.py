"""Every column that names a pupil is thought of, and every row goes along."""

import pytest

from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from tests.peersupport.rights import raw
from tests.students.merging.records import merge, plan

pytestmark = pytest.mark.django_db

COLUMNS_OF_PUPILS = """
select c.conrelid::regclass::text, a.attname from pg_constraint c
  cross join lateral unnest(c.conkey, c.confkey) k(own, theirs)
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
  join pg_attribute s on s.attrelid = c.confrelid and s.attnum = k.theirs and s.attname = 'id'
 where c.contype = 'f' and c.confrelid = 'students_student'::regclass
union
select a.attrelid::regclass::text, a.attname from pg_attribute a join pg_class t on t.oid = a.attrelid
 where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
   and (a.attname ~ '(^|_)(student|pupil)(_id)?$')
"""


def test_merge_handles_every_column_that_names_a_pupil(db):
    """A new table? Say in merge_plan() (scope/functions/7_merging.sql) what becomes of its rows."""
    with owner():
        found = set(raw(COLUMNS_OF_PUPILS).fetchall())
    assert found - set(plan()) == set(), "not in merge_plan()"
    assert set(plan()) - found == set(), "no such column"


def test_merge_plan_knows_its_own_rules(db):
    assert set(plan().values()) <= {"moves", "kept_wins", "combines", "chosen", "stays"}


def test_merge_moves_every_row_there_can_be(world_of_one, coordinator):
    """A row in each table that names a pupil, and none names the absorbed one afterwards."""
    kept, absorbed = world_of_one
    merge(coordinator, kept, absorbed)
    with owner():
        left = {
            f"{table}.{column}"
            for (table, column), rule in plan().items()
            if rule != "stays"
            and raw(f"select 1 from {table} where {column} = %s limit 1", absorbed.pk).fetchone()
        }
    assert left == set()


def test_moved_rows_counts_by_table(coordinator, kept, absorbed):
    made = merge(coordinator, kept, absorbed)
    with scope(coordinator):
        moved = services.moved_rows(merge=made)
    assert moved["visits_participation"] == moved["students_guardian"] == moved["students_case"] == 1
