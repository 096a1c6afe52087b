"""A merge undone: back again exactly, for thirty days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peersupport.demo.factories import CaseFactory, ContactFactory, GuardianFactory, StudentFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from students.models import Assignment, Guardian, MergeTrace, Student, StudentMerge
from tests.peersupport.rights import raw
from tests.students.merging.records import everything, fresh, merge, unmerge
from visits.models import Participation

pytestmark = pytest.mark.django_db


def test_unmerge_restores_every_row_exactly(coordinator, world_of_one):
    kept, absorbed = world_of_one
    before = everything()
    made = merge(
        coordinator, kept, absorbed,
        name="absorbed", school="absorbed", grade="absorbed", birth_year="absorbed", case="absorbed",
        works_well="both", whereabouts="absorbed",
    )  # fmt: skip
    assert everything() != before
    unmerge(coordinator, made)
    assert everything() == before
    with owner():
        assert not MergeTrace.objects.exists()
        assert StudentMerge.objects.get().undone_by == coordinator


def test_unmerge_leaves_what_came_afterwards(coordinator, kept, absorbed, school):
    made = merge(coordinator, kept, absorbed, works_well="both")
    GuardianFactory(student=fresh(kept), given_name="Senare")
    with owner():
        Student.objects.filter(pk=kept.pk).update(works_well="Skrivet efteråt")
        later = ContactFactory(assignment=Assignment.objects.holding_today().get(), note="Efteråt")
    unmerge(coordinator, made)
    assert fresh(kept).works_well == "Skrivet efteråt"
    with owner():
        assert Guardian.objects.get(given_name="Senare").student_id == kept.pk
        assert Participation.objects.get(contact=later).student_id == kept.pk


def test_unmerge_keeps_later_contacts_of_a_period_that_goes_back(coordinator, kept, absorbed):
    """The pupil that was kept has a period of their own to put them in."""
    made = merge(coordinator, kept, absorbed, case="absorbed")
    with owner():
        assignment = Assignment.objects.holding_today().get()
        later = ContactFactory(assignment=assignment, note="Efteråt")
    unmerge(coordinator, made)
    with owner():
        part = Participation.objects.select_related("case", "note").get(contact=later)
        assert (part.student_id, part.case.student_id, part.note.student_id) == (kept.pk,) * 3


def test_unmerge_lets_later_contacts_go_along_where_there_is_no_other_period(coordinator, school, absorbed):
    bare = StudentFactory(school=school)
    made = merge(coordinator, bare, absorbed)
    with owner():
        assignment = Assignment.objects.holding_today().get()
        later = ContactFactory(assignment=assignment, note="Efteråt")
    unmerge(coordinator, made)
    with owner():
        part = Participation.objects.select_related("note").get(contact=later)
        assert (part.student_id, part.note.student_id) == (absorbed.pk, absorbed.pk)
        assert part.school_id == part.note.school_id == absorbed.school_id


def test_unmerge_is_refused_when_it_cannot_be(coordinator, kept, absorbed, school):
    made = merge(coordinator, kept, absorbed, case="absorbed")
    with owner():
        kept.cases.exclude(status="closed").update(
            status="closed", closed_at=timezone.now(), closed_by=coordinator
        )
        CaseFactory(student=fresh(kept))
    before = everything()
    assert refused(coordinator, made) == "conflict"  # the kept pupil's own period cannot open again
    assert everything() == before
    third = StudentFactory(school=school)
    merge(coordinator, third, kept)
    assert refused(coordinator, made) == "merged_on"


def refused(by, made):
    with pytest.raises(services.CannotUndo) as why:
        unmerge(by, made)
    return why.value.reason


def test_unmerge_ends_after_thirty_days_and_then_the_trace_is_forgotten(coordinator, kept, absorbed):
    made = merge(coordinator, kept, absorbed)
    with owner():
        StudentMerge.objects.update(merged_at=timezone.now() - timedelta(days=29, hours=23))
        raw("select forget_old_merges()")
        assert MergeTrace.objects.exists()
        StudentMerge.objects.update(merged_at=timezone.now() - timedelta(days=30, hours=1))
    assert refused(coordinator, made) == "too_late"
    with scope(coordinator):
        raw("select forget_old_merges()")
    with owner():
        assert not MergeTrace.objects.exists()


def test_unmerge_twice_says_so(coordinator, kept, absorbed):
    made = merge(coordinator, kept, absorbed)
    unmerge(coordinator, made)
    assert refused(coordinator, made) == "undone"
    merge(coordinator, kept, absorbed)  # and once more
