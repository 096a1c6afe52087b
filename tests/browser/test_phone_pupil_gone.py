"""A contact with several pupils waits in the phone, and one of them is gone when there is a network again (ADR 28)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from peersupport.demo.factories import AssignmentFactory
from peersupport.demo.owner import owner
from students.models import Assignment
from tests.browser.axe import violations_in_both_schemes
from tests.browser.lines import Line
from tests.browser.phones import HELP, NOTE, Phone, assigned, contacts, notes, pupils, tells

OTHERS_NOTE = "Kanariefågeltext om sång"


@pytest.fixture
def line(transactional_db, live_server):
    line = Line(live_server.url)
    yield line
    line.close()


@pytest.fixture
def stays():
    return assigned()


@pytest.fixture
def leaves(stays):
    school = stays.student.school
    return AssignmentFactory(
        case__student__school=school,
        case__student__given_name="Gråsiskan",
        supporter=stays.supporter,
        starts_on=timezone.localdate() - timedelta(days=30),
    )


@pytest.fixture
def mine(browser, line, stays, leaves):
    """Written for both without a network; then the one's support ended, and there is a network."""
    phone = Phone(browser, line, stays)
    phone.my_day()
    both = "&".join(f"student={each.student.public_id}" for each in (stays, leaves))
    phone.page.goto(f"{reverse('visits:contact_create')}?{both}")
    phone.page.locator("form[data-draft-form][data-ready]").wait_for()
    line.cut()
    phone.tap("input[name=kind][value=home_visit]")
    phone.tap("input[name=length][value='60']")
    for assignment, words in ((stays, NOTE), (leaves, OTHERS_NOTE)):
        prefix = assignment.student.public_id
        phone.tap(f"input[name='{prefix}-outcome'][value=met]")
        phone.page.locator(f"textarea[name='{prefix}-note']").fill(words)
    phone.save_unsent()
    with owner():
        Assignment.objects.filter(pk=leaves.pk).update(
            ended_at=timezone.now() - timedelta(days=8), ended_by=leaves.made_by, end_reason="flyttar"
        )
    line.mend()
    phone.my_day()
    phone.wait_for_state(HELP)
    yield phone
    phone.context.close()
    assert not phone.complaints


def opened(mine):
    """The page that says what can be received, and for whom."""
    mine.tap("[data-open]")
    mine.page.locator("#gone").wait_for()
    return mine.page


def drafts(mine):
    return mine.dump()["databases"]["peersupport/drafts"]


def test_what_can_be_received_is_saved_and_the_rest_stays_on_the_phone(mine, stays, leaves):
    page = opened(mine)
    assert contacts() == []
    assert "Rödhakeslinga" in page.locator(".lead").inner_text()
    assert page.locator("textarea[name$=note]").input_value() == NOTE
    gone = page.locator("[data-gone]")
    assert OTHERS_NOTE in gone.inner_text() and "Gråsiskan" not in page.content()
    expect(gone.locator("[data-stays]")).to_be_visible()
    expect(gone.locator("[data-stays-not]")).to_be_hidden()
    assert violations_in_both_schemes(page) == []

    (waiting,) = drafts(mine)
    mine.save()
    page.wait_for_url("**/my-day/")
    (left,) = [draft for draft in drafts(mine) if draft["state"] == "help"]
    assert left["since"] == waiting["since"] and left["id"] != waiting["id"]
    assert (len(contacts()), notes(), pupils()) == (1, [NOTE], [stays.student_id])
    assert sorted(state[:7] for state in mine.states()) == ["Behöver", "Skickad"]
    assert tells(mine.dump()) == []

    # What is left can be given to another pupil, as when two records were made one; or removed.
    page.locator("[data-drafts] [data-open]").click()
    page.wait_for_url("**/contacts/new/?draft=*")
    page.locator("main a[href*='student=']").first.click()
    page.wait_for_function("() => document.querySelector('textarea')?.value")
    assert page.locator("textarea[name$=note]").input_value() == OTHERS_NOTE
    page.goto("/my-day/")
    page.locator("[data-drafts] li", has_text=HELP).locator("[data-remove]").dblclick()
    expect(page.locator("[data-drafts] li", has_text=HELP)).to_have_count(0)
    assert len(contacts()) == 1


@pytest.mark.full
def test_what_is_written_on_that_page_and_left_is_there_again_whole(mine):
    page = opened(mine)
    page.locator("textarea[name$=note]").fill(f"{NOTE}, och en promenad")
    page.wait_for_timeout(600)  # longer than the pause after which it is kept
    mine.my_day()
    page = opened(mine)
    assert page.locator("textarea[name$=note]").input_value() == f"{NOTE}, och en promenad"
    assert OTHERS_NOTE in page.locator("[data-gone]").inner_text()


@pytest.mark.full
def test_what_was_written_of_the_one_who_is_gone_can_be_taken_away(mine):
    page = opened(mine)
    page.locator("[data-gone] button").click()
    expect(page.locator("[data-gone]")).to_have_count(0)
    assert page.locator("textarea[name$=note]").input_value() == NOTE
    mine.save()
    page.wait_for_url("**/my-day/")
    assert [state[:7] for state in mine.states()] == ["Skickad"]
    assert notes() == [NOTE]
