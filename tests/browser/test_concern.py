"""Whom to ring when worried is on the phone where there is no network (TRUST T20)."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import OrganisationNumberFactory
from peersupport.demo.owner import owner
from tests.browser.lines import Line
from tests.browser.phones import Phone, assigned, tells

KEPT = "/concern/offline/"


@pytest.fixture
def line(transactional_db, live_server):
    line = Line(live_server.url)
    yield line
    line.close()


@pytest.mark.parametrize("of_a_pupil", [False, True])
def test_the_numbers_are_there_without_a_network(browser, line, of_a_pupil):
    with owner():
        assignment = assigned()
        here = assignment.school.organisation
        OrganisationNumberFactory(
            organisation=here, step="urgent", name="Socialjouren", phone="031-390 06 12"
        )
    phone = Phone(browser, line, assignment)
    phone.my_day()
    phone.page.wait_for_function(f"async () => await caches.match('{KEPT}')")
    line.cut()
    student = [assignment.student.public_id] if of_a_pupil else []
    phone.page.goto(reverse("safety:concern_of_student" if of_a_pupil else "safety:concern", args=student))
    assert phone.page.locator("h1").inner_text() == "Orolig för en elev"
    rung = phone.page.locator("a[href^='tel:']").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert rung == ["tel:112", "tel:0313900612"]
    assert "<form" not in phone.page.content()
    dump = phone.dump()
    assert tells({"kept": dump["kept"]}) == []
    assert assignment.supporter.user.given_name not in dump["kept"][KEPT]
    phone.context.close()
    assert phone.complaints == []
