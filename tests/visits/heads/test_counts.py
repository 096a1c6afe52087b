"""Heads count as work: in hours and weeks, and at the school."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from overviews.rows.contact_weeks import school_weeks, supporter_weeks
from overviews.rows.load import minutes_by_kind
from overviews.rows.my_day import noted_today, own_load, own_profile
from peersupport.demo.factories import (
    CoordinatorFactory,
    PlacementFactory,
    SchoolFactory,
)
from peersupport.scope import scope
from tests.visits.heads.form import (
    CREATE,
    MY_DAY,
    coordinator_of,
    heads_form,
    only,
    school_of,
    school_page,
    stored,
)

pytestmark = pytest.mark.django_db


def test_heads_count_in_hours_weeks_and_todays_contacts(me, supporter):
    me.post(CREATE, heads_form())

    with scope(supporter.user):
        user = supporter.user
        load = own_load(own_profile(user), user, [])
        (row,) = noted_today([], load.heads)
        assert row.people == ["12 personer"] and load.week == "30 min"
        assert minutes_by_kind([supporter])[supporter.pk] == {"break_presence": 30}
        assert supporter_weeks(supporter.pk).bars[-1].values == (1, 0)
    assertContains(me.get(MY_DAY), "12 personer")


def test_the_schools_coordinator_sees_the_number_and_changes_nothing(client, me, supporter):
    school = school_of(supporter)
    me.post(CREATE, heads_form(place="bakom gympasalen"))
    me.post(CREATE, heads_form(kind="drop_in", heads="3"))
    me.post(
        reverse("visits:contact_edit", args=[stored()[1].public_id]), heads_form(heads="4") | {"version": 1}
    )
    client.force_login(coordinator_of(school))

    heads = client.get(school_page(school)).context["heads"]
    assert heads.sum == "2 gånger · 16 personer"
    (corrected,) = [row for row in heads.rows if row.changes_url]
    assert {"12 personer" in row.text for row in heads.rows} == {True, False}
    assert any("bakom gympasalen" in row.text for row in heads.rows)
    changes = client.get(corrected.changes_url)
    assertContains(changes, ">3<")
    assertContains(changes, school_page(school))
    for name in ("visits:contact_edit", "visits:contact_withdraw"):
        assert client.get(reverse(name, args=[stored()[0].public_id])).status_code == 403
    page = client.get(reverse("overviews:supporter_detail", args=[supporter.public_id]))
    assertContains(page, "Rast")
    assertNotContains(page, "bakom gympasalen")


def test_another_schools_coordinator_does_not_see_it(client, me, supporter, organisation):
    other = SchoolFactory(organisation=organisation)
    PlacementFactory(supporter=supporter, school=other, percent=10)
    me.post(CREATE, heads_form(place="bakom gympasalen", school=str(school_of(supporter).public_id)))
    client.force_login(coordinator_of(other))

    assert client.get(school_page(other)).context["heads"].rows == []
    for name in ("visits:contact_edit", "visits:contact_withdraw", "overviews:contact_changes"):
        assert client.get(reverse(name, args=[only().public_id])).status_code == 404


def test_what_is_withdrawn_is_in_no_sum_of_the_school(client, me, supporter):
    school = school_of(supporter)
    me.post(CREATE, heads_form())
    me.post(reverse("visits:contact_withdraw", args=[only().public_id]), {"version": 1, "reason": "mistake"})
    client.force_login(coordinator_of(school))

    assert client.get(school_page(school)).context["heads"].rows == []


def test_heads_count_in_the_schools_weeks(me, supporter, organisation):
    school = school_of(supporter)
    me.post(CREATE, heads_form())
    coordinator = CoordinatorFactory(organisation=organisation)

    with scope(coordinator):
        assert school_weeks(school.pk).bars[-1].values == (1, 0)
    with scope(supporter.user):
        assert school_weeks(school.pk).bars[-1].values == (0, 0)
