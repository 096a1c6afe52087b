"""docs/architecture.md and docs/tables.md say what is there: folders, rooms, floors, middleware, commands, tables."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from docs import tables
from tests.conventions.source import ABOVE, FLOORS, NOT_OURS
from tests.test_documents import rows_after

ROOT = Path(settings.BASE_DIR)
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()


def below(heading: str) -> str:
    return ARCHITECTURE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def names_in_table(heading: str, header: str) -> list[str]:
    """The first cells of the table below `heading` whose header begins with `header`."""
    table = below(heading).split(f"| {header}", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)


def folders(of: Path) -> set[str]:
    """The project's own; what editors hide beside them is theirs."""
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()} | NOT_OURS
    names = {path.name for path in of.iterdir() if path.is_dir()} - ignored
    return {name for name in names if not name.startswith(".") or name == ".ci"}


def test_rooms_stand_in_the_order_of_the_floors_and_of_the_settings():
    rooms = [row.rstrip("/") for row in rows_after("The rooms of the house", ARCHITECTURE)]

    assert rooms == list(FLOORS)
    assert rooms == [app for app in settings.INSTALLED_APPS if (ROOT / app / "__init__.py").exists()][::-1]


def test_every_folder_is_described():
    described = names_in_table("The other folders", "folder")

    assert {folder.rstrip("/") for folder in described} == folders(ROOT) - set(FLOORS)


def test_every_part_of_the_project_package_is_described():
    package = ROOT / "peersupport"
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py"}

    described = names_in_table("The other folders", "in `peersupport/`")

    assert set(described) == modules | {f"{folder}/" for folder in folders(package)}


def test_what_stands_above_all_floors_is_named():
    (named,) = re.findall(
        r"^`lib`.+ import no app\. (.+) stand above all of them\.$", ARCHITECTURE, re.MULTILINE
    )

    assert {f"peersupport.{name}" for name in re.findall(r"`(\w+)`", named)} == set(ABOVE)


def test_middleware_stands_in_its_order():
    listed = re.findall(r"^(\d+)\. `([\w.]+)`", below("The way of a request"), re.MULTILINE)

    assert [name for _, name in listed] == settings.MIDDLEWARE
    assert [int(number) for number, _ in listed] == list(range(1, len(listed) + 1))


def test_every_command_of_ours_is_described():
    ours = {name for name, app in get_commands().items() if app in {*FLOORS, "peersupport"}}

    assert set(names_in_table("Commands and jobs", "command")) == ours


def test_every_path_that_is_named_exists():
    paths = re.findall(r"`((?:peersupport|tests|docs|templates|deploy|\.ci)/[\w./]+)`", ARCHITECTURE)

    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_tables_are_those_of_the_models_and_policies():
    assert tables.PAGE.read_text() == tables.page(), "make tables"


def test_every_table_of_ours_is_among_them_and_says_what_a_row_is():
    written = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", tables.PAGE.read_text(), re.MULTILINE))
    ours = {model._meta.db_table for app in FLOORS for model in apps.get_app_config(app).get_models()}

    assert {table for table in ours if not written.get(table)} == set()
