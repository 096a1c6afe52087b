"""The names behind the ids that events hold, of those the reader may see: one query for each kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from schools.codes import NATIONAL, Words, words_of
from schools.models import School
from students.models import Student
from supporters.models import PeerSupporter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


# Whose names there are, and what those are called that the reader does not see.
OTHERS: dict[Any, "StrOrPromise"] = {
    User: gettext_lazy("someone else"),
    School: gettext_lazy("another school"),
    Student: gettext_lazy("another pupil"),
    PeerSupporter: gettext_lazy("another peer supporter"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """model → id → name; ids of rows that the reader does not see are not among them.

    `words`: the reader's organisation's own, for values of its code lists.
    """

    of: dict[Any, dict[int, str]]
    words: Words = NATIONAL

    def name(self, model: Any, pk: int) -> str:
        """The name, or words for somebody or something else."""
        return self.of.get(model, {}).get(pk) or str(OTHERS[model])

    def own_value(self, pk: int) -> str:
        """The label of a value of the organisation's own, also one no longer offered."""
        return next((own.label for own in self.words.local if own.id == pk), _("another value"))


def names_for(wanted: Iterable[tuple[Any, int]], user: User) -> Names:
    """The names of the (model, id) pairs `wanted`; a protected pupil's is the alias."""
    ids: dict[Any, set[int]] = defaultdict(set)
    for model, pk in wanted:
        ids[model].add(pk)
    found = {model: _found(model, pks, user) for model, pks in ids.items()}
    return Names(found, words_of(user.acting))


def _found(model: Any, pks: set[int], user: User) -> dict[int, str]:
    rows = model.objects.visible_to(user).filter(pk__in=pks)
    if model is Student:
        rows = rows.select_related("identity")
    if model is PeerSupporter:
        rows = rows.select_related("user").only("user__given_name", "user__family_name")
        return {row.pk: row.user.name for row in rows}
    return {row.pk: row.name for row in rows}
