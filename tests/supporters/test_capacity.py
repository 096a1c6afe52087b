"""How many pupils a supporter can have, and has."""

from datetime import timedelta

import pytest

from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    PlacementFactory,
    SchoolFactory,
)
from peersupport.lib.dates import today
from peersupport.scope import scope
from supporters.models import PeerSupporter

pytestmark = pytest.mark.django_db


def loaded(coordinator, supporter):
    with scope(coordinator):
        visible = PeerSupporter.objects.visible_to(coordinator)
        return visible.with_capacity().with_open_assignments().get(pk=supporter.pk)


@pytest.mark.parametrize(
    ("norm", "percents", "capacity"), [(12, [100], 12), (12, [50, 25], 9), (10, [33], 3), (12, [], 0)]
)
def test_capacity_is_the_norm_of_todays_placements_rounded_down(norm, percents, capacity):
    organisation = OrganisationFactory(students_per_full_time=norm)
    supporter = PeerSupporterFactory(school=None, organisation=organisation)
    for percent in percents:
        PlacementFactory(
            supporter=supporter, school=SchoolFactory(organisation=organisation), percent=percent
        )
    PlacementFactory(
        supporter=supporter,
        school=SchoolFactory(organisation=organisation),
        percent=80,
        ends_on=today() - timedelta(days=1),
    )
    PlacementFactory(
        supporter=supporter,
        school=SchoolFactory(organisation=organisation),
        percent=80,
        starts_on=today() + timedelta(days=1),
    )

    found = loaded(CoordinatorFactory(organisation=organisation), supporter)

    assert (found.percent_today, found.capacity) == (sum(percents), capacity)


def test_open_assignments_are_main_ones_not_over_at_all_schools():
    organisation = OrganisationFactory()
    here, there = SchoolFactory.create_batch(2, organisation=organisation)
    supporter = PeerSupporterFactory(school=here, percent=50)
    PlacementFactory(supporter=supporter, school=there, percent=50)
    for school in (here, there):
        AssignmentFactory(case__student__school=school, supporter=supporter)
    AssignmentFactory(case__student__school=here, supporter=supporter, starts_on=today() + timedelta(days=7))
    AssignmentFactory(case__student__school=here, supporter=supporter, ended=True)
    AssignmentFactory(case__student__school=here, supporter=supporter, ends_on=today() - timedelta(days=1))
    AssignmentFactory(case__student__school=here, supporter=supporter, kind="stand_in")

    for coordinator in (CoordinatorFactory(organisation=organisation), CoordinatorFactory(school=here)):
        assert loaded(coordinator, supporter).open_assignments == 3
