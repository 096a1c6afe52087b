"""Dates of a group by a rule: what is left out, what cannot be, and undone."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from peersupport.demo.factories import SchoolBreakFactory, SchoolFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.lib.school_days import public_holidays
from tests.visits.groups.cast import dates_form, free_weeks, stored, url
from visits.models import GroupDate
from visits.services import Rule

pytestmark = pytest.mark.django_db


def test_rule_skips_what_is_left_out_and_keeps_the_clock_through_summer_time():
    first = date(2026, 10, 20)  # a Tuesday; winter time begins on the 25th
    rule = Rule(
        first, date(2026, 11, 17), time(14, 0), 90, without=((date(2026, 10, 26), date(2026, 10, 30)),)
    )

    starts = [timezone.localtime(start) for start, _end in rule.times()]
    assert [start.date() for start in starts] == [
        date(2026, 10, 20),
        *(date(2026, 11, n) for n in (3, 10, 17)),
    ]
    assert {f"{start:%H:%M}" for start in starts} == {"14:00"}
    other = Rule(first, date(2026, 11, 17), time(14, 0), 90, weeks=2)
    assert [day.day for day in other.days()] == [20, 3, 17]


def test_group_dates_create_writes_each_date_once(client, cast):
    client.force_login(cast.karim)
    form = dates_form()
    for _ in range(2):
        assert client.post(url("group_dates_create", cast.group), form).status_code == 302
    client.post(url("group_dates_create", cast.group), dates_form())  # the same rule once more

    assert len(stored(GroupDate, series=cast.group)) == 1 + 5


def made_days(user):
    return [timezone.localtime(one.starts_at).date() for one in stored(GroupDate, made_by=user)]


def test_group_dates_create_leaves_out_breaks_of_the_school(client, cast):
    client.force_login(cast.karim)
    first, *_later = days = [free_weeks() + timedelta(weeks=week) for week in range(5)]
    organisation = cast.school.organisation
    with owner():
        elsewhere = SchoolFactory(organisation=organisation)
    for school, day in zip((None, cast.school, elsewhere), days[1:4], strict=True):
        off = {"first_on": day - timedelta(days=1), "last_on": day + timedelta(days=1)}
        SchoolBreakFactory(organisation=organisation, school=school, **off)

    client.post(url("group_dates_create", cast.group), dates_form())

    assert made_days(cast.karim) == [first, *days[3:]]


def test_group_dates_create_leaves_out_public_holidays_but_for_a_single_date(client, cast):
    client.force_login(cast.karim)
    holidays = {*public_holidays(today().year), *public_holidays(today().year + 1)}
    holiday = min(day for day in holidays if day > today() + timedelta(days=8))
    week = timedelta(weeks=1)

    form = dates_form(on=(holiday - week).isoformat(), until=(holiday + week).isoformat())
    client.post(url("group_dates_create", cast.group), form)
    asked = {holiday - week, holiday, holiday + week}
    assert set(made_days(cast.karim)) == asked - holidays != asked

    client.post(url("group_dates_create", cast.group), dates_form(on=holiday.isoformat(), until=""))
    assert holiday in made_days(cast.karim)


def test_group_dates_create_is_undone_but_for_what_has_been_changed(client, cast):
    client.force_login(cast.karim)
    response = client.post(url("group_dates_create", cast.group), dates_form(), follow=True)
    first, *_rest = made = stored(GroupDate, made_by=cast.karim)
    undo = url("group_dates_undo", first)
    assert len(made) == 5 and undo in response.content.decode()
    client.post(url("group_date_cancel", made[1]), {"because": "us"})
    client.post(url("group_date_restore", made[1]))  # somebody may have been told

    client.post(undo)
    assert [one.pk for one in stored(GroupDate)] == [cast.date.pk, made[1].pk]
    client.force_login(cast.petra)  # made by Petra with nothing else
    client.post(url("group_dates_undo", made[1]))
    assert len(stored(GroupDate)) == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"until": "2020-01-01"}, "until"),
        ({"until": "2199-01-01"}, "until"),
        ({"on": ""}, "on"),
        ({"length": ""}, "length"),
        ({"without_from": "2026-12-20"}, "without_until"),
        ({"without_from": "2020-01-01", "without_until": "2199-01-01"}, "without_from"),
    ],
)
def test_group_dates_create_says_at_the_field_what_is_wrong(client, cast, fields, field):
    client.force_login(cast.karim)
    response = client.post(url("group_dates_create", cast.group), dates_form(**fields))

    assert response.status_code == 200 and response.context["form"].errors[field]
    assert len(stored(GroupDate)) == 1
