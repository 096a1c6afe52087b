"""Every page of the access table in every language: no text of another language is left on it.

What pages hold as rows (names, notes) is the world's own, and no text of a catalogue.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import trans_real

from accounts.models import User
from peersupport.demo.factories import PASSWORD
from peersupport.demo.owner import owner
from peersupport.lib.translations.catalogues import PLACEHOLDER, read
from tests.access.asking import FORM, address
from tests.access_table import ACTORS, NOT_SIGNED_IN, PAGES, PUBLIC, Page
from tests.peersupport.conftest import world  # noqa: F811, F401  the fixture
from tests.peersupport.rights import undone

pytestmark = [pytest.mark.django_db, pytest.mark.full]

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SWEDISH = settings.LANGUAGE_CODE
# Neither a browser nor a reader meets these: data for Django admin's own script.
NO_PAGES = {"admin:jsi18n", "admin:autocomplete", "mfa_download_recovery_codes"}
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<svg\b.*?</svg>", re.S)
TAG = re.compile("<[^>]*>")
HEARD = re.compile(r'\s(?:aria-label|title|alt|placeholder)="([^"]*)"')
SPACE = re.compile(r"\s+")


@pytest.fixture(scope="module")
def readers(world) -> dict[str, Client]:  # noqa: F811
    """actor → a browser signed in."""
    with owner():
        for user in world.users.values():
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
    found = {}
    for actor in ACTORS:
        found[actor] = Client(raise_request_exception=False)
        if actor not in NOT_SIGNED_IN:
            found[actor].force_login(world.users[actor], settings.AUTHENTICATION_BACKENDS[0])
    return found


@pytest.fixture
def pages(world, readers):  # noqa: F811
    """`pages("da")`: each page that answers with one, to each who gets it, opened and sent empty."""

    def opened(language: str) -> Iterator[tuple[str, str]]:
        for reader in readers.values():
            reader.cookies.pop("messages", None)  # of the language before
        with undone():
            with owner():
                User.objects.filter(pk__in=[user.pk for user in world.users.values()]).update(
                    language=language
                )
            for page in PAGES:
                yield from answers(page, language)

    def answers(page: Page, language: str) -> Iterator[tuple[str, str]]:
        if page.name in NO_PAGES:
            return
        actors = [actor for actor in ACTORS if actor not in NOT_SIGNED_IN] if page not in PUBLIC else []
        for actor in [*actors, "anonymous"]:
            for method in ("GET", "POST"):
                with undone():
                    answer = readers[actor].generic(
                        method,
                        address(world, page, page.objects[0], actor),
                        headers={"Accept-Language": language},
                        **FORM,
                    )
                is_page = answer.get("Content-Type", "").startswith("text/html")  # no file, no script
                if answer.status_code in {200, 403, 404} and is_page:
                    yield f"{method} {page.name} as {actor}", answer.content.decode()

    return opened


# --- What is asked of the catalogues


class Missed:
    """Stands behind a catalogue and notes what is not in it."""

    def __init__(self) -> None:
        self.texts: set[str] = set()

    def gettext(self, text: str) -> str:
        self.texts.add(text.replace(trans_real.CONTEXT_SEPARATOR, ": "))
        return text.rpartition(trans_real.CONTEXT_SEPARATOR)[2]

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


OWN_NAMES = {"Svenska", "Dansk"}  # Django asks for a translation of the languages' names, too


# --- What is on the pages


def plain(page: str) -> str:
    """What is read on a page, by eye or by ear, with single spaces."""
    shown = TAG.sub(lambda tag: f" | {' | '.join(HEARD.findall(tag[0]))} | ", HIDDEN.sub(" ", page))
    return SPACE.sub(" ", unescape(shown).replace("\xad", ""))


def pattern_of(text: str) -> re.Pattern[str] | None:
    """Finds `text` with its placeholders filled in; None for what is too little to be a language."""
    parts = [part for part in PLACEHOLDER.sub("\0", text.replace("\xad", "")).replace("%%", "%").split("\0")]
    words = re.findall(r"[^\W\d_]{2,}", " ".join(parts))
    if len(words) < 2:
        return None
    quoted = [re.escape(SPACE.sub(" ", part)).replace(r"\ ", " ") for part in parts]
    return re.compile(r"(?<!\w)" + r"[^|<>]{1,60}?".join(quoted).strip() + r"(?!\w)")


def texts_of(language: str) -> set[str]:
    """All that the interface says in `language`; English is what stands in the code."""
    is_source = language == "en"
    entries = read(settings.LOCALE_PATHS[0], SWEDISH if is_source else language)
    texts: set[str] = set()
    for entry in entries:
        if not entry.obsolete:
            said = (entry.msgstr, *entry.msgstr_plural.values())
            texts |= {entry.msgid, entry.msgid_plural} if is_source else set(said)
    return texts - {""}


def foreign_texts(language: str, other: str) -> dict[str, re.Pattern[str]]:
    """The texts of `other` that are none in `language`, with how to find them."""
    own = "\n".join(texts_of(language))  # Danish puts the Swedish law's word in brackets
    found = {text: pattern_of(text) for text in sorted(texts_of(other)) if text not in own}
    return {text: pattern for text, pattern in found.items() if pattern}


@dataclass
class Foreign:
    """The texts of another language, to be looked for on pages of this one."""

    language: str
    other: str

    def __post_init__(self) -> None:
        texts = foreign_texts(self.language, self.other)
        self.known = [(text, first_words(text), pattern) for text, pattern in texts.items()]

    def on(self, shown: str) -> list[str]:
        """Which of them stand on a page, as `plain` reads it."""
        return [text for text, first, pattern in self.known if first in shown and pattern.search(shown)]


def first_words(text: str) -> str:
    """The longest part of `text` without a placeholder, to look for before the pattern is tried."""
    parts = PLACEHOLDER.sub("\0", text.replace("\xad", "")).replace("%%", "%").split("\0")
    return SPACE.sub(" ", max(parts, key=len)).strip()


def test_the_search_for_foreign_texts_finds_them():
    page = '<p title="Sidan finns inte här">Väntar på en\n peer supporter sedan tis 3 nov, i går</p>'

    found = Foreign("da", "sv").on(plain(page))

    assert {"Sidan finns inte här", "Väntar på en peer supporter sedan %(day)s, %(ago)s"} <= set(found)


# --- Both, of every page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_its_readers_language(pages, monkeypatch, language):
    """No text is asked for that has no translation, and none of another language stands there.

    Our texts are checked by `translations --check`; here Django's and the libraries' are met, where they are shown.
    """
    missed = Missed()
    if language != "en":  # what stands in the code
        monkeypatch.setattr(trans_real.translation(language), "_fallback", missed)
    others = [Foreign(language, other) for other in LANGUAGES if other != language]
    left: dict[str, str] = {}
    read_already: set[str] = set()

    for place, page in pages(language):
        shown = plain(page)
        if shown not in read_already:  # who is refused reads the same words everywhere
            read_already.add(shown)
            for foreign in others:
                left |= {text: place for text in foreign.on(shown) if text not in left}

    assert len(read_already) > 100
    assert not left, "\n".join(f"{place}: {text}" for text, place in left.items())
    assert language == "en" or missed.texts >= OWN_NAMES  # it does notice
    unknown = {text for text in missed.texts - OWN_NAMES if re.search("[A-Za-z]{2}", text)}
    assert not unknown, "\n".join(sorted(unknown))
