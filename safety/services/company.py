"""Who could go along on a visit."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Colleague:
    pk: int
    public_id: UUID
    name: str


def colleagues() -> list[Colleague]:
    """The other supporters of the organisation acted in, by name."""
    with connection.cursor() as cursor:
        cursor.execute("select supporter_id, public_id, name from my_colleagues()")
        return [Colleague(*row) for row in cursor.fetchall()]
