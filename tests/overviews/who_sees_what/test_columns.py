"""Every table that names a person is told of, in words, by the rules there are."""

import re

import pytest

from accounts.models import User
from overviews.seen import nobody, pupils, staff
from overviews.seen.readers import readers_of
from peersupport.scope.policies import CLOSED_TABLES, POLICIES, SIGN_IN_TABLES
from peersupport.scope.policies.rules import JOB
from schools.models import Role
from students.models import Student
from supporters.models import PeerSupporter
from tests.overviews.who_sees_what.kinds import KINDS, RULED, columns_named, columns_to, ids, roles_of, told

pytestmark = pytest.mark.django_db


def test_every_column_that_names_a_person_is_told_of():
    found = columns_to(User, PeerSupporter)
    found |= columns_named(r"(^|_)(user|author|owner|supporter|supervisor|by)_id$")
    assert found - told(staff.KINDS) == set(), "Say it in overviews/seen/staff/: what it is, and whose"


def test_every_column_that_names_a_pupil_is_told_of():
    found = columns_to(Student) | columns_named(r"(^|_)student_ids?$")
    assert found - told(pupils.KINDS) == set(), "Say it in overviews/seen/pupils.py: what it is"


def test_what_is_told_of_exists():
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
    assert by_hand <= {*SIGN_IN_TABLES, *CLOSED_TABLES}


@pytest.mark.parametrize("kind", RULED, ids=ids)
def test_what_stands_together_has_the_same_readers(kind):
    assert len({frozenset(reader.role for reader in source.readers) for source in kind.sources}) == 1


def test_nothing_keeps_where_anybody_is(client):
    """No column for a position or a network address; and the browser is told not to give one."""
    assert (
        columns_named(r"(^|_)(lat|latitude|lon|lng|longitude|geo|geom|position|location|ip|ip_address)$")
        == set()
    )
    assert "geolocation=()" in client.get("/sign-in/").headers["Permissions-Policy"]


def test_leads_supervisors_and_administrators_see_no_pupil():
    assert set(nobody.roles_without_pupils()) == {Role.SUPERVISOR, Role.LEAD, Role.ADMIN}


def test_the_school_sees_the_name_and_what_it_has_written_itself():
    seen = {kind.key for kind in pupils.KINDS if Role.SCHOOL_STAFF in roles_of(kind)}
    assert seen == {"pupil", "name", "referral", "concern"}


def test_no_field_is_for_a_diagnosis():
    assert columns_named(r"(diagnos|disease|illness|disorder|health|medic)") == set()


def test_every_text_ends_its_sentences():
    """What is one sentence or more ends with a full stop; a few words end with a word."""
    for kind in KINDS:
        for text in (str(kind.what), str(kind.kept)):
            assert re.search(r"\.$" if ". " in text else r"[.\w]$", text), kind.key
