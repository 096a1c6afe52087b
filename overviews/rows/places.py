"""Supporters and schools as their lists show them. Texts only; a template asks for nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from overviews.rows.load import Load, load_of, minutes_by_kind
from peersupport.lib.numbers import percent
from schools.models import Role, School, SchoolStatus
from students.models import Case
from supporters.models import PeerSupporter, Placement


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """A supporter in a list."""

    name: str
    url: str
    places: str
    languages: str
    load: Load
    is_accepting: bool


def supporters_with_places(user: User) -> Any:
    """The supporters the user may see, by name, with `placements_today` and what `load_of` needs."""
    here = (
        Placement.objects.visible_to(user).holding_today().select_related("school").order_by("-percent", "pk")
    )
    supporters: Any = (
        PeerSupporter.objects.visible_to(user)
        .with_people()
        .prefetch_related(Prefetch("placements", queryset=here, to_attr="placements_today"))
    )
    return supporters.with_capacity().with_open_assignments()


def supporter_rows(supporters: list[Any]) -> list[SupporterRow]:
    """Rows of what `supporters_with_places` has loaded, with the hours: one query more."""
    minutes = minutes_by_kind(supporters)
    return [
        SupporterRow(
            name=supporter.user.name,
            url=reverse("overviews:supporter_detail", args=[supporter.public_id]),
            places=places_text(supporter.placements_today),
            languages=", ".join(supporter.languages),
            load=load_of(supporter, minutes.get(supporter.pk, {})),
            is_accepting=supporter.is_accepting,
        )
        for supporter in supporters
    ]


def places_text(placements: Iterable[Placement]) -> str:
    """ "Silverlindsskolan 50 %, Åskolan 25 %"."""
    return ", ".join(f"{placement.school.name} {percent(placement.percent)}" for placement in placements)


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school in a list. `open_cases` is None for those who see no figures about pupils."""

    name: str
    url: str
    forms: str
    grades: str
    status: str  # empty when the school is open as usual
    open_cases: int | None


AT_THE_SCHOOL: dict[str, Any] = {"student__school": OuterRef("pk"), "student__is_protected": False}


def schools_with_figures(user: User) -> Any:
    """The schools the user may see, by name; for coordinators with the number of open support periods."""
    schools: Any = School.objects.visible_to(user).by_name()
    if user.acting.role != Role.COORDINATOR:
        return schools
    # A protected pupil is never counted at a school: even which school it is can be sensitive (DOMAIN §4).
    cases = Case.objects.visible_to(user).open().filter(**AT_THE_SCHOOL)
    return schools.annotate(open_cases=number_of(cases, by="student__school"))


def number_of(rows: QuerySet[Any], *, by: str) -> Coalesce:
    """How many of `rows`, which are filtered by the outer row that `by` names: an expression, 0 for none."""
    counted = rows.order_by().values(by).annotate(total=Count("pk"))
    return Coalesce(Subquery(counted.values("total"), output_field=IntegerField()), 0)


def school_rows(schools: Iterable[Any]) -> list[SchoolRow]:
    """Rows of what `schools_with_figures` has loaded."""
    return [
        SchoolRow(
            name=school.name,
            url=reverse("overviews:school_detail", args=[school.public_id]),
            forms=", ".join(str(label) for label in school.form_labels),
            grades=school.grades,
            status="" if school.status == SchoolStatus.ACTIVE else school.get_status_display(),
            open_cases=getattr(school, "open_cases", None),
        )
        for school in schools
    ]
