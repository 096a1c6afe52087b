"""Phones on a line that can be cut."""

import pytest

from tests.browser.lines import Line
from tests.browser.phones import Phone


@pytest.fixture
def line(transactional_db, live_server):
    line = Line(live_server.url)
    yield line
    line.close()


@pytest.fixture
def phone(browser, line):
    """A phone that fails the test when a page breaks the content policy."""
    phones = []

    def take(assignment=None, **options) -> Phone:
        phones.append(Phone(browser, line, assignment, **options))
        return phones[-1]

    yield take
    for each in phones:
        each.context.close()
    assert not [complaint for each in phones for complaint in each.complaints]
