"""Checkouts with an embedded PostgreSQL of their own."""

import shutil

import pytest

from peersupport.database import home, programs

from . import servers


@pytest.fixture(scope="session")
def bindir():
    """Programs that root's server can run too: in a closed checkout they are copied, once for all tests."""
    folder = servers.open_folder()
    yield home.within_reach(programs.find(), home.Home(folder, home.server_account(folder / "data")))
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def shared_checkout(bindir):
    folder = servers.open_folder()
    servers.end(servers.start(folder, PG_BINDIR=str(bindir)))
    yield folder
    servers.remove(folder)


@pytest.fixture
def checkout(shared_checkout):
    """A checkout whose database has been made, but does not run; shared, since making one takes a second."""
    yield shared_checkout
    servers.kill(shared_checkout)  # only after a failed test


@pytest.fixture
def empty_checkout():
    folder = servers.open_folder()
    yield folder
    servers.remove(folder)


@pytest.fixture
def use(bindir):
    """servers.start, for processes that end with the test."""
    started = []

    def start(folder, **settings):
        started.append(servers.start(folder, **{"PG_BINDIR": str(bindir), **settings}))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()
