"""Raw SQL as the web role: exactly the declared rows, for each table, role and command."""

import pytest

from peersupport.demo.owner import owner
from peersupport.scope.policies import POLICIES
from peersupport.scope.policies.rules import EVERY_ROW
from tests.peersupport.allowed_rows import ALL, ALLOWED, Rights
from tests.peersupport.rights import COMMANDS, LOCKED, acting, allowed, raw, undone
from tests.peersupport.world import ASKERS, World

pytestmark = pytest.mark.django_db


def expected(world: World, table: str, actor: str, command: str) -> frozenset[str]:
    names = getattr(ALLOWED[table].get(actor, Rights()), command)
    return frozenset(world.rows[table] if names == ALL else names.split())


@pytest.mark.parametrize("table", POLICIES)
def test_exactly_the_declared_rows(world, table):
    wrong = []
    for actor in ASKERS:
        with acting(world, actor):
            for command in COMMANDS:
                is_, should = allowed(world, table, actor, command), expected(world, table, actor, command)
                if is_ != should:
                    wrong.append(
                        f"{actor} {command}: too much {set(is_ - should)}, missing {set(should - is_)}"
                    )
    assert not wrong, "\n".join([table, *wrong])


def test_every_table_with_a_policy_is_declared_here_and_has_rows(world):
    assert set(ALLOWED) == set(POLICIES) == set(world.rows)


@pytest.mark.parametrize("table", POLICIES)
def test_every_row_of_the_world_has_a_name(world, table):
    with owner():
        assert raw(f"select count(*) from {table}").fetchone()[0] == len(world.rows[table])


def test_every_change_that_is_possible_is_also_tried_as_a_move(world):
    from tests.peersupport.rights import moves

    conditions = {table: {rule.change for rule in rules.values()} for table, rules in POLICIES.items()}
    with_change = {table for table, changes in conditions.items() if changes - {"", EVERY_ROW}}
    assert with_change == set(moves(world, "coordinator"))


# What the policies cannot say alone, the composite foreign keys do: a copy follows what it is a copy of.
LIES = {
    "students_identity": "update students_identity set school_id = {south} where student_id = {own}",
    "students_whereabouts": "update students_whereabouts set school_id = {south} where student_id = {own}",
    "students_guardian": "update students_guardian set school_id = {south} where student_id = {own}",
    "students_enrolment": "update students_enrolment set access_school_id = {south} where student_id = {own}",
    "students_case": "update students_case set school_id = {south} where student_id = {own}",
    "participation": "update visits_participation set school_id = {south} where contact_id = {contact}",
    "note": "update visits_contactnote set school_id = {south} where student_id = {own} and author_id = {me}",
    "another pupil": "update visits_participation set student_id = {south_student} where contact_id = {contact}",
    "seal": "update students_identity set is_protected = true where student_id = {own}",
    "another case": "insert into visits_participation (contact_id, student_id, case_id, school_id, author_id,"
    " occurred_at, kind, outcome, next_step) select contact_id, {south_student}, case_id, {south}, author_id,"
    " occurred_at, kind, outcome, next_step from visits_participation where contact_id = {contact}",
}


@pytest.mark.parametrize("lie", LIES)
def test_copies_cannot_lie_even_within_the_scope(world, lie):
    values = {
        "south": world.schools["south"].pk,
        "own": world.students["own"].pk,
        "south_student": world.students["south"].pk,
        "me": world.users["coordinator"].pk,
        "contact": world["visits_contact", "coordinator"].pk,
    }
    with acting(world, "coordinator"), undone():
        # Row security may hide the new row at once; otherwise the foreign key refuses it at the commit.
        with pytest.raises(Exception, match="violates foreign key|row-level security"):
            assert raw(LIES[lie].format(**values)).rowcount == 1
            raw("set constraints all immediate")


def test_an_assignment_never_changes_hands(world):
    for column in ("supporter_id", "student_id", "case_id", "school_id", "made_by_id"):
        with acting(world, "coordinator"), undone(), pytest.raises(LOCKED, match="permission denied"):
            raw(f"update students_assignment set {column} = {column}")


def test_of_a_membership_only_its_end_and_its_confirmation_can_be_changed(world):
    for column in ("role", "user_id", "organisation_id", "school_id", "valid_from", "granted_by_id"):
        with acting(world, "admin"), undone(), pytest.raises(LOCKED, match="permission denied"):
            raw(f"update schools_membership set {column} = {column}")


def test_an_address_is_never_read_by_select(world):
    for column in ("street", "postal_code", "city", "phone", "how_to_reach", "*"):
        with acting(world, "coordinator"), undone(), pytest.raises(LOCKED, match="permission denied"):
            raw(f"select {column} from students_whereabouts")


CONFIRM = "update schools_membership set confirmed_at = now(), confirmed_by_id = %s where id = %s"


def confirms(world: World, actor: str, membership: str, signed_by: str | None) -> bool:
    signature = world.users[signed_by].pk if signed_by else None
    with acting(world, actor), undone():
        try:
            return raw(CONFIRM, signature, world["schools_membership", membership].pk).rowcount == 1
        except LOCKED:
            return False


def test_a_role_is_confirmed_by_a_coordinator_or_lead_in_their_own_name(world):
    assert confirms(world, "coordinator", "unconfirmed", "coordinator")
    assert confirms(world, "lead", "unconfirmed", "lead")
    assert not confirms(world, "coordinator", "unconfirmed", "lead")
    assert not confirms(world, "coordinator", "unconfirmed", None)
    assert not confirms(world, "school_coordinator", "unconfirmed", "school_coordinator")


def test_an_administrator_confirms_nothing_however_it_is_signed(world):
    for signed_by in ("admin", "coordinator", None):
        assert not confirms(world, "admin", "unconfirmed", signed_by)


def test_who_granted_a_role_does_not_confirm_it(world):
    with owner():
        raw(
            "update schools_membership set confirmed_at = null where id = %s",
            world["schools_membership", "colleague"].pk,
        )
    assert not confirms(world, "coordinator", "colleague", "coordinator")
    assert confirms(world, "lead", "colleague", "lead")


def test_a_confirmation_is_not_taken_back(world):
    with acting(world, "lead"), undone(), pytest.raises(LOCKED):
        raw(
            "update schools_membership set confirmed_at = null where id = %s",
            world["schools_membership", "coordinator"].pk,
        )
