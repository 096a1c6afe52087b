"""Nothing lost, nothing doubled: contacts written on a phone whose network comes and goes (TRUST T20, T23)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from peersupport.demo.factories import AssignmentFactory
from peersupport.demo.owner import owner
from students.models import Assignment
from tests.browser.lines import Line
from tests.browser.phones import (
    HELP,
    NOT_SENT,
    NOTE,
    Phone,
    assigned,
    contacts,
    form_of,
    notes,
    pupils,
    tells,
)

# The path of the page, by which htmx knows its way back: no name in it, and the next page's takes its place.
OF_HTMX = "htmx-current-path-for-history"


# Six are run each time. The others take a minute together: each waits for a network to come back.
REST = pytest.mark.full


@pytest.fixture
def line(transactional_db, live_server):
    line = Line(live_server.url)
    yield line
    line.close()


@pytest.fixture
def phone(browser, line):
    """A phone that fails the test when a page breaks the content policy."""
    phones = []

    def take(assignment=None, **options) -> Phone:
        phones.append(Phone(browser, line, assignment, **options))
        return phones[-1]

    yield take
    for each in phones:
        each.context.close()
    assert not [complaint for each in phones for complaint in each.complaints]


def sessions_end() -> None:
    with owner():
        Session.objects.all().delete()


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
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.save_unsent()
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


def test_wrong_field_online_shows_the_servers_words_and_all_that_was_typed(phone):
    mine = phone(assigned())
    mine.open_form(from_my_day=False)
    mine.write()
    mine.page.locator("[name=on]").fill("2031-01-01")
    mine.save()
    mine.page.locator("#form-errors").wait_for()
    assert mine.page.locator("textarea[name$=note]").input_value() == NOTE
    mine.page.locator("[name=on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    mine.save()
    mine.page.wait_for_url("**/my-day/")
    assert notes() == [NOTE]
    assert [state[:7] for state in mine.states()] == ["Skickad"]


@REST
def test_wrong_field_without_a_network_asks_for_help_and_opens_with_the_servers_words(phone, line):
    mine = phone(assigned())
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.page.locator("[name=on]").fill("2031-01-01")
    mine.save_unsent()
    line.mend()
    mine.my_day()
    mine.wait_for_state(HELP)
    mine.tap("[data-open]")
    mine.page.locator("#form-errors").wait_for()
    assert mine.page.locator("textarea[name$=note]").input_value() == NOTE
    assert mine.page.locator("input[name=kind][value=home_visit]").is_checked()
    assert contacts() == []
    mine.page.locator("[name=on]").fill(f"{timezone.localdate():%Y-%m-%d}")
    mine.save()
    mine.page.wait_for_url("**/my-day/")
    assert notes() == [NOTE]


def test_two_tabs_send_once(phone, line):
    mine = phone(assigned())
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.save_unsent()
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
def test_half_written_is_there_again_for_a_day(phone):
    mine = phone(assigned())
    mine.context.clock.install()
    mine.open_form(from_my_day=False)
    mine.write()
    mine.page.wait_for_timeout(600)  # longer than the pause after which it is kept
    mine.page.goto("/my-day/")
    mine.wait_for_state("Påbörjad")
    assert tells(mine.dump()) == []
    mine.tap("[data-open]")
    mine.page.wait_for_function("() => document.querySelector('textarea')?.value")
    assert mine.page.locator("textarea[name$=note]").input_value() == NOTE
    assert mine.page.locator("input[name$=outcome][value=met]").is_checked()
    mine.page.clock.fast_forward("24:01:00")
    mine.page.goto("/my-day/")
    mine.page.wait_for_timeout(300)
    assert mine.dump()["databases"]["peersupport/drafts"] == []


@REST
def test_saved_and_unsent_is_kept_seven_days(phone, line):
    mine = phone(assigned())
    mine.context.clock.install()
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.save_unsent()
    mine.page.clock.fast_forward(6 * 86_400_000)
    mine.page.reload()
    assert mine.states() == [NOT_SENT]
    assert mine.page.locator("[data-state].word-attention").count() == 1  # reminds
    assert "till" in mine.page.locator("small[data-until]").inner_text()
    mine.page.clock.fast_forward(86_400_000)
    mine.page.reload()
    mine.page.wait_for_timeout(300)
    assert mine.dump()["databases"]["peersupport/drafts"] == []


def test_nothing_in_the_phone_can_be_read(phone, line):
    mine = phone(assigned())
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.save_unsent()
    dump = mine.dump()
    assert tells(dump) == []
    assert str(dump["databases"]["peersupport/keys"]).count("extractable: false") == 1
    assert not dump["local"]
    assert set(dump["session"]) <= {OF_HTMX}
    pages = {path for path in dump["kept"] if not path.startswith("/static/")}
    assert pages == {"/contacts/offline/", "/concern/offline/"}
    user = mine.assignment.supporter.user
    assert user.given_name not in dump["kept"]["/contacts/offline/"]
    assert user.family_name not in dump["kept"]["/contacts/offline/"]


@REST
def test_another_user_on_the_same_phone_neither_sees_nor_sends(phone, line):
    mine, others = phone(assigned()), AssignmentFactory()
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.save_unsent()
    sessions_end()
    line.mend()
    mine.sign_in(others.supporter.user)
    mine.my_day()
    mine.page.wait_for_timeout(500)
    assert mine.page.locator("[data-drafts]").is_hidden()
    assert contacts() == []
    mine.sign_in(mine.assignment.supporter.user)
    mine.my_day()
    mine.wait_for_state("Skickad")
    assert contacts()[0].author_id == mine.assignment.supporter.user_id


def test_signing_out_asks_first_and_leaves_nothing(phone, line):
    mine = phone(assigned())
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.save_unsent()
    line.is_cut = False
    mine.page.route("**/contacts/token/", lambda route: route.abort())  # it cannot be sent just now
    mine.page.goto("/account/")
    mine.page.locator("details.account summary").first.click()
    mine.page.locator("form[action='/sign-out/'] button").first.click()
    mine.page.wait_for_url("**/sign-out/")
    mine.page.locator("[data-unsent]:visible").wait_for()
    assert mine.page.locator("[data-count]").inner_text() == "1"
    assert not mine.page.locator("[data-others]").is_visible()
    mine.page.locator("main form[action='/sign-out/'] button").click()
    mine.page.wait_for_url("**/sign-in/")
    mine.page.unroute_all()
    dump = mine.dump()
    assert dump["databases"] == {} or dump["databases"]["peersupport/drafts"] == []
    assert not dump["databases"].get("peersupport/keys")
    assert (dump["kept"], dump["workers"]) == ({}, 0)
    assert (dump["local"], dump["session"]) == ({}, {OF_HTMX: "/sign-in/"})
    assert contacts() == []
    names = {cookie["name"] for cookie in mine.context.cookies()}
    assert "sid" not in names
    for _ in range(10):
        mine.page.go_back()
        if mine.page.url == "about:blank":
            break
        assert "/sign-in/" in mine.page.url
        mine.page.goto("/sign-in/")


@REST
def test_signing_out_can_send_first(phone, line):
    mine = phone(assigned())
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.save_unsent()
    line.is_cut = False
    mine.page.route("**/contacts/token/", lambda route: route.abort())
    mine.page.goto("/sign-out/")
    mine.page.locator("[data-unsent]:visible").wait_for()
    mine.page.unroute_all()
    mine.page.locator("[data-unsent] button").click()
    mine.page.locator("[data-unsent]").wait_for(state="hidden")
    assert notes() == [NOTE]


@REST
def test_contact_for_an_assignment_that_ended_meanwhile_is_received_and_shows_nothing(phone, line):
    mine = phone(assigned())
    mine.my_day()
    line.cut()
    mine.open_form()
    mine.write()
    mine.save_unsent()
    with owner():
        Assignment.objects.filter(pk=mine.assignment.pk).update(
            ended_at=timezone.now(), ended_by=mine.assignment.made_by, end_reason="flyttar"
        )
    line.mend()
    mine.my_day()
    mine.wait_for_state("Skickad")
    assert (notes(), pupils()) == ([NOTE], [mine.assignment.student_id])
    assert mine.page.goto(form_of(mine.assignment)).status == 404
