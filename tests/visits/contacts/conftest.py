"""A pupil, another of the same supporter, and the supporter signed in; a contact that was noted on the wrong one."""

import pytest

from peersupport.demo.factories import AssignmentFactory, ContactFactory, CoordinatorFactory, StudentFactory
from tests.visits.contacts.corrections import part_of


# Pupils by names that no page holds by chance: the factory gives nobody these.
@pytest.fixture
def mine():
    return AssignmentFactory(case__student__given_name="Alvabeth", case__student__family_name="Xylofonsson")


@pytest.fixture
def me(client, mine):
    client.force_login(mine.supporter.user)
    return client


@pytest.fixture
def other(mine):
    student = StudentFactory(school=mine.school, given_name="Kerstina", family_name="Zebrasson")
    return AssignmentFactory(case__student=student, supporter=mine.supporter)


@pytest.fixture
def contact():
    return ContactFactory(
        note="Om fel elev", next_step="Ses vid sjön", assignment__case__student__given_name="Alva"
    )


@pytest.fixture
def wrong(contact):
    return part_of(contact).student


@pytest.fixture
def right(contact, wrong):
    """Another pupil of the same supporter, at another school."""
    student = StudentFactory(given_name="Bilal", school__organisation=wrong.school.organisation)
    return AssignmentFactory(case__student=student, supporter=contact.supporter).student


@pytest.fixture
def coordinator(wrong):
    return CoordinatorFactory(organisation=wrong.school.organisation)
