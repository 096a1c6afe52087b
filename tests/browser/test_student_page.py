"""A pupil's page and the lists around it, used as people use them: with script and without."""

import pytest
from django.urls import reverse

from accounts.models import ListFilter
from peersupport.demo.owner import owner
from tests.peersupport.world import World
from visits.models import Booking, NextStep


def filters_kept():
    with owner():
        return list(ListFilter.objects.filter(list_name="students").values_list("query", flat=True))


@pytest.mark.parametrize("script", [True, False])
def test_filters_are_remembered_with_and_without_script(transactional_db, visitor, script):
    world = World()
    page = visitor(java_script_enabled=script).sign_in(world.users["coordinator"]).page
    page.goto(reverse("overviews:student_list"))
    page.select_option("select[name=grade]", "7")
    if not script:
        page.locator(".filter-bar button").click()
    page.wait_for_url("**grade=7**")
    page.goto(reverse("overviews:overview"))
    page.goto(reverse("overviews:student_list"))
    assert "grade=7" in page.url and filters_kept() == ["grade=7"]

    page.locator(".result-line button, .empty button").click()
    page.wait_for_load_state()
    assert "grade" not in page.url and filters_kept() == []


def test_a_step_is_written_and_ticked_off_and_a_time_booked(transactional_db, visitor):
    world = World()
    someone = visitor(width=390).sign_in(world.users["peer_supporter"])
    page = someone.page
    home = reverse("overviews:student_detail", args=[world.students["own"].public_id])
    page.goto(home)
    page.locator(".now .acts .btn-quiet").click()
    page.fill("input[name=text]", "Ses vid grinden")
    page.locator(".save-bar .btn-primary").click()
    assert page.locator(".now dd", has_text="Ses vid grinden").count() == 1
    page.locator(".now .acts form button").click()
    page.wait_for_load_state()
    with owner():
        assert NextStep.objects.get(text="Ses vid grinden").done_at is not None

    page.goto(f"{home}bookings/new/")
    page.locator("input[name=length][value='60']").check()
    page.locator("input[name=kind]").first.check()
    page.fill("input[name=on]", "2027-03-02")
    page.fill("input[name=at]", "13:30")
    page.fill("input[name=place]", "vid gungorna")
    page.locator(".save-bar .btn-primary").click()
    page.wait_for_load_state()
    with owner():
        assert Booking.objects.get(place="vid gungorna").student_id == world.students["own"].pk
    assert page.url.endswith(home)
