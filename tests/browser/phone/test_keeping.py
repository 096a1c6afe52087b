"""What lies in the phone: for how long, readable by nobody, and no other user's (TRUST T20)."""

from peersupport.demo.factories import AssignmentFactory
from tests.browser.phones import NOT_SENT, NOTE, REST, assigned, contacts, sessions_end, tells


@REST
def test_half_written_is_there_again_for_a_day(phone):
    mine = phone(assigned())
    mine.context.clock.install()
    mine.open_form(from_my_day=False)
    mine.write()
    mine.wait_for_drafts(1)
    mine.page.goto("/my-day/")
    mine.wait_for_state("Påbörjad")
    assert tells(mine.dump()) == []
    mine.tap("[data-open]")
    mine.page.wait_for_function("() => document.querySelector('textarea')?.value")
    assert mine.page.locator("textarea[name$=note]").input_value() == NOTE
    assert mine.page.locator("input[name$=outcome][value=met]").is_checked()
    mine.page.clock.fast_forward("24:01:00")
    mine.page.goto("/my-day/")
    mine.wait_for_drafts(0)


@REST
def test_saved_and_unsent_is_kept_seven_days(phone):
    mine = phone(assigned())
    mine.context.clock.install()
    mine.save_without_network()
    mine.page.clock.fast_forward(6 * 86_400_000)
    mine.page.reload()
    assert mine.states() == [NOT_SENT]
    assert mine.page.locator("[data-state].word-attention").count() == 1  # reminds
    assert "till" in mine.page.locator("small[data-until]").inner_text()
    mine.page.clock.fast_forward(86_400_000)
    mine.page.reload()
    mine.wait_for_drafts(0)


def test_nothing_in_the_phone_can_be_read(phone):
    mine = phone(
        assigned(supporter__user__given_name="Domherrehild", supporter__user__family_name="Provgrönsisk")
    )
    mine.save_without_network()
    dump = mine.dump()
    assert tells(dump) == []
    assert str(dump["databases"]["peersupport/keys"]).count("extractable: false") == 1
    assert (dump["local"], dump["session"]) == ({}, {})
    pages = {path for path in dump["kept"] if not path.startswith("/static/")}
    assert pages == {"/contacts/offline/", "/concern/offline/"}
    for name in ("Domherrehild", "Provgrönsisk"):
        assert name not in dump["kept"]["/contacts/offline/"]


@REST
def test_another_user_on_the_same_phone_neither_sees_nor_sends(phone, line):
    mine, others = phone(assigned()), AssignmentFactory()
    mine.save_without_network()
    sessions_end()
    line.mend()
    mine.sign_in(others.supporter.user)
    mine.my_day()
    mine.page.wait_for_load_state("networkidle")
    assert mine.page.locator("[data-drafts]").is_hidden()
    assert contacts() == []
    mine.sign_in(mine.assignment.supporter.user)
    mine.my_day()
    mine.wait_for_state("Skickad")
    assert contacts()[0].author_id == mine.assignment.supporter.user_id
