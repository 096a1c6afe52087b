"""Nothing lost, nothing doubled: contacts written on a phone whose network comes and goes (TRUST T20, T23)."""

import re
from datetime import timedelta

import time_machine
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.owner import owner
from students.models import Assignment
from tests.browser.phones import (
    HELP,
    NOT_SENT,
    NOTE,
    REST,
    assigned,
    contacts,
    form_of,
    notes,
    pupils,
    sessions_end,
    tells,
)


def test_contact_online_is_saved_as_ever_and_kept_no_longer_than_sent(phone):
    mine = phone(assigned())
    mine.my_day()
    mine.open_form()
    mine.write()
    mine.save()
    mine.page.wait_for_url("**/my-day/")
    assert mine.taps <= 6
    assert "Kontakten är sparad" in mine.page.locator("main").inner_text()
    assert [state[:7] for state in mine.states()] == ["Skickad"]
    assert notes() == [NOTE]
    assert tells(mine.dump()) == []
    mine.open_form(from_my_day=False)
    mine.page.locator("[data-drafts] li[data-sent]").wait_for(state="attached")
    assert not mine.page.locator("[data-drafts]").is_visible(), "what is sent stays out of the way"


def test_contact_without_a_network_is_sent_once_when_there_is_one(phone, line):
    mine = phone(assigned())
    mine.my_day()
    line.cut()
    mine.open_form()
    assert mine.page.locator("[data-chosen]").is_visible()
    assert not mine.page.locator("[data-not-chosen]").is_visible()
    mine.write()
    mine.save_unsent()
    assert mine.taps <= 6
    assert mine.states() == [NOT_SENT]
    assert contacts() == []
    line.mend()
    mine.page.evaluate("dispatchEvent(new Event('online'))")
    mine.wait_for_state("Skickad")
    mine.my_day()
    assert [state[:7] for state in mine.states()] == ["Skickad"]
    assert (len(contacts()), notes(), pupils()) == (1, [NOTE], [mine.assignment.student_id])


@REST
def test_form_that_is_open_when_the_network_goes_is_kept(phone, line):
    mine = phone(assigned())
    mine.open_form(from_my_day=False)
    mine.write()
    mine.context.set_offline(True)
    mine.save_unsent()
    mine.context.set_offline(False)  # the browser says that it is online again
    mine.wait_for_state("Skickad")
    assert notes() == [NOTE]


@REST
def test_pupil_is_chosen_later_when_the_form_was_opened_without_one(phone, line):
    mine = phone(assigned())
    mine.my_day()
    line.cut()
    mine.page.goto(reverse("visits:contact_create"))
    mine.page.locator("[data-not-chosen]").wait_for()
    mine.write()
    mine.save_unsent()
    line.mend()
    mine.my_day()
    mine.wait_for_state(HELP)
    assert contacts() == []
    mine.tap("[data-open]")
    mine.page.wait_for_url("**/contacts/new/?draft=*")
    mine.page.locator("main a[href*='student=']").first.click()
    mine.page.locator("form[data-draft-form][data-ready]").wait_for()
    mine.page.wait_for_function("() => document.querySelector('textarea').value !== ''")
    mine.save()
    mine.page.wait_for_url("**/my-day/")
    assert (notes(), pupils()) == ([NOTE], [mine.assignment.student_id])


@REST
def test_lost_answer_makes_one_contact(phone, line):
    mine = phone(assigned())
    mine.open_form(from_my_day=False)
    mine.write()
    mine.page.route("**/contacts/new/", lambda route: (setattr(line, "is_deaf", True), route.continue_()))
    mine.save_unsent()
    assert (len(contacts()), mine.states()) == (1, [NOT_SENT])  # it was received, and the phone cannot know
    mine.page.unroute_all()
    line.mend()
    mine.my_day()
    mine.wait_for_state("Skickad")
    assert len(contacts()) == 1


@REST
def test_expired_session_keeps_it_and_sends_after_signing_in(phone):
    mine = phone(assigned())
    mine.open_form(from_my_day=False)
    mine.write()
    sessions_end()
    mine.save_unsent()
    assert mine.page.locator("[data-left='signed out']").is_visible()
    mine.tap("[data-left='signed out'] a")
    mine.page.locator("[data-waiting]:visible").wait_for()
    assert contacts() == []
    mine.sign_in(mine.assignment.supporter.user).page.goto("/my-day/")
    mine.wait_for_state("Skickad")
    assert notes() == [NOTE]


@REST
def test_sixty_five_hours_without_a_network_and_a_session_that_ran_out_make_one_contact(phone, line):
    mine = phone(assigned())
    mine.context.clock.install()
    mine.save_without_network()
    with time_machine.travel(timezone.now() + timedelta(hours=65)):
        mine.page.clock.fast_forward(65 * 3_600_000)
        line.mend()
        mine.page.goto("/")
        assert "/sign-in/" in mine.page.url  # by its own age: nobody has touched the session
        mine.page.locator("[data-waiting]:visible").wait_for()
        mine.sign_in(mine.assignment.supporter.user).page.goto("/my-day/")
        mine.wait_for_state("Skickad")
        mine.page.reload()
        mine.wait_for_state("Skickad")
    assert (len(contacts()), notes()) == (1, [NOTE])
    assert timezone.now() - contacts()[0].occurred_at < timedelta(minutes=5)  # when it was, not when it came


@REST
def test_double_tap_makes_one_contact(phone):
    mine = phone(assigned())
    mine.open_form(from_my_day=False)
    mine.write()
    mine.page.locator(".save-bar .btn-primary").dblclick()
    mine.page.wait_for_url("**/my-day/")
    assert len(contacts()) == 1


@REST
def test_stale_token_is_renewed(phone):
    mine = phone(assigned())
    mine.open_form(from_my_day=False)
    mine.write()
    mine.context.clear_cookies(name="csrf")
    mine.save()
    mine.page.wait_for_url("**/my-day/")
    assert notes() == [NOTE]


def test_two_tabs_send_once(phone, line):
    mine = phone(assigned())
    mine.save_without_network()
    line.mend()
    first, second = mine.page, mine.context.new_page()
    posts = []
    mine.context.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    second.goto("/my-day/", wait_until="commit")
    first.goto("/my-day/", wait_until="commit")
    for tab in (first, second):
        tab.locator("[data-state]", has_text=re.compile("^Skickad")).wait_for()
    assert len(contacts()) == 1
    assert len(posts) == 1


@REST
def test_contact_for_an_assignment_that_ended_meanwhile_is_received_and_shows_nothing(phone, line):
    mine = phone(assigned())
    mine.save_without_network()
    with owner():
        Assignment.objects.filter(pk=mine.assignment.pk).update(
            ended_at=timezone.now(), ended_by=mine.assignment.made_by, end_reason="flyttar"
        )
    line.mend()
    mine.my_day()
    mine.wait_for_state("Skickad")
    assert (notes(), pupils()) == ([NOTE], [mine.assignment.student_id])
    assert mine.page.goto(form_of(mine.assignment)).status == 404
