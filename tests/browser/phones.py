"""A supporter's phone on a line that can be cut, and what lies in its storage."""

import json
import re

import pytest
from django.urls import reverse

from accounts.models import Session
from peersupport.demo.factories import AssignmentFactory
from peersupport.demo.owner import owner
from tests.browser.conftest import Visitor
from tests.browser.lines import Line
from tests.browser.storage import kept_by
from visits.models import Contact, ContactNote, Participation

NOTE = "Kanariefågeltext om schack"
NAMES = ("Rödhakeslinga", "Övningsbylund")
NOT_SENT = "Sparad i telefonen, inte skickad än"
HELP = "Behöver din hjälp"

# Some are run each time. The others take a minute together: each waits for a network to come back.
REST = pytest.mark.full

DUMP = """async () => {
  const text = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder("latin1").decode(value) : value instanceof CryptoKey ? `key, extractable: ${value.extractable}` : value;
  const databases = {};
  for (const {name} of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open(name); request.onsuccess = () => resolve(request.result); });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result); });
      databases[`${name}/${store}`] = rows.map((row) => JSON.parse(JSON.stringify(row, (_, value) => text(value))));
    }
    database.close();
  }
  const kept = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept[new URL(request.url).pathname] = await (await cache.match(request)).text();
    }
  }
  return {databases, kept, cookie: document.cookie,
          workers: (await navigator.serviceWorker.getRegistrations()).length};
}"""


class Phone(Visitor):
    """Signed in as the supporter of `assignment`; `line` is its network."""

    def __init__(self, browser, line: Line, assignment=None, **options) -> None:
        options = {"viewport": {"width": 390, "height": 844}, "has_touch": True} | options
        super().__init__(browser, line.url, **options)
        self.line, self.assignment, self.taps = line, assignment, 0
        if assignment is not None:
            self.sign_in(assignment.supporter.user)

    def my_day(self):
        """Min dag, and the worker has all it needs."""
        self.page.goto("/my-day/")
        self.page.evaluate("() => navigator.serviceWorker.ready")
        self.page.wait_for_function(
            "async () => navigator.serviceWorker.controller && await caches.match('/contacts/offline/')"
        )
        return self.page

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.click()

    def write(self, *, note: str = NOTE, outcome: str = "met") -> None:
        """A home visit of an hour, up to the button."""
        self.tap("input[name=kind][value=home_visit]")
        self.tap(f"input[name$=outcome][value={outcome}]")
        self.tap("input[name=length][value='60']")
        self.page.locator("textarea[name$=note]").fill(note)

    def open_form(self, *, from_my_day: bool = True) -> None:
        if from_my_day:
            self.tap("main .rows a[href*='/contacts/new/']")
        else:
            self.page.goto(form_of(self.assignment))
        self.page.locator("form[data-draft-form][data-ready]").wait_for()

    def save(self) -> None:
        self.tap(".save-bar .btn-primary")

    def save_unsent(self) -> None:
        self.save()
        self.page.locator("[data-left]:visible").wait_for()

    def save_without_network(self) -> None:
        """From Min dag, where the line is cut; it stays so."""
        self.my_day()
        self.line.cut()
        self.open_form()
        self.write()
        self.save_unsent()

    def states(self) -> list[str]:
        self.page.locator("[data-drafts] [data-list] li").first.wait_for()
        return self.page.locator("[data-drafts] [data-state]").all_inner_texts()

    def wait_for_state(self, words: str) -> None:
        self.page.locator("[data-state]", has_text=re.compile(f"^{words}")).first.wait_for()

    def wait_for_drafts(self, count: int) -> None:
        """Until so many lie in the phone's own database."""
        for _ in range(300):
            if len(self.dump()["databases"].get("peersupport/drafts", [])) == count:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(
            f"{self.dump()['databases'].get('peersupport/drafts')} in the phone, not {count}"
        )

    def dump(self) -> dict:
        return self.page.evaluate(DUMP) | kept_by(self.page)


def sessions_end() -> None:
    with owner():
        Session.objects.all().delete()


def form_of(assignment) -> str:
    return f"{reverse('visits:contact_create')}?student={assignment.student.public_id}"


def assigned(**options):
    """A supporter with one pupil, whose name is looked for where it must not be."""
    return AssignmentFactory(
        case__student__given_name=NAMES[0], case__student__family_name=NAMES[1], **options
    )


def contacts() -> list[Contact]:
    with owner():
        return list(Contact.objects.order_by("pk"))


def notes() -> list[str]:
    with owner():
        return list(ContactNote.objects.order_by("pk").values_list("text", flat=True))


def pupils() -> list[int]:
    with owner():
        return list(Participation.objects.order_by("pk").values_list("student_id", flat=True))


def tells(dump: dict) -> list[str]:
    """The canaries that can be read in it."""
    text = json.dumps(dump, ensure_ascii=False)
    return [canary for canary in (NOTE, *NAMES, "schack") if canary in text]
