"""The national school-unit register (skolenhetsregistret): its file read, its units written to our schools.

Version 1 is `{"Uttagsdatum", "Skolenheter": [{"Skolenhetskod", "Skolenhetsnamn", "Kommunkod", "PeOrgNr",
"Status"}]}`, version 2 `{"data": {"attributes": [{"schoolUnitCode", "name", "status", …}]}}` (DOMAIN §3).
Version 2's list names neither owner nor municipality, so every field but the code may be absent.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from schools.models import Organisation, OrganisationKind, School, SchoolStatus

# Our name → how the register's versions and their relatives (SS 12000) spell it, without case and hyphens.
SPELLINGS = {
    "unit_code": ("skolenhetskod", "schoolunitcode", "unitcode", "code"),
    "name": ("skolenhetsnamn", "displayname", "schoolunitname", "name", "namn"),
    "municipality_code": ("kommunkod", "municipalitycode"),
    "owner_number": ("peorgnr", "organizationnumber", "organisationnumber", "organisationsnummer", "orgnr"),
    "owner_name": ("huvudman", "huvudmannamn", "organizationname", "organisationname"),
    "status": ("status",),
}
# A planned unit has no pupils yet, as a dormant one has none now.
STATUSES = {
    "aktiv": SchoolStatus.ACTIVE,
    "vilande": SchoolStatus.DORMANT,
    "planerad": SchoolStatus.DORMANT,
    "upphort": SchoolStatus.CLOSED,
    "upphört": SchoolStatus.CLOSED,
}
CODE_LENGTHS = {"unit_code": 8, "municipality_code": 4, "owner_number": 10}
FIELDS = {
    "name": gettext_noop("name"),
    "municipality_code": gettext_noop("municipality code"),
    "status": gettext_noop("status"),
}


class NotTheRegister(Exception):
    """The file is not the school-unit register's; the text says why."""


class Rejected(Exception):
    """One unit cannot be imported; the text says why."""


class Outcome(Enum):
    CREATED = gettext_noop("created")
    UPDATED = gettext_noop("updated")
    UNCHANGED = gettext_noop("unchanged")
    OF_ANOTHER_OWNER = gettext_noop("skipped: belongs to another school owner")
    REJECTED = gettext_noop("rejected")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the row with this `number` (from 1) in the file; `details` are fields or the reason."""

    number: int
    label: str
    outcome: Outcome
    details: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One row, tidied but not yet judged; empty text: the file does not say."""

    unit_code: str
    name: str
    municipality_code: str
    owner_number: str
    owner_name: str
    status: str

    @property
    def label(self) -> str:
        return f"{self.unit_code} {self.name}".strip()


def read_rows(content: bytes) -> list[Any]:
    """The rows of the register's file, version 1 or 2. Raises NotTheRegister."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotTheRegister(
            _("The file is not UTF-8 (byte %(position)s).") % {"position": error.start}
        ) from error
    except json.JSONDecodeError as error:
        raise NotTheRegister(
            _("The file is not JSON (line %(line)s, character %(column)s).")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists in lists
        raise NotTheRegister(_("The file is not JSON of the school-unit register.")) from error
    rows = _rows_in(document)
    if rows is None:
        raise NotTheRegister(_("The file has no list of school units (“Skolenheter” or “data.attributes”)."))
    return rows


def _rows_in(document: Any) -> list[Any] | None:
    if isinstance(document, dict):
        named = {_plain(key): value for key, value in document.items()}
        document = named["skolenheter"] if "skolenheter" in named else named.get("data")
    if isinstance(document, dict):
        document = document.get("attributes")
    return document if isinstance(document, list) else None


def import_units(rows: Iterable[Any], *, organisation: Organisation | None = None) -> Iterator[Result]:
    """Bring our schools up to date with `rows`, each in a savepoint of its own; never deletes.

    With `organisation` only its units are taken: those with its number, and those whose row names no owner.
    Without it, owners are found by number and made when they are missing.
    """
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        label = ""
        try:
            unit = _unit(row)
            label = unit.label
            _refuse_repeated(unit, number, seen)
            with transaction.atomic():
                outcome, details = _import_unit(unit, organisation)
        except Rejected as error:
            yield Result(number, label, Outcome.REJECTED, str(error))
        except ValidationError as error:
            yield Result(number, label, Outcome.REJECTED, _in_words(error))
        except DatabaseError:
            # Its text repeats the row; which row it was, is said anyway.
            yield Result(number, label, Outcome.REJECTED, _("The database refused the row."))
        else:
            yield Result(number, label, outcome, details)


def _in_words(error: ValidationError) -> str:
    return "; ".join(
        f"{_(FIELDS[field])}: {' '.join(words)}" if field in FIELDS else " ".join(words)
        for field, words in error.message_dict.items()
    )


def _refuse_repeated(unit: Unit, number: int, seen: dict[str, int]) -> None:
    first = seen.setdefault(unit.unit_code, number)
    if first != number:
        raise Rejected(_("The code is already in row %(number)s.") % {"number": first})


def _unit(row: Any) -> Unit:
    """A row as a Unit. Raises Rejected for what no school unit can have."""
    if not isinstance(row, dict):
        raise Rejected(_("The row is not a school unit."))
    given = {_plain(key): value for key, value in row.items()}
    texts = {name: _text(given, name) for name in SPELLINGS}
    if not re.fullmatch(r"\d{8}", texts["unit_code"]):
        raise Rejected(_("The school unit code has to be eight digits."))
    if texts["status"]:
        texts["status"] = _status(texts["status"])
    texts["owner_number"] = _owner_number(texts["owner_number"])
    return Unit(**texts)


def _text(given: dict[str, Any], name: str) -> str:
    value = next((given[key] for key in SPELLINGS[name] if given.get(key) not in (None, "")), "")
    if isinstance(value, int) and name in CODE_LENGTHS:
        return str(value).zfill(CODE_LENGTHS[name])  # a spreadsheet on the way has taken the zeros
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(letter for letter in words if letter.isprintable())


def _status(word: str) -> str:
    try:
        return STATUSES[word.lower()]
    except KeyError:
        raise Rejected(_("The status “%(word)s” is unknown.") % {"word": word}) from None


def _owner_number(text: str) -> str:
    """Ten digits, or empty. Raises Rejected for a person's number: those are not kept here, nor repeated."""
    digits = text.replace("-", "").replace(" ", "")
    if len(digits) == 12 and digits.startswith("16"):  # a legal person's prefix
        digits = digits[2:]
    if digits and not re.fullmatch(r"\d{10}", digits):
        raise Rejected(_("The owner's organisation number has to be ten digits."))
    if digits and digits[2] < "2":  # a month: the third digit of an organisation number is at least 2
        raise Rejected(_("The owner is a private person. Enter this owner and the school by hand."))
    return digits


def _import_unit(unit: Unit, organisation: Organisation | None) -> tuple[Outcome, str]:
    if organisation is not None and unit.owner_number not in {"", organisation.number or unit.owner_number}:
        return Outcome.OF_ANOTHER_OWNER, ""
    school = (
        School.objects.select_related("organisation")
        .select_for_update(of=("self",))
        .filter(unit_code=unit.unit_code)
        .first()
    )
    if school is None:
        _create(unit, organisation or _owner(unit))
        return Outcome.CREATED, ""
    _refuse_move(school, unit, organisation)
    if changed := _update(school, unit):
        return Outcome.UPDATED, ", ".join(_(FIELDS[name]) for name in changed)
    return Outcome.UNCHANGED, ""


def _owner(unit: Unit) -> Organisation:
    """The owner by number, made when missing. Raises Rejected when the row names none."""
    if not unit.owner_number:
        raise Rejected(_("The row names no school owner. Say whose it is with --organisation."))
    owner = Organisation.objects.filter(number=unit.owner_number).first()
    if owner is None:
        name = unit.owner_name or _("School owner %(number)s") % {"number": unit.owner_number}
        owner = Organisation(name=name, kind=OrganisationKind.OWNER, number=unit.owner_number)
        owner.full_clean()
        owner.save(force_insert=True)
    return owner


def _create(unit: Unit, owner: Organisation) -> None:
    school = School(
        organisation=owner,
        unit_code=unit.unit_code,
        name=unit.name,
        municipality_code=unit.municipality_code,
        status=unit.status or SchoolStatus.ACTIVE,
    )
    school.full_clean()
    school.save(force_insert=True)


def _refuse_move(school: School, unit: Unit, organisation: Organisation | None) -> None:
    """A new owner would see the pupils of the old one: such a move is decided by people, not by a file."""
    same_number = unit.owner_number in {"", school.organisation.number or unit.owner_number}
    if not same_number or (organisation is not None and school.organisation_id != organisation.pk):
        raise Rejected(
            _("The school belongs to %(owner)s here. An import moves no school to another owner.")
            % {"owner": school.organisation.name}
        )


def _update(school: School, unit: Unit) -> list[str]:
    """Save what the file says otherwise; what it does not say stays. Returns the names of the fields."""
    changed = [name for name in FIELDS if getattr(unit, name) not in {"", getattr(school, name)}]
    for name in changed:
        setattr(school, name, getattr(unit, name))
    if changed:
        school.clean_fields()
        school.version += 1
        school.save(update_fields=[*changed, "version"])
    return changed


def _plain(key: Any) -> str:
    return re.sub(r"[\W_]", "", str(key)).lower()
