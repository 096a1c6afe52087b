from datetime import timedelta

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    LeadFactory,
    PeerSupporterFactory,
    PlacementFactory,
    SchoolFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from supporters.models import Placement

pytestmark = pytest.mark.django_db
KEY = "0b6f6f0e-0d5e-4c7e-9d62-6f1f6f0e0d5e"


@pytest.fixture
def supporter():
    return PeerSupporterFactory(percent=60)


@pytest.fixture
def other_school(supporter):
    return SchoolFactory(organisation=supporter.organisation)


def data(school, percent=40, **values):
    return {
        "form_key": KEY, "school": school.pk, "percent": percent, "model": "conventional",
        "starts_on": today().isoformat(), "ends_on": "", **values,
    }  # fmt: skip


def create_url(supporter):
    return reverse("supporters:placement_create", args=[supporter.public_id])


def placements(supporter):
    with owner():
        return list(Placement.objects.filter(supporter=supporter).order_by("pk"))


def test_placement_create_saves_once_however_often_it_is_sent(client, supporter, other_school):
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))
    for _ in range(3):
        response = client.post(create_url(supporter), data(other_school))
        assert response.status_code == 302, response.context["form"].errors
    assert [placement.percent for placement in placements(supporter)] == [60, 40]


def test_placement_create_refuses_more_than_full_time_and_takes_the_corrected_form(
    client, supporter, other_school
):
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))

    refused = client.post(create_url(supporter), data(other_school, 41))
    assert refused.status_code == 200
    assert "101" in refused.context["form"].errors["percent"][0]

    assert client.post(create_url(supporter), data(other_school, 40)).status_code == 302


def test_placement_create_sums_only_what_is_held_at_once(client, supporter, other_school):
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))
    third = SchoolFactory(organisation=supporter.organisation)
    PlacementFactory(
        supporter=supporter, school=third, percent=40, starts_on=today() + timedelta(days=30),
        ends_on=today() + timedelta(days=60),
    )  # fmt: skip
    before = data(other_school, 40, ends_on=(today() + timedelta(days=29)).isoformat())
    after = data(
        other_school, 40, starts_on=(today() + timedelta(days=61)).isoformat(), form_key=KEY[:-1] + "f"
    )
    meeting = data(other_school, 40, ends_on=(today() + timedelta(days=30)).isoformat())

    assert client.post(create_url(supporter), meeting).context["form"].has_error("percent")
    assert client.post(create_url(supporter), before).status_code == 302
    assert client.post(create_url(supporter), after).status_code == 302


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("ends_on", {"ends_on": "2020-01-01"}),
        ("percent", {"percent": 0}),
        ("percent", {"percent": 101}),
        ("starts_on", {"starts_on": ""}),
    ],
)
def test_placement_create_explains_at_the_field(client, supporter, other_school, field, values):
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))
    response = client.post(create_url(supporter), data(other_school) | values)
    assert response.status_code == 200
    assert response.context["form"].has_error(field), response.context["form"].errors
    assert len(placements(supporter)) == 1


def test_placement_create_refuses_same_school_twice_and_foreign_schools(client, supporter):
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))
    (placement,) = placements(supporter)
    for school in (placement.school_id, SchoolFactory().pk):
        sent = data(placement, 10) | {"school": school}
        assert client.post(create_url(supporter), sent).context["form"].has_error("school")


def test_placement_end_decides_the_last_day(client, supporter):
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))
    (placement,) = placements(supporter)
    url = reverse("supporters:placement_end", args=[placement.public_id])
    assert client.post(url, {"ends_on": "2000-01-01"}).context["form"].has_error("ends_on")
    assert client.post(url, {"ends_on": today().isoformat(), "version": 1}).status_code == 302
    assert placements(supporter)[0].ends_on == today()
    stale = client.post(url, {"ends_on": "", "version": 1})
    assert stale.status_code == 200
    assert client.post(url, {"ends_on": today().isoformat(), "version": 1}, follow=True).context["messages"]


def test_placement_end_says_how_many_pupils_stay(client):
    assignment = AssignmentFactory()
    with owner():
        placement = assignment.supporter.placements.get()
    client.force_login(CoordinatorFactory(organisation=assignment.school.organisation))
    response = client.get(reverse("supporters:placement_end", args=[placement.public_id]))
    assert response.context["count"] == 1


@pytest.mark.parametrize("name", ["placement_create", "placement_end", "supporter_edit"])
def test_acts_on_a_supporter_are_for_their_coordinator(client, supporter, name):
    with owner():
        placement = supporter.placements.select_related("school__organisation").get()
    url = reverse(
        f"supporters:{name}", args=[(placement if name == "placement_end" else supporter).public_id]
    )
    assert client.get(url).status_code == 302
    organisation = supporter.organisation
    supervisor = SupervisorFactory(organisation=organisation)
    with owner():
        supporter.supervisor = supervisor
        supporter.save(update_fields=["supervisor"])
    for user, status in [
        (CoordinatorFactory(organisation=organisation), 200),
        (CoordinatorFactory(school=placement.school), 200),
        (CoordinatorFactory(school=SchoolFactory(organisation=organisation)), 404),
        (CoordinatorFactory(), 404),
        (LeadFactory(organisation=organisation), 403),
        (supervisor, 403),
        (supporter.user, 403),
        (PeerSupporterFactory().user, 404),
    ]:
        client.force_login(user)
        assert client.get(url).status_code == status, user
