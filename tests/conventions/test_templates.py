"""Templates: used, there, whole, sorted, and without script or style."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.template.utils import get_app_template_dirs

from tests.conventions.source import ROOT, TEMPLATES, listed, ours, product, short

KNOWN_TO_DJANGO = {"403.html", "404.html", "500.html", "403_csrf.html"}
NAMED = re.compile(r"""["']([\w./-]+\.(?:html|txt))["']""")


def template_names() -> set[str]:
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}


def overrides_a_library(name: str) -> bool:
    return any((Path(folder) / name).exists() for folder in get_app_template_dirs("templates"))


def test_every_template_is_used():
    used = set(KNOWN_TO_DJANGO)
    for path in (*product(), *ours(".html", ".txt")):
        names = set(NAMED.findall(path.read_text()))
        # A view may choose between page and part and put the app's folder before the name.
        used |= names | {f"{path.relative_to(ROOT).parts[0]}/{name}" for name in names}
    unused = {name for name in template_names() - used if not overrides_a_library(name)}
    assert not unused, f"Rendered, extended and included by nobody: delete them.{listed(unused)}"


def test_every_template_that_is_named_exists():
    wrong = set()
    for path in product():
        for name in NAMED.findall(path.read_text()):
            if name.endswith(".html") and "/" in name and not name.startswith(("http", "/")):
                if name not in template_names() and not overrides_a_library(name):
                    wrong.add(f"{short(path)}: {name}")
    assert not wrong, f"No such template.{listed(wrong)}"


def test_an_undefined_variable_in_our_templates_fails_the_test_that_renders_it(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    part = tmp_path / "templates" / "part.html"
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [tmp_path / "templates"])
    engine.template_loaders[0].reset()
    for text, inner in (
        ("{{ nobody_gives_this }}", ""),
        ("{{ known.nothing|default:'x' }}", ""),
        ("{% if known %}{{ nobody_gives_this }}{% endif %}", ""),
        ("{% include 'part.html' %}", "{{ nobody_gives_this }}"),
        ("{% include 'part.html' with x=nobody_gives_this %}", "{{ x }}"),
    ):
        page.write_text(text)
        part.write_text(inner)
        engine.template_loaders[0].reset()
        with pytest.raises(AssertionError, match="undefined variable"):
            render_to_string("page.html", {"known": {"a": 1}})
    page.write_text("{% if nobody_gives_this %}x{% endif %}{{ known.a }}")
    engine.template_loaders[0].reset()
    assert render_to_string("page.html", {"known": {"a": 1}}) == "1"
    engine.template_loaders[0].reset()


def test_an_undefined_variable_in_a_library_stays_empty():
    assert "Undefined" in type(engines["django"].engine.string_if_invalid).__name__
    template = engines["django"].from_string("[{{ nobody_gives_this }}{{ nor_this|default:'x' }}]")
    assert template.render({}) == "[x]"


LOAD = re.compile(r"\{%\s*load\s+([^%]+?)\s*%\}")


def test_loads_are_sorted_and_said_once():
    wrong = set()
    for path in ours(".html", ".txt"):
        loads = [part.split(" from ")[-1] for part in LOAD.findall(path.read_text())]
        for load in loads:
            if load.split() != sorted(load.split()):
                wrong.add(f"{short(path)}: {load}")
        libraries = [library for load in loads for library in load.split()]
        if len(libraries) != len(set(libraries)):
            wrong.add(f"{short(path)}: loaded twice")
    assert not wrong, f"Sort the libraries (djade does it).{listed(wrong)}"


INLINE = {
    "script without a file": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "text inside a script": re.compile(r"<script[^>]*>\s*[^<\s]", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[\w:.-]*)\s*=", re.IGNORECASE),
    "script in an address": re.compile(r"javascript:", re.IGNORECASE),
    "evaluated by htmx": re.compile(r"""hx-(vals|headers)=["']js:|hx-trigger="[^"]*\["""),
}
# Python writes markup too.
MARKUP_IN_PYTHON = re.compile(r"""["'][^"'\n]*<\w[^"'\n]*\s(style|on(click|change|load|input|submit))=""")


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds_script_or_style(what):
    wrong = [short(path) for path in ours(".html") if INLINE[what].search(path.read_text())]
    assert not wrong, f"The Content-Security-Policy refuses it: {what}.{listed(wrong)}"


def test_no_page_says_twice_what_is_wrong_in_its_form():
    """{% crispy form %} says it already."""
    wrong = [
        short(path)
        for path in ours(".html")
        if "{% crispy " in (page := path.read_text()) and "components/form_errors.html" in page
    ]
    assert not wrong, f"Leave out form_errors.html.{listed(wrong)}"


def test_no_python_writes_script_or_style_into_markup():
    wrong = [short(path) for path in product() if MARKUP_IN_PYTHON.search(path.read_text())]
    assert not wrong, f"The Content-Security-Policy refuses it.{listed(wrong)}"
