"""Incidents as rows: no words of the author's, those stand on the incident's own page."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from peersupport.lib.dates import short_moment
from peersupport.lib.urls import prefix
from safety.models import IncidentReport


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident: when, what kind, to whom."""

    when: str
    kind: str
    who: str  # "": oneself
    is_serious: bool
    is_closed: bool
    url: str


def incident_rows(incidents: Iterable[IncidentReport], user: User) -> list[IncidentRow]:
    """Rows of incidents loaded with their `author`."""
    page = prefix("safety:incident_detail")
    return [
        IncidentRow(
            short_moment(one.happened_at),
            str(one.get_kind_display()),
            "" if one.author_id == user.pk else one.author.name,
            one.is_serious,
            one.closed_at is not None,
            page(one.public_id),
        )
        for one in incidents
    ]
