"""Whose data a kind is: the roles that have such rows."""

from overviews.seen.readers import ANYONE, SELF, Reader
from schools.models import Role

SUPPORTERS = frozenset({Role.PEER_SUPPORTER})
WRITERS = frozenset({Role.PEER_SUPPORTER, Role.COORDINATOR})
COORDINATORS = frozenset({Role.COORDINATOR})
REFERRERS = frozenset({Role.COORDINATOR, Role.SCHOOL_STAFF})
ME = Reader(SELF, acting=ANYONE)
