"""Finds the texts to translate in Python code and templates."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract as babel_extract
from django.utils.translation.template import templatize

from peersupport.lib.translations.texts import Text

NOT_OURS = {"tests", "migrations", "benchmarks", "locale", "static", "docs"}
TEMPLATE_SUFFIXES = {".html", ".txt"}
# Which arguments hold the text; "c" marks the context. Lazy and plain variants alike.
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "gettext": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {
    "_": (1,),
    "gettext_noop": (1,),
    **ARGUMENTS,
    **{f"{name}_lazy": spec for name, spec in ARGUMENTS.items()},
}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(
    rf"(?<!\w)(_|gettext|ngettext|pgettext|npgettext)\(\s*({STRING})(?:,\s*({STRING}))?(?:,\s*({STRING}))?",
    re.S,
)


def extract(base_dir: Path) -> list[Text]:
    """Every text of the project, each once, in the order of files and of first use in them.

    Raises SyntaxError when a template holds a block tag inside a translated block.
    """
    found: dict[tuple[str, str | None], Text] = {}
    for path in _sources(base_dir):
        name = path.relative_to(base_dir).as_posix()
        texts = _in_python(path, name) if path.suffix == ".py" else _in_template(path, name)
        for text in texts:
            before = found.setdefault((text.singular, text.context), text)
            if text.plural and not before.plural:
                found[text.singular, text.context] = before._replace(plural=text.plural)
    return list(found.values())


def _sources(base_dir: Path) -> Iterator[Path]:
    for path in sorted(base_dir.rglob("*")):
        parts = path.relative_to(base_dir).parts
        if any(part.startswith(".") or part in NOT_OURS for part in parts):
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in parts):
            yield path


def _in_python(path: Path, name: str) -> Iterator[Text]:
    for _line, message, _comments, context in babel_extract(
        "python", BytesIO(path.read_bytes()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield Text(singular, plural, context, name)


def _in_template(path: Path, name: str) -> Iterator[Text]:
    """Django turns the template into calls of gettext among blanked-out words; those calls are read here."""
    for match in CALL.finditer(templatize(path.read_text(encoding="utf-8"), name)):
        function, *literals = match.groups()
        words = [ast.literal_eval(literal) for literal in literals if literal is not None]
        context = words.pop(0) if function in {"pgettext", "npgettext"} else None
        if words[0]:
            yield Text(words[0], words[1] if function.startswith("n") else "", context, name)
