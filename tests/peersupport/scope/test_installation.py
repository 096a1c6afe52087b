"""The second lock is put up, mended where a hand has changed it, and nothing is served past it."""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from peersupport.demo.owner import owner
from peersupport.scope import checks
from peersupport.scope.installation import install, lock_sql
from peersupport.scope.state import fingerprint
from tests.peersupport.rights import LOCKED, raw, undone

pytestmark = pytest.mark.django_db


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
