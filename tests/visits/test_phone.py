"""What a phone without a network needs, and that none of it tells anything about anyone."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from peersupport.demo.factories import AssignmentFactory, MembershipFactory, PeerSupporterFactory
from peersupport.lib.phone import owner_of_drafts
from visits.services import NOBODY

pytestmark = pytest.mark.django_db
SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"


def test_scripts_know_the_addresses_of_the_site():
    text = (SCRIPTS / "phone" / "addresses.js").read_text()
    written = dict(re.findall(r'export const (\w+) = "([^"]+)";', text))
    assert written == {
        "NEW_CONTACT": reverse("visits:contact_create"),
        "OFFLINE_FORM": reverse("visits:contact_offline"),
        "TOKEN": reverse("visits:contact_token"),
        "SIGN_OUT": reverse("account_logout"),
        "SERVICE_WORKER": reverse("visits:service_worker"),
        "NOBODY": str(NOBODY),
    }
    assert f'"{reverse("visits:contact_create")}"' in (SCRIPTS / "service_worker.js").read_text()


def test_service_worker_is_the_same_for_everybody_and_keeps_static_files_and_one_form(client):
    client.force_login(AssignmentFactory().supporter.user)
    own, anyones = (each.get(reverse("visits:service_worker")) for each in (client, Client()))
    assert own.content == anyones.content
    assert own.headers["Content-Type"].startswith("text/javascript")
    about = json.loads(re.search(r"const ABOUT = (.*);\n", own.content.decode()).group(1))
    assert about["form"] == reverse("visits:contact_offline")
    assert all(finders.find(path.removeprefix("/static/")) for path in about["files"])
    assert any(path.endswith("/main.js") for path in about["files"])
    assert own.content.decode().count("/contacts/") == 2  # the form, and the address it stands in for


def test_empty_form_is_the_same_for_two_supporters_and_names_nobody(client, assert_queries):
    mine = AssignmentFactory(case__student__given_name="Alvasofia")
    colleague = PeerSupporterFactory(school=mine.student.school)
    texts = []
    for user in (mine.supporter.user, colleague.user):
        client.force_login(user)
        with assert_queries(2):  # session with user, scope
            texts.append(client.get(reverse("visits:contact_offline")).content.decode())
    assert texts[0] == texts[1]
    for word in (
        "Alvasofia",
        mine.student.alias,
        str(mine.student.public_id),
        mine.supporter.user.given_name,
    ):
        assert word not in texts[0]
    assert "csrf" not in texts[0].lower()


def test_token_is_told_to_those_who_are_signed_in(client):
    assert client.get(reverse("visits:contact_token")).status_code == 302
    client.force_login(AssignmentFactory().supporter.user)
    answer = client.get(reverse("visits:contact_token"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.json()) == {"token", "owner"}
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    sent = strict.post(reverse("visits:contact_create"), headers={"X-CSRFToken": answer.json()["token"]})
    assert sent.status_code == 200


def test_owner_of_drafts_is_another_in_another_role():
    from peersupport.scope import Acting

    membership = MembershipFactory()
    user = membership.user
    owners = []
    for number in (1, 2, 1):
        user.acting = Acting(membership_id=number)
        owners.append(owner_of_drafts(user))
    assert owners[0] == owners[2] != owners[1]
    assert str(user.public_id) not in owners[0]


def test_collected_scripts_import_each_other_by_the_names_that_are_kept(tmp_path, monkeypatch):
    """whitenoise keeps only names with a digest; an import of the plain name would find nothing."""
    from peersupport.lib.static_files import StaticFiles

    storage = StaticFiles(location=tmp_path, base_url="/static/")
    sources = finders.FileSystemFinder() if hasattr(finders, "FileSystemFinder") else finders
    paths = {name: (source, name) for name, source in sources.list([]) if name.startswith("js/phone/")}
    for name, (source, _) in paths.items():
        with source.open(name) as file:
            storage.save(name, file)
    assert not [error for *_, error in storage.post_process(paths) if isinstance(error, Exception)]
    main = (tmp_path / storage.stored_name("js/phone/main.js")).read_text()
    for name in re.findall(r'from "\./([\w.]+)"', main):
        assert (tmp_path / "js" / "phone" / name).exists()
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)
