"""The pages between the pages: what a form answers, and what is opened for a moment."""

import pytest
from django.db.models import F
from django.urls import reverse

from peersupport.demo.owner import owner
from students.models import Student
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes
from tests.browser.waiting import settled
from tests.peersupport.world import World
from visits.models import Contact


def forget_what_to_do(page, world):
    """Whoever works by keyboard goes on from what is wrong."""
    page.goto(reverse("visits:task_create"))
    send(page)


def open_an_address(page, world):
    page.goto(reverse("students:whereabouts", args=[world.students["own"].public_id]))
    page.locator("input[name=reason]").first.check()
    send(page)


def open_a_name(page, world):
    page.goto(reverse("students:identity_open", args=[world.students["protected"].public_id]))
    page.locator("input[name=reason]").first.check()
    send(page)


def protect(page, world):
    page.goto(reverse("students:protection_edit", args=[world.students["own"].public_id]))
    page.locator("input[name=level]").nth(1).check()
    send(page)


def forget_everything(page, world):
    page.goto(reverse("students:referral_create"))
    send(page)


def be_overtaken(page, world):
    page.goto(reverse("students:student_edit", args=[world.students["own"].public_id]))
    with owner():
        Student.objects.filter(pk=world.students["own"].pk).update(
            version=F("version") + 1, works_well="Annat."
        )
    page.fill("textarea[name=works_well]", "Ritar gärna.")
    send(page)


def log_wrongly(page, world):
    page.goto(f"{reverse('visits:contact_create')}?student={world.students['own'].public_id}")
    send(page)


def be_overtaken_on_the_phone(page, world):
    contact = world["visits_contact", "own"]
    page.goto(reverse("visits:contact_edit", args=[contact.public_id]))
    with owner():
        Contact.objects.filter(pk=contact.pk).update(version=F("version") + 1, place="biblioteket")
    page.locator("details:not([open]):has(input[name=place]) > summary").click()
    page.fill("input[name=place]", "hemma")
    send(page)


# Who takes which steps, and what tells that the page after it was reached.
STEPS = {
    "coordinator": {
        open_an_address: "main:not(:has(input[name=reason]))",
        protect: "input[type=hidden][name=level]",
        forget_everything: ".form-errors",
        forget_what_to_do: ".form-errors:focus",
        be_overtaken: ".versions",
    },
    "peer_supporter": {
        open_a_name: "main:not(:has(input[name=reason]))",
        log_wrongly: ".form-errors",
        be_overtaken_on_the_phone: ".versions",
    },
}


def send(page) -> None:
    page.locator(".save-bar .btn-primary, form .btn-primary").first.click()
    settled(page)


@pytest.mark.parametrize("actor", STEPS)
def test_every_step_is_for_everyone(transactional_db, visitor, actor):
    world = World()
    someone = visitor(width=390).sign_in(world.users[actor])
    faults = []
    for step, reached in STEPS[actor].items():
        before = len(faults)
        step(someone.page, world)
        assert someone.page.locator(reached).count(), step.__name__
        faults += violations_in_both_schemes(someone.page)
        someone.page.set_viewport_size({"width": 320, "height": 700})
        if scrolls_sideways(someone.page):
            faults.append(f"{someone.page.url} scrolls sideways at 320 px")
        someone.page.set_viewport_size({"width": 390, "height": 844})
        faults[before:] = [f"{step.__name__}: {fault}" for fault in faults[before:]]
    assert not faults, "\n".join(faults)
