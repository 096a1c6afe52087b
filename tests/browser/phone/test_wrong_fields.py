"""A field filled in wrong on a phone: the server's words, and all that was typed."""

from django.utils import timezone

from tests.browser.phones import HELP, NOTE, REST, assigned, contacts, notes


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
