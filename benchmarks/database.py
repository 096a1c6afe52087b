"""A database of its own, beside the one in use and on the same server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from peersupport import database

NAME = "peersupport_bench"


def make(base_dir: Path) -> str:
    """Make an empty database as the owner and let the environment name it; returns the URL it was made by."""
    urls = database.locate(base_dir)
    by = urls.for_role("owner")
    _drop(by)
    with psycopg.connect(by, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(NAME)))
    for role, variable in database.VARIABLES.items():
        os.environ[variable] = urlsplit(urls.for_role(role))._replace(path=f"/{NAME}").geturl()
    return by


@contextmanager
def dropped_at_the_end(by: str) -> Iterator[None]:
    try:
        yield
    finally:
        _drop(by)


def _drop(by: str) -> None:
    with psycopg.connect(by, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(NAME)))
