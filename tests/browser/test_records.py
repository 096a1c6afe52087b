"""The record's own life, as its people do it: two pupils made one and two again, a contact on the wrong pupil."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    CoordinatorFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from students.models import StudentMerge
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes
from tests.browser.test_main_job import SCREENS


class Screen:
    """A visitor's screen, looked at on every page."""

    def __init__(self, visitor, *, checks: bool) -> None:
        self.page, self.checks = visitor.page, checks
        self.faults: list[str] = []

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.look()

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        if self.checks:
            self.faults += violations_in_both_schemes(self.page)
        assert not scrolls_sideways(self.page), self.page.url

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()


def pupil(school=None, given="Anna", family="Exempelsson", **more):
    student = StudentFactory(given_name=given, family_name=family, **({"school": school} if school else {}))
    return AssignmentFactory(case=CaseFactory(student=student), **more)


@pytest.mark.parametrize("size", SCREENS)
def test_merge_and_undo(transactional_db, visitor, size):
    first = pupil()
    second = pupil(first.school, "Ana", "Exempelson")
    for assignment, note in ((first, "Vi spelade schack."), (second, "Vi bakade bullar.")):
        ContactFactory(assignment=assignment, note=note)
    coordinator = CoordinatorFactory(organisation=first.school.organisation)
    desk = Screen(visitor(**size).sign_in(coordinator), checks=size.get("java_script_enabled", True))

    desk.open(reverse("overviews:student_detail", args=[first.student.public_id]))
    desk.tap(".more-acts > summary")
    desk.tap("main a[href$='/merge/']")
    assert "Ana Exempelson" in desk.words  # found by likeness, nobody has searched
    desk.page.fill("[name=words]", "exempelson")
    desk.tap("form button:has-text('Sök')")
    desk.tap(f"main a[href$='{second.student.public_id}/']")
    desk.page.check("input[name=name][value=absorbed]")
    desk.tap(".save-bar .btn-primary")
    assert "Ana Exempelson" in desk.words
    with owner():
        assert not StudentMerge.objects.exists()  # nothing is done yet
    desk.tap("button[name=confirmed]")
    assert second.student.alias in desk.words

    desk.tap(".page-header a.btn-primary")
    assert "Vi spelade schack." in desk.words and "Vi bakade bullar." in desk.words
    gone = reverse("overviews:student_detail", args=[second.student.public_id])
    assert desk.page.goto(gone).status == 404

    with owner():
        merge = StudentMerge.objects.get()
    desk.open(reverse("students:merge_detail", args=[merge.public_id]))
    desk.tap(f"a[href$='{merge.public_id}/undo/']")
    desk.tap("form .btn-primary")
    assert "två igen" in desk.words
    assert desk.page.goto(gone).status == 200
    assert "Vi bakade bullar." in desk.words and "Vi spelade schack." not in desk.words
    assert not desk.faults


@pytest.mark.parametrize("size", SCREENS)
def test_moving_a_contact_to_the_right_pupil(transactional_db, visitor, size):
    wrong = pupil(given="Alva")
    right = pupil(wrong.school, "Bilal", "Testhage", supporter=wrong.supporter)
    contact = ContactFactory(assignment=wrong, note="Vi spelade schack.", next_step="Ses på torsdag")
    checks = size.get("java_script_enabled", True)
    phone = Screen(visitor(**size).sign_in(wrong.supporter.user), checks=checks)

    phone.open(reverse("visits:contact_edit", args=[contact.public_id]))
    phone.tap("main a[href*='/move/']")
    phone.tap(f"button[name=to][value='{right.student.public_id}']")
    assert "Vi spelade schack." in phone.words
    phone.tap("button[name=confirmed]")
    assert phone.page.url.endswith(f"{right.student.public_id}/")
    assert "Vi spelade schack." in phone.words and "Ses på torsdag" in phone.words

    page = reverse("overviews:student_detail", args=[wrong.student.public_id])
    phone.open(page)
    assert "Vi spelade schack." not in phone.words and "Ses på torsdag" not in phone.words
    coordinator = CoordinatorFactory(organisation=wrong.school.organisation)
    desk = Screen(visitor(**size).sign_in(coordinator), checks=checks)
    desk.open(page)
    assert "Vi spelade schack." not in desk.words
    assert not phone.faults + desk.faults


def test_withdrawing_a_contact_and_putting_it_back(transactional_db, visitor):
    assignment = pupil()
    contact = ContactFactory(assignment=assignment, note="Vi spelade schack.")
    phone = Screen(visitor(width=390, height=844).sign_in(assignment.supporter.user), checks=True)
    phone.open(reverse("visits:contact_edit", args=[contact.public_id]))
    phone.tap("main a[href$='/withdraw/']")
    phone.page.check("input[name=reason][value=mistake]", force=True)
    phone.tap("form .btn-primary")
    assert "Tillbakadragen" in phone.words
    page = reverse("overviews:student_detail", args=[assignment.student.public_id])
    phone.open(page)
    assert "Vi spelade schack." not in phone.words
    phone.tap(".more-acts > summary")
    phone.tap("main a[href$='/withdrawn-contacts/']")
    phone.tap("form[action$='/put-back/'] button")
    assert "Vi spelade schack." in phone.words
    assert not phone.faults
