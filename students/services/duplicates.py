"""Is the pupil of a new referral known already?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from accounts.models import User
from peersupport.lib.statements import rows_around
from schools.models import Role
from students.models import Case, Referral, ReferralStatus, Student
from students.services.names import searches_for

# The likeness from which `search_students` counts a word as found.
LIKENESS = 0.42
MOST = 10


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pupils and referrals that may be about the same child."""

    students: list[Student]
    referrals: list[Referral]

    def __bool__(self) -> bool:
        return bool(self.students or self.referrals)


def likely_duplicates(*, referral: Referral, by: User) -> Duplicates:
    """Those `by` may be shown, at most ten of each, for a referral that is saved or about to be.

    To a coordinator: pupils, and open referrals. To school staff: referrals of their own school, whatever
    came of them, but for withdrawn ones. A protected pupil has no name here, so nothing is found.
    """
    referrals = Referral.objects.visible_to(by)
    if by.acting.role == Role.COORDINATOR:
        students = likely_students(referral=referral, by=by)
        others = [one for one in students if one.pk != referral.student_id]
        return Duplicates(others, _alike(referrals.open(), referral))
    standing = referrals.exclude(status=ReferralStatus.WITHDRAWN)
    return Duplicates([], _alike(standing, referral))


def likely_students(*, referral: Referral, by: User) -> list[Student]:
    """Pupils with a name like the referral's among those `by` may see, tolerant of misspelling."""
    searches = searches_for(referral.given_name, referral.family_name)
    if not searches:
        return []
    return list(Student.objects.visible_to(by).found(*searches).with_names().by_name()[:MOST])


# Referral by referral: does any pupil, or any other open referral, have a name like it?
MAY_EXIST = f"""
select distinct v.id from unnest(%(ids)s::bigint[], %(words)s::text[]) v(id, words)
 where exists (select 1 from search_students(string_to_array(v.words, ' ')))
    or exists (
       select 1 from ({{others}}) o where o.id <> v.id and o.search_key <> '' and not exists (
         select 1 from unnest(string_to_array(v.words, ' ')) w
          where word_similarity(w, o.search_key) < {LIKENESS} and o.search_key not like '%%' || w || '%%'))
"""  # noqa: S608  our own texts


def may_exist_already(*, referrals: Iterable[Referral], by: User) -> set[int]:
    """The ids of those open `referrals` whose pupil may be known: to coordinators only. One query, or none.

    Silently: whoever sent the referral is told nothing of pupils they do not see (TRUST T7).
    """
    if by.acting.role != Role.COORDINATOR:
        return set()
    asked = [
        (referral.pk, " ".join(words))
        for referral in referrals
        if referral.is_open
        for words in searches_for(referral.given_name, referral.family_name)
    ]
    if not asked:
        return set()
    ids, words = zip(*asked, strict=True)
    others = Referral.objects.visible_to(by).open().order_by().values("id", "search_key")
    return {row.id for row in rows_around(MAY_EXIST, {"ids": list(ids), "words": list(words)}, others=others)}


def students_with_open_case(*, students: Iterable[Student], by: User) -> set[int]:
    """The ids of those of `students` who have a support period that is not ended."""
    ids = [student.pk for student in students]
    if not ids:
        return set()
    return set(
        Case.objects.visible_to(by).open().filter(student__in=ids).values_list("student_id", flat=True)
    )


def _alike(referrals: "QuerySet[Referral]", to: Referral) -> list[Referral]:
    condition = Q()
    for search in searches_for(to.given_name, to.family_name):
        every = Q()
        for word in search:
            every &= Q(pk__in=_with_word(referrals, word))
        condition |= every
    if not condition:
        return []
    others = referrals.exclude(pk=to.pk).filter(condition)
    return list(
        others.select_related("school", "student", "referred_by").order_by("-created_at", "-pk")[:MOST]
    )


def _with_word(referrals: "QuerySet[Referral]", word: str) -> Any:
    likeness = TrigramWordSimilarity(word, "search_key")
    return (
        referrals.annotate(likeness=likeness)
        .filter(Q(likeness__gte=LIKENESS) | Q(search_key__contains=word))
        .values("pk")
    )
