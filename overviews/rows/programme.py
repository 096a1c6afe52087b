"""What the programme lead starts with: schools and supporters in figures, and what is missing. No pupils."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from schools.models import Organisation, School
from supporters.models import PeerSupporter, Placement

A_FEW = 8  # rows in a card; "all" is one click away


@dataclass(frozen=True, slots=True)
class Few:
    """The first rows of a list, and whether there are more."""

    rows: list[Any]
    has_more: bool


def few(rows: Any) -> Few:
    """The first `A_FEW` of `rows`, a queryset; one more is read to know whether there are more."""
    found = list(rows[: A_FEW + 1])
    return Few(found[:A_FEW], len(found) > A_FEW)


def programme_figures(user: User) -> Any:
    """The organisation acted in, with its schools, supporters and percent of full time placed as figures."""
    schools = School.objects.visible_to(user).open().filter(organisation=OuterRef("pk"))
    supporters = PeerSupporter.objects.visible_to(user).filter(organisation=OuterRef("pk"))
    placed = Placement.objects.visible_to(user).holding_today().filter(supporter__organisation=OuterRef("pk"))
    accepting = supporters.filter(is_accepting=True)
    return (
        Organisation.objects.visible_to(user)
        .annotate(
            school_count=_one(schools, by="organisation", of=Count("pk")),
            supporter_count=_one(supporters, by="organisation", of=Count("pk")),
            accepting_count=_one(accepting, by="organisation", of=Count("pk")),
            percent_placed=_one(placed, by="supporter__organisation", of=Sum("percent")),
        )
        .get()
    )


def _one(rows: QuerySet[Any], *, by: str, of: Any) -> Coalesce:
    grouped = rows.order_by().values(by).annotate(total=of)
    return Coalesce(Subquery(grouped.values("total"), output_field=IntegerField()), 0)


def supporters_without_place(user: User) -> Any:
    """Supporters who are placed nowhere today, by name."""
    here = Placement.objects.holding_today().filter(supporter=OuterRef("pk"))
    return PeerSupporter.objects.visible_to(user).with_people().filter(~Exists(here))


def schools_without_supporter(user: User) -> Any:
    """Schools, not closed ones, where nobody is placed today, by name."""
    here = Placement.objects.holding_today().filter(school=OuterRef("pk"))
    return School.objects.visible_to(user).open().by_name().filter(~Exists(here))
