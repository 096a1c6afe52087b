"""Supporters and schools as their lists show them. Texts only; a template asks for nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.dates import short_date
from peersupport.lib.numbers import percent
from schools.models import Role, School, SchoolStatus
from students.models import Case, Referral
from supporters.models import PeerSupporter, Placement


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """A supporter in a list. `load` is empty for those who see no figures about pupils."""

    name: str
    url: str
    places: str
    languages: str
    load: str
    is_accepting: bool


def supporters_with_places(user: User) -> Any:
    """The supporters the user may see, by name, with `placements_today`; their load for coordinators only."""
    here = (
        Placement.objects.visible_to(user).holding_today().select_related("school").order_by("-percent", "pk")
    )
    supporters: Any = (
        PeerSupporter.objects.visible_to(user)
        .with_people()
        .prefetch_related(Prefetch("placements", queryset=here, to_attr="placements_today"))
    )
    if user.acting.role == Role.COORDINATOR:
        supporters = supporters.with_capacity().with_open_assignments()
    return supporters


def supporter_rows(supporters: Iterable[Any]) -> list[SupporterRow]:
    """Rows of what `supporters_with_places` has loaded."""
    return [
        SupporterRow(
            name=supporter.user.name,
            url=reverse("overviews:supporter_detail", args=[supporter.public_id]),
            places=places_text(supporter.placements_today),
            languages=", ".join(supporter.languages),
            load=load_text(supporter),
            is_accepting=supporter.is_accepting,
        )
        for supporter in supporters
    ]


def places_text(placements: Iterable[Placement]) -> str:
    """ "Silverlindsskolan 50 %, Åskolan 25 %"."""
    return ", ".join(f"{placement.school.name} {percent(placement.percent)}" for placement in placements)


def load_text(supporter: Any) -> str:
    """ "4 av 6": open main assignments of capacity; empty when they are not loaded."""
    if not hasattr(supporter, "open_assignments"):
        return ""
    return _("%(taken)s of %(capacity)s") % {
        "taken": supporter.open_assignments,
        "capacity": supporter.capacity,
    }


def period_text(first: Any, last: Any) -> str:
    """ "3 sep 2026 – tills vidare" as days, with the last one when it is decided."""
    if last is None:
        return _("from %(day)s") % {"day": short_date(first)}
    return f"{short_date(first)} – {short_date(last)}"


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school in a list. `open_cases` is None for those who see no figures about pupils."""

    name: str
    url: str
    forms: str
    grades: str
    status: str  # empty when the school is open as usual
    open_cases: int | None


def schools_with_figures(user: User) -> Any:
    """The schools the user may see, by name; for coordinators with open support periods and referrals."""
    schools: Any = School.objects.visible_to(user).by_name()
    if user.acting.role != Role.COORDINATOR:
        return schools
    cases = (
        Case.objects.visible_to(user)
        .open()
        .filter(student__school=OuterRef("pk"), student__is_protected=False)
    )
    # A protected pupil is never counted at a school: even which school it is can be sensitive (DOMAIN §4).
    referrals = Referral.objects.visible_to(user).open().filter(school=OuterRef("pk"), protection="none")
    return schools.annotate(
        open_cases=_number(cases, by="student__school"), open_referrals=_number(referrals, by="school")
    )


def _number(rows: QuerySet[Any], *, by: str) -> Coalesce:
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
