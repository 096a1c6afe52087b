"""The README's table of environment variables against the code: the same names, and the same defaults."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

from peersupport.database import VARIABLES
from tests.conventions.source import FLOORS

ROOT = Path(settings.BASE_DIR)
# Django's own, and set by us, never read.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}
# What the demo sets for its own processes, and what it reads it reads in the settings.
SOURCES = [
    ROOT / "manage.py",
    *(path for folder in ("peersupport", *FLOORS) for path in sorted((ROOT / folder).rglob("*.py"))),
]


class Read(NamedTuple):
    """One place in the code that reads a variable, and what it takes when there is none."""

    name: str
    unset: str | None = None  # in the words of the table; None where any words will do


def reads(source: str) -> Iterator[Read]:
    """`env.str("A", default=…)`, `os.environ.get("B")`, `os.environ["C"]` and their like."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            reader = ast.unparse(node.func)
            if reader.startswith("env.") or reader in {"os.environ.get", "os.getenv", "environ.get"}:
                yield from _named(node.args[0], _default(node))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            if isinstance(node.ctx, ast.Load):
                yield from _named(node.slice)


def _named(name: ast.expr, unset: str | None = None) -> Iterator[Read]:
    if isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value not in NOT_OURS:
        yield Read(name.value, unset)


def _default(call: ast.Call) -> str | None:
    """The default in words, where it is written out and not worked out."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "default"] + call.args[1:2]
    try:
        default = ast.literal_eval(given[0])
    except (IndexError, ValueError):
        return None
    if isinstance(default, bool):
        return "on" if default else "off"
    if isinstance(default, int):
        return str(default)
    if isinstance(default, list):
        return ", ".join(f"`{part}`" for part in default) or "none"
    return f"`{default}`" if default else None


def table() -> dict[str, tuple[str, str]]:
    """Name → what it is, when it is unset."""
    text = (ROOT / "README.md").read_text().split("## Settings\n", 1)[1].split("\n## ", 1)[0]
    return {
        name: (what, unset)
        for name, what, unset in re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", text, re.M)
    }


ALL = [read for path in SOURCES for read in reads(path.read_text())]


def test_the_table_names_exactly_the_variables_that_are_read():
    assert set(table()) == {read.name for read in ALL} | set(VARIABLES.values())


@pytest.mark.parametrize("read", sorted({read for read in ALL if read.unset}), ids=lambda read: read.name)
def test_the_table_tells_the_default(read):
    assert table()[read.name][1].split(";")[0] == read.unset


def test_the_table_leaves_no_cell_empty():
    assert all(what.strip() and unset.strip() for what, unset in table().values())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('env.bool("A", default=False)', Read("A", "off")),
        ('env.int("A", 4)', Read("A", "4")),
        ('env.str("A", default=B)', Read("A")),
        ('os.environ.get("A", "x")', Read("A", "`x`")),
        ('os.environ["A"]', Read("A")),
    ],
)
def test_the_search_for_what_is_read_finds_it(source, found):
    assert list(reads(source)) == [found]


def test_the_search_for_what_is_read_passes_over_what_is_set():
    assert list(reads('os.environ["A"] = "1"\nos.environ.setdefault("B", "2")')) == []
