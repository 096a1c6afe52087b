"""Functions with the owner's rights trust no table that somebody else can make."""

import pytest
from django.db import connection

from tests.peersupport.rights import LOCKED, acting, raw, undone

pytestmark = pytest.mark.django_db


def test_definers_look_for_temporary_tables_last():
    """A search path that does not name pg_temp begins with it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.proname, p.proconfig from pg_proc p join pg_roles r on r.oid = p.proowner"
            " where p.prosecdef and p.pronamespace = 'public'::regnamespace and not r.rolsuper"
        )
        found = dict(cursor.fetchall())
    assert found
    assert {
        name for name, config in found.items() if "search_path=public, pg_temp" not in (config or [])
    } == set()


def test_a_temporary_table_poses_as_no_table_of_ours(world):
    away = world.students["away"].pk
    with acting(world, "peer_supporter"):
        raw("create temporary table students_assignment as select * from public.students_assignment")
        raw("insert into pg_temp.students_assignment select (jsonb_populate_record(null::public.students_assignment,"
            " to_jsonb(a) || jsonb_build_object('id', 0, 'student_id', %s::bigint))).*"
            " from public.students_assignment a limit 1", away)  # fmt: skip
        assert away not in raw("select my_students()").fetchone()[0]
        raw("drop table pg_temp.students_assignment")


def test_a_temporary_table_does_not_switch_off_the_guard_of_confirmations(world):
    with acting(world, "admin"), undone():
        raw("create temporary table schools_membership (id int)")
        with pytest.raises(LOCKED):
            raw(
                "update public.schools_membership set confirmed_at = now(), confirmed_by_id = app_user_id()"
                " where id = %s",
                world["schools_membership", "unconfirmed"].pk,
            )
