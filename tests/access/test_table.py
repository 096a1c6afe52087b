"""The access table is whole: every address once, and nothing else (TRUST T1)."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.asking import TOKEN
from tests.access_table import PAGES, operations, overviews, schools, students, supporters, visits


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The names of all addresses; one without a name stands for itself."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"
        else:
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


# Addresses of the whole site, and the app that answers there.
WITHOUT_APP = {"overviews": ("start",)}
# Django admin's own: a redirect from a record's bare address, and what answers 404 to all other addresses below it.
WITHOUT_NAME = {"admin:<path:object_id>/", "admin:(?P<url>.*)$"}


def test_every_address_is_in_the_table_and_nothing_else():
    found = set(patterns(get_resolver())) - WITHOUT_NAME
    named = {page.name for page in PAGES}
    assert found - named == set(), "Add a line to the module of its app in tests/access_table/"
    assert named - found == set(), "No such address: remove its line in tests/access_table/"


@pytest.mark.parametrize(
    "module",
    [operations, schools, supporters, students, visits, overviews],
    ids=lambda module: module.__name__.rpartition(".")[2],
)
def test_a_line_stands_in_the_module_of_its_app(module):
    app = module.__name__.rpartition(".")[2]
    assert {page.name.partition(":")[0] for page in module.PAGES} <= {app, *WITHOUT_APP.get(app, ())}


def test_no_address_is_in_the_table_twice():
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))


def test_the_admin_holds_no_case_table():
    names = {model._meta.label for model in admin.site._registry}
    assert names == {
        "accounts.User",
        "schools.LocalCode",
        "schools.Membership",
        "schools.Organisation",
        "schools.School",
        "schools.SchoolContact",
    }


def test_the_mask_hides_the_token_and_nothing_else():
    token = b"a" * 64
    page = b'<input name="csrfmiddlewaretoken" value="%s"> <p>%s</p>' % (token, token)
    assert TOKEN.sub(rb"\1", page) == b'<input name="csrfmiddlewaretoken" value=""> <p>%s</p>' % token
