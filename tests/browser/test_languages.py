"""Each language's start page, for each role, as it is met in a browser; and the way from one language to another."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page, expect

from accounts.models import User
from peersupport.demo.factories import PASSWORD, CoordinatorFactory
from peersupport.demo.owner import owner
from tests.access_table import MEMBERS, NO_MEMBERSHIP
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes
from tests.peersupport.world import World

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# role → the heading of the page it starts on
STARTS = {
    "sv": {
        "coordinator": "Översikt",
        "school_coordinator": "Översikt",
        "peer_supporter": "Min dag",
        "supervisor": "Mina peer supportrar",
        "school_staff": "Min skola",
        "lead": "Verksamheten",
        "admin": "Administration",
        "reviewer": "Åtkomstlogg",
        NO_MEMBERSHIP: "Du har ingen roll just nu",
    },
    "en": {
        "coordinator": "Overview",
        "school_coordinator": "Overview",
        "peer_supporter": "My day",
        "supervisor": "My peer supporters",
        "school_staff": "My school",
        "lead": "The programme",
        "admin": "Administration",
        "reviewer": "Access log",
        NO_MEMBERSHIP: "You have no role right now",
    },
    "da": {
        "coordinator": "Overblik",
        "school_coordinator": "Overblik",
        "peer_supporter": "Min dag",
        "supervisor": "Mine peer-medarbejdere",
        "school_staff": "Min skole",
        "lead": "Programmet",
        "admin": "Administration",
        "reviewer": "Adgangslog",
        NO_MEMBERSHIP: "Du har ingen rolle lige nu",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_page_of_each_role(transactional_db, visitor, language):
    """In the language of the user, whatever the browser asks for; at 320 px nothing sticks out."""
    assert set(STARTS[language]) == MEMBERS | {NO_MEMBERSHIP}
    world = World()
    with owner():
        User.objects.update(language=language)
    faults = []
    someone = visitor(
        locale="de-DE"
    )  # one browser for all: to start another takes as long as the page and axe
    for role, heading in STARTS[language].items():
        someone.page.set_viewport_size({"width": 1280, "height": 900})
        screen = someone.sign_in(world.users[role]).open("/")
        expect(screen.locator("html")).to_have_attribute("lang", language)
        expect(screen.locator("h1")).to_have_text(heading)
        faults += [f"{role}: {line}" for line in violations_in_both_schemes(screen)]
        screen.set_viewport_size({"width": 320, "height": 700})
        if scrolls_sideways(screen):
            faults.append(f"{role}: scrolls sideways at 320 px")
    assert not faults, "\n".join(faults)


def press(screen: Page, name: str) -> None:
    """Walk to the button by keyboard, as it stands on the page, and press it."""
    button = screen.get_by_role("button", name=name, exact=True)
    for _step in range(60):
        screen.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    screen.keyboard.press("Enter")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_language_is_chosen_by_keyboard_before_and_after_signing_in(transactional_db, visitor, has_script):
    user = CoordinatorFactory(password=make_password(PASSWORD))
    screen = visitor(java_script_enabled=has_script).open("/students/")

    press(screen, "Dansk")
    expect(screen).to_have_title("Log ind – Peer Support")
    screen.get_by_label("E-mailadresse").or_(screen.get_by_label("E-mail")).first.fill(user.email)
    screen.get_by_label("Adgangskode").fill(PASSWORD)
    screen.get_by_role("button", name="Log ind").click()
    expect(screen.locator("h1")).to_have_text("Elever")  # where one was going
    expect(screen.locator("html")).to_have_attribute("lang", "da")

    screen.goto("/account/")
    expect(screen.get_by_role("button", name="Dansk")).to_have_attribute("aria-current", "true")
    press(screen, "English")
    expect(screen.locator("h1")).to_have_text("My account")
    expect(screen.get_by_text("From now on everything is in English.")).to_be_visible()
    with owner():
        assert User.objects.get(pk=user.pk).language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sign_in_page_in_each_language(transactional_db, visitor, language):
    someone = visitor(locale=language)
    screen = someone.open("/sign-in/")

    expect(screen.locator("html")).to_have_attribute("lang", language)
    expect(screen.locator("button[aria-current]")).to_have_attribute("value", language)
    assert violations_in_both_schemes(screen) == []
    screen.set_viewport_size({"width": 320, "height": 700})
    assert not scrolls_sideways(screen)
