"""Imports the national school-unit register's file: repeatable, a line for each row, deletes nothing."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.school_units import NotTheRegister, Outcome, Result, import_units, read_rows
from peersupport.lib.http import uuid_or_none
from schools.models import Organisation


class Command(BaseCommand):
    help = "Brings schools and school owners up to date with the national school-unit register's JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the register's JSON, version 1 or 2")
        parser.add_argument("--organisation", help="take only this owner's units: its name or its UUID")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = _organisation(options["organisation"])
        rows = _rows(options["file"])
        counts: Counter[Outcome] = Counter()
        with transaction.atomic():
            for result in import_units(rows, organisation=organisation):
                counts[result.outcome] += 1
                self.stdout.write(_line(result))
            transaction.set_rollback(options["dry_run"])
        self.stdout.write(_summary(len(rows), counts))
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run: nothing is saved."))


def _rows(path: Path) -> list[Any]:
    try:
        return read_rows(path.read_bytes())
    except OSError as error:
        raise CommandError(
            _("The file %(path)s cannot be read: %(why)s") % {"path": path, "why": error.strerror}
        ) from error
    except NotTheRegister as error:
        raise CommandError(str(error)) from error


def _organisation(wanted: str | None) -> Organisation | None:
    if wanted is None:
        return None
    uuid = uuid_or_none(wanted)
    found = list(Organisation.objects.filter(**({"public_id": uuid} if uuid else {"name": wanted}))[:2])
    if not found:
        raise CommandError(_("There is no organisation “%(name)s”.") % {"name": wanted})
    if len(found) > 1:
        raise CommandError(
            _("More than one organisation is called “%(name)s”: give the UUID.") % {"name": wanted}
        )
    return found[0]


def _line(result: Result) -> str:
    label = result.label or _("row %(number)s") % {"number": result.number}
    line = f"{label}: {_(result.outcome.value)}"
    return f"{line}: {result.details}" if result.details else line


def _summary(total: int, counts: Counter[Outcome]) -> str:
    parts = ", ".join(f"{counts[outcome]} {_(outcome.value)}" for outcome in Outcome if counts[outcome])
    rows = ngettext("%(count)s row", "%(count)s rows", total) % {"count": total}
    return f"{rows}: {parts}." if parts else f"{rows}."
