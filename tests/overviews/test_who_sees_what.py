"""What the pages say of who sees what, held against the database: every table that names a person is told of, and
each line says who can read the rows in truth, asked as everybody in turn by raw SQL."""

import re
from functools import cache

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from overviews.seen import nobody, pupils, staff
from overviews.seen.kinds import Kind
from overviews.seen.readers import ANYONE, EVERYBODY_HERE, SELF, readers_of
from peersupport.demo.factories import PASSWORD
from peersupport.demo.owner import owner
from peersupport.scope import begin
from peersupport.scope.policies import CLOSED_TABLES, POLICIES, SIGN_IN_TABLES
from peersupport.scope.policies.rules import JOB
from schools.models import Role
from students.models import Student
from supporters.models import PeerSupporter
from tests.access_table import PAGES, PUBLIC
from tests.peersupport.conftest import world  # noqa: F401  the fixture
from tests.peersupport.rights import LOCKED, acting, raw, undone
from tests.peersupport.world import KEY, LINK, all_tables
from tests.peersupport.world.links import TOKEN
from tests.test_access import address, cookies  # noqa: F401  the fixture

pytestmark = pytest.mark.django_db

# Who works at home today, by role; the rows asked for are about these people.
PEOPLE = {
    Role.COORDINATOR: ("coordinator", "school_coordinator"),
    Role.PEER_SUPPORTER: ("peer_supporter", "colleague", "south"),
    Role.SUPERVISOR: ("supervisor",),
    Role.SCHOOL_STAFF: ("school_staff", "staff"),
    Role.LEAD: ("lead",),
    Role.ADMIN: ("admin",),
    Role.REVIEWER: ("reviewer",),
}
ROLE_OF = {name: role for role, names in PEOPLE.items() for name in names} | {LINK: LINK}
WITHOUT_A_ROLE = ("ended", "unconfirmed", "deactivated", "no_membership", "nobody")
KINDS = (*staff.KINDS, *pupils.KINDS)
RULED = [kind for kind in KINDS if kind.told is None]


def ids(kind: Kind) -> str:
    return f"{'pupil' if kind in pupils.KINDS else 'staff'}-{kind.key}"


# --- Every table that names a person


def columns_to(*targets: type) -> set[tuple[str, str]]:
    """(table, column) of every foreign key to one of these models, in tables that exist."""
    return {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.is_relation and field.related_model in targets and model._meta.db_table in all_tables()
    }


def columns_named(pattern: str) -> set[tuple[str, str]]:
    """(table, column) of what is called so: ids without a foreign key too."""
    rows = raw(
        "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0"
        " and not a.attisdropped and a.attname ~ %s",
        pattern,
    )
    return set(rows.fetchall())


def told(kinds) -> set[tuple[str, str]]:
    return {(source.table, column) for kind in kinds for source in kind.sources for column in source.columns}


def test_every_column_that_names_a_person_is_told_of(world):  # noqa: F811
    found = columns_to(User, PeerSupporter)
    found |= columns_named(r"(^|_)(user|author|owner|supporter|supervisor|by)_id$")
    assert found - told(staff.KINDS) == set(), "Say it in overviews/seen/staff/: what it is, and whose"


def test_every_column_that_names_a_pupil_is_told_of(world):  # noqa: F811
    found = columns_to(Student) | columns_named(r"(^|_)student_ids?$")
    assert found - told(pupils.KINDS) == set(), "Say it in overviews/seen/pupils.py: what it is"


def test_what_is_told_of_exists(world):  # noqa: F811
    assert told(KINDS) - columns_named(".") == set()
    for group in (staff.KINDS, pupils.KINDS):
        keys = [kind.key for kind in group]
        assert len(keys) == len(set(keys))


def test_every_rule_about_them_is_put_into_words():
    for kind in RULED:
        for source in kind.sources:
            rules = {
                name for name, rule in POLICIES.get(source.table, {}).items() if rule.read and name != JOB
            }
            assert bool(readers_of(source.table)) == bool(rules)
            assert rules or source.table in CLOSED_TABLES, source.table


def test_only_what_no_rule_says_is_told_by_hand():
    by_hand = {source.table for kind in KINDS if kind.told is not None for source in kind.sources}
    assert by_hand <= set(SIGN_IN_TABLES)


@pytest.mark.parametrize("kind", RULED, ids=ids)
def test_what_stands_together_has_the_same_readers(kind):
    assert len({frozenset(reader.role for reader in source.readers) for source in kind.sources}) == 1


# --- Each line against the database


@pytest.fixture(scope="module")
def readable(world):  # noqa: F811
    """`readable(table, actor)`: the keys of the rows that the actor can read, by raw SQL."""

    @cache
    def keys(table: str, actor: str) -> frozenset[str]:
        if actor == LINK:
            return frozenset().union(*(opened_by(token) for token in (TOKEN, "student")))
        with acting(world, actor):
            return keys_of(table)

    def opened_by(token: str) -> frozenset[str]:
        with undone():
            raw("select open_link(%s, 'invitation')", token)
            return keys_of("operations_link")

    return keys


def keys_of(table: str) -> frozenset[str]:
    """Of the rows that whoever is in scope can read."""
    with undone():
        try:
            rows = raw(f"select {key_of(table)}::text from {table}").fetchall()
        except LOCKED:
            return frozenset()
        return frozenset(key for (key,) in rows)


def key_of(table: str) -> str:
    return "pgh_id" if table.endswith("event") else KEY.get(table, "id")


def model_of(table: str) -> type:
    (model,) = [
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.db_table == table and not m._meta.proxy and m._meta.managed
    ]
    return model


def rows_about(table: str, column: str, subject) -> frozenset[str]:
    """The keys of the rows of which `subject` stands in `column`, as the owner sees it."""
    field = next(f for f in model_of(table)._meta.local_fields if f.column == column)
    condition = f"%s = any ({column})" if column.endswith("_ids") else f"{column} = %s"
    value = subject.pk
    if (
        isinstance(subject, User)
        and getattr(field, "related_model", None) is PeerSupporter
        or (table == "supporters_peersupporterevent" and column == "pgh_obj_id")
    ):
        value = {s.user_id: s.pk for s in PeerSupporter.objects.all()}.get(subject.pk)
    with owner():
        found = raw(f"select {key_of(table)}::text from {table} where {condition}", value).fetchall()
    return frozenset(key for (key,) in found)


# Rows of the world that the second lock lets nobody write: a contact in a colleague's name, a link with another's
# rights. The owner has put them there for the tests of exactly that.
IMPOSSIBLE = ("colleagues_name", "others_rights", "others_student")


def impossible(world, table: str) -> set[str]:  # noqa: F811
    return {str(row.pk) for name, row in world.rows.get(table, {}).items() if name.startswith(IMPOSSIBLE)}


def about(source, subject) -> frozenset[str]:
    return frozenset().union(*(rows_about(source.table, column, subject) for column in source.columns))


def roles_of(kind: Kind) -> set[str]:
    return {reader.role for reader in kind.readers}


@pytest.fixture(scope="module")
def about_staff(world):  # noqa: F811
    """`about_staff(source)`: of each person the keys of the rows that name them."""

    @cache
    def found(source):
        with owner():
            people = {name: world.users[name] for name in ROLE_OF if name != LINK}
            not_real = impossible(world, source.table)
            return {name: about(source, user) - not_real for name, user in people.items()}

    return found


# What a line says of "only if it is shared" is asked in a world where it is.
ONLY_IF = {"experience": "update supporters_livedexperience set sharing = 'team'"}


def readers_if(world, kind: Kind, about_staff) -> set[str]:  # noqa: F811
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


@pytest.mark.parametrize("kind", [kind for kind in staff.KINDS if kind.told is None], ids=ids)
def test_a_line_about_staff_says_who_reads_it_in_truth(world, readable, about_staff, kind):  # noqa: F811
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


@pytest.mark.parametrize("kind", [kind for kind in staff.KINDS if kind.told is None], ids=ids)
def test_who_has_no_role_today_reads_nothing_about_others(world, readable, about_staff, kind):  # noqa: F811
    if ANYONE in roles_of(kind):
        return  # whoever is named in the row reads it, also without a role
    for source in kind.sources:
        for subject, keys in about_staff(source).items():
            for actor in WITHOUT_A_ROLE:
                assert not keys & readable(source.table, actor), (source.table, subject, actor)


@pytest.mark.parametrize("kind", [kind for kind in staff.KINDS if kind.told is None], ids=ids)
def test_a_line_is_on_the_page_of_everybody_who_has_such_data(about_staff, kind):
    for source in kind.sources:
        for subject, keys in about_staff(source).items():
            assert not keys or ROLE_OF[subject] in kind.of, (source.table, subject)


@pytest.mark.parametrize("kind", pupils.KINDS, ids=ids)
def test_a_line_about_a_pupil_says_who_reads_it_in_truth(world, readable, kind):  # noqa: F811
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


@pytest.mark.parametrize("kind", [kind for kind in staff.KINDS if kind.told is None], ids=ids)
def test_the_first_lock_says_the_same(world, about_staff, kind):  # noqa: F811
    """Where a model has `visible_to`, whoever a line names sees something through it."""
    sources = [s for s in kind.sources if hasattr(model_of(s.table)._default_manager.all(), "visible_to")]
    if not sources:
        return
    found = set()
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


# --- What is said by hand


def test_load_is_told_to_those_whom_the_functions_answer(world):  # noqa: F811
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


@pytest.fixture(scope="module")
def shown(world, cookies):  # noqa: F811
    """role → everything that stands on all pages of that role."""

    with owner():
        for name, user in world.users.items():  # each with a name of its own, to look for
            user.family_name = f"{name.title().replace('_', '')}kollega"
            user.save(update_fields=["family_name"])

    def asked(role: str) -> str:
        (actor, *_others), text = PEOPLE[role], ""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = cookies[f"{actor} shown"]
        for page in PAGES:
            which = "own" if "own" in page.objects else ""
            is_ours = page not in PUBLIC and not page.name.startswith(("account_", "mfa_"))
            if is_ours and page.expected(actor, "GET", which) == 200:
                with undone():
                    answer = client.get(address(world, page, which, actor))
                text += answer.content.decode() if "html" in answer.headers["Content-Type"] else ""
        return text

    return {role: asked(role) for role in PEOPLE}


def readers_on_pages(world, shown, words: str) -> set[str]:  # noqa: F811
    """The roles on whose pages `words` of somebody stand: SELF for their own, the role for another's."""
    found = set()
    for role, text in shown.items():
        people = {name for name, user in world.users.items() if getattr(user, words) in text}
        assert people & {"away", "away_coordinator"} == set()
        own = PEOPLE[role][0]
        found |= {SELF} if own in people else set()
        found |= {role} if people - {own} else set()
    return found


def test_names_are_on_the_pages_of_those_who_are_named(world, shown):  # noqa: F811
    """Every page of every role is opened: whose name stands there?"""
    (kind,) = [kind for kind in staff.KINDS if kind.key == "name"]
    assert roles_of(kind) == {SELF, EVERYBODY_HERE}
    assert readers_on_pages(world, shown, "name") == {SELF, *PEOPLE}


def test_addresses_are_on_the_pages_of_those_who_are_named(world, shown):  # noqa: F811
    (kind,) = [kind for kind in staff.KINDS if kind.key == "address"]
    assert readers_on_pages(world, shown, "email") == roles_of(kind)


# --- What nobody sees


def test_a_password_is_kept_so_that_it_cannot_be_turned_back(world, cookies):  # noqa: F811
    with owner():
        kept = raw("select password from accounts_user").fetchall()
    assert all(text and PASSWORD not in text for (text,) in kept)


def test_nothing_keeps_where_anybody_is(world, client):  # noqa: F811
    """No column for a position or a network address; and the browser is told not to give one."""
    assert (
        columns_named(r"(^|_)(lat|latitude|lon|lng|longitude|geo|geom|position|location|ip|ip_address)$")
        == set()
    )
    assert "geolocation=()" in client.get("/sign-in/").headers["Permissions-Policy"]


def test_what_is_searched_for_is_kept_nowhere(world, cookies):  # noqa: F811
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookies["coordinator"]
    with undone():
        answer = client.post(reverse("overviews:student_search"), {"words": "Ugglemyrsson"})
        assert answer.status_code == 200
        with owner():
            kept = [
                table
                for table in all_tables()
                if raw(f"select 1 from {table} t where t::text ilike '%%ugglemyr%%' limit 1").fetchone()
            ]
    assert kept == []


def test_nobody_else_reads_an_experience_that_is_not_shared(world, readable):  # noqa: F811
    own = str(world["supporters_livedexperience", "own"].pk)
    readers = {
        actor
        for actor in (*ROLE_OF, *WITHOUT_A_ROLE, "away")
        if own in readable("supporters_livedexperience", actor)
    }
    assert readers == {"peer_supporter"}


def test_nobody_else_reads_a_list_for_supervision(world, readable):  # noqa: F811
    for name, topic in world.rows["visits_supervisiontopic"].items():
        readers = {actor for actor in ROLE_OF if str(topic.pk) in readable("visits_supervisiontopic", actor)}
        assert readers <= {next(n for n, user in world.users.items() if user.pk == topic.author_id)}, name


def test_leads_supervisors_and_administrators_see_no_pupil():
    assert set(nobody.roles_without_pupils()) == {Role.SUPERVISOR, Role.LEAD, Role.ADMIN}


def test_the_school_sees_the_name_and_what_it_has_written_itself():
    seen = {kind.key for kind in pupils.KINDS if Role.SCHOOL_STAFF in roles_of(kind)}
    assert seen == {"pupil", "name", "referral", "concern"}


def test_a_supporter_reads_nothing_of_a_pupil_without_an_assignment_today(world, readable):  # noqa: F811
    for kind in pupils.KINDS:
        for source in kind.sources:
            for name in ("ended", "upcoming", "colleague"):
                keys = about(source, world.students[name])
                assert not keys & readable(source.table, "peer_supporter"), (source.table, name)


def test_no_field_is_for_a_diagnosis(world):  # noqa: F811
    assert columns_named(r"(diagnos|disease|illness|disorder|health|medic)") == set()


def test_every_text_ends_its_sentences():
    for kind in KINDS:
        for text in (kind.what, *(() if kind.kept in ("", None) else (kind.kept,))):
            assert re.search(r"[.\w]$", str(text)), kind.key
