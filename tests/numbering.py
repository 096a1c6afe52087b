"""Where the factories' running numbers and names begin, so that no test depends on those that ran before it."""

from factory import Iterator

from peersupport.demo import factories
from peersupport.demo.factories.base import Factory

ALL = [kind for kind in vars(factories).values() if isinstance(kind, type) and issubclass(kind, Factory)]
DECLARED = [kind._meta.base_declarations for kind in ALL]
# Each pair once: a kind of user has the same as the others.
NAMES = {
    id(one["given_name"]): (one["given_name"], one["family_name"])
    for one in DECLARED
    if isinstance(one.get("given_name"), Iterator)
}


def begin_at(number: int) -> None:
    """The next of each kind is this number, and bears the first of the names."""
    for kind in ALL:
        kind.reset_sequence(number, force=True)
    for shift, (given, family) in enumerate(NAMES.values()):
        given.reset(), family.reset()
        # Given and family names go round together, so with a shift of its own no kind ever has another's whole name:
        # a page without the pupil's name may well have the reader's.
        for _ in range(shift):
            given.evaluate(None, None, {})
