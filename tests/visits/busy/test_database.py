"""What the database tells of taken time, and of what was planned before."""

from importlib import import_module

import pytest

from peersupport.demo.owner import owner
from peersupport.scope import scope
from tests.peersupport.rights import raw
from tests.visits.busy.plans import HOUR, booked, meets_at, noon
from tests.visits.groups.cast import Cast
from visits.models import BusyTime, GroupDate

pytestmark = pytest.mark.django_db


def asked(sql, *values):
    return raw(sql, *values).fetchall()


def test_the_database_tells_only_those_it_concerns_whose_time_is_taken(cast):
    booked(cast, number=3)
    start, end = noon(7), noon(7) + HOUR
    elsewhere = Cast()
    pupil, people = cast.assignments[3].student_id, [cast.leyla.pk]
    taken = ("select count(*) from taken_times(%s, %s, %s, 'booking', '{}')", people, [start], [end])
    pupils = ("select count(*) from pupils_taken(%s, %s, %s, null, null)", [pupil], [start], [end])
    participants = ("select count(*) from participants_taken(%s, %s, %s)", cast.group.pk, [start], [end])
    expected = {
        cast.petra: (1, 1, 1),
        cast.leyla: (1, 1, 0),
        cast.karim: (0, 0, 1),  # of the group he leads a number, and of a colleague alone nothing
        elsewhere.petra: (0, 0, 0),
        elsewhere.karim: (0, 0, 0),
    }
    for user, counts in expected.items():
        with scope(user):
            assert tuple(asked(*one)[0][0] for one in (taken, pupils, participants)) == counts
    with scope(cast.karim):
        assert asked("select student_id, others from participants_taken(%s, %s, %s)", *participants[1:]) == [
            (None, 1)
        ]


def test_busy_time_of_what_was_planned_before_is_filled_in(cast):
    booked(cast)
    with owner():
        clash = meets_at(cast, noon(12))
        expected = set(BusyTime.objects.values_list("source", "source_id", "user", "starts_at", "ends_at"))
        BusyTime.objects.all().delete()
        raw("set constraints all immediate")
        raw("alter table visits_groupdate disable trigger group_date_takes_time")
        GroupDate.objects.filter(pk=clash.pk).update(starts_at=noon(7), ends_at=noon(7) + HOUR)
        raw("alter table visits_groupdate enable trigger group_date_takes_time")
        raw(import_module("visits.migrations.0022_busy_time").FILL)
        found = set(BusyTime.objects.values_list("source", "source_id", "user", "starts_at", "ends_at"))
    # What overlapped already stays as it is.
    assert found == {row for row in expected if row[:2] != ("group_date", clash.pk)} != expected
