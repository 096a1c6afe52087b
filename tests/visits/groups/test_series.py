"""A group itself: who makes it, who leads it, and what its pages cost."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import GroupSeriesFactory, PeerSupporterFactory, SchoolFactory
from peersupport.scope import scope
from tests.visits.groups.cast import stored, url
from visits import services
from visits.models import GroupLeader, GroupSeries

pytestmark = pytest.mark.django_db


def new_group(cast, **fields):
    data = {"form_key": str(uuid.uuid4()), "school": str(cast.school.public_id), "name": "Tisdagsfika"}
    return data | {"place": "biblioteket", "leaders": [str(cast.leader.public_id)]} | fields


def test_group_create_once_however_often_it_is_sent(client, cast):
    client.force_login(cast.petra)
    form = new_group(cast)
    for _ in range(2):
        assert client.post(reverse("visits:group_create"), form).status_code == 302

    (group,) = stored(GroupSeries, name="Tisdagsfika")
    assert (group.school_id, group.place, group.made_by) == (cast.school.pk, "biblioteket", cast.petra)
    assert [one.user for one in stored(GroupLeader, series=group)] == [cast.karim]


def test_group_create_refuses_a_leader_placed_elsewhere(client, cast):
    elsewhere = PeerSupporterFactory(school=SchoolFactory(organisation=cast.school.organisation))
    client.force_login(cast.petra)
    response = client.post(
        reverse("visits:group_create"), new_group(cast, leaders=[str(elsewhere.public_id)])
    )

    assert response.context["form"].errors["leaders"]
    assert stored(GroupSeries, name="Tisdagsfika") == []


def test_group_edit_changes_who_leads_and_shows_both_texts_to_the_second(client, cast):
    client.force_login(cast.petra)
    form = {"version": "1", "name": "Nya namnet", "leaders": [str(cast.colleague.public_id)]}
    assert client.post(url("group_edit", cast.group), form).status_code == 302
    leading = [one.user for one in stored(GroupLeader, series=cast.group, ended_at__isnull=True)]
    assert leading == [cast.leyla]

    late = client.post(url("group_edit", cast.group), form | {"name": "Andra namnet"})
    assert late.status_code == 409
    assert "Nya namnet" in late.content.decode() and "Andra namnet" in late.content.decode()


def test_group_edit_by_its_leader_does_not_say_who_leads(client, cast):
    client.force_login(cast.karim)
    response = client.get(url("group_edit", cast.group))

    assert "leaders" not in response.context["form"].fields
    client.post(url("group_edit", cast.group), {"version": "1", "name": "Vi som spelar"})
    assert stored(GroupSeries)[0].name == "Vi som spelar"
    assert [one.user for one in stored(GroupLeader, ended_at__isnull=True)] == [cast.karim]


def test_who_leads_no_more_sees_only_what_concerns_their_own_pupils(client, cast):
    with scope(cast.petra):
        services.edit_group(
            group=cast.group, by=cast.petra, version=1, name="x", place="", leaders=[cast.leyla.pk]
        )
    client.force_login(cast.karim)

    assert client.get(url("group_edit", cast.group)).status_code == 403
    page = client.get(url("group_detail", cast.group))
    assert page.status_code == 200 and page.context["unseen"] == 0


@pytest.mark.parametrize("count", [1, 6])
def test_pages_of_groups_take_a_fixed_number_of_queries(client, cast, assert_queries, count):
    for number in range(count):
        cast.join(cast.pupil(f"Fler{number}"))
        cast.meets(timezone.now() + timedelta(days=30 + number))
        cast.meets(timezone.now() - timedelta(days=3 + number))
        GroupSeriesFactory(school=cast.school, made_by=cast.petra, leaders=[cast.karim])
    client.force_login(cast.karim)
    counts = {}
    for name, row in (
        ("group_list", None),
        ("group_detail", cast.group),
        ("group_attendance", cast.date),
        ("group_members_add", cast.group),
    ):
        counts[name] = (reverse("visits:group_list") if row is None else url(name, row), QUERIES[name])
    for name, (address, queries) in counts.items():
        with assert_queries(queries):
            assert client.get(address).status_code == 200, name


QUERIES = {"group_list": 3, "group_detail": 9, "group_attendance": 8, "group_members_add": 6}
