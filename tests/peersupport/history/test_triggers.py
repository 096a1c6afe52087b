"""What the triggers write of which change, and who may read it when the pupil has moved on."""

import pgtrigger
import psycopg
import pytest
from django.db import connection

from peersupport.demo.factories import AssignmentFactory, CoordinatorFactory, StudentFactory
from peersupport.demo.owner import owner
from peersupport.lib.history import events_of, tracked_models
from peersupport.scope import scope
from schools.codes import Chosen
from students import services
from students.models import Case, Identity, Student
from tests.peersupport.rights import raw, undone

pytestmark = pytest.mark.django_db


def events(model, **conditions):
    """The events of `model`, the oldest first, as the owner sees them."""
    with owner():
        return list(events_of(model).objects.filter(**conditions).order_by("pgh_created_at"))


# --- What is written


@pytest.fixture
def mine():
    return AssignmentFactory(case__student__given_name="Alva", case__student__works_well="Ritar.")


@pytest.fixture
def coordinator(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


def test_an_update_says_who_in_which_role_and_what_was_before(mine, coordinator):
    with scope(coordinator) as acted:
        services.edit_case(
            case=mine.case,
            by=coordinator,
            version=1,
            status="active",
            purposes=[Chosen("training")],
            review_on=None,
        )

    _, event = events(Case, pgh_obj=mine.case)
    assert (event.pgh_label, event.pgh_by_id, event.pgh_role) == ("update", coordinator.pk, "coordinator")
    assert event.pgh_membership_id == acted.membership_id
    assert event.pgh_was == {"status": "mapping", "purposes": []}
    assert (event.status, event.purposes) == ("active", ["training"])


def test_an_update_in_bulk_and_by_raw_sql_is_written_too(mine, coordinator):
    with scope(coordinator):
        Case.objects.visible_to(coordinator).update(review_on="2027-01-15")
        raw("update students_case set review_on = null")

    assert [event.pgh_was for event in events(Case)][1:] == [{"review_on": None}, {"review_on": "2027-01-15"}]


def test_of_words_and_names_only_the_change_is_written(mine, coordinator):
    with scope(coordinator):
        Student.objects.visible_to(coordinator).update(works_well="Hemligt ord.")
        Identity.objects.visible_to(coordinator).update(given_name="Hemlig")

    _, of_student = events(Student, pgh_obj=mine.student)
    _, of_identity = events(Identity)
    assert of_student.pgh_was == {"works_well": None} and of_identity.pgh_was == {"given_name": None}
    with owner():
        for model in tracked_models():
            table = events_of(model)._meta.db_table
            kept = raw(f"select coalesce(string_agg(t::text, ''), '') from {table} t").fetchone()[0]
            assert "Hemlig" not in kept and "Ritar" not in kept and "Alva" not in kept, table


def test_an_update_of_nothing_that_is_history_writes_no_event(mine, coordinator):
    with scope(coordinator):
        Case.objects.visible_to(coordinator).update(version=9, status="mapping", waiting_since="2026-01-01")
    assert len(events(Case)) == 1


def test_a_change_of_school_is_one_event_and_none_of_the_copies(mine, coordinator):
    other = StudentFactory(school__organisation=mine.school.organisation).school
    with scope(coordinator):
        Student.objects.visible_to(coordinator).filter(pk=mine.student_id).update(school=other)

    (_, event) = events(Student, pgh_obj=mine.student)
    assert event.pgh_was == {"school": mine.school_id} and event.school_id == other.pk
    assert len(events(Case)) == len(events(Identity, pgh_obj=mine.student_id)) == 1


def test_a_delete_keeps_what_the_row_held(mine, coordinator):
    with owner():
        hidden = StudentFactory(school=mine.school, protection="marked")
    with scope(coordinator):
        services.name_person(student=hidden, person=mine.supporter.user, by=coordinator)
        services.remove_named_person(student=hidden, person=mine.supporter.user, by=coordinator)

    from students.models import NamedPerson

    added, removed = events(NamedPerson)
    assert [added.pgh_label, removed.pgh_label] == ["insert", "delete"]
    assert removed.user_id == mine.supporter.user_id and removed.pgh_by_id == coordinator.pk


def test_a_refused_change_leaves_no_event(mine, coordinator):
    with pytest.raises(ZeroDivisionError), scope(coordinator):
        Case.objects.visible_to(coordinator).update(status="active")
        raise ZeroDivisionError
    assert len(events(Case)) == 1


def test_outside_a_scope_nobody_is_named(mine):
    with owner():
        Case.objects.update(status="paused")
    _, event = events(Case)
    assert (event.pgh_by_id, event.pgh_role, event.pgh_membership_id) == (None, "", None)


def test_the_scope_of_one_is_not_signed_on_what_the_system_does_next(mine, coordinator):
    with scope(coordinator):
        pass
    with owner():
        Case.objects.update(status="paused")
    assert events(Case)[-1].pgh_by_id is None


def test_writing_history_adds_no_statement_to_a_change(mine, coordinator, assert_queries):
    # the scope, the change, the new wait, whether the supporter stays in another assignment, the bookings
    with assert_queries(5), scope(coordinator):
        services.end_assignment(assignment=mine, by=coordinator, reason="Flyttar.")


@pytest.mark.parametrize("model", tracked_models(), ids=lambda model: model._meta.label)
def test_every_model_with_history_writes_insert_update_and_delete(model):
    table = model._meta.db_table
    found = raw(
        "select tgname, prosecdef, has_function_privilege('public', tgfoid, 'execute') from pg_trigger"
        " join pg_proc p on p.oid = tgfoid where tgrelid = %s::regclass and tgname like 'pgtrigger_history_%%'",
        table,
    ).fetchall()
    assert {name.split("_")[2] for name, _, _ in found} == {"insert", "update", "delete"}
    assert all(is_definer and not is_open for _, is_definer, is_open in found)


def test_the_owner_can_for_bulk_and_erasure():
    mine = AssignmentFactory()
    with owner(), pgtrigger.ignore("students.Case:history_update"):
        Case.objects.update(status="paused")
    assert len(events(Case)) == 1
    with owner():
        with pytest.raises(psycopg.DatabaseError, match="Cannot update or delete"), undone():
            raw("delete from students_caseevent")
        with pgtrigger.ignore("students.CaseEvent:append_only"):
            events_of(Case).objects.filter(pgh_obj=mine.case_id).delete()
    assert events(Case) == []


# --- Who may read it, when the pupil has moved on


@pytest.fixture
def moved(mine):
    """The pupil's school is another one since; the events say the old one."""
    other = StudentFactory(school__organisation=mine.school.organisation).school
    before, after = CoordinatorFactory(school=mine.school), CoordinatorFactory(school=other)
    with scope(CoordinatorFactory(organisation=mine.school.organisation)) as _:
        Student.objects.filter(pk=mine.student_id).update(school=other)
    return before, after


@pytest.mark.parametrize("model", [Student, Identity, Case, "students.Assignment", "students.Enrolment"])
def test_history_follows_the_pupil_to_another_school(mine, moved, model):
    from django.apps import apps

    events_model = events_of(apps.get_model(model) if isinstance(model, str) else model)
    before, after = moved
    for user, sees in ((before, False), (after, True)):
        with scope(user), connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {events_model._meta.db_table}")
            assert bool(cursor.fetchone()[0]) is sees
            assert events_model.objects.visible_to(user).exists() is sees


def test_history_closes_with_the_assignment(mine, coordinator):
    user = mine.supporter.user
    with scope(user):
        assert events_of(Case).objects.visible_to(user).exists()
    with scope(coordinator):
        services.end_assignment(assignment=mine, by=coordinator, reason="")
    with scope(user):
        seen = raw("select count(*) from students_caseevent").fetchone()[0]
        assert seen == 0 and set(events_of(Case).objects.visible_to(user)) == set()
