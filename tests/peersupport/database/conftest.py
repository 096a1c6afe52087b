"""Checkouts with an embedded PostgreSQL of their own."""

import shutil
import subprocess

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
def made_before(bindir):
    """A .pgdata that has been used and left."""
    folder = servers.open_folder()
    servers.end(servers.start(folder, PG_BINDIR=str(bindir)))
    yield folder / ".pgdata"
    servers.remove(folder)


@pytest.fixture
def empty_checkout():
    folder = servers.open_folder()
    yield folder
    servers.remove(folder)


@pytest.fixture
def checkout(empty_checkout, made_before):
    """A checkout whose database has been made, but does not run."""
    subprocess.run(["cp", "-a", made_before, empty_checkout], check=True)
    return empty_checkout


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
