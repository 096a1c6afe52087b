"""Who could go along on a visit, and whom to ring."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from schools.models import Organisation


@dataclass(frozen=True, slots=True)
class Colleague:
    pk: int
    public_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class DutyPhone:
    """Who answers, and at what number."""

    name: str
    phone: str


def colleagues() -> list[Colleague]:
    """The other supporters of the organisation acted in, by name."""
    with connection.cursor() as cursor:
        cursor.execute("select supporter_id, public_id, name from my_colleagues()")
        return [Colleague(*row) for row in cursor.fetchall()]


def duty_phones(organisation: Organisation, at: datetime) -> list[DutyPhone]:
    """Whom to ring at that moment, by the duty schedule: nobody, as long as there is none."""
    return []
