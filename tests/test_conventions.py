"""The house rules of docs and reviews, as tests; each says what to do when it fails."""

import ast
import gettext
import inspect
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.template.utils import get_app_template_dirs
from django.urls import URLPattern, URLResolver, get_resolver

from tests.real_names import (
    ADDRESSES,
    GIVEN_NAMES,
    NAMES,
    NUMBERS,
    addresses_in,
    found_in,
    hashed,
    names_in,
    numbers_in,
)

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
FLOORS = (
    "operations",
    "accounts",
    "schools",
    "supporters",
    "students",
    "visits",
    "safety",
    "exchange",
    "reports",
    "overviews",
)
LAYERS = ("models", "services", "forms", "views", "urls")
# They stand above all floors.
ABOVE = (
    "peersupport.demo",
    "peersupport.management",
    "peersupport.urls",
    "peersupport.settings",
    "peersupport.wsgi",
)
# Where nothing but the file itself may look.
NOT_OURS = {
    ".git",
    ".venv",
    ".pgdata",
    ".static",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    "__pycache__",
}


def listed(wrong) -> str:
    return "\n  ".join(["", *sorted(map(str, wrong))])


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def ours(*suffixes: str) -> tuple[Path, ...]:
    """Every file of the repository with one of these suffixes."""
    files = (path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in files if path.suffix in suffixes and path.is_file()))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def product() -> Iterator[Path]:
    """Python files of the service, without tests and migrations."""
    for path in ours(".py"):
        parts = path.relative_to(ROOT).parts
        if parts[0] in {*FLOORS, "peersupport"} and "migrations" not in parts:
            yield path


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports when it runs; what only the type checker reads is left out."""
    unread = {
        id(node)
        for test in ast.walk(tree(path))
        if isinstance(test, ast.If) and "TYPE_CHECKING" in ast.unparse(test.test)
        for statement in test.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree(path)):
        if id(node) in unread:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{short(path)}: write the whole path instead of a relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


# --- Floors


def test_an_app_imports_only_from_the_floors_below():
    wrong = set()
    for path in product():
        app = path.relative_to(ROOT).parts[0]
        if app not in FLOORS:
            continue
        forbidden = FLOORS[FLOORS.index(app) + 1 :]
        for name in imports(path):
            if name.split(".")[0] in forbidden or name.startswith(ABOVE):
                wrong.add(f"{short(path)} imports {name}")
    assert not wrong, f"Floors: {' < '.join(FLOORS)}. Move the code up, or use lib.relations.{listed(wrong)}"


def test_lib_and_scope_import_no_app():
    wrong = set()
    for path in product():
        if short(path).startswith(("peersupport/lib/", "peersupport/scope/", "peersupport/database/")):
            for name in imports(path):
                if name.split(".")[0] in FLOORS or name.startswith(ABOVE):
                    wrong.add(f"{short(path)} imports {name}")
    assert not wrong, f"What all floors use knows none of them.{listed(wrong)}"


def test_inside_an_app_models_know_no_services_and_services_no_views():
    wrong = set()
    for path in product():
        app, *rest = module_of(path).split(".")
        if app not in FLOORS or not rest or rest[0] not in LAYERS:
            continue
        for name in imports(path):
            other, *layer = name.split(".")
            if other == app and layer and layer[0] in LAYERS[LAYERS.index(rest[0]) + 1 :]:
                wrong.add(f"{short(path)} imports {name}")
    assert not wrong, f"{' < '.join(LAYERS)}.{listed(wrong)}"


# --- Templates

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


def test_no_text_to_translate_stands_inside_another_string():
    """The search for texts does not look into f-strings, so it would stay English."""
    wrong = [
        f"{short(path)}:{call.lineno}"
        for path in product()
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"_", "gettext", "pgettext", "ngettext"}
        and isinstance(call.args[0], ast.Constant)
    ]
    assert not wrong, f"Put it in a variable first.{listed(wrong)}"


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


# --- Views

# `confirmable_by` and `given_by` start with visible_to; `open_for` asks for one's own browsers, which no policy guards.
DOORS = "visible_to|confirmable_by|given_by|open_for"
FIRST_LOCK = re.compile(rf"\.(?:objects|_default_manager|_base_manager)\b(?!\s*\.\s*(?:{DOORS})\()")


def views() -> Iterator[Path]:
    return (path for path in product() if "views" in module_of(path).split("."))


def test_views_reach_rows_through_visible_to_only():
    wrong = set()
    for path in views():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if FIRST_LOCK.search(line):
                wrong.add(f"{short(path)}:{number}: {line.strip()}")
    assert not wrong, f"Start with visible_to(request.user), or ask a service.{listed(wrong)}"


def test_views_fetch_objects_among_the_visible_ones():
    wrong = set()
    for path in views():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("get_object_or_404", "get_list_or_404")
            ):
                if isinstance(node.args[0], ast.Name) and node.args[0].id[:1].isupper():
                    wrong.add(f"{short(path)}:{node.lineno}: {ast.unparse(node)}")
    assert not wrong, f"get_object_or_404(Model.objects.visible_to(request.user), …).{listed(wrong)}"


SAFE = {"require_safe", "require_POST", "require_safe_or_post", "require_http_methods"}


def test_every_view_says_which_methods_it_answers():
    wrong = set()
    for view in {inspect.unwrap(pattern.callback) for pattern in patterns(get_resolver())}:
        if view.__module__.split(".")[0] not in FLOORS:
            continue
        (function,) = ast.parse(inspect.getsource(view)).body
        decorators = {ast.unparse(decorator).split("(")[0] for decorator in function.decorator_list}
        if not decorators & SAFE:
            wrong.add(f"{view.__module__}.{view.__name__}")
    assert not wrong, f"Decorate with require_safe, require_POST or require_safe_or_post.{listed(wrong)}"


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


# --- Docstrings


def test_public_functions_of_services_lib_and_scope_have_a_docstring():
    wrong = set()
    for path in product():
        parts = module_of(path).split(".")
        if parts[-1] == "__main__":
            continue
        if parts[:2] not in (["peersupport", "lib"], ["peersupport", "scope"]) and parts[1:2] != ["services"]:
            continue
        for node in tree(path).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                wrong.add(f"{short(path)}:{node.lineno}: {node.name}")
    assert not wrong, f"Say shapes, units, errors, where a rule comes from.{listed(wrong)}"


def test_every_model_says_what_a_row_is():
    wrong = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in FLOORS and not _has_own_docstring(model)
    ]
    assert not wrong, f"One sentence: what is one row?{listed(wrong)}"


def _has_own_docstring(model: type) -> bool:
    # Django writes "Model(field, …)" where there is none.
    return bool(model.__doc__) and not model.__doc__.startswith(f"{model.__name__}(")


def test_every_module_says_what_it_is_for():
    wrong = [
        short(path)
        for path in product()
        if tree(path).body
        and path.name not in {"__init__.py", "urls.py", "apps.py"}
        and not ast.get_docstring(tree(path))
    ]
    assert not wrong, f"One sentence at the top.{listed(wrong)}"


# --- Size


def test_no_python_file_is_twice_as_long_as_it_should_be():
    long = [f"{short(path)}: {n}" for path in product() if (n := len(path.read_text().splitlines())) > 600]
    assert not long, f"300 lines is the aim; split by noun.{listed(long)}"


# --- Tests


def under_the_owner(module: ast.Module) -> set[int]:
    """The ids of all nodes inside `with owner():`."""
    return {
        id(node)
        for block in ast.walk(module)
        if isinstance(block, ast.With)
        and any("owner()" in ast.unparse(item.context_expr) for item in block.items)
        for node in ast.walk(block)
    }


def proves_nothing(node: ast.expr) -> bool:
    """`x.count() == 0`, `not x.exists()` and their like, of rows that a policy guards."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.Is):
        sides = [node.left, *node.comparators]
        return any(_is_zero(side) for side in sides) and any(_asks(side, "count") for side in sides)
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and _asks(node.operand, "exists")


def _is_open_to_all(node: ast.expr) -> bool:
    """Sign-in tables have no policy, so that there nothing means nothing."""
    return ast.unparse(node).split(".")[0] in {"Session", "User", "Authenticator"}


def _is_path(node: ast.expr) -> bool:
    """Files exist too: `(folder / name).exists()`, `path.exists()`."""
    joined = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    return joined or bool(re.search(r"(?i)(path|file|folder|socket)", ast.unparse(node)))


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _asks(node: ast.expr, method: str) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    asks = node.func.attr == method and not node.args and not node.keywords
    return asks and not _is_path(node.func.value) and not _is_open_to_all(node.func.value)


@pytest.mark.parametrize(
    ("text", "proves"),
    [
        ("Student.objects.count() == 0", False),
        ("0 == case.assignments.count()", False),
        ("not Student.objects.filter(pk=1).exists()", False),
        ("Student.objects.count() == 1", True),
        ("Student.objects.exists()", True),
        ("words.count('x') == 0", True),
        ("not (folder / 'x').exists()", True),
        ("not Session.objects.exists()", True),
    ],
)
def test_the_search_for_what_proves_nothing_finds_it(text, proves):
    assert proves_nothing(ast.parse(text, mode="eval").body) is not proves


def test_no_test_proves_emptiness_from_behind_the_lock():
    wrong = set()
    for path in (path for path in ours(".py") if short(path).startswith("tests/")):
        allowed = under_the_owner(tree(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Assert) and id(node) not in allowed:
                if any(isinstance(part, ast.expr) and proves_nothing(part) for part in ast.walk(node.test)):
                    wrong.add(f"{short(path)}:{node.lineno}: {ast.unparse(node)}")
    assert not wrong, f"Without a scope everything is empty. Count inside `with owner():`.{listed(wrong)}"


# --- Migrations

BY_MACHINE = re.compile(r"^\d+_(auto_|alter_|remove_|rename_|delete_|\w+_and_more$|\w+_and_\d+_more$)")


def test_migrations_are_named_by_hand():
    files = (path for path in ours(".py") if path.parent.name == "migrations" and path.name != "__init__.py")
    wrong = [short(path) for path in files if BY_MACHINE.match(path.stem)]
    assert not wrong, f"Say what it does, as in 0004_visit_cancelled_by.{listed(wrong)}"


# --- What stays out

TEXTS = (
    ".py",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".sql",
    ".po",
    ".json",
    ".yml",
    ".yaml",
    ".svg",
    ".sh",
    "",
)
ADDRESS = re.compile(r"""(?:https?:)?//([\w-]+(?:\.[\w-]+)+)""")
HOSTS_ALLOWED = re.compile(
    r"(^|\.)(example|test|localhost|invalid)$|^127\.0\.0\.1$|^www\.w3\.org$|^0\.0\.0\.0$|^example\."
)


def test_pages_name_no_other_host():
    wrong = set()
    for path in (*ours(".html", ".css", ".js", ".svg"), *product()):
        if path.name == "uv.lock" or "requirements" in path.parts:
            continue
        for host in ADDRESS.findall(path.read_text()):
            if not HOSTS_ALLOWED.search(host):
                wrong.add(f"{short(path)}: {host}")
    assert not wrong, f"Nothing is loaded from, or sent to, another host.{listed(wrong)}"


def test_no_real_person_of_the_seeds_is_named_anywhere():
    wrong = set()
    for path in ours(*TEXTS):
        if path.suffix == "" and path.stat().st_size > 200_000:
            continue
        wrong |= {f"{short(path)}: {found}" for found in found_in(path.read_text(errors="ignore"))}
    assert not wrong, (
        f"Somebody's or some school's own name, number or address: invent another.{listed(wrong)}"
    )


def test_no_real_person_of_the_seeds_is_named_in_a_compiled_catalogue():
    wrong = set()
    for path in ours(".po"):
        compiled = gettext.GNUTranslations(BytesIO(polib.pofile(path).to_binary()))
        texts = "\n".join(compiled._catalog.values())
        assert len(texts) > 1000
        wrong |= {f"{short(path)}: {found}" for found in found_in(texts)}
    assert not wrong, (
        f"Somebody's or some school's own name, number or address: invent another.{listed(wrong)}"
    )


def test_the_demo_uses_no_given_name_of_a_pupil_in_the_seeds():
    wrong = set()
    for path in ours(".py"):
        if short(path).startswith("peersupport/demo/"):
            wrong |= {f"{short(path)}: {found}" for found in names_in(path.read_text(), GIVEN_NAMES)}
    assert not wrong, f"Invent another name.{listed(wrong)}"


@pytest.mark.parametrize(
    "text",
    [
        "Planterad Påhittsdotter Ålund kom.",
        "PÅHITTSDOTTER-ÅLUND, planterad",
        "planterad påhittsdotter ålunds ord",
        "Planterad Pa\u030ahittsdotter\nAlund",
    ],
)
def test_the_search_for_real_names_finds_a_planted_one(text):
    planted = [hashed("planterad", "pahittsdotter", "alund")]

    assert list(names_in(text, planted))
    assert not list(names_in("Planterad Påhittsdotter", planted))


@pytest.mark.parametrize("number", ["070-174 06 99", "0701740699", "+46 70 174 06 99", "+46 (0)701-74 06 99"])
def test_the_search_for_real_numbers_finds_a_planted_one(number):
    assert list(numbers_in(f"12 Ring {number}, 34.", [hashed("0701740699")]))
    assert not list(numbers_in(number, [hashed("0701740698")]))


def test_the_search_for_real_addresses_finds_a_planted_one():
    assert list(addresses_in("Skriv till Planterad@Demo.example.", [hashed("planterad@demo.example")]))


def test_no_known_hash_is_misspelt():
    known = (*NAMES, *GIVEN_NAMES, *NUMBERS, *ADDRESSES)

    assert all(re.fullmatch(r"[0-9a-f]{16}", each) for each in known)
    assert len(set(known)) == len(known)
    assert hashed("nobody") not in known
