"""The second lock: row-level security in PostgreSQL, and the scope that tells it who asks.

Imports no app and may be imported by all. `policies` declares who may see which rows, `functions/` holds
the functions the policies ask, `installation` writes both to the database after each migrate.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

# By name, so that a process of the release before still starts when the next one has added a column.
BEGIN = (
    "select membership_id, role, organisation_id, organisation_name, school_id, school_name, schools,"
    " memberships, words, days_without_contact, days_before_first_contact, counts_school_days, calls"
    " from scope_begin(%s, %s)"
)
SETTINGS = ("user_id", "role", "membership_id", "link_id", "link_kind", "link_object", "link_student")
CLEAR = "select " + ", ".join(f"set_config('app.{name}', '', true)" for name in SETTINGS)


@dataclass(frozen=True, slots=True)
class Acting:
    """The membership a user acts in; the defaults stand for a user who holds none today."""

    membership_id: int | None = None
    role: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    school_id: int | None = None  # None: the whole organisation
    school_name: str | None = None
    schools: tuple[int, ...] = ()
    memberships: int = 0  # how many the user could act in today
    words: str = ""  # the organisation's own words for codes, as JSON (schools.codes); "": the national ones
    # After more than so many days a pupil is "long since met": in general, and before the first meeting.
    days_without_contact: int = 0
    days_before_first_contact: int = 0
    counts_school_days: bool = True
    calls: str = ""  # the open alarms that call the user, as JSON (safety.calls); "": none


NOBODY = Acting()


def begin(user: Any, membership: int | None = None) -> Acting:
    """Set the scope for the rest of this transaction, in one statement, and note on `user` what it acts in.

    `membership` is the id of the membership wished for; when it does not hold, the user's first that does is.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [user.pk, membership])
        row: tuple[Any, ...] | None = cursor.fetchone()
    # The columns come in the order of Acting's fields; the schools as a list, which would not be hashable.
    columns: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row or ()]
    acting = Acting(*columns) if columns else NOBODY
    user.acting = acting
    return acting


@contextmanager
def scope(user: Any, membership: int | None = None) -> Iterator[Acting]:
    """A transaction in which `user` asks, for jobs, commands and tests; requests get theirs from the
    middleware.
    """
    with transaction.atomic():
        yield begin(user, membership)
        clear_when_nested()


def clear_when_nested() -> None:
    """Forget who asked, when an outer transaction would remember: a released savepoint keeps its settings.

    Raw, because only tests and nested scopes come here, and because no page should pay a query for it.
    """
    if len(connection.savepoint_ids) and not connection.needs_rollback:
        connection.connection.execute(CLEAR)
