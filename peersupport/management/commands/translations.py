"""Keeps the translations: finds the texts, merges, judges, compiles."""

from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import polib
from django import conf
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

from peersupport.lib.translations import catalogues, source
from peersupport.lib.translations.catalogues import Key
from peersupport.lib.translations.texts import Text

# Stands in the code. Its catalogue holds only what Django and the libraries say, in our words.
SOURCE = "en"


class Command(BaseCommand):
    help = "Brings locale/ up to date with the texts in code and templates (English is the source)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when something is missing"
        )
        parser.add_argument("--compile", action="store_true", help="write the .mo files and nothing else")
        parser.add_argument("--add", nargs="+", type=Path, metavar="FILE.po", help="take over translations")
        parser.add_argument("--overwrite", action="store_true", help="with --add: replace what is translated")
        parser.add_argument(
            "--missing",
            action="store_true",
            help="change nothing; print what --language lacks, to be filled in",
        )
        parser.add_argument(
            "--language", default="sv", choices=_languages(), help="for --add and --missing: which one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        locale_dir = Path(settings.LOCALE_PATHS[0])
        if options["compile"]:
            self.stdout.write(f"{len(catalogues.compile_all(locale_dir))} catalogues compiled.")
            return
        texts = _texts()
        if options["check"]:
            self._check(locale_dir, texts)
        elif options["missing"]:
            self._print_missing(locale_dir, texts, options["language"])
        else:
            for language in _languages():
                fragments = options["add"] or [] if language == options["language"] else []
                self._update(locale_dir, texts, language, fragments, overwrite=options["overwrite"])

    def _update(
        self, locale_dir: Path, texts: list[Text], language: str, fragments: list[Path], *, overwrite: bool
    ) -> None:
        catalogue, library = catalogues.read(locale_dir, language), _library(language)
        wanted = _wanted(texts, language)
        catalogues.bring_up_to_date(catalogue, wanted, library)
        self._add(catalogue, fragments, library, overwrite=overwrite)
        catalogues.bring_up_to_date(catalogue, wanted, library)  # in order again
        catalogues.write(catalogue, locale_dir, language)
        missing = sum(not entry.translated() for entry in catalogue if not entry.obsolete)
        self.stdout.write(f"{language}: {len(texts)} texts, {missing} not translated.")

    def _add(
        self, catalogue: polib.POFile, fragments: list[Path], library: Collection[Key], *, overwrite: bool
    ) -> None:
        for path in fragments:
            try:
                fragment = polib.pofile(str(path), encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{path} cannot be read: {error}") from error
            for line in catalogues.add(catalogue, fragment, library=library, overwrite=overwrite):
                self.stdout.write(f"{path.name}: {line}")

    def _print_missing(self, locale_dir: Path, texts: list[Text], language: str) -> None:
        """With the Swedish beside each: it says what is meant, where English has one word for two things."""
        hints = catalogues.read(locale_dir, settings.LANGUAGE_CODE)
        catalogue = catalogues.read(locale_dir, language)
        fragment = catalogues.missing(catalogue, _wanted(texts, language), hints)
        self.stdout.write(f"{fragment}".rstrip() + "\n")
        self.stderr.write(f"{language}: {len(fragment)} not translated.")

    def _check(self, locale_dir: Path, texts: list[Text]) -> None:
        found = [f"{SOURCE}: {problem}" for problem in source.problems(texts)]
        for language in _languages():
            catalogue = catalogues.read(locale_dir, language)
            wanted = _wanted(texts, language)
            judged = [
                *catalogues.problems(catalogue, wanted, _library(language)),
                *_gaps(catalogue, language),
            ]
            found += [f"{language}: {problem}" for problem in judged]
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} problems; manage.py translations adds what is missing.")
        self.stdout.write(f"{len(texts)} texts, all in {', '.join(_languages())}.")


def _languages() -> list[str]:
    """Locale names of the languages of the interface."""
    return [to_locale(code) for code, _name in settings.LANGUAGES]


def _wanted(texts: list[Text], language: str) -> list[Text]:
    return [] if language == SOURCE else texts


def _library_folders() -> list[Path]:
    folders = [Path(conf.__file__).parent, *(Path(app.path) for app in apps.get_app_configs())]
    return [folder / "locale" for folder in folders]


def _library(language: str) -> set[Key]:
    """What Django and the installed libraries say in `language`; some of it we put in our own words."""
    paths = [catalogues.catalogue_path(folder, language) for folder in _library_folders()]
    return catalogues.library_keys(path for path in paths if path.exists())


def _gaps(ours: polib.POFile, language: str) -> Iterator[str]:
    """What a library would say in English on a page in `language`."""
    for folder in _library_folders():
        source_path = catalogues.catalogue_path(folder, SOURCE)
        if language != SOURCE and source_path.exists():
            yield from catalogues.gaps(
                polib.pofile(str(source_path)), catalogues.read(folder, language), ours
            )


def _texts() -> list[Text]:
    try:
        # Here and not above: babel is a tool of developers, and --compile runs where it is not installed.
        from peersupport.lib.translations.extraction import extract
    except ModuleNotFoundError as error:
        raise CommandError("Finding texts needs the development requirements (make test).") from error
    try:
        return extract(settings.BASE_DIR)
    except SyntaxError as error:
        raise CommandError(str(error)) from error
