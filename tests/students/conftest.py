"""One municipality with two schools, and those who work there."""

from uuid import uuid4

import pytest

from peersupport.demo.factories import CoordinatorFactory, SchoolFactory, SchoolStaffFactory


@pytest.fixture
def school(db):
    return SchoolFactory(name="Havreängsskolan")


@pytest.fixture
def other(school):
    """Another school of the same municipality."""
    return SchoolFactory(organisation=school.organisation, name="Silverlindsskolan")


@pytest.fixture
def coordinator(school):
    return CoordinatorFactory(organisation=school.organisation)


@pytest.fixture
def here(school):
    """Who coordinates at `school` alone."""
    return CoordinatorFactory(school=school)


@pytest.fixture
def there(other):
    """Who coordinates at `other` alone."""
    return CoordinatorFactory(school=other)


@pytest.fixture
def staff(school):
    return SchoolStaffFactory(school=school)


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def referral_data(school):
    """What someone types; `{**referral_data, …}` changes it."""
    return {
        "form_key": str(uuid4()),
        "school": str(school.public_id),
        "protection": "none",
        "given_name": "Anna-Karin",
        "family_name": "Exempelsson",
        "called": "Anki",
        "school_form": "GR",
        "grade": "7",
        "birth_year": "2013",
        "sex": "girl",
        "works_well": "Spelar gärna spel.",
        "reason": "absence",
        "has_been_tried": "Kortare dagar.",
        "student_wants": "Träffa någon hemma.",
        "guardians_say": "Vill ha hjälp.",
        "rather": "woman",
        "wanted_language": "arabiska",
        "wishes": "Gärna någon som spelar.",
        "consent": "to_obtain",
        "consent_note": "",
    }
