"""What an organisation calls things: the national words, its own beside them, and what it leaves out.

Read from the membership acted in, which brings them along with the scope's one statement: no page pays a
query for them, and every process has them fresh.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peersupport.lib.dates import today
from peersupport.lib.http import uuid_or_none
from peersupport.scope import Acting
from schools.codes.lists import CodeList

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LocalValue:
    """An organisation's own value in a list; reports count it as its national code."""

    id: int
    public_id: UUID
    code_list: str
    national_code: str
    labels: dict[str, str] = field(hash=False)  # language → label; Swedish is always there
    is_offered: bool

    @property
    def label(self) -> str:
        return self.labels.get((get_language() or "sv")[:2]) or self.labels["sv"]

    @property
    def token(self) -> str:
        """What a form sends: the national code first, so that words can follow it by CSS (choices.css)."""
        return f"{self.national_code}:{self.public_id}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value as it is stored: the national code, and the local value's id when it was one."""

    code: str
    local_id: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """One organisation's words; without any of its own, the national ones."""

    hidden: frozenset[str] = frozenset()  # "list:code"
    local: tuple[LocalValue, ...] = ()
    one: str = ""
    many: str = ""

    @property
    def target_group_one(self) -> str:
        """Whom the support is for, where staff read: "elev med problematisk skolfrånvaro"."""
        return self.one or _("pupil with problematic school absence")

    @property
    def target_group_many(self) -> str:
        return self.many or _("pupils with problematic school absence")

    def is_hidden(self, code_list: CodeList, code: str) -> bool:
        return code_list.may_hide and f"{code_list.name}:{code}" in self.hidden

    def label(self, code_list: CodeList, code: str, local_id: int | None = None) -> str:
        """The word for a stored value; hidden ones and those no longer offered keep theirs."""
        own = self._local(code_list, local_id) if local_id is not None else None
        return own.label if own else code_list.label(code)

    def national_choices(self, code_list: CodeList, keep: Collection[str] = ()) -> list[Choice]:
        """What a form offers of a list whose column holds national codes only; `keep`: what is stored now."""
        day = today()
        return [
            (known.code, capfirst(str(known.label)))
            for known in code_list.codes
            if known.code in keep or (known.holds_on(day) and not self.is_hidden(code_list, known.code))
        ]

    def choices(self, code_list: CodeList, keep: Collection[Chosen] = ()) -> list[Choice]:
        """What a form offers: the national values and, after each, the local ones that stand for it.

        A token for each, which `read` turns into what is stored.
        """
        kept = {value.local_id for value in keep}
        offered = dict(self.national_choices(code_list, {value.code for value in keep if not value.local_id}))
        found: list[Choice] = []
        for known in code_list.codes:
            if known.code in offered:
                found.append((known.code, offered[known.code]))
            found += [
                (own.token, own.label)
                for own in self._standing_for(code_list, known.code)
                if own.is_offered or own.id in kept
            ]
        return found

    def every(self, code_list: CodeList) -> list[Choice]:
        """All that may be stored, for filters: also what is hidden or no longer offered."""
        found: list[Choice] = []
        for known in code_list.codes:
            found.append((known.code, capfirst(str(known.label))))
            found += [(own.token, own.label) for own in self._standing_for(code_list, known.code)]
        return found

    def read(self, code_list: CodeList, token: str) -> Chosen | None:
        """The value behind a token of `choices` or `every`; None for anything else."""
        code, _colon, own_id = token.partition(":")
        if not code_list.knows(code):
            return None
        if not own_id:
            return Chosen(code)
        public_id = uuid_or_none(own_id)
        own = next((own for own in self._standing_for(code_list, code) if own.public_id == public_id), None)
        return Chosen(code, own.id) if own else None

    def read_all(self, code_list: CodeList, tokens: Collection[str]) -> list[Chosen]:
        """The values behind several tokens."""
        read = (self.read(code_list, token) for token in tokens)
        return [chosen for chosen in read if chosen is not None]

    def token(self, code_list: CodeList, code: str, local_id: int | None) -> str:
        """The token of a stored value."""
        own = self._local(code_list, local_id) if local_id is not None else None
        return own.token if own else code

    def tokens(self, code_list: CodeList, chosen: Collection[Chosen]) -> list[str]:
        """The tokens of several."""
        return [self.token(code_list, one.code, one.local_id) for one in chosen]

    def ticked(self, code_list: CodeList, codes: Collection[str], local_ids: Collection[int]) -> list[Chosen]:
        """Several stored values, as they were ticked: each of one's own brought the national one behind it
        along, so that is not said twice.
        """
        own = [value for value in self.local if value.id in local_ids and value.code_list == code_list.name]
        covered = {value.national_code for value in own}
        national = [Chosen(code) for code in codes if code not in covered]
        return [*national, *(Chosen(value.national_code, value.id) for value in own)]

    def _standing_for(self, code_list: CodeList, code: str) -> Iterator[LocalValue]:
        return (own for own in self.local if own.code_list == code_list.name and own.national_code == code)

    def _local(self, code_list: CodeList, local_id: int) -> LocalValue | None:
        mine = (own for own in self.local if own.id == local_id and own.code_list == code_list.name)
        return next(mine, None)


NATIONAL = Words()


def words_of(acting: Acting) -> Words:
    """The words of the organisation acted in: the one way from a stored code to what people read."""
    return _parsed(acting.words) if acting.words else NATIONAL


@lru_cache(maxsize=256)
def _parsed(text: str) -> Words:
    """A pure function of the text, so what is remembered is never stale."""
    told = json.loads(text)
    return Words(
        hidden=frozenset(told["hidden"]),
        local=tuple(
            LocalValue(pk, UUID(public_id), code_list, code, {"sv": sv, "en": en, "da": da}, is_offered)
            for pk, public_id, code_list, code, sv, en, da, is_offered in told["local"]
        ),
        one=told["one"],
        many=told["many"],
    )
