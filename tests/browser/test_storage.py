"""Nothing lies in session or local storage, wherever one has been (TRUST T20)."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from peersupport.demo.factories import CoordinatorFactory, StudentFactory
from tests.browser.storage import kept_by

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = {"session": {}, "local": {}}


def test_pages_filters_and_the_way_back_leave_nothing(visitor):
    student = StudentFactory()
    coordinator = CoordinatorFactory(organisation=student.school.organisation)
    someone = visitor().sign_in(coordinator)
    page = someone.open(reverse("overviews:student_detail", args=[student.public_id]))
    assert kept_by(page) == NOTHING

    page.goto(reverse("overviews:student_list"))
    page.locator(".filter-bar select").first.select_option(index=1)
    page.wait_for_url("**/students/?*")
    assert kept_by(page) == NOTHING

    page.go_back()
    page.wait_for_function("() => !location.search")
    expect(page.locator("#student-list")).to_be_visible()
    assert kept_by(page) == NOTHING
    assert urlsplit(page.url).path == reverse("overviews:student_list")


def test_what_an_earlier_release_left_is_thrown_away(visitor):
    page = visitor().page
    page.goto("/static/img/favicon.svg")
    page.evaluate("() => sessionStorage.setItem('htmx-current-path-for-history', '/students/1/')")
    assert kept_by(page)["session"]

    page.goto(reverse("account_login"))
    assert kept_by(page) == NOTHING
