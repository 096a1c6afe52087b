"""Thanks and answer: a coordinator thanks and asks, the supporter answers with one tap, the coordinator closes."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import AssignmentFactory, ContactFactory, CoordinatorFactory
from peersupport.demo.owner import owner
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes
from visits.models import Feedback, FeedbackAnswer


@pytest.mark.parametrize("scripted", [True, False])
def test_thanks_and_answer(transactional_db, visitor, scripted):
    mine = AssignmentFactory(case__student__given_name="Oskar", case__student__family_name="Exempelsson")
    ContactFactory(assignment=mine)
    petra = CoordinatorFactory(organisation=mine.school.organisation, given_name="Petra")
    desk = visitor(java_script_enabled=scripted).sign_in(petra).page
    phone = visitor(width=390, height=844, java_script_enabled=scripted).sign_in(mine.supporter.user).page
    student_page = reverse("overviews:student_detail", args=[mine.student.public_id])
    faults = []

    def look(page):
        if scripted:  # axe is a script itself
            faults.extend(violations_in_both_schemes(page))
        assert not scrolls_sideways(page), page.url

    say(desk, student_page, "thanks", "Fint att du väntade in.", look)
    say(desk, student_page, "question", "Ses ni på skolan nästa gång?", look)
    assert desk.locator(".timeline .said").count() == 2
    assert not desk.locator(".timeline a[href$='/thanks/']").count()

    phone.goto("/")
    look(phone)
    words = phone.locator("main").inner_text()
    assert "Petra tackar" in words and "Fint att du väntade in." in words
    answer_is_undone_and_given_again(phone)
    assert not phone.locator("button[name=ready]:visible").count()
    look(phone)

    desk.goto("/")
    assert "Ses ni på skolan nästa gång?" in desk.locator("main").inner_text()
    look(desk)
    desk.locator("form[action$='/close/'] button").click()
    desk.wait_for_load_state()
    assert "Ses ni på skolan nästa gång?" not in desk.locator("main").inner_text()
    with owner():
        assert FeedbackAnswer.objects.get().text == "Ja"
        assert not Feedback.objects.open_questions().exists()
    assert not faults, "\n".join(faults)


def answer_is_undone_and_given_again(phone) -> None:
    """One tap each; with a script the page stays, and the thanks below the question stand where they stood."""
    address = phone.url
    for is_last in (False, True):
        phone.locator("button[name=ready][value=yes]").click()
        phone.get_by_text("Ditt svar är skickat: Ja").wait_for()
        assert phone.get_by_text("Petra tackar", exact=True).is_visible() and phone.url == address
        if not is_last:
            phone.get_by_role("button", name="Ångra").click()
            phone.locator("button[name=ready][value=yes]:visible").wait_for()


def say(page, student_page, kind, text, look) -> None:
    page.goto(student_page)
    page.locator(f".timeline a[href$='/{kind}/']").first.click()
    page.wait_for_load_state()
    look(page)
    page.fill("textarea[name=text]", text)
    page.locator("form .btn-primary").click()
    page.wait_for_load_state()
    look(page)
