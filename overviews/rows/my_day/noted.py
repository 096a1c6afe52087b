"""What I have noted today: contacts with pupils' names, and heads without."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.models import User
from overviews.rows.words import duration
from peersupport.lib.dates import clock, start_of_day, today
from schools.codes import CONTACT_KIND, Words, words_of
from students.models import Student
from visits.models import Contact, Participation
from visits.words import heads_words, outcome_word


@dataclass(slots=True)
class TodayRow:
    """One contact I have logged today: with those of its pupils who are still mine, or how many came."""

    at: datetime
    time: str
    kind: str
    minutes: str
    edit_url: str
    people: list[str] = field(default_factory=list)


TODAY = (
    *("kind", "outcome", "contact__public_id", "contact__occurred_at", "contact__minutes"),
    *("contact__kind", "contact__local_kind"),
    *("student__school_id", "student__alias", "student__identity__given_name", "student__identity__called"),
)


def today_rows(user: User) -> tuple[list[TodayRow], list[Student]]:
    """Today's contacts, the latest first, and the pupils in them."""
    since_midnight = Participation.objects.visible_to(user).filter(occurred_at__gte=start_of_day(today()))
    loaded = since_midnight.select_related("contact", "student__identity").only(*TODAY).latest_first()
    parts, words = list(loaded), words_of(user.acting)
    rows: dict[int, TodayRow] = {}
    for part in parts:
        row = rows.setdefault(part.contact_id, _today_row(part.contact, words))
        row.people.append(f"{part.student.called_name}: {outcome_word(part.kind, part.outcome)}")
    return list(rows.values()), [part.student for part in parts]


def _today_row(contact: Contact, words: Words) -> TodayRow:
    return TodayRow(
        at=contact.occurred_at,
        time=clock(contact.occurred_at),
        kind=words.label(CONTACT_KIND, contact.kind, contact.local_kind_id),
        minutes=duration(contact.minutes) if contact.minutes else "",
        edit_url=reverse("visits:contact_edit", args=[contact.public_id]),
    )


HEADS = ("public_id", "occurred_at", "kind", "local_kind_id", "minutes", "head_count")


def heads_today(user: User) -> ArraySubquery:
    """Under a profile: what was noted without names today."""
    mine = Contact.objects.visible_to(user).filter(
        supporter=OuterRef("pk"), head_count__isnull=False, occurred_at__gte=start_of_day(today())
    )
    return ArraySubquery(
        mine.order_by("-occurred_at").values(it=JSONObject(**{name: name for name in HEADS}))
    )


def heads_row(told: dict[str, Any], words: Words) -> TodayRow:
    count = told.pop("head_count")
    contact = Contact(**told | {"occurred_at": datetime.fromisoformat(told["occurred_at"])})
    row = _today_row(contact, words)
    row.people.append(heads_words(count))
    return row


def noted_today(named: Sequence[TodayRow], heads: Sequence[TodayRow]) -> list[TodayRow]:
    """All that was noted today, with names and without, the latest first."""
    return sorted([*named, *heads], key=lambda row: row.at, reverse=True)
