"""Supporters who could, each with what speaks for and against in words. No score is shown and none is stored.

The order is one that can be said aloud: speaks the language that is needed, has a free place, is placed at
the pupil's school, meets more of the wishes and interests, has most free places.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from peersupport.lib.dates import short_date, today
from students.models import Case, Referral
from students.services.assignments import open_assignments
from supporters.models import Gender, PeerSupporter, Placement

MOST_SHOWN = 50
MOST_WEIGHED = 300
SHORTEST_STEM = 4
BETWEEN_LANGUAGES = re.compile(r"\s*(?:,|/| och | eller | and | or | og )\s*")  # in each language


@dataclass(slots=True)
class Match:
    """One supporter beside one pupil."""

    supporter: PeerSupporter
    placements: list[Placement]
    taken: int  # open main assignments
    reasons: list[str] = field(default_factory=list)
    drawbacks: list[str] = field(default_factory=list)
    order: tuple[Any, ...] = ()

    @property
    def capacity(self) -> int:
        return int(self.supporter.capacity)  # type: ignore[attr-defined]

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the pupil needs and wishes, as the referral and the record say."""

    school_id: int
    language: str
    gender: str
    words: frozenset[str]


def supporters_for(*, case: Case, referral: Referral | None, by: User) -> list[Match]:
    """At most fifty, best first. `referral` is None when it is another school's and not to be seen.

    Three queries whatever the number: supporters, their placements, their numbers of pupils.
    """
    wanted = _wanted(case, referral)
    supporters = list(_candidates(case, by))
    placements = _placements_of(supporters, by)
    taken = open_assignments() if supporters else {}
    matches = [Match(one, placements.get(one.pk, []), taken.get(one.pk, 0)) for one in supporters]
    for match in matches:
        _weigh(match, wanted)
    return sorted(matches, key=lambda match: match.order)[:MOST_SHOWN]


def measured(*, supporter: PeerSupporter, case: Case, referral: Referral | None, by: User) -> Match:
    """`supporter`, loaded with_capacity(), beside the pupil of `case`."""
    match = Match(
        supporter,
        _placements_of([supporter], by).get(supporter.pk, []),
        open_assignments().get(supporter.pk, 0),
    )
    _weigh(match, _wanted(case, referral))
    return match


def _candidates(case: Case, by: User) -> Any:
    here = _placed_today_or_later().filter(supporter=OuterRef("pk"))
    able = PeerSupporter.objects.visible_to(by).filter(
        Exists(here), organisation=case.school.organisation_id, is_accepting=True
    )
    able = able.annotate(is_here=Exists(here.filter(school=case.school_id)))
    loaded: Any = able.with_capacity().with_people()
    return loaded.order_by("-is_here", "list_key", "pk")[:MOST_WEIGHED]


def _placed_today_or_later() -> Any:
    return Placement.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today()))


def _placements_of(supporters: Iterable[PeerSupporter], by: User) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = {}
    rows = _placed_today_or_later().visible_to(by).filter(supporter__in=[one.pk for one in supporters])
    for row in rows.select_related("school").order_by("starts_on", "pk"):
        found.setdefault(row.supporter_id, []).append(row)
    return found


def _wanted(case: Case, referral: Referral | None) -> Wanted:
    texts = [case.student.works_well]
    if referral is None:
        return Wanted(case.school_id, "", "", _words(texts))
    texts += [referral.works_well, referral.has_been_tried, referral.student_wants]
    texts += [referral.guardians_say, referral.wishes]
    gender = Gender.WOMAN if referral.wants_woman else Gender.MAN if referral.wants_man else ""
    return Wanted(case.school_id, referral.wanted_language.strip(), gender, _words(texts))


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", " ".join(texts).lower()))


def _weigh(match: Match, wanted: Wanted) -> None:
    """Write down what speaks for and against, and the place in the order that follows from it."""
    is_here = _weigh_place(match, wanted)
    _weigh_room(match)
    speaks, wishes = _weigh_wishes(match, wanted)
    shared = _shared_interests(match.supporter.interests, wanted.words)
    match.reasons += [_("shares an interest: %(interest)s") % {"interest": one} for one in shared]
    match.order = (
        not speaks,
        match.free == 0,
        not is_here,
        -(wishes + len(shared)),
        -match.free,
        match.supporter.list_key,  # type: ignore[attr-defined]
        match.supporter.pk,
    )


def _weigh_place(match: Match, wanted: Wanted) -> bool:
    here = [one for one in match.placements if one.school_id == wanted.school_id]
    now = [one for one in here if one.starts_on <= today()]
    others = dict.fromkeys(one.school.name for one in match.placements if one.school_id != wanted.school_id)
    if now:
        match.reasons.append(_("placed at the school"))
    elif here:
        starts = {"day": short_date(here[0].starts_on)}
        match.drawbacks.append(_("placed at the school only from %(day)s") % starts)
    else:
        match.drawbacks.append(_("not placed at the school"))
    if others:
        also = _("also at %(schools)s") if here else _("placed at %(schools)s")
        match.drawbacks.append(also % {"schools": ", ".join(others)})
    return bool(here)


def _weigh_room(match: Match) -> None:
    figures = {"free": match.free, "capacity": match.capacity}
    if match.free:
        text = ngettext(
            "%(free)s of %(capacity)s place free", "%(free)s of %(capacity)s places free", match.capacity
        )
        match.reasons.append(text % figures)
    elif match.taken > match.capacity:
        text = _("over capacity: %(taken)s pupils, time for %(capacity)s")
        match.drawbacks.append(text % {"taken": match.taken, "capacity": match.capacity})
    else:
        match.drawbacks.append(_("none of %(capacity)s places free") % figures)


def _weigh_wishes(match: Match, wanted: Wanted) -> tuple[bool, int]:
    """Whether the needed language is spoken (also when none is needed), and how many wishes are met."""
    speaks, met = True, 0
    if wanted.language:
        languages = {one.strip().lower() for one in match.supporter.languages}
        speaks = bool(
            languages & set(re.split(r"\s*(?:,|/| och | eller | and | or | og )\s*", wanted.language.lower()))
        )
        text = _("speaks %(language)s") if speaks else _("does not speak %(language)s")
        (match.reasons if speaks else match.drawbacks).append(text % {"language": wanted.language})
    if wanted.gender:
        met = int(match.supporter.gender == wanted.gender)
        woman = wanted.gender == Gender.WOMAN
        if met:
            text = _("the wish for a woman is met") if woman else _("the wish for a man is met")
            match.reasons.append(text)
        else:
            text = _("the wish for a woman is not met") if woman else _("the wish for a man is not met")
            match.drawbacks.append(text)
    return speaks, met


def _shared_interests(interests: Iterable[str], words: frozenset[str]) -> list[str]:
    """The interests that the texts mention; "spel" is found in "spelar", but "sy" only as itself."""

    def mentioned(interest: str) -> bool:
        stems = [word for word in re.findall(r"[^\W_]+", interest.lower()) if len(word) > 2]
        return bool(stems) and all(_is_said(stem, words) for stem in stems)

    return [one for one in dict.fromkeys(interests) if mentioned(one)]


def _is_said(stem: str, words: frozenset[str]) -> bool:
    if len(stem) < SHORTEST_STEM:
        return stem in words
    return any(word.startswith(stem) for word in words)
