"""The second lock holds without the first."""

import pytest
from django.db import connection

from peersupport.demo.factories import AssignmentFactory, CoordinatorFactory
from peersupport.scope import scope
from students.models import Student

pytestmark = pytest.mark.django_db


def ids(sql: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


def test_scope_shows_own_students_only():
    own, foreign = AssignmentFactory(), AssignmentFactory()
    coordinator = CoordinatorFactory(organisation=own.school.organisation)

    assert ids("select id from students_student") == set()
    with scope(coordinator):
        assert ids("select id from students_student") == {own.student_id}
        assert set(Student.objects.visible_to(coordinator)) == {own.student}
    with scope(foreign.supporter.user):
        assert ids("select id from students_student") == {foreign.student_id}
    assert ids("select id from students_student") == set()
