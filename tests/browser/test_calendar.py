"""Kalender, its pages and the form of a booking: on a phone in both schemes, on a desktop, and on paper."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    CoordinatorFactory,
    GroupDateFactory,
    GroupSeriesFactory,
    SchoolBreakFactory,
)
from peersupport.lib.dates import moment_at, monday_of, today
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes

PHONE = {"width": 360, "height": 740, "has_touch": True}
PAPER = {"width": 673, "height": 950}  # A4 between its margins
HOUR = timedelta(hours=1)


@pytest.fixture
def mine(transactional_db):
    """Next week: three bookings, a group's date and a day off."""
    mine, monday = AssignmentFactory(), next_monday()
    organisation = mine.school.organisation
    for number, place in ((0, "biblioteket"), (1, "gröna rummet i gymnastikhallen"), (3, "")):
        start = moment_at(monday + timedelta(days=number), time(9))
        BookingFactory(assignment=mine, starts_at=start, ends_at=start + HOUR, place=place)
    group = GroupSeriesFactory(school=mine.school, leaders=[mine.supporter.user])
    start = moment_at(monday + timedelta(days=2), time(16))
    GroupDateFactory(series=group, starts_at=start, ends_at=start + HOUR)
    friday = monday + timedelta(days=4)
    SchoolBreakFactory(organisation=organisation, school=mine.school, first_on=friday, last_on=friday)
    return mine


def next_monday() -> date:
    return monday_of(today()) + timedelta(days=7)


def week_page() -> str:
    year, week, _day = next_monday().isocalendar()
    return f"{reverse('overviews:calendar')}?week={year}-W{week:02}"


def test_a_time_that_comes_again_is_booked_from_the_week_on_a_phone(mine, visitor):
    page = visitor(**PHONE).sign_in(mine.supporter.user).open(week_page())
    assert not violations_in_both_schemes(page) and not scrolls_sideways(page)
    page.locator(".week-book").nth(5).click()
    assert not violations_in_both_schemes(page) and not scrolls_sideways(page)
    page.get_by_role("link", name=mine.student.called_name).click()
    assert page.locator("[name=on]").input_value() == str(next_monday() + timedelta(days=5))
    page.get_by_role("button", name="Boka").click()  # nothing chosen yet
    assert not violations_in_both_schemes(page) and not scrolls_sideways(page)

    page.locator("[name=kind]").first.check()
    page.locator("[name=at]").fill("09:00")
    page.locator("[name=length]").first.check()
    page.locator("[name=until]").fill(str(next_monday() + timedelta(days=12)))
    page.get_by_role("button", name="Boka").click()
    assert page.get_by_text("Bokat: 2 tider").is_visible()

    page.goto(week_page())
    page.locator(".week-day").nth(5).get_by_role("link", name="Flytta").click()
    assert page.get_by_label("Också den 1 som följer").is_visible()
    assert not violations_in_both_schemes(page) and not scrolls_sideways(page)


def test_the_feeds_address_is_made_on_a_phone_and_shown_once(mine, visitor):
    page = visitor(**PHONE).sign_in(mine.supporter.user).open(reverse("visits:calendar_feed_settings"))
    assert not violations_in_both_schemes(page) and not scrolls_sideways(page)
    page.get_by_role("button", name="Skapa en adress").click()
    assert page.get_by_label("Adress att kopiera").input_value().endswith(".ics")
    assert not violations_in_both_schemes(page) and not scrolls_sideways(page)
    page.goto(reverse("visits:calendar_feed_settings"))
    assert not page.get_by_label("Adress att kopiera").is_visible()


def test_seven_days_beside_each_other_on_a_desktop_and_below_on_paper(mine, visitor):
    page = visitor().sign_in(mine.supporter.user).open(week_page())
    assert not violations_in_both_schemes(page)
    tops = "days => days.map(day => Math.round(day.getBoundingClientRect().top))"
    days = page.locator(".week-day")
    assert len(set(days.evaluate_all(tops))) == 1 and days.count() == 7

    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert len(set(days.evaluate_all(tops))) == 7 and not scrolls_sideways(page)
    assert page.get_by_text("biblioteket").is_visible()
    for words in ("Veckan efter", "Flytta", "Boka", "Visa som lista"):
        assert not page.get_by_role("main").get_by_role("link", name=words).first.is_visible(), words


def test_a_coordinators_list_holds_on_a_phone(mine, visitor):
    coordinator = CoordinatorFactory(organisation=mine.school.organisation)
    page = visitor(**PHONE).sign_in(coordinator).open(week_page())
    assert not violations_in_both_schemes(page) and not scrolls_sideways(page)
    assert page.get_by_text("biblioteket").is_visible()
