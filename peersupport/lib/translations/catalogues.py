"""Reads, brings up to date, judges and compiles the .po files of locale/."""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import polib

from peersupport.lib.translations.texts import Text

DOMAIN = Path("LC_MESSAGES") / "django"
# How many forms a counted text has; a language that is missing here cannot be given a catalogue.
PLURAL_FORMS = {
    "sv": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "da": "nplurals=2; plural=(n != 1);",
}
HEADER = {
    "Project-Id-Version": "Peer Support",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%[sd]|\{(\w*)\}")
WIDTH = 100
BORROWED = "Django's or a library's own text, in our words"
Key = tuple[str, str | None]


def catalogue_path(locale_dir: Path, language: str) -> Path:
    """Where Django looks for the catalogue of `language`."""
    return locale_dir / language / DOMAIN.with_suffix(".po")


def read(locale_dir: Path, language: str) -> polib.POFile:
    """The catalogue as it is on disk, or a new one. Raises KeyError for a language without PLURAL_FORMS."""
    path = catalogue_path(locale_dir, language)
    catalogue = (
        polib.pofile(str(path), wrapwidth=WIDTH, encoding="utf-8")
        if path.exists()
        else polib.POFile(wrapwidth=WIDTH)
    )
    # No dates and no names of people: they change without anything having changed.
    catalogue.metadata = HEADER | {"Language": language, "Plural-Forms": PLURAL_FORMS[language]}
    return catalogue


def write(catalogue: polib.POFile, locale_dir: Path, language: str) -> None:
    """Put the catalogue on disk, with its folders; ends with exactly one line break."""
    path = catalogue_path(locale_dir, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{catalogue}".rstrip() + "\n", encoding="utf-8")


def bring_up_to_date(catalogue: polib.POFile, texts: Iterable[Text], library: Collection[Key]) -> None:
    """Give `catalogue` exactly `texts`, in their order, and behind them those of `library` in our words.

    Translations no longer used are kept, commented out, and come back by themselves when their text does.
    """
    known = {_key(entry): entry for entry in sorted(catalogue, key=lambda entry: not entry.obsolete)}
    used = [_entry(text, known.pop((text.singular, text.context), None)) for text in texts]
    left = [entry for entry in known.values() if entry.msgstr or entry.msgstr_plural]
    for entry in left:
        if not _is_borrowed(entry, library):
            entry.obsolete, entry.occurrences, entry.flags = True, [], []
    catalogue[:] = [
        *used,
        *sorted(left, key=lambda entry: (entry.obsolete, entry.msgid, entry.msgctxt or "")),
    ]


def _entry(text: Text, before: polib.POEntry | None) -> polib.POEntry:
    """`text` with the translation it had; a text that has become counted needs a new one."""
    entry = polib.POEntry(
        msgid=text.singular,
        msgid_plural=text.plural,
        msgctxt=text.context,
        occurrences=[(text.file, "")],
        flags=["python-format"] if "%(" in text.singular + text.plural else [],
    )
    if text.plural:
        entry.msgstr_plural = (
            dict(before.msgstr_plural) if before and before.msgstr_plural else {0: "", 1: ""}
        )
    elif before is not None:
        entry.msgstr = before.msgstr
    if before is not None:
        entry.tcomment = before.tcomment
        entry.flags += ["fuzzy"] if before.fuzzy else []
    return entry


def add(
    catalogue: polib.POFile, fragment: polib.POFile, *, library: Collection[Key], overwrite: bool
) -> Iterator[str]:
    """Take over the translations of `fragment`; yields a line for each that was not taken.

    Only texts the catalogue has, or that `library` has, are translated; what is stays, unless `overwrite`.
    """
    known = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    for new in fragment:
        entry = known.get(_key(new))
        if new.obsolete or not new.translated():
            continue
        if entry is None and _key(new) in library:
            catalogue.append(_borrowed(new))
        elif entry is None or bool(entry.msgid_plural) != bool(new.msgid_plural):
            yield f"not used in the code: {new.msgid!r}"
        elif entry.translated() and not overwrite:
            if (entry.msgstr, entry.msgstr_plural) != (new.msgstr, new.msgstr_plural):
                yield f"already translated otherwise: {new.msgid!r}"
        else:
            entry.msgstr, entry.msgstr_plural = new.msgstr, dict(new.msgstr_plural)
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]


def _borrowed(entry: polib.POEntry) -> polib.POEntry:
    return polib.POEntry(
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgctxt=entry.msgctxt,
        msgstr=entry.msgstr,
        msgstr_plural=dict(entry.msgstr_plural),
        comment=BORROWED,
        flags=["python-format"] if "%(" in entry.msgid else [],
    )


def _is_borrowed(entry: polib.POEntry, library: Collection[Key]) -> bool:
    return entry.comment == BORROWED and not entry.obsolete and _key(entry) in library


def missing(catalogue: polib.POFile, texts: Iterable[Text], hints: polib.POFile | None) -> polib.POFile:
    """The texts without a translation, ready to be filled in and taken over by `add`; `hints` beside them."""
    bring_up_to_date(catalogue, texts, library=set())
    told = {_key(entry): entry.msgstr or entry.msgstr_plural.get(1, "") for entry in hints or ()}
    fragment = polib.POFile(wrapwidth=WIDTH)
    fragment.metadata = dict(catalogue.metadata)
    for entry in catalogue:
        if not entry.obsolete and not entry.translated():
            entry.comment = told.get(_key(entry), "")
            fragment.append(entry)
    return fragment


def gaps(source: polib.POFile, translated: polib.POFile, ours: polib.POFile) -> Iterator[str]:
    """The texts of a library that neither its own translators nor we have said, a line each."""
    said = {_key(entry) for catalogue in (translated, ours) for entry in catalogue if entry.translated()}
    for entry in source:
        if not entry.obsolete and _key(entry) not in said:
            yield f"a library's text, not translated: {entry.msgid!r}"


def library_keys(paths: Iterable[Path]) -> set[Key]:
    """The texts of the catalogues at `paths`: what Django and the libraries say, and we may say otherwise."""
    return {_key(entry) for path in paths for entry in polib.pofile(str(path), encoding="utf-8")}


def problems(catalogue: polib.POFile, texts: Iterable[Text], library: Collection[Key]) -> Iterator[str]:
    """What is wrong with a catalogue, a line each; none means complete."""
    wanted = {(text.singular, text.context): text for text in texts}
    entries = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    for key, text in wanted.items():
        entry = entries.get(key)
        if entry is None or entry.msgid_plural != text.plural:
            yield f"missing: {text.singular!r} ({text.file})"
    for key, entry in entries.items():
        if key not in wanted and not _is_borrowed(entry, library):
            yield f"not used any more: {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not entry.translated():
            yield f"not translated: {entry.msgid!r}"
        else:
            yield from _placeholder_problems(entry)


def _placeholder_problems(entry: polib.POEntry) -> Iterator[str]:
    """A translation that names other placeholders than the text fails only when the page is shown."""
    sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    names = [_placeholders(source) for source in sources]
    # "one pupil" beside "%(count)s pupils": either form may leave out what not both name.
    needed, allowed = set.intersection(*names), set.union(*names)
    if entry.comment == BORROWED:
        needed = set()  # "Choose one of these." says it better without repeating the value
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    for form, translation in enumerate(translations):
        found = _placeholders(translation)
        # The form for one may say "one" instead of the figure, or nothing.
        left_out = 1 if entry.msgid_plural and form == 0 else 0
        if len(needed - found) > left_out or not found <= allowed:
            yield f"other placeholders: {entry.msgid!r} → {translation!r}"
        elif "%(" in entry.msgid + (entry.msgid_plural or "") and not _can_be_filled(translation, allowed):
            yield f"a lone % sign (write %%): {entry.msgid!r} → {translation!r}"


def _placeholders(text: str) -> set[str]:
    return {match[1] or match[2] or match[0] for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _can_be_filled(text: str, names: set[str]) -> bool:
    try:
        text % dict.fromkeys(names, 1)
    except (ValueError, TypeError, KeyError):
        return False
    return True


def compile_all(locale_dir: Path) -> list[Path]:
    """Write a .mo beside every .po below `locale_dir`; returns the files written. Fuzzy ones are left out."""
    compiled = []
    for path in sorted(locale_dir.glob(f"*/{DOMAIN}.po")):
        target = path.with_suffix(".mo")
        scratch = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(path), encoding="utf-8").save_as_mofile(str(scratch))
        scratch.replace(target)  # whole or not at all: a server may be reading it
        compiled.append(target)
    return compiled


def _key(entry: polib.POEntry) -> Key:
    return entry.msgid, entry.msgctxt
