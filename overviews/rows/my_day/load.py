"""How many pupils, and how many hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Value
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from overviews.rows.load import MinutesSince
from overviews.rows.my_day.appointments import appointments_today
from overviews.rows.my_day.noted import TodayRow, heads_row, heads_today
from overviews.rows.my_day.pupils import PupilRow
from overviews.rows.my_day.visits import of_supporter
from overviews.rows.words import duration
from schools.codes import words_of
from supporters.models import PeerSupporter
from visits.models import SupervisionTopic


@dataclass(frozen=True, slots=True)
class Load:
    """How many pupils of how many, and the hours of the last seven days, other time among them."""

    pupils: int
    capacity: int
    week: str
    url: str  # the whole load, on one's own page
    topics: int  # to bring up in supervision
    heads: list[TodayRow]  # today's contacts without names


def own_profile(user: User) -> Any:
    """My profile with what its page counts, today's contacts without names and my home visits; None without
    one in the organisation acted in.
    """
    topics = SupervisionTopic.objects.visible_to(user).open().filter(author=OuterRef("user"))
    own = (
        PeerSupporter.objects.visible_to(user)
        .with_capacity()
        .annotate(
            week_minutes=MinutesSince("pk", Value(timezone.now() - timedelta(days=7))),
            topics=Subquery(topics.values("author").annotate(total=Count("pk")).values("total")),
            heads=heads_today(user),
            visits=of_supporter(user),
            planned_today=appointments_today(user),
        )
    )
    return own.first()


def own_load(profile: Any, user: User, pupils: Sequence[PupilRow]) -> Load | None:
    """What `own_profile` has counted, in words; None without a profile."""
    if profile is None:
        return None
    url = reverse("overviews:supporter_detail", args=[profile.public_id])
    week_in_words = duration(profile.week_minutes or 0)
    heads = [heads_row(contact, words_of(user.acting)) for contact in profile.heads]
    return Load(len(pupils), profile.capacity, week_in_words, url, profile.topics or 0, heads)
