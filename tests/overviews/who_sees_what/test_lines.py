"""Each line held against the database, asked as everybody in turn by raw SQL; and what is said by hand."""

import pytest

from overviews.seen import pupils, staff
from overviews.seen.kinds import Kind, Source
from overviews.seen.readers import ANYONE, SELF
from peersupport.demo.owner import owner
from peersupport.scope import begin
from schools.models import Role
from tests.overviews.who_sees_what.kinds import (
    ROLE_OF,
    WITHOUT_A_ROLE,
    about,
    ids,
    keys_of,
    model_of,
    roles_of,
)
from tests.peersupport.rights import acting, raw, undone
from tests.peersupport.world import LINK

pytestmark = pytest.mark.django_db
OF_STAFF = [kind for kind in staff.KINDS if kind.told is None]


# What a line says of "only if it is shared" is asked in a world where it is.
ONLY_IF = {"experience": "update supporters_livedexperience set sharing = 'team'"}


def readers_if(world, kind: Kind, about_staff) -> set[str]:
    """The roles of those who read others' rows once `ONLY_IF` has been done."""
    (source,), found = kind.sources, set()
    with undone():
        with owner():
            raw(ONLY_IF[kind.key])
        for actor in ROLE_OF:
            with acting(world, actor):
                keys = keys_of(source.table)
            theirs = {
                key for subject, keys in about_staff(source).items() if subject != actor for key in keys
            }
            found |= {ROLE_OF[actor]} if keys & theirs else set()
    return found


@pytest.mark.parametrize("kind", OF_STAFF, ids=ids)
def test_a_line_about_staff_says_who_reads_it_in_truth(world, readable, about_staff, kind):
    claimed, others, selves = roles_of(kind), set(), set()
    if kind.key in ONLY_IF:
        others = readers_if(world, kind, about_staff)
    for source in kind.sources:
        for subject, keys in about_staff(source).items():
            for actor in ROLE_OF:
                if keys & readable(source.table, actor):
                    (selves if actor == subject else others).add(ROLE_OF[actor])
    assert ANYONE in claimed or others <= claimed, f"also read by {others - claimed}"
    assert SELF in claimed or ANYONE in claimed or selves <= claimed, "their own too: say so"
    assert SELF not in claimed or selves, "not read by those it is about"
    assert claimed - {SELF, ANYONE} <= others | selves, f"not read by {claimed - others - selves}"
    assert ANYONE not in claimed or others


# But for what anyone reads who is named in the row, also without a role.
@pytest.mark.parametrize("kind", [kind for kind in OF_STAFF if ANYONE not in roles_of(kind)], ids=ids)
def test_who_has_no_role_today_reads_nothing_about_others(readable, about_staff, kind):
    for source in kind.sources:
        for subject, keys in about_staff(source).items():
            for actor in WITHOUT_A_ROLE:
                assert not keys & readable(source.table, actor), (source.table, subject, actor)


@pytest.mark.parametrize("kind", OF_STAFF, ids=ids)
def test_a_line_is_on_the_page_of_everybody_who_has_such_data(about_staff, kind):
    for source in kind.sources:
        for subject, keys in about_staff(source).items():
            assert not keys or ROLE_OF[subject] in kind.of, (source.table, subject)


@pytest.mark.parametrize("kind", pupils.KINDS, ids=ids)
def test_a_line_about_a_pupil_says_who_reads_it_in_truth(world, readable, kind):
    claimed, truth = roles_of(kind), set()
    for source in kind.sources:
        for name, student in world.students.items():
            keys = about(source, student) if name != "away" else frozenset()
            truth |= {ROLE_OF[actor] for actor in ROLE_OF if keys & readable(source.table, actor)}
            for actor in WITHOUT_A_ROLE:
                assert not keys & readable(source.table, actor), (source.table, name, actor)
    assert ANYONE in claimed or truth <= claimed, f"also read by {truth - claimed}"
    assert claimed - {ANYONE} <= truth, f"not read by {claimed - truth}"
    assert ANYONE not in claimed or truth


# What the pages of today ask for is less than the second lock would let through.
NARROWER = {
    # A colleague's profile is loaded for the name beside shared words, by the words and not by itself.
    ("staff-profile", Role.PEER_SUPPORTER),
    # One's own openings have a door of their own, `about`.
    ("staff-reads", Role.PEER_SUPPORTER),
    ("staff-supervising", Role.PEER_SUPPORTER),
}


def behind_the_first_lock(kind: Kind) -> list[Source]:
    return [s for s in kind.sources if hasattr(model_of(s.table)._default_manager.all(), "visible_to")]


@pytest.mark.parametrize("kind", [kind for kind in OF_STAFF if behind_the_first_lock(kind)], ids=ids)
def test_the_first_lock_says_the_same(world, about_staff, kind):
    """Where a model has `visible_to`, whoever a line names sees something through it."""
    sources, found = behind_the_first_lock(kind), set()
    for actor in ROLE_OF:
        with undone():
            with owner():
                raw(ONLY_IF.get(kind.key, "select 1"))
            if user := world.user(actor):
                begin(user)
                for source in sources:
                    rows = model_of(source.table)._default_manager.visible_to(user)
                    seen = {str(key) for key in rows.order_by().values_list("pk", flat=True)}
                    keys = frozenset().union(*about_staff(source).values())
                    found |= {ROLE_OF[actor]} if seen & keys else set()
    claimed = roles_of(kind) - {SELF, ANYONE, LINK}
    missing = {(ids(kind), role) for role in claimed - found}
    assert missing <= NARROWER


def test_load_is_told_to_those_whom_the_functions_answer(world):
    (kind,) = [kind for kind in staff.KINDS if kind.key == "load"]
    found = set()
    supporters = [world.supporters[name].pk for name in ("own", "colleague", "south")]
    for actor in (*ROLE_OF, *WITHOUT_A_ROLE):
        with acting(world, actor):
            sums = {key for (key,) in raw("select supporter_id from supporter_loads()").fetchall()}
            hours = raw("select supporter_id from supporter_minutes(%s, 'epoch')", supporters).fetchall()
            sums |= {key for (key,) in hours}
            weeks = [
                raw("select 1 from supporter_contact_weeks(%s, 'epoch')", key).fetchone()
                for key in supporters
            ]
        if sums or any(weeks):
            found.add(SELF if actor == "peer_supporter" else ROLE_OF[actor])
            assert actor != "peer_supporter" or sums == {world.supporters["own"].pk}
    assert found - {Role.PEER_SUPPORTER} == roles_of(kind)


def test_nobody_else_reads_an_experience_that_is_not_shared(world, readable):
    own = str(world["supporters_livedexperience", "own"].pk)
    readers = {
        actor
        for actor in (*ROLE_OF, *WITHOUT_A_ROLE, "away")
        if own in readable("supporters_livedexperience", actor)
    }
    assert readers == {"peer_supporter"}


def test_nobody_else_reads_a_list_for_supervision(world, readable):
    for name, topic in world.rows["visits_supervisiontopic"].items():
        readers = {actor for actor in ROLE_OF if str(topic.pk) in readable("visits_supervisiontopic", actor)}
        authors = {actor for actor in ROLE_OF if actor != LINK and world.users[actor].pk == topic.author_id}
        # What they wrote in another municipality they read when they act there.
        assert readers == (authors if topic.organisation_id == world.home.pk else set()), name


def test_a_supporter_reads_nothing_of_a_pupil_without_an_assignment_today(world, readable):
    for kind in pupils.KINDS:
        for source in kind.sources:
            for name in ("ended", "upcoming", "colleague"):
                keys = about(source, world.students[name])
                assert not keys & readable(source.table, "peer_supporter"), (source.table, name)
