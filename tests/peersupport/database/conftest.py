"""Checkouts with an embedded PostgreSQL of their own."""

import shutil
import signal

import pytest

from peersupport.database import home, programs

from . import servers


@pytest.fixture(autouse=True)
def signals_of_a_terminal():
    """What whoever started the tests ignores (nohup, a job in the background) is ignored by all that they start."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGHUP)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


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
