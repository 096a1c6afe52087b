"""The web role, the cast, and the way queries are counted."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext

from peersupport.demo.owner import OWNER, WEB
from tests import numbering, template_database
from tests.emptying import empty

NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """The test database is to be a copy of the template, which nobody renews while it is copied."""
    with ExitStack() as copying:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = copying.enter_context(template_database.prepared())
        yield copying


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_setup, django_db_blocker):
    """Made and migrated by the owner; from here on each new connection, in every thread, is the web role."""
    django_db_modify_db_settings.close()
    options = connection.settings_dict["OPTIONS"]
    with django_db_blocker.unblock():
        options["options"] = f"-c role={WEB}"
        connection.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty())
        yield
    with django_db_blocker.unblock():
        del options["options"]
        connection.close()


@pytest.fixture(autouse=True)
def numbers() -> None:
    """Each test's rows bear the same numbers and names, whichever tests ran before it."""
    # Where a module's own rows stand around the test, they began at nought.
    numbering.begin_at(1000 if connection.in_atomic_block else 0)


@pytest.fixture(autouse=True)
def web_role(request):
    """Fails loudly when a test that uses the database would run behind the lock."""
    if not uses_database(request.node):
        yield
        return
    request.getfixturevalue("_django_db_helper")  # set up before us, so emptied after us
    connection.ensure_connection()
    assert connection.connection.execute("select current_user").fetchone()[0] == WEB
    yield
    connection.ensure_connection()
    connection.connection.execute(f"set role {OWNER}")


def uses_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(item.fixturenames)  # type: ignore[attr-defined]
    return bool(fixtures or item.get_closest_marker("django_db"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In several processes: the longest module first, so that all end together, and while it makes the template,
    what needs no database; then the browser's, long too.
    """
    if hasattr(config, "workerinput"):
        longest = [item for item in items if item.path.name == "test_access.py"]
        free = [item for item in items if not uses_database(item)]
        browser = [item for item in items if item.path.parent.name == "browser"]
        items[:] = dict.fromkeys([*longest, *free, *browser, *items])


@pytest.fixture
def htmx() -> dict[str, str]:
    """What htmx sends: `client.get(url, headers=htmx)`."""
    return {"HX-Request": "true"}


@pytest.fixture
def assert_queries() -> Callable[[int], AbstractContextManager[None]]:
    """`with assert_queries(6):` counts every statement but savepoints and transaction bounds (SPEED.md)."""

    @contextmanager
    def counter(expected: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as captured:
            yield
        statements = [q["sql"] for q in captured if not q["sql"].startswith(NOT_COUNTED)]
        listing = "\n".join(f"{n}. {sql[:240]}" for n, sql in enumerate(statements, 1))
        assert len(statements) == expected, f"{len(statements)} queries, not {expected}:\n{listing}"

    return counter


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which tests did not run for want of a browser: a green run must not hide them."""
    missing = _without_browser(terminalreporter)
    if missing:
        terminalreporter.section("not run: no Chromium on this machine")
        terminalreporter.line("Install it (Debian: chromium) or name it in CHROMIUM. Not run:")
        for nodeid in missing:
            terminalreporter.line(f"  {nodeid}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and _without_browser(reporter) and os.environ.get("CI") == "true":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _without_browser(reporter: pytest.TerminalReporter) -> list[str]:
    return sorted(r.nodeid for r in reporter.stats.get("skipped", []) if "no Chromium" in str(r.longrepr))
