"""Who came to a group, on a phone: one tap for each pupil, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.owner import owner
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes
from tests.visits.groups.cast import FIVE, Cast
from visits.models import Contact, Participation

PHONE = {"width": 360, "height": 740, "has_touch": True}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_who_came_is_one_tap_for_each_pupil_from_min_dag(transactional_db, visitor, script):
    cast = Cast()
    cast.meets(timezone.now() - timedelta(minutes=1))
    phone = visitor(java_script_enabled=script, **PHONE).sign_in(cast.karim)
    page = phone.page
    page.goto(reverse("overviews:my_day"))
    page.get_by_role("link", name="Vilka kom?").first.click()
    for name in FIVE[:3]:
        page.get_by_role("group", name=name).get_by_role("radio", name="Var med").tap()
    assert FIVE[3] not in page.content()  # a colleague's pupil, a number to this leader
    faults = violations_in_both_schemes(page) if script else []
    assert not faults and not scrolls_sideways(page)

    page.get_by_role("button", name="Spara vilka som kom").click()
    page.wait_for_url(f"**{reverse('overviews:my_day')}")
    assert page.get_by_text("Sparat, på varje elevs egen sida.").is_visible()
    with owner():
        assert Contact.objects.count() == 1
        assert [part.outcome for part in Participation.objects.all()] == ["met"] * 3
