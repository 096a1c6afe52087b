"""Texts are found, kept, judged and compiled without GNU gettext, and without a database."""

import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from peersupport.lib.translations import source
from peersupport.lib.translations.catalogues import (
    BORROWED,
    add,
    bring_up_to_date,
    compile_all,
    gaps,
    library_keys,
    missing,
    problems,
    read,
    write,
)
from peersupport.lib.translations.extraction import extract
from peersupport.lib.translations.texts import Text

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, npgettext, pgettext_lazy

_("Plain")
gettext_lazy("Long text"
             " in two parts")
ngettext("%(count)s pupil", "%(count)s pupils", 3)
pgettext_lazy("protection", "none")
npgettext("work", "%(n)s task", "%(n)s tasks", 2)
_(name)
"""
TEMPLATE = """
{% load i18n %}
{% translate "In a tag" %} {% translate "May" context "month" %} {{ _("In a variable") }}
{% include "x.html" with label=_("In an argument") %} {% translate "It's 100 %" as fact %}
{% blocktranslate trimmed count n=rows|length %}
  {{ n }} row
{% plural %}
  {{ n }} rows
{% endblocktranslate %}
{% blocktranslate trimmed with name=x.name context "greeting" %}
  Hello
  {{ name }}, "friend"
{% endblocktranslate %}
{% comment %}{% translate "Not this" %}{% endcomment %}
gettext is a word here: don't(
"""
PLAIN = Text("Plain", "", None, "app/a.py")


def project(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


def test_extract_finds_every_form_of_text_in_python(tmp_path):
    texts = extract(project(tmp_path, app__a_dot_py=PYTHON))

    assert [text[:3] for text in texts] == [
        ("Plain", "", None),
        ("Long text in two parts", "", None),
        ("%(count)s pupil", "%(count)s pupils", None),
        ("none", "", "protection"),
        ("%(n)s task", "%(n)s tasks", "work"),
    ]
    assert {text.file for text in texts} == {"app/a.py"}


def test_extract_finds_every_form_of_text_in_templates(tmp_path):
    texts = extract(project(tmp_path, templates__a_dot_html=TEMPLATE))

    assert [text[:3] for text in texts] == [
        ("In a tag", "", None),
        ("May", "", "month"),
        ("In a variable", "", None),
        ("In an argument", "", None),
        ("It's 100 %%", "", None),
        ("%(n)s row", "%(n)s rows", None),
        ('Hello %(name)s, "friend"', "", "greeting"),
    ]


def test_extract_passes_over_tests_migrations_and_what_is_hidden(tmp_path):
    project(tmp_path, tests__a_dot_py=PYTHON, app__migrations__a_dot_py=PYTHON, _dot_venv__a_dot_py=PYTHON)

    assert extract(tmp_path) == []


def test_extract_counts_a_text_once_and_keeps_its_plural(tmp_path):
    project(tmp_path, a_dot_py='_("row")', b_dot_py='ngettext("row", "rows", 2)')

    assert extract(tmp_path) == [Text("row", "rows", None, "a.py")]


def test_catalogue_is_the_same_after_a_second_run(tmp_path):
    for _round in range(2):
        made = read(tmp_path, "sv")
        bring_up_to_date(made, [PLAIN, Text("row", "rows", None, "app/b.py")], library=set())
        write(made, tmp_path, "sv")
        text = (tmp_path / "sv/LC_MESSAGES/django.po").read_text()
        if _round:
            assert text == before  # noqa: F821
        before = text  # noqa: F841

    assert "nplurals=2" in text
    assert "Date" not in text
    assert str(tmp_path) not in text


def test_catalogue_keeps_what_is_no_longer_used_and_brings_it_back(tmp_path):
    made = catalogue(polib.POEntry(msgid="Plain", msgstr="Enkel"))

    bring_up_to_date(made, [], library=set())
    assert [(entry.msgstr, entry.obsolete) for entry in made] == [("Enkel", True)]

    bring_up_to_date(made, [PLAIN], library=set())
    assert [(entry.msgstr, entry.obsolete) for entry in made] == [("Enkel", False)]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (polib.POEntry(msgid="Plain", msgstr="Enkel"), None),
        (polib.POEntry(msgid="Plain"), "not translated"),
        (polib.POEntry(msgid="Plain", msgstr="Enkel", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="Other", msgstr="Annan"), "missing: 'Plain'"),
        (polib.POEntry(msgid="Other", msgstr="Annan"), "not used any more: 'Other'"),
        (polib.POEntry(msgid="Hi %(name)s", msgstr="Hej %(nam)s"), "other placeholders"),
        (polib.POEntry(msgid="Hi %(name)s", msgstr="Hej"), "other placeholders"),
        (polib.POEntry(msgid="Hi {name}", msgstr="Hej {namn}"), "other placeholders"),
        (polib.POEntry(msgid="%(n)s %%", msgstr="%(n)s % av allt"), "a lone % sign"),
        (polib.POEntry(msgid="%(n)s %%", msgstr="%(n)s %%"), None),
        (
            polib.POEntry(msgid="one", msgid_plural="%(n)s rows", msgstr_plural={0: "en", 1: "%(n)s rader"}),
            None,
        ),
        (
            polib.POEntry(msgid="%(n)s row", msgid_plural="%(n)s rows", msgstr_plural={0: "en", 1: "rader"}),
            "other placeholders",
        ),
        (
            polib.POEntry(msgid="%(n)s row", msgid_plural="%(n)s rows", msgstr_plural={0: "en", 1: "%(n)s"}),
            None,
        ),
        (
            polib.POEntry(msgid="one", msgid_plural="%(n)s rows", msgstr_plural={0: "en", 1: ""}),
            "not translated",
        ),
    ],
)
def test_problems_names_what_is_wrong(entry, problem):
    used = PLAIN if entry.msgid == "Other" else Text(entry.msgid, entry.msgid_plural, None, "app/a.py")

    found = list(problems(catalogue(entry), [used], library=set()))

    assert any(line.startswith(problem) for line in found) if problem else found == []


def test_add_fills_what_is_empty_and_tells_of_the_rest():
    made = catalogue(polib.POEntry(msgid="Plain"), polib.POEntry(msgid="Kept", msgstr="Behållen"))
    fragment = catalogue(
        polib.POEntry(msgid="Plain", msgstr="Enkel"),
        polib.POEntry(msgid="Kept", msgstr="Sparad"),
        polib.POEntry(msgid="Gone", msgstr="Borta"),
    )

    lines = list(add(made, fragment, library=set(), overwrite=False))

    assert {entry.msgid: entry.msgstr for entry in made} == {"Plain": "Enkel", "Kept": "Behållen"}
    assert lines == ["already translated otherwise: 'Kept'", "not used in the code: 'Gone'"]
    list(add(made, fragment, library=set(), overwrite=True))
    assert {entry.msgid: entry.msgstr for entry in made} == {"Plain": "Enkel", "Kept": "Sparad"}


def test_library_texts_may_be_said_in_our_words():
    made, library = catalogue(), {("Choose %(value)s.", None)}

    lines = add(
        made,
        catalogue(polib.POEntry(msgid="Choose %(value)s.", msgstr="Välj ett.")),
        library=library,
        overwrite=False,
    )

    assert list(lines) == []
    bring_up_to_date(made, [], library)
    assert [(entry.comment, entry.obsolete) for entry in made] == [(BORROWED, False)]
    assert list(problems(made, [], library)) == []
    # A library that has changed its text no longer shows ours.
    assert list(problems(made, [], library=set())) == ["not used any more: 'Choose %(value)s.'"]


def test_compile_all_writes_what_gettext_reads(tmp_path):
    made = read(tmp_path, "sv")
    made.append(polib.POEntry(msgid="Plain", msgstr="Enkel åäö"))
    write(made, tmp_path, "sv")

    (compiled,) = compile_all(tmp_path)

    assert [entry.msgstr for entry in polib.mofile(str(compiled))] == ["Enkel åäö"]


def test_compiling_needs_neither_settings_nor_database(tmp_path):
    code = (
        "import sys; from peersupport.lib.translations import __main__\n"
        "assert not {'babel', 'django.conf', 'peersupport.settings'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=True, timeout=60)


def test_command_refuses_an_unreadable_fragment(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("translations", "--add", str(tmp_path / "none.po"))


def test_library_keys_reads_djangos_own_catalogue():
    import django

    path = Path(django.__file__).parent / "conf/locale/sv/LC_MESSAGES/django.po"
    assert ("This field is required.", None) in library_keys([path])


def test_swedish_is_complete():
    call_command("translations", "--check", verbosity=0)


def test_missing_is_a_fragment_that_add_takes_over():
    swedish = catalogue(polib.POEntry(msgid="Plain", msgstr="Enkel"))
    danish = catalogue(polib.POEntry(msgid="Known", msgstr="Kendt"))
    texts = [PLAIN, Text("Known", "", None, "app/a.py"), Text("%(n)s row", "%(n)s rows", None, "app/b.py")]

    fragment = missing(danish, texts, hints=swedish)

    assert [(entry.msgid, entry.comment) for entry in fragment] == [("Plain", "Enkel"), ("%(n)s row", "")]
    fragment[0].msgstr = "Enkelt"
    fragment[1].msgstr_plural = {0: "%(n)s række", 1: "%(n)s rækker"}
    assert list(add(danish, polib.pofile(str(fragment)), library=set(), overwrite=False)) == []
    assert list(problems(danish, texts, library=set())) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pupil's page", False),
        ("The list “Skolenheter” is missing.", False),
        ("Elevens sida är stängd", True),
        ("Ingen elev", True),
        ("Vælg en skole", True),
    ],
)
def test_a_text_in_the_code_that_is_not_english_is_told(text, found):
    lines = list(source.problems([Text(text, "", None, "app/a.py")]))

    assert [line.startswith("not English") for line in lines] == [True] * found


def test_gaps_are_what_neither_the_library_nor_we_have_said():
    library = catalogue(*(polib.POEntry(msgid=text) for text in ("Theirs", "Ours", "Nobody's")))
    translated = catalogue(polib.POEntry(msgid="Theirs", msgstr="Deras"), polib.POEntry(msgid="Nobody's"))
    ours = catalogue(polib.POEntry(msgid="Ours", msgstr="Vår", comment=BORROWED))

    assert list(gaps(library, translated, ours)) == ["a library's text, not translated: \"Nobody's\""]


def test_command_prints_what_is_missing_and_changes_nothing(capsys):
    before = (Path(settings.LOCALE_PATHS[0]) / "da/LC_MESSAGES/django.po").read_bytes()

    call_command("translations", "--missing", "--language", "da")

    printed = capsys.readouterr()
    assert "da: 0 not translated." in printed.err
    assert len(polib.pofile(printed.out)) == 0
    assert (Path(settings.LOCALE_PATHS[0]) / "da/LC_MESSAGES/django.po").read_bytes() == before


def test_command_refuses_a_language_that_is_not_there():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("translations", "--missing", "--language=de")
