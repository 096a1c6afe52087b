"""Behind the second lock, for factories, demo data and tests; requests and services never come here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg.pq import TransactionStatus

OWNER, WEB, WORKER = "peersupport_owner", "peersupport_web", "peersupport_job"


@contextmanager
def owner() -> Iterator[None]:
    """As the owner of the tables. Raw, so that it is never counted as a query."""
    with _role(OWNER):
        yield


@contextmanager
def web() -> Iterator[None]:
    """As the web role, from an owner's connection: what the lock lets a page do, and no more."""
    with _role(WEB):
        yield


@contextmanager
def worker() -> Iterator[None]:
    """As the worker's role, for what its jobs do."""
    with _role(WORKER):
        yield


@contextmanager
def _role(role: str) -> Iterator[None]:
    connection.ensure_connection()
    raw: Any = connection.connection
    before = raw.execute("select current_user").fetchone()[0]
    if before == role:
        yield
        return
    raw.execute(f"set role {role}")
    try:
        yield
    finally:  # in an aborted block the rollback to the savepoint brings the role back
        if raw.info.transaction_status != TransactionStatus.INERROR:
            raw.execute(f"set role {before}")
