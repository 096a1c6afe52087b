"""What pages show and forms offer is what their reader may see, with either lock wide open (TRUST T1)."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import reverse

from peersupport.demo.owner import owner
from tests.access.asking import MISSING, masked
from tests.access_table import PAGES, PUBLIC, SCHOOL_COORDINATOR, ObjectPage, Page
from tests.peersupport.allowed_rows import ALLOWED
from tests.peersupport.rights import undone
from tests.peersupport.world.names import family_name, guardian_name, note
from tests.peersupport.world.people_around import around_name

pytestmark = pytest.mark.django_db


def personal(world) -> dict[str, set[tuple[str, str]]]:
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


def too_much(world, actor: str, text: str) -> list[str]:
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
def test_no_page_shows_what_is_not_the_readers(world, ask, request, actor, locked):
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
def test_a_search_finds_only_the_readers_pupils(world, cookies, request, actor, locked):
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
def test_forms_offer_only_what_the_reader_may_see(world, ask, actor):
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


def test_a_foreign_pupil_named_in_the_query_is_as_good_as_a_missing_one(world, ask):
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
