"""Signing out asks about what is not sent, and leaves nothing in the phone."""

from django.conf import settings

from tests.browser.phones import NOTE, REST, assigned, contacts, notes


def test_signing_out_asks_first_and_leaves_nothing(phone, line):
    mine = phone(assigned())
    mine.save_without_network()
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
    assert (dump["local"], dump["session"]) == ({}, {})
    assert contacts() == []
    assert settings.SESSION_COOKIE_NAME not in {cookie["name"] for cookie in mine.context.cookies()}
    for _ in range(10):
        mine.page.go_back()
        if mine.page.url == "about:blank":
            break
        assert "/sign-in/" in mine.page.url
        mine.page.goto("/sign-in/")


@REST
def test_signing_out_can_send_first(phone, line):
    mine = phone(assigned())
    mine.save_without_network()
    line.is_cut = False
    mine.page.route("**/contacts/token/", lambda route: route.abort())
    mine.page.goto("/sign-out/")
    mine.page.locator("[data-unsent]:visible").wait_for()
    mine.page.unroute_all()
    mine.page.locator("[data-unsent] button").click()
    mine.page.locator("[data-unsent]").wait_for(state="hidden")
    assert notes() == [NOTE]
