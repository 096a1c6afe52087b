"""The rules for long since met behind the first lock: one function changes them, and the row is closed."""

import pytest

from peersupport.demo.factories import CoordinatorFactory, OrganisationFactory, SchoolFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools.models import Organisation
from tests.peersupport.rights import acting, raw, undone

pytestmark = pytest.mark.django_db


def change(version, days=30):
    """Whether the function has changed something."""
    return raw("select change_meeting_rules(%s, %s, 7, true, '{}')", version, days).fetchone()[0]


def changed():
    with owner():
        return set(Organisation.objects.filter(days_without_contact=30).values_list("pk", flat=True))


def test_function_changes_ones_own_organisation_for_whoever_coordinates_it_all(world):
    may = {}
    for actor in (*world.users, "nobody"):
        with acting(world, actor):
            if change(world.home.version):
                may[actor] = changed()
    assert may == {"coordinator": {world.home.pk}, "away_coordinator": {world.away.pk}}


@pytest.mark.parametrize(("version", "days"), [(99, 30), (1, 0), (1, 121)])
def test_function_refuses_another_version_and_days_out_of_reason(version, days):
    school = SchoolFactory(organisation=OrganisationFactory(days_without_contact=10))
    with scope(CoordinatorFactory(organisation=school.organisation)):
        assert change(version, days) is None
    with owner():
        assert Organisation.objects.get(pk=school.organisation_id).days_without_contact == 10


def test_row_itself_is_closed_to_coordinators(world):
    with acting(world, "coordinator"), undone():
        assert raw("update schools_organisation set days_without_contact = 3").rowcount == 0
