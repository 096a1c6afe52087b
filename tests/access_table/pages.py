"""What a line of the table is: an address, who gets in, and the answers."""

from dataclasses import dataclass, field

from tests.access_table.actors import PEER


@dataclass(frozen=True, kw_only=True)
class Page:
    """`get` and `post` (with an empty body) are the statuses for whoever is allowed."""

    name: str = field(kw_only=False)
    allowed: set[str]
    get: int = 200
    post: int = 405
    query: str = ""
    arguments: tuple[str, ...] = ()  # what stands in the address, where no object does
    unusual: dict[str, int] = field(
        default_factory=dict
    )  # actor, object, "actor object", "actor GET", "actor GET object" → status
    # Asks "is it you?" first (accounts.reauthentication); the statuses are for one who has just shown it.
    is_sensitive: bool = False
    # Where a plain request is led back, htmx gets the part that takes the row's place (visits.views.answered).
    in_place: bool = False
    # Where a plain request is led on, htmx is told to load that page (peersupport.lib.http.whole_page).
    leads_on: bool = False

    objects = ("",)

    def expected(self, actor: str, method: str, which: str = "") -> int:
        """The status for `actor`, signed in."""
        for key in (f"{actor} {method} {which}", f"{actor} {which}", f"{actor} {method}", which, actor):
            if key in self.unusual:
                return self.unusual[key]
        usual = self.get if method == "GET" else self.post
        if usual == 405:
            return 405
        if not self.sees(actor, which):
            return 404
        return usual if actor in self.allowed else 403

    def expected_by(self, actor: str, method: str, which: str, *, htmx: bool) -> int:
        """`expected`, of a request as htmx sends it."""
        status = self.expected(actor, method, which)
        if not htmx or status != 302:
            return status
        return 200 if self.in_place else 204 if self.leads_on else 302

    def sees(self, actor: str, which: str) -> bool:
        return True


@dataclass(frozen=True)
class Kind:
    """Rows of the world that stand for an object: one's own, the other municipality's, one that has ended, and one
    of the same municipality but of another school. `seen_by`: who has one's own among the visible ones."""

    table: str
    seen_by: set[str]
    own: str = "own"
    foreign: str = "away"
    ended: str = ""
    elsewhere: str = "south"


@dataclass(frozen=True, kw_only=True)
class ObjectPage(Page):
    """A page of one object; `second` is another object in the same address, and `beside` (table, name) a row there
    that has no rights of its own."""

    of: Kind
    second: Kind | None = None
    beside: tuple[str, str] | None = None

    @property
    def objects(self) -> tuple[str, ...]:  # type: ignore[override]
        ended = ("ended",) if self.of.ended else ()
        second = ("foreign second", "missing second") if self.second else ()
        return ("own", "foreign", "missing", *ended, *second)

    def sees(self, actor: str, which: str) -> bool:
        if which == "ended":
            return actor in self.of.seen_by - {PEER}
        return which == "own" and actor in self.of.seen_by

    def expected(self, actor: str, method: str, which: str = "") -> int:
        if self.second and "second" in which and actor in self.of.seen_by - self.allowed:
            return 403  # the first object is seen, and that is as far as it goes
        return super().expected(actor, method, which)


@dataclass(frozen=True, kw_only=True)
class OpenPage(Page):
    """A page of signing in: `anonymous` is (get, post) for those who are not signed in."""

    anonymous: tuple[int, int]
