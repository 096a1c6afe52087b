"""The world of two municipalities, built once for the modules that ask for it."""

import pytest
from django.db import connection, transaction

from tests.numbering import begin_at
from tests.peersupport.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built in a transaction of the module's own; each test runs in a savepoint within it."""
    with django_db_blocker.unblock(), transaction.atomic():
        begin_at(0)
        world = World()
        # The rows are consistent, and no check is left waiting that would stand in the way of DDL.
        connection.connection.execute("set constraints all immediate")
        connection.connection.execute("set constraints all deferred")
        yield world
        transaction.set_rollback(True)
