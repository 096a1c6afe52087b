"""No words but those of the catalogues: every text of a page goes through gettext, where it has three languages."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils import translation
from django.views.defaults import server_error

ROOT = settings.BASE_DIR
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt"))
# Shown to developers in the demo, in Swedish, as the mock is; and the page that may ask for nothing.
IN_THEIR_OWN_WORDS = {"500.html", "styleguide.html", "styleguide"}
NAMES = re.compile(r"Peer Support|is-public|https?://\S+|&\w+;")
READ_OUT = {"aria-label", "title", "alt", "placeholder"}
APPS = ("accounts", "exchange", "operations", "overviews", "peersupport", "reports", "schools", "students")
SWEDISH = re.compile(r"[åäöÅÄÖ]")
# Letters to sort and search by, words a password may not be built on, words that files of the authorities hold,
# the default display word quoted beside its field, and the styleguide, which is Swedish as the mock is.
HOLD_SWEDISH = {
    "peersupport/lib/names.py",
    "peersupport/lib/ordering.py",
    "peersupport/lib/search.py",
    "peersupport/templatetags/styleguide.py",
    "schools/admin/help.py",
    "accounts/passwords.py",
    "exchange/school_units.py",
    "peersupport/lib/translations/source.py",
}


class Words(HTMLParser):
    """Collects what is read on a page, by eye or by ear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_code = tag in {"script", "style"}
        self.found += [value for name, value in attrs if name in READ_OUT and value]

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            self.found.append(data)


def raw_words(template: str) -> list[str]:
    """What `template` says without asking a catalogue."""
    shown, hidden_until = [], ""
    for token in Lexer(template).tokenize():
        words = token.split_contents() if token.token_type is TokenType.BLOCK else [""]
        if hidden_until:
            hidden_until = "" if words[0] == hidden_until else hidden_until
        elif words[0] in {"blocktranslate", "comment"}:
            hidden_until = f"end{words[0]}"
        elif token.token_type is TokenType.TEXT:
            shown.append(token.contents)
    page = Words()
    page.feed("".join(shown))
    page.close()
    return [text.strip() for text in page.found if re.search(r"[^\W\d_]{2,}", NAMES.sub("", text))]


def test_raw_words_finds_text_and_what_is_read_out():
    template = (
        '{% comment %}Not this{% endcomment %}<p title="Heard">Seen {% translate "Not this" %}</p>'
        '<a href="/not/this/" aria-label="{% translate \'Nor this\' %}">{{ nor.this }} – 12</a>'
        "{% blocktranslate trimmed %}Not this{% endblocktranslate %}<title>Peer Support</title>"
    )
    assert raw_words(template) == ["Heard", "Seen"]


def test_no_template_has_words_of_its_own():
    wrong = {}
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates")
        if name.parts[0] not in IN_THEIR_OWN_WORDS and (found := raw_words(path.read_text("utf-8"))):
            wrong[str(name)] = found
    assert not wrong


def strings_in(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are not docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def test_no_module_has_swedish_words():
    wrong = []
    for app in (*APPS, "supporters", "visits"):
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name in HOLD_SWEDISH or "/migrations/" in name or name.startswith("peersupport/demo/"):
                continue
            wrong += [f"{name}:{line}: {text}" for line, text in strings_in(path) if SWEDISH.search(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("language", "heading"),
    [("sv", "Något gick fel hos oss"), ("en", "Something went wrong here"), ("da", "Noget gik galt hos os")],
)
def test_the_page_for_our_own_faults_speaks_each_language_without_a_catalogue(rf, language, heading):
    with translation.override(language):
        page = server_error(rf.get("/")).content.decode()

    assert f'<html lang="{language}">' in page
    assert page.count("<h1>") == 1 and f"<h1>{heading}</h1>" in page
