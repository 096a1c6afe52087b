"""The people around a pupil, guardians among them. One query."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.words import joined
from peersupport.lib.dates import short_date, today
from schools.models import Role
from students.models import Guardian, GuardianRelation, PersonAround, PersonKind, Student


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Someone around the pupil; what may not be used to reach them is not in it."""

    name: str
    text: str
    phone: str
    edit_url: str
    is_first_contact: bool = False
    first_contact_url: str = ""
    not_to_be_contacted: bool = False


@dataclass(slots=True)
class People:
    """Guardians, the others, and those who are so no longer."""

    guardians: list[PersonRow] = field(default_factory=list)
    around: list[PersonRow] = field(default_factory=list)
    earlier: list[PersonRow] = field(default_factory=list)

    @property
    def to_ring(self) -> PersonRow | None:
        """Whom the page offers to ring: the first contact, else a guardian."""
        first = [row for row in self.around if row.is_first_contact]
        return next((row for row in [*first, *self.guardians] if row.phone), None)


GUARDIAN = (
    *("public_id", "given_name", "family_name", "relation", "language", "needs_interpreter"),
    *("how_to_reach", "phone", "email", "not_to_be_contacted"),
)
PERSON = (
    *("public_id", "kind", "name", "role", "organisation", "helps_with", "how_to_reach", "phone", "email"),
    *("starts_on", "ends_on", "is_first_contact"),
)


def people_of(student: Student, user: User) -> People:
    """Everyone the user may know of. A guardian not to be contacted only a coordinator sees, and no phone.

    A protected pupil's are not there to load: they open with the name.
    """
    guardians = Guardian.objects.visible_to(user).filter(student=student)
    if user.acting.role != Role.COORDINATOR:
        guardians = guardians.filter(not_to_be_contacted=False)
    people = PersonAround.objects.visible_to(user).filter(student=student)
    found = _as_rows(guardians, "guardian", GUARDIAN).union(_as_rows(people, "person", PERSON), all=True)
    of = People()
    for what, _pk, row in sorted(found, key=lambda line: line[:2]):
        if what == "guardian":
            of.guardians.append(_guardian_row(row, user))
        elif row["ends_on"] and date.fromisoformat(row["ends_on"]) <= today():
            of.earlier.append(_person_row(row, user, is_over=True))
        else:
            of.around.append(_person_row(row, user))
    of.around.sort(key=lambda row: not row.is_first_contact)
    return of


def _as_rows(rows: Any, what: str, columns: tuple[str, ...]) -> Any:
    as_dict = JSONObject(**{column: column for column in columns})
    return rows.order_by().values_list(Value(what, CharField()), "pk", as_dict)


def _guardian_row(row: dict[str, Any], user: User) -> PersonRow:
    is_coordinator = user.acting.role == Role.COORDINATOR
    is_shut = row["not_to_be_contacted"]
    return PersonRow(
        name=f"{row['given_name']} {row['family_name']}".strip(),
        text=joined(
            capfirst(str(GuardianRelation(row["relation"]).label)),
            row["language"],
            _("interpreter") if row["needs_interpreter"] else "",
            "" if is_shut else row["how_to_reach"],
            "" if is_shut else row["email"],
        ),
        phone="" if is_shut else row["phone"],
        edit_url=reverse("students:guardian_edit", args=[row["public_id"]]) if is_coordinator else "",
        not_to_be_contacted=is_shut,
    )


def _person_row(row: dict[str, Any], user: User, *, is_over: bool = False) -> PersonRow:
    is_coordinator = user.acting.role == Role.COORDINATOR
    may_change = is_coordinator or row["kind"] == PersonKind.OWN
    can_be_first = is_coordinator and not is_over and not row["is_first_contact"]
    return PersonRow(
        name=row["name"],
        text=joined(
            capfirst(row["role"]),
            row["organisation"],
            row["helps_with"],
            row["how_to_reach"],
            row["email"],
            _period(row) if is_over or row["ends_on"] else "",
        ),
        phone="" if is_over else row["phone"],
        edit_url=reverse("students:person_edit", args=[row["public_id"]]) if may_change else "",
        is_first_contact=row["is_first_contact"],
        first_contact_url=reverse("students:person_first_contact", args=[row["public_id"]])
        if can_be_first
        else "",
    )


def _period(row: dict[str, Any]) -> str:
    first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    return _("%(first)s to %(last)s") % {"first": short_date(first), "last": short_date(last)}
