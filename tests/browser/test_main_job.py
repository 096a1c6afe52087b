"""The main job, as its people do it: a pupil is referred, a supporter is assigned, a visit is logged on a phone."""

import re

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    CoordinatorFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from students.models import Assignment, Case, Referral, Student
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes
from tests.browser.waiting import settled
from visits.models import Contact, Participation


class Town:
    """A coordinator, a supporter with room, a pupil on record, and a coordinator of the town next door."""

    def __init__(self) -> None:
        self.organisation = OrganisationFactory(name="Lindsjö kommun")
        self.school = SchoolFactory(organisation=self.organisation, name="Havreängsskolan")
        self.coordinator = CoordinatorFactory(organisation=self.organisation, given_name="Petra")
        karim = PeerUserFactory(organisation=self.organisation, given_name="Karim", family_name="Testhage")
        self.supporter = PeerSupporterFactory(
            school=self.school, user=karim, languages=["svenska", "arabiska"]
        )
        self.known = StudentFactory(school=self.school, given_name="Åsa-Li", family_name="Övningsby")
        self.stranger = CoordinatorFactory()


class Screen:
    """A visitor's screen, checked for accessibility at every step."""

    def __init__(self, visitor, checks: bool) -> None:
        self.visitor, self.page, self.checks = visitor, visitor.page, checks
        self.faults: list[str] = []
        self.taps = 0

    def tap(self, selector: str) -> None:
        """One touch of what a finger would find: a link, a button, a tile."""
        self.taps += 1
        self.page.locator(selector).first.click()
        settled(self.page)

    def look(self) -> None:
        if self.checks:
            self.faults += violations_in_both_schemes(self.page)
        assert not scrolls_sideways(self.page), self.page.url


# Without JavaScript axe cannot run either: the phone shows that nothing needs it, the desk looks at every step.
SCREENS = [
    pytest.param(
        {"width": 390, "height": 844, "java_script_enabled": False, "has_touch": True}, id="390-no-script"
    ),
    pytest.param({"width": 1280, "height": 900}, id="1280"),
]


@pytest.mark.parametrize("size", SCREENS)
def test_main_job_from_referral_to_visit(transactional_db, visitor, size):
    town = Town()
    scripted = size.get("java_script_enabled", True)
    desk = Screen(visitor(**size).sign_in(town.coordinator), checks=scripted)

    refer_with_a_warning(desk, town)
    accept_and_match(desk)
    with owner():
        assignment = Assignment.objects.select_related("student", "case__referral", "supporter").get()
        assert assignment.supporter == town.supporter

    phone = Screen(
        visitor(width=390, height=844, has_touch=True, java_script_enabled=scripted).sign_in(
            town.supporter.user
        ),
        checks=scripted,
    )
    log_a_home_visit(phone)

    desk.page.goto(reverse("overviews:student_detail", args=[assignment.student.public_id]))
    desk.look()
    timeline = desk.page.locator(".timeline").inner_text()
    assert "Hembesök" in timeline
    assert "Vi spelade schack." in timeline
    assert not desk.faults + phone.faults
    nothing_for_strangers(visitor(**size).sign_in(town.stranger), assignment, scripted)


def refer_with_a_warning(desk: Screen, town: Town) -> None:
    page = desk.page
    page.goto("/")
    assert page.url.endswith("/overview/")
    desk.look()
    page.goto(reverse("students:referral_create"))
    if page.locator("[name=school]").first.evaluate("node => node.tagName") == "SELECT":
        page.select_option("[name=school]", label="Havreängsskolan")
    page.fill("[name=given_name]", "Asa Li")  # as someone would misspell it
    page.fill("[name=family_name]", "Ovningsby")
    page.fill("[name=works_well]", "Ritar gärna.")
    page.fill("[name=wanted_language]", "arabiska")
    page.check("[name=consent][value=obtained]")
    page.fill("[name=consent_note]", "Vårdnadshavare, i dag")
    desk.look()
    page.locator("form .btn-primary").click()
    settled(page)
    assert "Åsa-Li Övningsby" in page.locator("main").inner_text()  # nothing is saved yet
    desk.look()
    with owner():
        assert not Referral.objects.exists()
    page.locator("button[name=confirmed]").click()
    settled(page)
    desk.look()


def accept_and_match(desk: Screen) -> None:
    with owner():
        referral = Referral.objects.get()
    page = desk.page
    page.goto(reverse("students:referral_accept", args=[referral.public_id]))
    page.locator("input[name=student]").last.check()  # the likely matches first, "a new pupil" last
    desk.look()
    page.locator("form .btn-primary").click()
    settled(page)
    with owner():
        case = Case.objects.get()
        assert Student.objects.count() == 2
    page.goto(reverse("students:waiting_list"))
    desk.look()
    page.locator(f"a[href='{reverse('students:match', args=[case.public_id])}']").first.click()
    settled(page)
    words = page.locator("main").inner_text()
    assert "Karim Testhage" in words
    assert "arabiska" in words
    desk.look()
    page.locator("main .card a.btn").first.click()
    settled(page)
    page.fill("[name=reason]", "Talar språket och har plats.")
    desk.look()
    page.locator("form .btn-primary").click()
    settled(page)


def log_a_home_visit(phone: Screen) -> None:
    page = phone.page
    page.goto("/")
    assert page.url.endswith("/my-day/")
    phone.look()
    phone.tap("main .rows a[href*='/contacts/new/']")
    phone.tap("input[name=kind][value=home_visit]")
    phone.tap("input[name$=outcome][value=met]")
    phone.tap("input[name=length][value='60']")
    page.locator("textarea[name$=note]").fill(
        "Vi spelade schack."
    )  # if one likes: a contact without is complete
    phone.look()
    phone.tap(".save-bar .btn-primary")
    assert phone.taps <= 6
    phone.look()
    with owner():
        contact = Contact.objects.get()
        assert (contact.kind, contact.minutes) == ("home_visit", 60)
        assert Participation.objects.get().outcome == "met"


def nothing_for_strangers(stranger, assignment: Assignment, scripted: bool) -> None:
    """404 on every address of it, for the coordinator of another municipality."""
    with owner():
        ids = {
            "student": assignment.student.public_id,
            "case": assignment.case.public_id,
            "assignment": assignment.public_id,
            "referral": assignment.case.referral.public_id,
            "contact": Contact.objects.get().public_id,
            "supporter": assignment.supporter.public_id,
        }
    addresses = [
        ("overviews:student_detail", ["student"]),
        ("students:student_edit", ["student"]),
        ("students:whereabouts", ["student"]),
        ("students:whereabouts_edit", ["student"]),
        ("students:identity_open", ["student"]),
        ("students:protection_edit", ["student"]),
        ("students:guardian_create", ["student"]),
        ("students:case_edit", ["case"]),
        ("students:match", ["case"]),
        ("students:assignment_create", ["case", "supporter"]),
        ("students:assignment_end", ["assignment"]),
        ("students:referral_detail", ["referral"]),
        ("students:referral_accept", ["referral"]),
        ("students:referral_decline", ["referral"]),
        ("visits:contact_edit", ["contact"]),
        ("overviews:supporter_detail", ["supporter"]),
    ]
    for name, kinds in addresses:
        answer = stranger.page.goto(reverse(name, args=[ids[kind] for kind in kinds]))
        assert answer.status == 404, name
        assert not re.search("Ovningsby|Övningsby|Asa Li", stranger.page.content())


def test_sign_in_with_a_password_and_out_again(transactional_db, visitor):
    from django.contrib.auth.hashers import make_password

    from peersupport.demo.factories import PASSWORD

    town = Town()
    with owner():
        town.coordinator.password = make_password(PASSWORD)
        town.coordinator.save(update_fields=["password"])
    page = visitor(width=390, height=844).page
    page.goto("/students/")
    assert "/sign-in/" in page.url
    page.fill("[name=login]", town.coordinator.email.upper())
    page.fill("[name=password]", "wrong-password-of-length")
    page.locator("main form button").first.click()
    settled(page)
    assert page.locator("[role=alert], .form-errors, .errorlist").count()
    page.fill("[name=login]", town.coordinator.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    settled(page)
    assert page.url.endswith("/students/")
    page.locator("details.account summary").first.click()
    page.locator("form[action='/sign-out/'] button").first.click()
    settled(page)
    page.goto("/students/")
    assert "/sign-in/" in page.url
