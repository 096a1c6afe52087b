"""Keeps the translations: finds the texts, merges, judges, compiles."""

from argparse import ArgumentParser
from collections.abc import Collection
from pathlib import Path
from typing import Any

import polib
from django import conf
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

from peersupport.lib.translations import catalogues
from peersupport.lib.translations.catalogues import Key
from peersupport.lib.translations.texts import Text


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
        parser.add_argument("--language", default="sv", help="with --add: whose translations they are")

    def handle(self, *args: Any, **options: Any) -> None:
        locale_dir = Path(settings.LOCALE_PATHS[0])
        if options["compile"]:
            self.stdout.write(f"{len(catalogues.compile_all(locale_dir))} catalogues compiled.")
            return
        texts = _texts()
        if options["check"]:
            self._check(locale_dir, texts)
            return
        for language in _languages():
            catalogue = catalogues.read(locale_dir, language)
            library = _library(language)
            catalogues.bring_up_to_date(catalogue, texts, library)
            if language == options["language"]:
                self._add(catalogue, options["add"] or [], library, overwrite=options["overwrite"])
                catalogues.bring_up_to_date(catalogue, texts, library)  # in order again
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

    def _check(self, locale_dir: Path, texts: list[Text]) -> None:
        count = 0
        for language in _languages():
            catalogue = catalogues.read(locale_dir, language)
            for problem in catalogues.problems(catalogue, texts, _library(language)):
                self.stderr.write(f"{language}: {problem}")
                count += 1
        if count:
            raise CommandError(f"{count} problems; manage.py translations adds what is missing.")
        self.stdout.write(f"{len(texts)} texts, all translated.")


def _languages() -> list[str]:
    """Locale names of the languages that need a catalogue: all but English, which stands in the code."""
    return [to_locale(code) for code, _name in settings.LANGUAGES if code != "en"]


def _library(language: str) -> set[Key]:
    """What Django and the installed libraries say in `language`; some of it we put in our own words."""
    folders = [Path(conf.__file__).parent, *(Path(app.path) for app in apps.get_app_configs())]
    paths = [catalogues.catalogue_path(folder / "locale", language) for folder in folders]
    return catalogues.library_keys(path for path in paths if path.exists())


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
