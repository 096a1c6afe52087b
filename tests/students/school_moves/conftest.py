"""A pupil with a supporter, to be moved."""

import pytest

from peersupport.demo.factories import AssignmentFactory, CaseFactory, GuardianFactory, StudentFactory


@pytest.fixture
def student(school):
    case = CaseFactory(student=StudentFactory(school=school, given_name="Hugo", family_name="Xylofonsson"))
    AssignmentFactory(case=case)
    GuardianFactory(student=case.student)
    return case.student
