"""Every address × method × role × object, from the one table of access_table.py (TRUST T1, T14)."""

import re
import uuid
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from peersupport.demo.factories import PASSWORD
from peersupport.demo.owner import owner
from tests.access_table import (
    ACTORS,
    NOT_SIGNED_IN,
    PAGES,
    PUBLIC,
    SCHOOL_COORDINATOR,
    SIGNED_IN,
    ObjectPage,
    Page,
)
from tests.peersupport.allowed_rows import ALLOWED
from tests.peersupport.conftest import world  # noqa: F401  the fixture
from tests.peersupport.rights import undone
from tests.peersupport.world import family_name, guardian_name, note
from tests.peersupport.world.people_around import around_name
from tests.reauthentication import show_who_it_is

pytestmark = pytest.mark.django_db

MISSING = uuid.UUID(int=47)
SIGN_IN = reverse("account_login")
HTMX = {"HX-Request": "true"}
ASKED = (("GET", False), ("POST", False), ("GET", True), ("POST", True))


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The names of all addresses; one without a name stands for itself."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"
        else:
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


# Django admin's own: a redirect from a record's bare address, and what answers 404 to all other addresses below it.
WITHOUT_NAME = {"admin:<path:object_id>/", "admin:(?P<url>.*)$"}


@pytest.fixture(scope="module")
def cookies(world) -> dict[str, str]:  # noqa: F811
    """actor → the session cookie of a browser signed in, and "actor shown" → of one that has just shown who it is.

    One more user per actor would be a world of its own."""
    signed_in = {}
    with owner():
        for user in world.users.values():
            user.set_password(PASSWORD)  # allauth asks for it again where it matters
            user.save(update_fields=["password"])
    for actor in ACTORS:
        client = Client()
        if actor != "anonymous":
            client.force_login(world.users[actor], settings.AUTHENTICATION_BACKENDS[0])
            signed_in[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
            again = Client()
            again.force_login(world.users[actor], settings.AUTHENTICATION_BACKENDS[0])
            show_who_it_is(again, world.users[actor])
            signed_in[f"{actor} shown"] = again.cookies[settings.SESSION_COOKIE_NAME].value
    return signed_in


@pytest.fixture
def ask(world, cookies):  # noqa: F811
    """`ask(page, "coordinator", "POST", which="foreign", htmx=True)`; nothing of it is kept."""

    def asking(
        page: Page,
        actor: str,
        method: str,
        which: str = "",
        *,
        htmx: bool = False,
        has_shown: bool | None = None,
    ):
        client = Client(raise_request_exception=False)
        has_shown = page.is_sensitive if has_shown is None else has_shown
        if has_shown and f"{actor} shown" in cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = cookies[f"{actor} shown"]
        elif actor in cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = cookies[actor]
        url = address(world, page, which, actor)
        with undone():
            return client.generic(method, url, headers=HTMX if htmx else {}, **FORM)

    return asking


FORM = {"content_type": "application/x-www-form-urlencoded"}


def address(world, page: Page, which: str, actor: str) -> str:  # noqa: F811
    return reverse(page.name, args=arguments(world, page, which, actor)) + page.query


def arguments(world, page: Page, which: str, actor: str) -> list[object]:  # noqa: F811
    if page.name == "account_reset_password_from_key":
        return ["1", "wrong-key"]
    if page.name in {"schools:invitation_open", "visits:calendar_feed"}:
        return ["wrong-token"]
    if page.name == "admin:app_list":
        return ["schools"]
    if not isinstance(page, ObjectPage):
        return []
    first = which if "second" not in which else "own"
    found = [row_id(world, page, page.of, first, actor)]
    if page.second:
        found.append(
            row_id(
                world, page, page.second, which.removesuffix(" second") if "second" in which else "own", actor
            )
        )
    if page.name in BESIDE:
        found.append(BESIDE[page.name](world).public_id)
    return found


# What else stands in the address of a page, where it has no rights of its own.
BESIDE = {
    "students:named_person_remove": lambda here: here.users["lead"],
    "students:sealed_guardian_edit": lambda here: here["students_guardian", "protected"],
    "students:merge": lambda here: here.students["colleague"],
    "visits:contact_move": lambda here: here.students["own"],
}


def row_id(world, page: Page, kind, which: str, actor: str) -> object:  # noqa: F811
    is_admin = page.name.startswith("admin:")
    if which == "missing":
        return 999_999_999 if is_admin else MISSING
    name = getattr(kind, which)
    if which == "foreign" and actor == SCHOOL_COORDINATOR:
        name = kind.elsewhere
    row = world.users[name] if kind.table == "accounts_user" else world[kind.table, name]
    return row.pk if is_admin else row.public_id


TOKEN = re.compile(
    rb"""(csrfmiddlewaretoken"\s+value="|x-csrftoken(?:&quot;|"):\s*(?:&quot;|"))[A-Za-z0-9]{64}""", re.I
)


def masked(response) -> tuple[int, dict[str, str], bytes]:
    """What can be told apart by its reader: status, headers and body, but for the token that differs each time."""
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return response.status_code, headers, TOKEN.sub(rb"\1", response.content)


def why(response) -> str:
    failed = getattr(response, "exc_info", None)
    return f" ({failed[0].__name__}: {failed[1]})" if failed and response.status_code == 500 else ""


# --- The table is whole


def test_every_address_is_in_the_table_and_nothing_else():
    found = set(patterns(get_resolver())) - WITHOUT_NAME
    assert found == {page.name for page in PAGES}


def test_no_address_is_in_the_table_twice():
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))


def test_the_admin_holds_no_case_table():
    names = {model._meta.label for model in admin.site._registry}
    assert names == {
        "accounts.User",
        "schools.LocalCode",
        "schools.Membership",
        "schools.Organisation",
        "schools.School",
        "schools.SchoolContact",
    }


# --- Who gets what


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_role_gets_what_the_table_says(ask, page):
    """And what is not there looks the same to the byte, whether it is another's or nobody's."""
    wrong: dict[str, list[str]] = {}
    for actor in sorted(SIGNED_IN):
        for method, htmx in ASKED:
            hidden = {}
            for which in asked_of(page, actor, htmx=htmx):
                response = ask(page, actor, method, which, htmx=htmx)
                expected = page.expected_by(actor, method, which, htmx=htmx)
                if response.status_code != expected:
                    got = f"{response.status_code}, not {expected}{why(response)}"
                    wrong.setdefault(f"{method}{' htmx' if htmx else ''} {which}: {got}", []).append(actor)
                elif expected == 404:
                    hidden[which] = masked(response)
            if "missing" in hidden and any(page != hidden["missing"] for page in hidden.values()):
                wrong.setdefault(f"{method}: 404 pages differ between {list(hidden)}", []).append(actor)
    assert not wrong, "\n".join([page.name, *(f"{what}: {', '.join(who)}" for what, who in wrong.items())])


def asked_of(page: Page, actor: str, *, htmx: bool) -> tuple[str, ...]:
    """All objects, but for htmx and for those whom Django admin refuses before it looks; `full` asks the rest."""
    return page.objects[:1] if htmx or (page.name.startswith("admin:") and actor != "admin") else page.objects


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_sensitive], ids=lambda page: page.name)
def test_what_is_sensitive_asks_who_it_is(ask, page):
    """Only of those who may, and of their own: nobody else is told that there is something to ask for."""
    for actor in sorted(SIGNED_IN):
        for method in ("GET", "POST"):
            for which in page.objects:
                response = ask(page, actor, method, which, has_shown=False)
                may = actor in page.allowed and which in {"", "own"}
                place = response.headers.get("Location", "")
                assert place.startswith(reverse("account_reauthenticate")) == may, (actor, method, which)
                assert may or response.status_code == page.expected(actor, method, which)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in PUBLIC], ids=lambda page: page.name)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(ask, page):
    for actor in NOT_SIGNED_IN:
        for method, htmx in ASKED:
            response = ask(page, actor, method, page.objects[0], htmx=htmx)
            place = response.headers.get("HX-Redirect" if htmx else "Location", "")
            assert response.status_code == (204 if htmx else 302), (
                actor,
                method,
                response.status_code,
                why(response),
            )
            assert place.startswith(SIGN_IN) and response.content == b"", (actor, method)


@pytest.mark.parametrize("page", PUBLIC, ids=lambda page: page.name)
def test_pages_of_signing_in_are_open(ask, page):
    for actor in NOT_SIGNED_IN:
        for method, htmx in ASKED:
            response = ask(page, actor, method, htmx=htmx)
            expected = page.anonymous[method == "POST"]
            assert response.status_code == expected, (actor, method, response.status_code, why(response))


def test_the_health_checks_are_open_and_tell_nothing(client):
    for path in ("/health/live/", "/health/ready/"):
        assert client.get(path).content == b"ok"


def test_the_mask_hides_the_token_and_nothing_else():
    token = b"a" * 64
    page = b'<input name="csrfmiddlewaretoken" value="%s"> <p>%s</p>' % (token, token)
    assert TOKEN.sub(rb"\1", page) == b'<input name="csrfmiddlewaretoken" value=""> <p>%s</p>' % token


# --- With the first lock wide open


@pytest.fixture
def no_first_lock(monkeypatch):
    """`visible_to` answers "everything", as if every view had forgotten it."""
    for model in apps.get_models():
        queryset = type(model._default_manager.all())
        if hasattr(queryset, "visible_to"):
            monkeypatch.setattr(queryset, "visible_to", lambda self, user: self)


def personal(world) -> dict[str, set[tuple[str, str]]]:  # noqa: F811
    """text → the rows (table, name) in which it stands; nobody else's row holds the same."""
    places: dict[str, set[tuple[str, str]]] = {}
    for name, student in world.students.items():
        places[family_name(name)] = {("students_identity", name), ("students_referral", name)}
        places[f" {student.alias}"] = {("students_student", name)}
    for name, move in world.rows["students_schoolmove"].items():  # who is to receive a pupil sees the alias
        places[f" {move.alias}"].add(("students_schoolmove", name))
    for name in ("new", "staffs_new"):
        places[family_name(name)] = {("students_referral", name)}
    for name in world.rows["students_guardian"]:
        places[guardian_name(name)] = {("students_guardian", name)}
    for name in world.rows["students_personaround"]:
        places[around_name(name)] = {("students_personaround", name)}
    for name in world.rows["visits_contactnote"]:
        places[note(name)] = {("visits_contactnote", name)}
    places[family_name("protected")] = places[guardian_name("protected")] = set()
    return places


def too_much(world, actor: str, text: str) -> list[str]:  # noqa: F811
    """What stands in `text` of rows that the second lock keeps from `actor`."""
    seen = {table: set(rights[actor].select.split()) for table, rights in ALLOWED.items() if actor in rights}
    return [
        words
        for words, rows in personal(world).items()
        if words in text and not any(name in seen.get(table, ()) for table, name in rows)
    ]


def words_of(response) -> str:
    """What is read in an answer, be it a page or a spreadsheet."""
    if response.get("Content-Type", "").endswith("spreadsheetml.sheet"):
        with ZipFile(BytesIO(response.content)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    return response.content.decode()


# What no page shows with one lock, none shows with both; asked again all the same.
LOCKS = [pytest.param(False, id="without visible_to"), pytest.param(True, id="both", marks=pytest.mark.full)]
SEE_PUPILS = ("coordinator", SCHOOL_COORDINATOR, "peer_supporter", "school_staff", "supervisor", "lead")


@pytest.mark.parametrize("locked", LOCKS)
@pytest.mark.parametrize("actor", SEE_PUPILS)
def test_no_page_shows_what_is_not_the_readers(world, ask, request, actor, locked):  # noqa: F811
    if not locked:
        request.getfixturevalue("no_first_lock")
    shown = ""
    for page in PAGES:
        if page in PUBLIC or page.name.startswith(("admin:", "account_", "mfa_")):
            continue
        for which in ("own", "foreign") if isinstance(page, ObjectPage) else ("",):
            text = words_of(ask(page, actor, "GET", which))
            assert too_much(world, actor, text) == [], (page.name, which)
            shown += text
    if actor in {"coordinator", SCHOOL_COORDINATOR, "peer_supporter"}:
        assert family_name("own") in shown and note("own") in shown  # the pages do show what is theirs


@pytest.mark.parametrize("locked", LOCKS)
@pytest.mark.parametrize("actor", ["coordinator", SCHOOL_COORDINATOR, "peer_supporter"])
def test_a_search_finds_only_the_readers_pupils(world, cookies, request, actor, locked):  # noqa: F811
    if not locked:
        request.getfixturevalue("no_first_lock")
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookies[actor]
    found = set()
    for name, student in world.students.items():
        for words in (family_name(name), student.alias):
            with undone():
                text = client.post(reverse("overviews:student_search"), {"words": words}).content.decode()
            links = set(re.findall(r"/students/([0-9a-f-]{36})/", text))
            found |= {one for one, row in world.students.items() if str(row.public_id) in links}
    assert found == set(ALLOWED["students_student"][actor].select.split())


# --- Choices in forms


def choices_on(response) -> Iterator[tuple[str, forms.ModelChoiceField]]:
    """Every field, of every form that the page was rendered with, that offers rows."""
    for context in response.context or []:
        for layer in getattr(context, "dicts", [context]):
            # Django admin wraps its forms.
            for form in (getattr(value, "form", value) for value in layer.values()):
                if isinstance(form, forms.BaseForm):
                    yield from _choices(form)


def _choices(form: forms.BaseForm) -> Iterator[tuple[str, forms.ModelChoiceField]]:
    return ((name, field) for name, field in form.fields.items() if isinstance(field, forms.ModelChoiceField))


@pytest.mark.parametrize("actor", [*SEE_PUPILS, "admin"])
def test_forms_offer_only_what_the_reader_may_see(world, ask, actor):  # noqa: F811
    """By the first lock alone: what a form offers is what it accepts, and users stand behind no second lock."""
    strangers = {world.users[name].pk for name in ("away", "away_coordinator")}
    offered = 0
    for page in PAGES:
        if page in PUBLIC or page.expected(actor, "GET", page.objects[0]) != 200:
            continue
        for name, field in choices_on(ask(page, actor, "GET", page.objects[0])):
            table = field.queryset.model._meta.db_table
            with owner():
                keys = set(field.queryset.values_list("pk", flat=True))
            offered += len(keys)
            if table == "accounts_user":
                assert not keys & strangers, (page.name, name)
            else:
                seen = ALLOWED[table][actor].select.split()
                assert keys <= {world[table, row].pk for row in seen}, (page.name, name)
    assert offered or actor not in {"coordinator", "admin"}


# --- Objects named in a query or a body


def test_a_foreign_pupil_named_in_the_query_is_as_good_as_a_missing_one(world, ask):  # noqa: F811
    for actor, name in (
        ("coordinator", "away"),
        (SCHOOL_COORDINATOR, "south"),
        ("peer_supporter", "colleague"),
        ("peer_supporter", "ended"),
    ):
        for method in ("GET", "POST"):
            pages = [
                masked(
                    ask(
                        Page("visits:contact_create", allowed=set(), query=f"?student={student}"),
                        actor,
                        method,
                    )
                )
                for student in (world.students[name].public_id, MISSING)
            ]
            assert pages[0][0] == pages[1][0]
            if pages[0][0] == 404:
                assert pages[0] == pages[1]
            assert str(world.students[name].public_id).encode() not in pages[0][2] or method == "POST"


@pytest.mark.full  # five methods more for each cell of the table
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_other_methods_open_nothing_more(ask, page):
    for actor in ACTORS:
        for method in ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
            for which in page.objects:
                status = ask(page, actor, method, which).status_code
                if actor in NOT_SIGNED_IN and page not in PUBLIC:
                    assert status == 302, (actor, method, which, status)
                elif method == "HEAD" and page.name == "visits:service_worker":
                    assert status == 200, (actor, method, which, status)  # the same for everybody
                elif method == "HEAD" and actor in SIGNED_IN:
                    assert status == page.expected(actor, "GET", which), (actor, method, which, status)
                elif not page.name.startswith(("admin:", "account_", "mfa_")):
                    assert status in {403, 404, 405}, (actor, method, which, status)
                assert status < 500, (actor, method, which, status)


@pytest.mark.full  # what is asked plainly of each object is asked again as htmx does
@pytest.mark.parametrize(
    "page", [page for page in PAGES if isinstance(page, ObjectPage)], ids=lambda page: page.name
)
def test_htmx_opens_no_object_that_a_plain_request_does_not(ask, page):
    for actor in sorted(SIGNED_IN):
        for method in ("GET", "POST"):
            for which in page.objects:
                status = ask(page, actor, method, which, htmx=True).status_code
                assert status == page.expected_by(actor, method, which, htmx=True), (actor, method, which)
