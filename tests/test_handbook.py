"""The handbook says what is on the screen: its words, its pictures and its menus are asked for one by one.

When one of these fails after a page has changed: mend the handbook, and `make screenshots`.
"""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from docs.screenshots import PICTURES, README_PICTURE, path_of
from docs.shots import SHOTS
from peersupport.navigation import PLACES
from schools.models import Role

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "docs/handbook"
PAGES = sorted(FOLDER.glob("*.md"))
PAGE_OF = {
    Role.PEER_SUPPORTER: "peer-supporter.md",
    Role.COORDINATOR: "coordinator.md",
    Role.SUPERVISOR: "supervisor.md",
    Role.SCHOOL_STAFF: "school-staff.md",
    Role.LEAD: "lead.md",
    Role.ADMIN: "administrator.md",
    Role.REVIEWER: "reviewer.md",
}
ON_THE_SCREEN = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PICTURE = re.compile(r"!\[([^\]]*)\]\(pictures/([^)]+)\)")
SMALL_ENOUGH = 2_500_000  # bytes, all of them together


def words_on_the_screen() -> set[str]:
    """Every Swedish text of the service as one reads it: capitalized too, without the places it may break at."""
    entries = polib.pofile(ROOT / "locale/sv/LC_MESSAGES/django.po")
    texts = {text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())}
    read = {text.replace("\u00ad", "") for text in texts} | {language for _, language in settings.LANGUAGES}
    return read | {text[:1].upper() + text[1:] for text in read}


def quoted(page: Path) -> set[str]:
    return {" ".join(words.split()) for words in ON_THE_SCREEN.findall(page.read_text())}


def name_of(page: Path) -> str:
    return page.name


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_words_in_bold_are_on_the_screen(page):
    assert quoted(page) - words_on_the_screen() == set()


def test_every_role_has_a_page_and_the_index_names_them_all():
    index = (ROOT / "docs/README.md").read_text()

    assert set(PAGE_OF) == set(Role)
    assert {page.name for page in PAGES} == {"everybody.md", *PAGE_OF.values()}
    assert [page.name for page in PAGES if f"(handbook/{page.name})" not in index] == []


@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_role_tells_of_every_place_in_its_menu(role):
    with translation.override("sv"):
        places = {str(place.label) for place in PLACES[role]}

    assert places - quoted(FOLDER / PAGE_OF[role]) == set()


@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_role_has_a_picture_and_tells_where_everybodys_is(role):
    text = (FOLDER / PAGE_OF[role]).read_text()

    assert PICTURE.search(text)
    assert "(everybody.md)" in text


def test_every_picture_is_taken_by_the_script_and_shown_with_a_description():
    shown = [picture for page in PAGES for picture in PICTURE.findall(page.read_text())]

    assert {name for _, name in shown} == {path_of(shot).name for shot in SHOTS}
    assert all(description for description, _ in shown)
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)


def test_every_shot_has_been_taken_and_nothing_else_lies_there():
    assert set(PICTURES.iterdir()) == {path_of(shot) for shot in SHOTS}
    assert README_PICTURE.exists()


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in (*PICTURES.iterdir(), README_PICTURE)}

    assert all(size > 2_000 for size in sizes.values()), sizes
    assert sum(sizes.values()) < SMALL_ENOUGH, sizes


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_shots_open_pages_that_exist_and_press_words_that_are_there(shot):
    demo = "".join(path.read_text() for path in (ROOT / "peersupport/demo").glob("*.py"))

    assert reverse(shot.url_name)
    for words in shot.press:
        is_somebody = all(f'"{word}"' in demo for word in words.split())
        assert is_somebody or words in words_on_the_screen() or f'"{words}"' in demo, words
