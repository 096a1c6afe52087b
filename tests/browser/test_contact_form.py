"""Ny kontakt on a phone: how many taps, what is folded, what is asked about; also without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peersupport.demo.factories import AssignmentFactory, ContactFactory, StudentFactory
from peersupport.demo.owner import owner
from tests.browser.axe import scrolls_sideways, violations_in_both_schemes
from tests.browser.waiting import settled
from visits.models import Contact, Participation, SupervisionTopic

PHONES = [
    pytest.param({"width": 360, "height": 740, "has_touch": True}, id="360"),
    pytest.param(
        {"width": 360, "height": 740, "has_touch": True, "java_script_enabled": False}, id="360-no-script"
    ),
    # The smallest screen once more; each page is tried at 320 px by test_pages too.
    pytest.param({"width": 320, "height": 640, "has_touch": True}, id="320", marks=pytest.mark.full),
]


class Phone:
    """Taps what a finger would find, and counts."""

    def __init__(self, visitor, size, user):
        self.page = visitor(**size).sign_in(user).page
        self.scripted = size.get("java_script_enabled", True)
        self.taps = 0

    def tap(self, selector):
        self.taps += 1
        self.page.locator(selector).first.click()
        settled(self.page)

    def look(self):
        assert not scrolls_sideways(self.page), self.page.url
        if self.scripted:
            assert not violations_in_both_schemes(self.page)


@pytest.fixture
def mine(transactional_db):
    return AssignmentFactory(case__student__given_name="Alva", case__student__family_name="Exempelsson")


@pytest.mark.parametrize("size", PHONES)
def test_home_visit_takes_at_most_six_taps_from_my_day(visitor, mine, size):
    phone = Phone(visitor, size, mine.supporter.user)
    phone.page.goto("/my-day/")
    phone.tap("main .rows a[href*='/contacts/new/']")
    phone.look()
    for hidden in ("textarea[name$=pupils_words]", "[name=travel_km]", "[name=supervision]"):
        assert not phone.page.locator(hidden).is_visible()  # what is rare does not stand in the way
    phone.tap("input[name=kind][value=home_visit]")
    phone.tap("input[name$=outcome][value=met]")
    phone.tap("input[name=length][value='60']")
    phone.tap(".save-bar .btn-primary")

    assert phone.taps <= 6
    with owner():
        contact = Contact.objects.get()
        assert (contact.kind, contact.minutes) == ("home_visit", 60)


@pytest.mark.parametrize("size", PHONES)
def test_same_as_last_time_takes_four_taps(visitor, mine, size):
    before = timezone.now() - timedelta(days=3)
    ContactFactory(
        assignment=mine, kind="accompany", minutes=30, topics=["way_to_school"], occurred_at=before
    )
    phone = Phone(visitor, size, mine.supporter.user)
    phone.page.goto("/my-day/")
    phone.tap("main .rows a[href*='/contacts/new/']")
    phone.tap("main a[href*='copy=1']")
    phone.look()
    phone.tap("input[name$=outcome][value=met]")
    phone.tap(".save-bar .btn-primary")

    assert phone.taps == 4
    with owner():
        assert (
            list(Contact.objects.values_list("kind", "minutes", "topics"))
            == [("accompany", 30, ["way_to_school"])] * 2
        )


@pytest.mark.parametrize("size", PHONES)
def test_all_there_is_to_say_by_thumb(visitor, mine, size):
    phone = Phone(visitor, size, mine.supporter.user)
    page = phone.page
    page.goto(f"/contacts/new/?student={mine.student.public_id}")
    phone.tap(".choices-more > summary")
    phone.tap("input[name=kind][value=accompany]")
    words = page.locator(".choice:has(input[name$=outcome]) label").all_inner_texts()
    assert "Jag följde med" in words[0] and "Kom inte den här gången" in words[1]
    phone.tap("input[name$=outcome][value=met]")
    phone.tap("input[name=length][value='30']")
    for summary in page.locator("form .fold > summary").all():
        summary.click()
    phone.look()
    for topic in ("way_to_school", "talk"):
        page.check(f"input[name=topics][value={topic}]", force=True)
    page.locator("textarea[name$=note]").fill("Vi gick hela vägen. 080924-2380")
    page.locator("textarea[name$=pupils_words]").fill("Det gick bra.")
    page.locator("[name=travel_km]").fill("4,5")
    page.locator("[name=supervision]").fill("När jag ska backa")
    page.check("[name=unplanned]")
    phone.tap(".save-bar .btn-primary")

    assert "Det här ser ut som ett personnummer." in page.locator("main").inner_text()
    phone.look()
    with owner():
        assert not Contact.objects.exists()
    page.locator("textarea[name$=note]").fill("Vi gick hela vägen.")
    phone.tap(".save-bar .btn-primary")
    with owner():
        contact, part = Contact.objects.get(), Participation.objects.select_related("note").get()
        assert (contact.topics, str(contact.travel_km), contact.is_planned) == (
            ["talk", "way_to_school"],
            "4.5",
            False,
        )
        assert (part.note.text, part.note.pupils_words) == ("Vi gick hela vägen.", "Det gick bra.")
    phone.tap("main a[href='/supervision-topics/']")
    assert "När jag ska backa" in page.locator("main").inner_text()
    phone.look()
    phone.tap("main form[action*='/done/'] button")
    with owner():
        assert SupervisionTopic.objects.get().done_at is not None


@pytest.mark.parametrize("size", PHONES)
def test_break_takes_five_taps_and_a_number(visitor, mine, size):
    phone = Phone(visitor, size, mine.supporter.user)
    page = phone.page
    page.goto("/my-day/")
    phone.tap("nav a[href='/contacts/new/']:visible")
    phone.look()
    phone.tap("main a[href*='kind=break_presence']")
    phone.look()
    page.locator("[name=heads]").fill("9")
    phone.tap("input[name=length][value='30']")
    phone.tap(".save-bar .btn-primary")

    assert phone.taps <= 5
    assert "9 personer" in page.locator("main").inner_text()
    with owner():
        assert Contact.objects.get().head_count == 9


def test_group_of_five_on_a_phone(visitor, mine):
    others = [
        AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
        for _ in range(4)
    ]
    phone = Phone(visitor, {"width": 360, "height": 740}, mine.supporter.user)
    students = "&".join(f"student={one.student.public_id}" for one in (mine, *others))
    phone.page.goto(f"/contacts/new/?{students}")
    phone.look()
    phone.tap(".choices-more > summary")
    phone.tap("input[name=kind][value=group]")
    for one in (mine, *others):
        phone.tap(f"input[name='{one.student.public_id}-outcome'][value=met]")
    phone.tap("input[name=length][value='60']")
    phone.tap(".save-bar .btn-primary")

    with owner():
        assert Contact.objects.get().kind == "group" and Participation.objects.count() == 5


@pytest.mark.parametrize("path", ["/contacts/new/?student={student}", "/contacts/without-names/new/"])
@pytest.mark.parametrize("size", PHONES)
def test_at_most_three_is_said_before_saving(visitor, mine, size, path):
    """With a script it is counted and a fourth cannot be chosen; without, the server says so."""
    phone = Phone(visitor, size, mine.supporter.user)
    page = phone.page
    page.goto(path.format(student=mine.student.public_id))
    fold = page.locator("summary", has_text="Vad gjorde ni?")
    assert "högst tre" in fold.inner_text()  # before anything is opened
    fold.click()
    topics, words = page.locator("input[name=topics]"), page.locator("[data-most] + p")
    for number in range(3):
        topics.nth(number).check(force=True)
        if phone.scripted:
            expected = "3 valda. Ta bort en" if number == 2 else f"{number + 1} av högst 3 valda."
            assert words.inner_text().startswith(expected)
    phone.look()
    if phone.scripted:
        assert topics.nth(3).is_disabled() and topics.nth(0).is_enabled()
        topics.nth(0).uncheck(force=True)
        assert topics.nth(3).is_enabled() and words.inner_text() == "2 av högst 3 valda."
        return
    topics.nth(3).check(force=True)
    phone.tap(".save-bar .btn-primary")
    assert "Välj högst 3." in page.locator("main").inner_text()
    assert [topics.nth(number).is_checked() for number in range(4)] == [True] * 4
