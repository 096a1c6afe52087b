"""Whose a merge is to do and to undo, and that of two at once one wins."""

import threading

import pytest
from django.db import connection, transaction

from peersupport.demo.factories import (
    CoordinatorFactory,
    OrganisationFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import Student
from tests.peersupport.rights import LOCKED, raw
from tests.students.merging.records import fresh, merge

pytestmark = pytest.mark.django_db


def ask(by, kept, absorbed):
    with scope(by):
        return raw("select merge_students(%s, %s, 1, 1, '{}')", kept.pk, absorbed.pk).fetchone()[0]


def test_merge_is_refused_to_whoever_does_not_see_both(coordinator, kept, absorbed, school):
    with owner():
        supporter = kept.assignments.get().supporter.user
    for by, answer in [
        (CoordinatorFactory(), "gone"),
        (CoordinatorFactory(school=school), "gone"),
        (supporter, "refused"),
        (SchoolStaffFactory(school=school), "refused"),
    ]:
        assert ask(by, kept, absorbed) == answer
    assert ask(coordinator, kept, kept) == "refused"
    assert ask(coordinator, kept, StudentFactory(school__organisation=OrganisationFactory())) == "gone"
    assert fresh(absorbed).merged_into_id is None


def test_unmerge_is_refused_to_whoever_does_not_see_the_kept(coordinator, kept, absorbed, other):
    made = merge(coordinator, kept, absorbed)
    with owner():
        supporter = kept.assignments.holding_today().get().supporter.user
    for by in (CoordinatorFactory(), CoordinatorFactory(school=other), supporter):
        with scope(by):
            assert raw("select unmerge_students(%s)", made.pk).fetchone()[0] == "gone"
            assert raw("select * from merge_facts(%s)", made.pk).fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "select * from students_mergetrace",
        "delete from students_mergetrace",
        "select trace_write('students_student', '1', '{}')",
        "select trace_take(1, 'students_student', '1')",
        "select trace_insert('students_student', '{}')",
        "select kept_student(1)",
        "update students_studentmerge set undone_at = now()",
        "delete from students_studentmerge",
    ],
)
def test_the_parts_of_a_merge_are_closed(coordinator, kept, absorbed, statement):
    merge(coordinator, kept, absorbed)
    with pytest.raises(LOCKED), transaction.atomic(), scope(coordinator):
        raw(statement)


def test_merge_of_an_older_version_is_refused(coordinator, kept, absorbed):
    with owner():
        Student.objects.filter(pk=kept.pk).update(version=4)
    with scope(coordinator), pytest.raises(services.EditConflict):
        services.merge_students(
            pair=services.Pair(kept, absorbed), by=coordinator, versions=(1, 1), choices={}
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_merge_at_once_one_wins():
    school = SchoolFactory()
    one, two = (StudentFactory(school=school) for _ in range(2))
    people = [CoordinatorFactory(organisation=school.organisation) for _ in range(2)]
    barrier, answers = threading.Barrier(2), []

    def run(by, pair):
        barrier.wait()
        try:
            with scope(by):
                services.merge_students(pair=pair, by=by, versions=(1, 1), choices={})
            answers.append("done")
        except services.MergedAlready:
            answers.append("late")
        finally:
            connection.close()

    pairs = services.Pair(one, two), services.Pair(two, one)
    threads = [threading.Thread(target=run, args=each) for each in zip(people, pairs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "late"]
