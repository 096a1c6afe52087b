"""Addresses of `operations`."""

from tests.access_table.actors import ADMIN
from tests.access_table.pages import Page

PAGES = (Page("operations:status", allowed={ADMIN}),)
