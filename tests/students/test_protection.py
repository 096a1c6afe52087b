"""Protected pupils: the mark, opening the name, address and phone."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    CoordinatorFactory,
    GuardianFactory,
    ReferralFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students.models import (
    Identity,
    NamedPerson,
    ProtectionChange,
    Referral,
    Student,
    Whereabouts,
)

pytestmark = pytest.mark.django_db
ADDRESS = {"street": "Påhittsgatan 1", "postal_code": "000 00", "city": "Lindsjö", "phone": "070-1740608"}
SECRETS = ("Hemliga", "Zebrasson", "Smekzebrasson", "Påhittsgatan", "Provguard")


@pytest.fixture
def student(school):
    return StudentFactory(
        school=school, given_name="Hemliga", family_name="Zebrasson", called="Smekzebrasson", grade=7
    )


@pytest.fixture
def sealed(school):
    student = StudentFactory(
        school=school,
        given_name="Hemliga",
        family_name="Zebrasson",
        called="Smekzebrasson",
        protection="marked",
    )
    GuardianFactory(student=student, given_name="Provguard")
    return student


def page(student, name):
    return f"/students/{student.public_id}/{name}/"


def address_of(student):
    with owner():
        return Whereabouts.objects.filter(student=student).first()


def saved_address(student):
    with owner():
        Whereabouts.objects.create(student=student, school_id=student.school_id, **ADDRESS)


def mark(client, student, **changes):
    form = {
        "version": str(student.version),
        "level": "marked",
        "reason": "",
        "name_me": "on",
        "confirmed": "1",
    }
    return client.post(page(student, "protection"), form | changes)


def actions():
    with owner():
        return list(AccessLog.objects.order_by("at").values_list("action", "reason"))


def test_protection_edit_asks_first_and_changes_nothing(as_coordinator, student):
    saved_address(student)
    form = {"version": "1", "level": "marked", "reason": "Familjen bad om det.", "name_me": "on"}
    response = as_coordinator.post(page(student, "protection"), form)
    assert dict(response.context["typed"]) == form
    with owner():
        assert Student.objects.get(pk=student.pk).protection == "none"
    assert address_of(student) is not None
    back = as_coordinator.post(page(student, "protection"), form | {"back": "1"})
    assertContains(back, "Familjen bad om det.")


def test_protection_edit_makes_the_pupil_an_alias_everywhere_at_once(
    as_coordinator, coordinator, student, school
):
    saved_address(student)
    elsewhere = SchoolFactory(organisation=school.organisation)
    CaseFactory(student=student)
    name = {"given_name": "Hemliga", "family_name": "Zebrasson", "search_key": "hemliga zebrasson"}
    old = ReferralFactory(school=elsewhere, student=student, status="declined", **name)
    other = ReferralFactory(school=school, **name)

    mark(as_coordinator, student)

    assert address_of(student) is None
    with owner():
        assert Identity.objects.get(pk=student.pk).is_protected
        assert set(Referral.objects.filter(student=student).values_list("given_name", "search_key")) == {
            ("", "")
        }
        assert Referral.objects.get(pk=other.pk).given_name == "Hemliga"
        assert NamedPerson.objects.get().user_id == coordinator.pk
        change = ProtectionChange.objects.get()
        assert (change.before, change.after, change.changed_by_id) == ("none", "marked", coordinator.pk)
        Referral.objects.filter(pk=other.pk).delete()
    for url in ("/waiting-list/", "/referrals/", f"/referrals/{old.public_id}/", page(student, "edit")):
        response = as_coordinator.get(url)
        assertContains(response, student.alias)
        for secret in SECRETS:
            assertNotContains(response, secret)


def test_protection_of_a_coordinator_of_one_school_reaches_referrals_of_others(client, school, student):
    elsewhere = SchoolFactory(organisation=school.organisation)
    ReferralFactory(school=elsewhere, student=student, status="declined", family_name="Zebrasson")
    client.force_login(CoordinatorFactory(school=school))
    mark(client, student)
    with owner():
        assert Referral.objects.get().family_name == ""


def test_protection_is_lowered_only_with_a_reason(as_coordinator, sealed):
    lower = {"level": "local", "reason": ""}
    assert mark(as_coordinator, sealed, **lower).context["form"].errors["reason"]
    assert mark(as_coordinator, sealed, level="none").context["form"].errors["reason"]
    assert mark(as_coordinator, sealed, level="registration").status_code == 302
    with owner():
        sealed.refresh_from_db()
    assert mark(as_coordinator, sealed, level="none", reason="Skatteverket har ändrat.").status_code == 302
    with owner():
        assert not Identity.objects.get(pk=sealed.pk).is_protected
        assert ProtectionChange.objects.first().reason == "Skatteverket har ändrat."


def test_protection_edit_by_the_second_writer_is_told(as_coordinator, student):
    mark(as_coordinator, student, level="local")
    assert mark(as_coordinator, student, level="registration").status_code == 409
    assert mark(as_coordinator, student, level="local").status_code == 200  # the level already
    with owner():
        assert Student.objects.get(pk=student.pk).protection == "local"


def test_identity_opens_to_the_named_and_the_assigned_only(client, coordinator, sealed, school):
    reason = {"reason": "meeting", "words": ""}
    client.force_login(coordinator)
    refused = client.post(page(sealed, "identity"), reason)
    assert refused.context["form"].non_field_errors()
    assertNotContains(refused, "Hemliga")

    supporter = AssignmentFactory(case=CaseFactory(student=sealed)).supporter.user
    other = CoordinatorFactory(organisation=school.organisation)
    assert client.post(page(sealed, "named-people/new"), {"person": str(other.public_id)}).status_code == 302
    for user in (supporter, other):
        client.force_login(user)
        assertNotContains(client.get(page(sealed, "identity")), "Hemliga")
        opened = client.post(page(sealed, "identity"), reason, follow=True)
        for secret in ("Hemliga", "Zebrasson", "Smekzebrasson", "Provguard"):
            assertContains(opened, secret)
        assertNotContains(client.get(page(sealed, "whereabouts")), "Hemliga")
    assert actions().count(("open_identity", "meeting")) == 2
    client.force_login(coordinator)
    assertNotContains(client.get(page(sealed, "identity")), "Hemliga")


def test_identity_shuts_after_fifteen_minutes(client, sealed):
    supporter = AssignmentFactory(case=CaseFactory(student=sealed)).supporter.user
    client.force_login(supporter)
    client.post(page(sealed, "identity"), {"reason": "meeting", "words": ""})
    assertContains(client.get(page(sealed, "identity")), "Hemliga")
    with owner():
        AccessLog.objects.filter(action="open_identity").update(at=timezone.now() - timedelta(minutes=16))
    assertNotContains(client.get(page(sealed, "identity")), "Hemliga")


def test_identity_needs_words_for_another_reason(client, sealed):
    supporter = AssignmentFactory(case=CaseFactory(student=sealed)).supporter.user
    client.force_login(supporter)
    response = client.post(page(sealed, "identity"), {"reason": "other", "words": ""})
    assert response.context["form"].errors["words"]
    assertNotContains(response, "Hemliga")


def test_identity_of_an_unprotected_pupil_leads_to_the_pupil(as_coordinator, student):
    assert as_coordinator.get(page(student, "identity"))["Location"] == f"/students/{student.public_id}/"


def test_school_staff_never_open_a_name(client, staff, sealed):
    nameless = {"protection": "marked", "given_name": "", "family_name": "", "search_key": ""}
    ReferralFactory(school=sealed.school, student=sealed, status="accepted", **nameless)
    client.force_login(staff)
    for name in ("identity", "whereabouts"):
        assert client.get(page(sealed, name)).status_code == 403
        assert client.post(page(sealed, name), {"reason": "meeting"}).status_code == 403
    assertContains(client.get("/referrals/"), sealed.alias)


def test_named_people_are_coordinators_of_the_pupils_school(as_coordinator, sealed, school):
    foreign = CoordinatorFactory()
    elsewhere = CoordinatorFactory(school=SchoolFactory(organisation=school.organisation))
    here = CoordinatorFactory(school=school)
    url = page(sealed, "named-people/new")
    for user, status in [(foreign, 200), (elsewhere, 200), (here, 302), (here, 302)]:
        assert as_coordinator.post(url, {"person": str(user.public_id)}).status_code == status
    with owner():
        assert NamedPerson.objects.get().user_id == here.pk
    remove = page(sealed, f"named-people/{here.public_id}/remove")
    assert as_coordinator.get(remove).status_code == 200
    assert as_coordinator.post(remove).status_code == 302
    assert as_coordinator.post(remove).status_code == 404
    with owner():
        assert not NamedPerson.objects.exists()


def test_removing_a_named_person_shuts_an_open_name(client, coordinator, sealed, school):
    other = CoordinatorFactory(school=school)
    client.force_login(coordinator)
    client.post(page(sealed, "named-people/new"), {"person": str(other.public_id)})
    client.force_login(other)
    client.post(page(sealed, "identity"), {"reason": "meeting", "words": ""})
    client.force_login(coordinator)
    client.post(page(sealed, f"named-people/{other.public_id}/remove"))
    client.force_login(other)
    assertNotContains(client.get(page(sealed, "identity")), "Hemliga")


def test_whereabouts_open_once_with_a_logged_reason(client, coordinator, student):
    saved_address(student)
    supporter = AssignmentFactory(case=CaseFactory(student=student)).supporter.user
    for user in (coordinator, supporter):
        client.force_login(user)
        shows = assertContains if user == coordinator else assertNotContains  # that is the visit's page's
        assertNotContains(client.get(page(student, "whereabouts")), "Påhittsgatan")
        assert client.post(page(student, "whereabouts"), {"reason": ""}).context["form"].errors
        opened = client.post(page(student, "whereabouts"), {"reason": "home_visit", "words": ""})
        shows(opened, "Påhittsgatan")
        assertContains(opened, "070-1740608")
        assertNotContains(client.get(page(student, "whereabouts")), "Påhittsgatan")
    assert actions().count(("open_address", "home_visit")) == 2


def test_whereabouts_say_when_there_is_nothing(as_coordinator, student):
    response = as_coordinator.post(page(student, "whereabouts"), {"reason": "letter", "words": ""})
    assertContains(response, page(student, "whereabouts/edit"))
    assert ("open_address", "letter") in actions()


def test_whereabouts_of_a_protected_pupil_open_only_while_the_name_is_open(client, sealed):
    saved_address(sealed)
    supporter = AssignmentFactory(case=CaseFactory(student=sealed)).supporter.user
    client.force_login(supporter)
    reason = {"reason": "home_visit", "words": ""}
    assertNotContains(client.post(page(sealed, "whereabouts"), reason), "070-1740608")
    client.post(page(sealed, "identity"), {"reason": "meeting", "words": ""})
    opened = client.post(page(sealed, "whereabouts"), reason)
    assertContains(opened, "070-1740608")
    assertNotContains(opened, "Påhittsgatan")
    assertNotContains(opened, "Hemliga")


def test_whereabouts_edit_writes_without_showing(as_coordinator, student):
    url = page(student, "whereabouts/edit")
    assert as_coordinator.post(url, {"street": " "}).context["form"].non_field_errors()
    assert as_coordinator.post(url, ADDRESS).status_code == 302
    assertNotContains(as_coordinator.get(url), "Påhittsgatan")
    as_coordinator.post(url, {"phone": "070-1740609"})
    address = address_of(student)
    assert (address.street, address.phone) == ("Påhittsgatan 1", "070-1740609")
    as_coordinator.post(url, {"clear": "on", "how_to_reach": "Sms först."})
    address = address_of(student)
    assert (address.street, address.phone, address.how_to_reach) == ("", "", "Sms först.")
    as_coordinator.post(url, {"clear": "on"})
    assert address_of(student) is None


def test_the_web_role_reads_no_address_without_the_function(coordinator, student):
    saved_address(student)
    with (
        scope(coordinator),
        pytest.raises(ProgrammingError, match="denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select street from students_whereabouts")


@pytest.mark.parametrize("name", ["edit", "whereabouts", "whereabouts/edit", "protection", "identity"])
def test_no_page_puts_the_name_of_an_unprotected_pupil_in_the_browser_tab(as_coordinator, student, name):
    text = as_coordinator.get(page(student, name), follow=True).content.decode()
    title = text[text.index("<title>") : text.index("</title>")]
    for secret in SECRETS:
        assert secret not in title


def test_sealed_pages_show_no_secret(as_coordinator, sealed):
    saved_address(sealed)
    case = CaseFactory(student=sealed)
    names = ("edit", "whereabouts", "whereabouts/edit", "protection", "identity", "guardians/new")
    urls = [page(sealed, name) for name in (*names, "named-people/new")]
    for url in [*urls, f"/cases/{case.public_id}/match/", f"/cases/{case.public_id}/edit/"]:
        response = as_coordinator.get(url)
        assertContains(response, sealed.alias)
        for secret in (*SECRETS, "070-1740605", sealed.school.name):
            assertNotContains(response, secret)


def test_protection_confirm_is_logged_as_read(client):
    student = StudentFactory()
    client.force_login(CoordinatorFactory(organisation=student.school.organisation))
    url = reverse("students:protection_edit", args=[student.public_id])

    client.post(url, {"level": "marked", "version": student.version, "reason": ""})

    with owner():
        assert [row.page for row in AccessLog.objects.all()] == ["students:protection_confirm"]
