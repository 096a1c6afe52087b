"""The language a person reads: the one chosen, else the browser's, else Swedish; and what is written to them in it."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from accounts.languages import language_of
from accounts.models import User
from peersupport.demo.factories import PASSWORD, AdminFactory, CoordinatorFactory
from peersupport.demo.owner import owner

pytestmark = pytest.mark.django_db

CHOOSE = reverse("accounts:choose_language")
PROFILE = reverse("accounts:profile")
SIGN_IN = reverse("account_login")
HEADING = {"sv": "Logga in", "en": "Sign in", "da": "Log ind"}
OVERVIEW = {"sv": "Översikt", "en": "Overview", "da": "Overblik"}


def language_in(page) -> str:
    """What the page says it is in, to a browser and to a screen reader alike."""
    found = re.search(rb"""<html lang="([^"]*)""", page.content)
    assert found, (page.status_code, page.content[:300])
    told = found[1].decode()
    assert page.headers["Content-Language"] == told
    assert {"Accept-Language", "Cookie"} <= set(page.headers["Vary"].split(", "))
    return told


def chosen_by(user) -> str:
    with owner():
        return User.objects.get(pk=user.pk).language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "sv"),
        ("en-GB,en;q=0.9", "en"),
        ("da", "da"),
        ("nb, da;q=0.5", "da"),
        ("de", "sv"),
        ("sv-FI", "sv"),
    ],
)
def test_before_signing_in_it_is_the_browsers_else_swedish(client, accepted, language):
    page = client.get(SIGN_IN, headers={"Accept-Language": accepted})

    assert language_in(page) == language
    assert f"<h1>{HEADING[language]}</h1>" in page.text


def test_sign_in_page_names_each_language_in_itself_and_marks_the_one_read(client):
    page = client.get(SIGN_IN, headers={"Accept-Language": "da"}).text

    buttons = re.findall(
        r'<button [^>]*name="language" value="(\w+)" lang="(\w+)"([^>]*)>(\w+)</button>', page
    )
    assert [(code, lang, name) for code, lang, _rest, name in buttons] == [
        ("sv", "sv", "Svenska"),
        ("en", "en", "English"),
        ("da", "da", "Dansk"),
    ]
    assert [code for code, _lang, rest, _name in buttons if "aria-current" in rest] == ["da"]


def test_choice_on_the_sign_in_page_holds_in_this_browser_and_keeps_where_one_was_going(client):
    asked = f"{SIGN_IN}?next=/students/"

    answer = client.post(CHOOSE, {"language": "en", "next": asked})

    assert answer.url == asked
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert language_in(client.get(asked, headers={"Accept-Language": "sv"})) == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_choice_leads_to_no_other_site(client, elsewhere):
    assert client.post(CHOOSE, {"language": "da", "next": elsewhere}).url == SIGN_IN


@pytest.mark.parametrize("language", ["", "de", "SV", "../sv", "sv\n"])
def test_choice_of_a_language_that_is_not_there_is_refused(client, language):
    user = CoordinatorFactory()
    for _signed_in in (False, True):
        answer = client.post(CHOOSE, {"language": language})
        assert answer.status_code == 404
        assert settings.LANGUAGE_COOKIE_NAME not in client.cookies
        client.force_login(user)
    assert chosen_by(user) == ""


def test_choice_on_the_account_page_is_the_persons_own_in_every_browser(client, client_factory):
    user = CoordinatorFactory()
    client.force_login(user)

    page = client.post(CHOOSE, {"language": "da"}, follow=True)

    assert page.redirect_chain == [(PROFILE, 302)]
    assert language_in(page) == "da"
    assert "Fra nu af er alt på dansk." in page.text
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies  # the next one at this screen reads their own
    other = client_factory(headers={"Accept-Language": "en"})
    other.force_login(user)
    assert language_in(other.get(reverse("overviews:overview"))) == "da"


@pytest.fixture
def client_factory():
    from django.test import Client

    return Client


@pytest.mark.parametrize("language", ["sv", "en", "da"])
def test_ones_own_choice_wins_over_the_browser_on_every_kind_of_page(client, language):
    client.force_login(AdminFactory(language=language, password=make_password(PASSWORD)))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en" if language == "sv" else "sv"

    pages = {
        "ours": client.get(reverse("overviews:administration"), headers={"Accept-Language": "de"}),
        "refused": client.get(reverse("overviews:overview")),
        "missing": client.get("/nowhere/"),
        "allauth's": client.get(reverse("account_change_password")),
        "Django admin's": client.get(reverse("admin:schools_school_changelist")),
    }

    assert {kind: language_in(page) for kind, page in pages.items()} == dict.fromkeys(pages, language)


def test_no_choice_reads_what_the_browser_asks_for(client):
    client.force_login(CoordinatorFactory())

    for language, word in OVERVIEW.items():
        page = client.get(reverse("overviews:overview"), headers={"Accept-Language": language})
        assert language_in(page) == language
        assert word in page.text


@pytest.mark.parametrize("language", ["", "da"])
def test_language_costs_no_query(client, assert_queries, language):
    client.force_login(CoordinatorFactory(language=language))

    with assert_queries(2):  # session with user, scope
        client.get(reverse("overviews:more"))


def sign_in(client, user):
    return client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})


def test_choice_on_the_sign_in_page_becomes_ones_own_when_one_has_none(client):
    user = CoordinatorFactory(password=make_password(PASSWORD))
    client.post(CHOOSE, {"language": "en"})

    assert sign_in(client, user).status_code == 302

    assert chosen_by(user) == "en"


def test_choice_on_the_sign_in_page_never_changes_ones_own(client):
    user = CoordinatorFactory(language="da", password=make_password(PASSWORD))
    client.post(CHOOSE, {"language": "en"})

    sign_in(client, user)

    assert chosen_by(user) == "da"
    assert language_in(client.get(reverse("overviews:overview"))) == "da"


def test_mail_is_in_the_readers_language_and_the_page_in_the_browsers(client):
    user = CoordinatorFactory(language="da")

    page = client.post(
        reverse("account_reset_password"),
        {"email": user.email},
        headers={"Accept-Language": "en"},
        follow=True,
    )

    assert language_in(page) == "en"
    [sent] = mail.outbox
    assert sent.subject == "Vælg en ny adgangskode"
    assert "din konto" in sent.body


def test_mail_to_someone_who_has_not_chosen_is_in_the_language_of_the_page(client):
    user = CoordinatorFactory()

    client.post(reverse("account_reset_password"), {"email": user.email}, headers={"Accept-Language": "en"})

    assert mail.outbox[0].subject == "Choose a new password"


@pytest.mark.parametrize(("chosen", "language"), [("", "sv"), ("en", "en"), ("da", "da"), ("de", "sv")])
def test_language_of_is_swedish_unless_chosen(chosen, language):
    assert language_of(User(language=chosen)) == language


def test_every_language_of_the_settings_can_be_kept_and_no_other():
    user = CoordinatorFactory()
    with owner():
        for code, _name in settings.LANGUAGES:
            User.objects.filter(pk=user.pk).update(language=code)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(language="de")


def test_each_request_begins_in_its_own_language(client):
    """A thread is used again: what the one before has read is not what the next one reads."""
    client.get(SIGN_IN, headers={"Accept-Language": "da"})

    assert language_in(client.get(SIGN_IN)) == "sv"
    translation.activate(settings.LANGUAGE_CODE)
