"""Time without a pupil on a phone, from Min dag to the file, with and without scripts; and a link that is shared."""

from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from peersupport.demo.factories import AssignmentFactory, LibraryLinkFactory
from peersupport.demo.owner import owner
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes
from visits.models import OtherTime


@pytest.mark.parametrize("scripted", [True, False])
def test_other_time_on_a_phone(transactional_db, visitor, scripted):
    mine = AssignmentFactory()
    phone = visitor(width=320, height=640, java_script_enabled=scripted).sign_in(mine.supporter.user).page
    faults = []

    def look():
        if scripted:  # axe is a script itself
            faults.extend(violations_in_both_schemes(phone))
        assert not scrolls_sideways(phone), phone.url

    phone.goto(reverse("overviews:my_day"))
    phone.get_by_role("link", name="Skriv upp annan tid").click()
    look()
    phone.locator("button.btn-primary").click()  # nothing filled in
    look()
    assert phone.locator(".form-errors li").count() == 2  # what and how long; it ended just now
    phone.get_by_label("Teammöte").check()
    phone.fill("[name=minutes]", "45")
    phone.fill("[name=at]", "00:00")
    phone.press("[name=minutes]", "Enter")  # the return key saves, and leads to the month
    phone.wait_for_url("**/my-month/**")
    look()
    assert "Teammöte" in phone.locator("main").inner_text()

    with phone.expect_download() as download:
        phone.get_by_role("link", name="Ladda ner (xlsx)").click()
    sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    assert [cell.value for cell in sheet[3]][2:5] == ["Annan tid", "Teammöte", 45]

    phone.get_by_role("link", name="Ändra").click()
    look()
    phone.get_by_role("button", name="Ta tillbaka").click()
    assert "Teammöte" not in phone.locator("main").inner_text()
    phone.get_by_role("button", name="Ångra").click()
    assert "Teammöte" in phone.locator("main").inner_text()
    with owner():
        assert OtherTime.objects.filter(withdrawn_at=None).count() == 1
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("scripted", [True, False])
def test_a_link_is_found_and_shared(transactional_db, visitor, scripted):
    mine = AssignmentFactory()
    with owner():
        organisation = mine.school.organisation
    link = LibraryLinkFactory(organisation=organisation, title="Exempelsidan")
    LibraryLinkFactory(organisation=organisation)
    phone = visitor(width=320, java_script_enabled=scripted).sign_in(mine.supporter.user).page

    phone.goto(reverse("schools:library"))
    phone.fill("[name=words]", "exempels")
    phone.press("[name=words]", "Enter")
    assert phone.locator(".rows > li").count() == 1
    phone.locator("details.share > summary").click()
    assert phone.locator("details.share input").input_value() == link.url
    text = phone.get_by_role("link", name="Skicka som sms")
    assert text.get_attribute("href").startswith("sms:?&body=Exempelsidan")
    assert not scrolls_sideways(phone)
    if scripted:
        assert not violations_in_both_schemes(phone)
