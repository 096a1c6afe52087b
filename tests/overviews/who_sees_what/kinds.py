"""The lines of who sees what, the people they are about, and the rows behind them."""

from django.apps import apps

from accounts.models import User
from overviews.seen import pupils, staff
from overviews.seen.kinds import Kind
from peersupport.demo.owner import owner
from schools.models import Role
from supporters.models import PeerSupporter
from tests.peersupport.rights import LOCKED, raw, undone
from tests.peersupport.world import LINK, all_tables

# Who works at home today, by role; the rows asked for are about these people.
PEOPLE = {
    Role.COORDINATOR: ("coordinator", "school_coordinator"),
    Role.PEER_SUPPORTER: ("peer_supporter", "colleague", "south"),
    Role.SUPERVISOR: ("supervisor",),
    Role.SCHOOL_STAFF: ("school_staff", "staff"),
    Role.LEAD: ("lead",),
    Role.ADMIN: ("admin",),
    Role.REVIEWER: ("reviewer",),
}
ROLE_OF = {name: role for role, names in PEOPLE.items() for name in names} | {LINK: LINK}
WITHOUT_A_ROLE = ("ended", "unconfirmed", "deactivated", "no_membership", "nobody")
KINDS = (*staff.KINDS, *pupils.KINDS)
RULED = [kind for kind in KINDS if kind.told is None]


def ids(kind: Kind) -> str:
    return f"{'pupil' if kind in pupils.KINDS else 'staff'}-{kind.key}"


def columns_to(*targets: type) -> set[tuple[str, str]]:
    """(table, column) of every foreign key to one of these models, in tables that exist."""
    return {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.is_relation and field.related_model in targets and model._meta.db_table in all_tables()
    }


def columns_named(pattern: str) -> set[tuple[str, str]]:
    """(table, column) of what is called so: ids without a foreign key too."""
    rows = raw(
        "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0"
        " and not a.attisdropped and a.attname ~ %s",
        pattern,
    )
    return set(rows.fetchall())


def told(kinds) -> set[tuple[str, str]]:
    return {(source.table, column) for kind in kinds for source in kind.sources for column in source.columns}


def keys_of(table: str) -> frozenset[str]:
    """Of the rows that whoever is in scope can read."""
    with undone():
        try:
            rows = raw(f"select {key_of(table)}::text from {table}").fetchall()
        except LOCKED:
            return frozenset()
        return frozenset(key for (key,) in rows)


def key_of(table: str) -> str:
    # A visit's log is called an event too, and is a record of its own.
    return model_of(table)._meta.pk.column


def model_of(table: str) -> type:
    (model,) = [
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.db_table == table and not m._meta.proxy and m._meta.managed
    ]
    return model


def rows_about(table: str, column: str, subject) -> frozenset[str]:
    """The keys of the rows of which `subject` stands in `column`, as the owner sees it."""
    field = next(f for f in model_of(table)._meta.local_fields if f.column == column)
    condition = f"%s = any ({column})" if column.endswith("_ids") else f"{column} = %s"
    value = subject.pk
    if (
        isinstance(subject, User)
        and getattr(field, "related_model", None) is PeerSupporter
        or (table == "supporters_peersupporterevent" and column == "pgh_obj_id")
    ):
        value = {s.user_id: s.pk for s in PeerSupporter.objects.all()}.get(subject.pk)
    with owner():
        found = raw(f"select {key_of(table)}::text from {table} where {condition}", value).fetchall()
    return frozenset(key for (key,) in found)


# Rows of the world that the second lock lets nobody write: a contact in a colleague's name, a link with another's
# rights. The owner has put them there for the tests of exactly that.
IMPOSSIBLE = ("colleagues_name", "others_rights", "others_student")


def impossible(world, table: str) -> set[str]:
    return {str(row.pk) for name, row in world.rows.get(table, {}).items() if name.startswith(IMPOSSIBLE)}


def about(source, subject) -> frozenset[str]:
    return frozenset().union(*(rows_about(source.table, column, subject) for column in source.columns))


def roles_of(kind: Kind) -> set[str]:
    return {reader.role for reader in kind.readers}
