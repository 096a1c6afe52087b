"""A kind of data about a person: what it is, which columns hold it, how long it is kept; so who reads it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from overviews.seen.readers import Reader, readers_of
from schools.models import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EVERYBODY: frozenset[str] = frozenset({*Role, ""})  # "": without a role today
NOT_DECIDED = _("Not decided yet")


@dataclass(frozen=True, slots=True)
class Source:
    """A table, and its columns naming the person. `never`: roles that its rules let in, not to such rows."""

    table: str
    columns: tuple[str, ...]
    never: frozenset[str] = frozenset()

    @property
    def readers(self) -> tuple[Reader, ...]:
        return tuple(r for r in readers_of(self.table, self.columns) if r.role not in self.never)


def source(table: str, *columns: str, never: tuple[str, ...] = ()) -> Source:
    return Source(table, columns, frozenset(never))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`sources` have the same readers (a test sees to it); the first says of which rows.

    `of`: the roles of those who have such data. `told`: readers said by hand where no rule of the second lock
    says them: tables of signing in, and sums made by functions.
    """

    key: str
    title: "StrOrPromise"
    what: "StrOrPromise"
    sources: tuple[Source, ...]
    kept: "StrOrPromise" = NOT_DECIDED
    of: frozenset[str] = EVERYBODY
    told: tuple[Reader, ...] | None = None

    @property
    def readers(self) -> tuple[Reader, ...]:
        return self.sources[0].readers if self.told is None else self.told


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that stand together on the page."""

    key: str  # its place on the page
    title: "StrOrPromise"
    kinds: tuple[Kind, ...]


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


days = lazy(_days, str)  # how long, as in "7 days", in the reader's language
