"""Break presence and drop-in at a school: how many were met, and nobody's name. One query."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Sum, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import ngettext

from accounts.models import User
from overviews.rows.words import joined
from peersupport.lib.dates import short_moment
from schools.codes import CONTACT_KIND, words_of
from schools.models import Role, School
from visits.models import Contact
from visits.words import heads_words

A_FEW = 6
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class HeadsRow:
    """One time: when, what, how many, who was there for them."""

    when: str
    text: str
    changes_url: str  # empty: it says what it said from the beginning


@dataclass(frozen=True, slots=True)
class HeadsAtSchool:
    """The latest of the last thirty days, and the sum of all of those."""

    sum: str
    rows: list[HeadsRow]


def heads_at(school: School, user: User) -> HeadsAtSchool | None:
    """For the school's coordinators; None for all others."""
    if user.acting.role != Role.COORDINATOR:
        return None
    since = timezone.now() - LATELY
    here: Any = Contact.objects.visible_to(user).filter(school=school, occurred_at__gte=since)
    here = here.annotate(
        times=Window(Count("pk")),
        heads=Window(Sum("head_count")),
        given_name=F("author__given_name"),
        family_name=F("author__family_name"),
    )
    found = list(here.order_by("-occurred_at", "-pk")[:A_FEW])
    if not found:
        return HeadsAtSchool("", [])
    times = ngettext("%(count)s time", "%(count)s times", found[0].times) % {"count": found[0].times}
    return HeadsAtSchool(joined(times, heads_words(found[0].heads)), [_row(one, user) for one in found])


def _row(one: Any, user: User) -> HeadsRow:
    kind = words_of(user.acting).label(CONTACT_KIND, one.kind, one.local_kind_id)
    who = f"{one.given_name} {one.family_name}"
    return HeadsRow(
        short_moment(one.occurred_at),
        joined(capfirst(kind), heads_words(one.head_count), one.place, who),
        reverse("overviews:contact_changes", args=[one.public_id]) if one.version > 1 else "",
    )
