"""Our own files, and what they import."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

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
