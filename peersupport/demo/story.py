"""Tells the demo's story: the year in bulk, then the cases one would show a visitor, through the services."""

from collections.abc import Callable
from random import Random

from django.db import transaction

from accounts.models import User
from peersupport.demo import cast as casting
from peersupport.demo import history, invitations, openings, pupils, record, year
from peersupport.demo.alarms import tell_alarms
from peersupport.demo.breaks import keep_breaks
from peersupport.demo.cast import Cast
from peersupport.demo.owner import owner
from peersupport.demo.tale import Tale
from peersupport.demo.year import NOTHING_TOLD, Told
from peersupport.scope import scope
from students.models import Assignment
from supporters.models import PeerSupporter

Say = Callable[[str], None]
SEED = 2026
STUDENTS = 160
PLACES_PER_FULL_TIME = 6
# Places kept for the cases told below, and some for whoever the visitor assigns; by position in the cast.
# Tove (3) has none left, so that with Rut she has one pupil more than there is room for.
KEPT_FREE = {0: 6, 1: 3, 2: 1, 3: 0, 4: 2, 7: 1, 8: 2, 11: 1, 13: 1}
# At Norra Tegelbruket only three pupils ever: a school too small for its own statistics.
SMALL_SCHOOL = 4
# A protected pupil, by position in the tale.
PROTECTED = 4
# Alex's supporter has not ended a visit, by position in the tale.
OVERDUE = 8


class RefusedRows(Exception):
    """The bulk year holds rows that the service would refuse: the demo would show what cannot happen."""


def tell(say: Say, site: str = "http://127.0.0.1:8000") -> None:
    """Fill an empty database; as the owner, in one transaction, so that half a story is never left behind.

    `site` is where the links in its mail lead.
    """
    with transaction.atomic(), owner():
        began = history.now()
        lindsjo, almvik = casting.lindsjo(), casting.almvik()
        say("Skolor, personal och peer supportrar finns.")
        for cast in (lindsjo, almvik):
            cast.organisation.students_per_full_time = PLACES_PER_FULL_TIME
            cast.organisation.save(update_fields=["students_per_full_time"])
            keep_breaks(cast.organisation)
        others = _others(almvik, almvik.users["samordnare2"], 8, {0: 2, 1: 2})
        _tell_year(almvik, others, NOTHING_TOLD, say)
        others = _others(
            lindsjo, lindsjo.users["samordnare"], STUDENTS - len(Tale.STUDENTS) - record.COUNT, KEPT_FREE
        )
        tale = Tale(lindsjo, Random(SEED + 1))
        _tell_year(lindsjo, others + tale.begin(), tale.told(), say)
        tale.go_on()
        openings.open_a_name(tale.assignments[PROTECTED], site)
        openings.look_at_a_supporter(lindsjo)
        invitations.invite(lindsjo, site)
        tell_alarms(lindsjo, tale.assignments[OVERDUE])
        history.settle(began)
        say("Berättelsens elever är på plats.")


def _others(cast: Cast, coordinator: User, count: int, kept_free: dict[int, int]) -> list[Assignment]:
    """The pupils nobody tells about, and their supporters."""
    chance = Random(SEED)
    places = {
        supporter.pk: max(_capacity(supporter) - kept_free.get(number, 0), 0)
        for number, supporter in enumerate(cast.supporters)
    }
    if len(cast.schools) > SMALL_SCHOOL:
        places[cast.supporters[6].pk] = 3
    planned = pupils.stints(cast, places, count, chance)
    taken = {(row[0], row[1]) for row in (*Tale.STUDENTS, *record.TWICE)}
    with scope(coordinator):  # whose name history bears
        return pupils.store(coordinator, planned, taken, chance)


def _tell_year(cast: Cast, assignments: list[Assignment], told: Told, say: Say) -> None:
    chance = Random(SEED)
    going_on = [a for a in assignments if a.ends_on is None and a.pk not in told.until]
    quiet = {a.pk: 16 + 3 * number for number, a in enumerate(chance.sample(going_on, min(4, len(going_on))))}
    refused = year.store(list(year.entries(assignments, quiet, chance, told)))
    if refused:
        raise RefusedRows(refused)
    year.store_breaks(cast.supporters, min(a.starts_on for a in assignments))
    say(f"{cast.organisation.name}: {len(assignments)} elever och ett läsår av kontakter.")


def _capacity(supporter: PeerSupporter) -> int:
    return sum(p.percent for p in supporter.placements.all()) * PLACES_PER_FULL_TIME // 100
