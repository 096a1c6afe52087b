"""What the web role can really do with the rows of a table: tried by raw SQL, and told as names of rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from django.db import connection

from peersupport.demo.owner import owner
from tests.peersupport.world import JOB, KEY, LINK, World
from tests.peersupport.world.history import EVENT_TABLES
from tests.peersupport.world.links import TOKEN

COMMANDS = ("select", "insert", "update", "delete", "move")
NEW_ROW_REFUSED = "(new row refused)"
LOCKED = psycopg.errors.InsufficientPrivilege  # 42501: no privilege, or refused by row security

# A harmless constant for UPDATE; tables with a version get a new one.
HARMLESS = {
    "accounts_accesslog": "reason = 'x'",
    "accounts_listfilter": "query = 'x'",
    "django_admin_log": "change_message = 'x'",
    "django_content_type": "model = 'x'",
    "operations_formkey": "answer = 'x'",
    "operations_link": "used_at = now()",
    "operations_linkopening": "at = now()",
    "operations_outgoingmail": "tries = 7",
    "procrastinate_events": "at = now()",
    "procrastinate_jobs": "priority = 1",
    "procrastinate_periodic_defers": "defer_timestamp = 1",
    "procrastinate_workers": "last_heartbeat = now()",
    "students_casestatuschange": "reason = 'x'",
    "students_enrolment": "grade = 3",
    "students_namedperson": "chosen_at = now()",
    "students_protectionchange": "reason = 'x'",
    "students_referralstatuschange": "reason = 'x'",
    "students_whereabouts": "city = 'x'",
    "visits_contactnote": "text = 'x'",
    "visits_feedbackanswer": "text = 'x'",
    "visits_groupcontact": "school_id = school_id",
    "visits_noterevision": "text = 'x'",
    "visits_participation": "next_step = 'x'",
    **dict.fromkeys(EVENT_TABLES, "pgh_role = 'x'"),
}


def raw(sql: str, *parameters: Any) -> psycopg.Cursor:
    """Past Django, so that nothing but the database decides."""
    return connection.connection.execute(sql, parameters or None)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside has not happened afterwards, whatever went wrong."""
    raw("savepoint undone")
    try:
        yield
    finally:
        raw("rollback to savepoint undone")
        raw("release savepoint undone")


@contextmanager
def acting(world: World, actor: str) -> Iterator[None]:
    """In the scope of `actor`, as the web role; `job` is the worker's own role, and no scope;
    `link` has opened the coordinator's link."""
    with undone():
        if actor == JOB:
            raw("set role peersupport_job")
        if actor == LINK:
            raw("select open_link(%s, 'invitation')", TOKEN)
        if user := world.user(actor):
            raw("select scope_begin(%s, null)", user.pk)
        yield


def allowed(world: World, table: str, actor: str, command: str) -> frozenset[str]:
    """The names of the rows for which `actor` can do `command`; call it inside `acting`."""
    return frozenset(TRIES[command](world, table, actor))


def _key(table: str) -> str:
    return KEY.get(table, "id")


def _names(world: World, table: str, keys: Any) -> set[str]:
    names = world.names[table]
    return {names.get(str(key), f"unnamed row {key}") for key in keys}


def _keys(sql: str) -> list[Any]:
    return [row[0] for row in raw(sql).fetchall()]


def _select(world: World, table: str, actor: str) -> set[str]:
    with undone():
        try:
            return _names(world, table, _keys(f"select {_key(table)} from {table}"))
        except LOCKED:
            return set()


def _insert(world: World, table: str, actor: str) -> set[str]:
    """Each row taken away by the owner and put back by the actor, so that no unique key stands in the way.

    A star after the name: only blindly, without reading the new row back. Django reads it where the database
    gives the id, so then a page could not do it.
    """
    if not raw("select has_any_column_privilege(%s, 'insert')", table).fetchone()[0]:
        return set()
    done = set()
    for key, name in world.names[table].items():
        with undone():
            blindly = _put_back(table, key, name, returning=False)
        if blindly == {name} and _has_database_id(table):
            with undone():
                blindly = _put_back(table, key, name, returning=True) or {f"{name}*"}
        done |= blindly
    return done


def _put_back(table: str, key: str, name: str, *, returning: bool) -> set[str]:
    with owner():
        where = f"where {_key(table)} = %s"
        (row,) = raw(f"select to_jsonb(t)::text from {table} t {where}", key).fetchone()
        raw(f"delete from {table} {where}", key)
    columns = _columns(table)
    statement = (
        f"insert into {table} ({columns}) overriding system value select {columns} from jsonb_populate_record(null::{table}, %s)"
        f"{' returning id' if returning else ''}"
    )
    return _outcome(lambda: raw(statement, row), {name}, refused=set())


def _update(world: World, table: str, actor: str) -> set[str]:
    change = HARMLESS.get(table, "version = 7")
    return _changed(world, table, f"update {table} set {change}", refused={NEW_ROW_REFUSED})


def _delete(world: World, table: str, actor: str) -> set[str]:
    return _changed(world, table, f"delete from {table}", refused=set())


def _move(world: World, table: str, actor: str) -> set[str]:
    """Own rows pushed out of the scope, column for column. A grant that leaves the column out is a lock of its
    own and proved apart: here it is lifted, so that the policy stands alone."""
    moved = set()
    for column, value in moves(world, actor).get(table, {}).items():
        if value is None or not raw("select has_any_column_privilege(%s, 'update')", table).fetchone()[0]:
            continue
        role = "peersupport_job" if actor == JOB else "peersupport_web"
        with undone():
            with owner():
                raw(f"grant update ({column}) on {table} to {role}")
            moved |= _changed(world, table, f"update {table} set {column} = {value}", refused=set())
    return moved


def moves(world: World, actor: str) -> dict[str, dict[str, int | str | None]]:
    """table → column → a value that no actor's rows may take."""
    away, user = world.schools["away"].pk, world.user(actor)
    school = {"school_id": away}
    # A supporter's rows follow the pupil; the school copied onto them is the foreign key's to hold.
    of_pupil = {"student_id": world.students["away"].pk} if actor == "peer_supporter" else school
    return {
        "accounts_listfilter": {"user_id": world.users["away"].pk},
        "operations_formkey": {"user_id": world.users["away"].pk},
        "operations_link": {"id": "gen_random_uuid()"}
        if actor == LINK
        else {"made_by_id": world.users["away"].pk},
        "schools_organisation": {"id": 999_999},
        "schools_school": {"organisation_id": world.away.pk},
        "schools_schoolcontact": school,
        "schools_librarylink": {"organisation_id": world.away.pk},
        "schools_localcode": {"organisation_id": world.away.pk},
        "schools_schoolbreak": {"school_id": away},
        "schools_membership": {"user_id": user and user.pk},  # another's role made one's own
        "schools_invitation": {"withdrawn_by_id": world.users["away"].pk},
        "supporters_peersupporter": {"organisation_id": world.away.pk},
        "supporters_placement": school | {"supporter_id": world.supporters["away"].pk},
        "supporters_livedexperience": {"supporter_id": world.supporters["away"].pk},
        "students_student": school | {"merged_into_id": world.students["south"].pk},
        "students_identity": school,
        "students_whereabouts": school,
        "students_enrolment": {"access_school_id": away},
        "students_guardian": school,
        "students_personaround": of_pupil,
        "students_referral": school | {"student_id": world.students["away"].pk},
        "students_case": school,
        "students_assignment": school,
        "visits_groupseries": {"id": 999_999} if actor == "peer_supporter" else school,
        "visits_groupleader": school,
        "visits_groupdate": {"series_id": world["visits_groupseries", "away"].pk}
        if actor == "peer_supporter"
        else school,
        "visits_groupmember": of_pupil,
        "visits_contact": school
        | {"author_id": world.users["away"].pk, "supporter_id": world.supporters["away"].pk},
        "visits_participation": {"author_id": world.users["away"].pk},
        "visits_contactnote": {"author_id": world.users["away"].pk},
        "visits_booking": of_pupil,
        "visits_nextstep": of_pupil,
        "visits_feedback": school,
        "visits_othertime": {"supporter_id": world.supporters["away"].pk},
        "visits_supervisiontopic": {
            "author_id": world.users["away"].pk,
            "organisation_id": world.away.pk,
        },
        "visits_task": {"organisation_id": world.away.pk},
    }


def _changed(world: World, table: str, statement: str, *, refused: set[str]) -> set[str]:
    """The names of the rows that the statement has changed or taken away, as the owner sees it afterwards."""
    before = _versions(table)

    def names() -> set[str]:
        after = _versions(table)
        return _names(world, table, {key for key, version in before.items() if after.get(key) != version})

    with undone():
        raw("set constraints all deferred")
        return _outcome(lambda: raw(statement), names, refused=refused)


def _versions(table: str) -> dict[Any, str]:
    with owner():
        return dict(raw(f"select {_key(table)}, ctid::text from {table}").fetchall())


def _outcome(attempt: Any, names: Any, *, refused: set[str]) -> set[str]:
    try:
        attempt()
    except LOCKED as error:
        return set() if "permission denied" in str(error) else refused
    except psycopg.DatabaseError as error:
        # Not the lock: something stood behind it, and the lock let the statement through.
        return {f"({error.sqlstate})"}
    return names() if callable(names) else names


@cache
def _columns(table: str) -> str:
    rows = raw(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
        " and attgenerated = ''",
        table,
    ).fetchall()
    return ", ".join(name for (name,) in rows)


@cache
def _has_database_id(table: str) -> bool:
    found = raw(
        "select from pg_attribute where attrelid = %s::regclass and attname = 'id' and attidentity <> ''",
        table,
    )
    return found.rowcount == 1


TRIES = {"select": _select, "insert": _insert, "update": _update, "delete": _delete, "move": _move}
