"""A right that ends while its page is open: what is asked for next is refused, and the page says so (TRUST T4)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from peersupport.demo.factories import CoordinatorFactory, PeerSupporterFactory, SchoolFactory, StudentFactory
from peersupport.demo.owner import owner
from tests.browser.axe import violations_in_both_schemes

pytestmark = pytest.mark.django_db(transaction=True)
STUDENTS = "overviews:student_list"


class School:
    """A coordinator, a supporter who is signed in elsewhere, and a pupil."""

    def __init__(self) -> None:
        self.school = SchoolFactory()
        self.coordinator = CoordinatorFactory(organisation=self.school.organisation)
        self.supporter = PeerSupporterFactory(school=self.school)
        StudentFactory(school=self.school)


@pytest.fixture
def place() -> School:
    return School()


def filters_again(page) -> None:
    """What htmx does by itself when something is chosen in the filter of a list."""
    page.locator(".filter-bar select").first.select_option(index=1)


def test_a_supporter_whose_role_is_ended_is_out_in_the_page_that_is_open(visitor, place):
    coordinator, supporter = visitor(), visitor(width=390)
    phone = supporter.sign_in(place.supporter.user).open(reverse("overviews:my_day"))
    expect(phone.locator("h1")).to_be_visible()

    desk = coordinator.sign_in(place.coordinator).open(reverse("schools:member_list"))
    assert violations_in_both_schemes(desk) == []
    desk.get_by_role("row", name=place.supporter.user.name).get_by_role("link").click()
    assert violations_in_both_schemes(desk) == []
    desk.locator("input[name=when][value=now]").check(force=True)
    desk.locator(".save-bar .btn-primary").click()
    expect(desk.get_by_role("row", name=place.supporter.user.name)).to_have_count(0)

    phone.reload()
    assert phone.url.endswith(reverse("overviews:my_day"))
    expect(phone.locator("h1")).to_have_text("Inte i din roll")


def test_a_list_left_open_is_loaded_anew_when_the_role_has_ended(visitor, place):
    page = visitor().sign_in(place.coordinator).open(reverse(STUDENTS))
    expect(page.locator("#student-list tbody tr")).to_have_count(1)

    with owner():
        place.coordinator.memberships.update(confirmed_at=None)
    filters_again(page)

    expect(page.locator("#student-list")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()


def test_a_list_left_open_leads_to_sign_in_when_the_account_is_stopped(visitor, place):
    page = visitor().sign_in(place.coordinator).open(reverse(STUDENTS))

    with owner():
        User.objects.get_queryset().filter(pk=place.coordinator.pk).update(is_active=False)
    filters_again(page)

    page.wait_for_url(f"**{reverse('account_login')}**")
    expect(page.locator("#student-list")).to_have_count(0)
