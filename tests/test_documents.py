"""What the documents claim is so, where it is cheap to ask."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
README = (ROOT / "README.md").read_text()
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def anchors(path):
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def rows_after(heading, text):
    """The first cells of the first table below `heading`, code marks taken off."""
    below = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [cell for cell in re.findall(r"^\| `([^`]+)`", below, re.M)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path):
    for link in LINK.findall(path.read_text()):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{name_of(path)} links to {link}"
        assert not anchor or anchor in anchors(target), f"{name_of(path)} links to {link}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_make_targets_that_are_named_exist(path):
    makefile = (ROOT / "Makefile").read_text()
    targets = {name for line in re.findall(r"^([a-z][a-z \-]*):", makefile, re.M) for name in line.split()}

    named = set(re.findall(r"`make ([a-z\-]+)", path.read_text()))

    assert named <= targets
    if path.name == "README.md" and path.parent == ROOT:
        assert named == targets - {"help"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_commands_that_are_named_exist(path):
    named = set(re.findall(r"manage\.py ([a-z_]+)", path.read_text()))

    assert named <= set(get_commands())


def test_the_server_of_the_build_is_set_up_as_operators_are_told():
    operations = (ROOT / "docs/operations.md").read_text()
    build = (ROOT / ".ci/postgresql").read_text()
    (told,) = re.findall(r"^createdb .+$", operations, re.M)

    assert told in build
    assert "```conf\n" in operations  # which the build takes from there
    assert "--file=deploy/roles.sql" in operations
    assert "<deploy/roles.sql" in build


def test_the_restore_of_the_build_is_what_operators_are_told():
    operations = (ROOT / "docs/operations.md").read_text()
    drill = (ROOT / ".ci/restore").read_text()
    told = re.findall(r"^(pg_(?:dump|restore)) (.+)$", operations, re.M)

    assert [program for program, _ in told] == ["pg_dump", "pg_restore"]
    for program, arguments in told:
        assert f"{program} {arguments}" in drill


def test_decisions_are_numbered_and_listed():
    index = (ROOT / "docs/README.md").read_text()

    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    for path in DECISIONS:
        assert f"adr/{path.name}" in index


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name[:4])
def test_decisions_are_one_page_with_date_status_context_decision_consequences(path):
    text = path.read_text()

    assert re.match(rf"# {int(path.name[:4])}\. .+\n\nDate: \d{{4}}-\d\d-\d\d · Status: \w+", text)
    assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 60


def test_decisions_that_the_code_refers_to_exist():
    numbers = {path.name[:4] for path in DECISIONS}
    for folder in (*settings.INSTALLED_APPS, "peersupport", "templates", "static", "tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".css", ".js", ".sql"}:
                named = set(re.findall(r"adr/(\d{4})", path.read_text()))
                assert named <= numbers, name_of(path)


def test_changelog_has_the_newest_first():
    dates = re.findall(r"^## (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text(), re.M)

    assert dates
    assert dates == sorted(set(dates), reverse=True)


def test_license_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text()

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(number) for number in re.findall(r"^(\d+)\.\s?[A-Z]", text, re.M)] == list(range(1, 16))
    assert "Compatible Licences" in text
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text()
