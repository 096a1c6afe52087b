"""Ändringar: who changed what, from what to what, for those who may read the thing."""

from datetime import date, timedelta

import pgtrigger
import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import AccessLog
from overviews.rows.changes import sources, words
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    ContactFactory,
    CoordinatorFactory,
    GuardianFactory,
    LocalCodeFactory,
    PersonAroundFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
    TaskFactory,
    add_participation,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.lib.history import events_of
from peersupport.scope import scope
from schools.codes import Chosen
from schools.models import SchoolForm
from students import services
from students.models import Assignment, Case, PersonAround, Referral, Student
from students.services.students import Place
from tests.peersupport.world.merges import add_merge
from visits.models import Booking, Contact, ContactNote, NoteRevision, Task
from visits.services import Correction, Occasion, Part, Pupil, edit_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return AssignmentFactory(
        case__student__given_name="Alva", case__student__family_name="Exempelsson", case__student__grade=6
    )


@pytest.fixture
def coordinator(mine):
    return CoordinatorFactory(organisation=mine.school.organisation)


def url_of(page, row):
    return reverse(f"overviews:{page}_changes", args=[row.public_id])


def lines_of(client, user, url):
    """(who, what, before, after) of every line, the newest first."""
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return [
        (act.who, line.what, line.before, line.after)
        for act in response.context["acts"]
        for line in act.lines
    ]


def edit_case(mine, by, **fields):
    saved = {"status": "active", "purposes": [], "review_on": None, "version": 1} | fields
    with scope(by):
        services.edit_case(case=mine.case, by=by, **saved)


def change_school(student, by, school):
    to = services.NewPlace(school, "", SchoolForm.COMPULSORY, 7, today())
    services.change_school(student=student, by=by, version=1, to=to, ends_support=False)


# --- What it says


def test_case_changes_say_who_what_before_and_after(client, mine, coordinator):
    edit_case(mine, coordinator, purposes=[Chosen("training"), Chosen("coping")], review_on=date(2027, 1, 15))

    lines = lines_of(client, coordinator, url_of("case", mine.case))

    assert lines[:3] == [
        (coordinator.name, "Status", "lär känna varandra", "pågår"),
        (coordinator.name, "Vad stödet är till för", "–", "träning, hantera svårigheter"),
        (coordinator.name, "Nästa uppföljning", "–", "fre 15 jan 2027"),
    ]


def test_changes_say_own_values_in_their_own_words(client, mine, coordinator):
    leisure = LocalCodeFactory(
        organisation=mine.school.organisation, code_list="support_purpose", national_code="community",
        label="Hitta en fritid",
    )  # fmt: skip
    edit_case(mine, coordinator, purposes=[Chosen("community", leisure.pk)])

    lines = lines_of(client, coordinator, url_of("case", mine.case))

    assert (coordinator.name, "Egna syften", "–", "Hitta en fritid") in lines


def test_changes_outside_a_request_are_the_systems(client, mine, coordinator):
    with owner():
        Case.objects.update(status="paused")
    assert lines_of(client, coordinator, url_of("case", mine.case))[0][:2] == ("Systemet", "Status")


def test_student_changes_hold_everything_about_the_pupil(client, mine, coordinator):
    north = SchoolFactory(organisation=mine.school.organisation, name="Norra Provskolan")
    with scope(coordinator):
        change_school(mine.student, coordinator, north)
        place = Place(SchoolForm.COMPULSORY, 7, today())
        services.edit_student(
            student=mine.student, by=coordinator, version=2, fields={"works_well": "Hemlig text."}, place=place,
            name=services.Name("Nynamn", "Exempelsson", ""),
        )  # fmt: skip
        mine.student.refresh_from_db()
        services.add_guardian(
            student=mine.student, by=coordinator, fields={"given_name": "Mamman", "relation": "mother"}
        )
        services.write_whereabouts(student=mine.student, by=coordinator, fields={"street": "Hemgatan 1"})
    edit_case(mine, coordinator)

    lines = lines_of(client, coordinator, url_of("student", mine.student))
    found = {what: (before, after) for _, what, before, after in reversed(lines)}

    assert found["Skola"] == (mine.school.name, "Norra Provskolan")
    assert found["Årskurs"] == ("6", "7")
    assert found["Det här fungerar"] == ("sparas inte", "ändrat")
    assert found["Namn: förnamn"] == ("sparas inte", "ändrat")
    assert found["Vårdnadshavare (mamma)"] == ("–", "tillagt")
    assert found["Adress och telefon"] == ("–", "tillagt")
    assert found["Stödperiod: status"] == ("lär känna varandra", "pågår")
    page = client.get(url_of("student", mine.student)).content.decode()
    for unkept in ("Hemlig text", "Mamman", "Hemgatan"):
        assert unkept not in page
    assert "Alva" not in page.split("</title>")[0] and "<h1>Ändringar</h1>" in page


def test_referral_changes_show_school_staff_the_status_and_no_more(client, mine, coordinator):
    with owner():
        referral = mine.case.referral
        staff = referral.referred_by
        Referral.objects.filter(pk=referral.pk).update(wants_woman=True)
        Referral.objects.filter(pk=referral.pk).update(status="declined", consent="obtained")

    seen = {what for _, what, _, _ in lines_of(client, staff, url_of("referral", referral))}
    assert seen == {"Status"}
    seen = {what for _, what, _, _ in lines_of(client, coordinator, url_of("referral", referral))}
    assert {"Status", "Samtycke", "Eleven vill helst träffa en kvinna"} <= seen


def test_assignment_changes_tell_its_own_only(client, mine, coordinator):
    with scope(coordinator):
        services.end_assignment(assignment=mine, by=coordinator, reason="Hemligt skäl.")
    lines = lines_of(client, coordinator, url_of("assignment", mine))

    ended = {what: (before, after) for _, what, before, after in lines[:2]}
    assert ended["Avslutat"][0] == "–" and ended["Varför det avslutas"] == ("sparas inte", "ändrat")
    assert ("Peer supporter", "–", mine.supporter.user.name) in [line[1:] for line in lines]


def test_changes_of_one_person_in_one_minute_are_one_act(client, mine, coordinator):
    edit_case(mine, coordinator, review_on=date(2027, 1, 15))
    client.force_login(coordinator)
    first = client.get(url_of("student", mine.student)).context["acts"][0]
    assert (first.who, first.role, len(first.lines)) == (coordinator.name, "samordnare", 2)


def test_changes_without_any_say_so(client, mine, coordinator):
    with owner():  # as of a row that is older than history
        with pgtrigger.ignore("students.CaseEvent:append_only", "students.AssignmentEvent:append_only"):
            events_of(Case).objects.all().delete()
            events_of(Assignment).objects.all().delete()
    client.force_login(coordinator)
    page = client.get(url_of("case", mine.case)).content.decode()
    assert "Inget har ändrats" in page


# --- What it keeps to itself


def test_changes_of_a_protected_pupil_tell_neither_school_nor_name(client):
    hidden = StudentFactory(protection="marked", given_name="Hemlig", family_name="Namnsson")
    mine = AssignmentFactory(case__student=hidden)
    GuardianFactory(student=hidden, given_name="Mamma", family_name="Namnsson", relation="mother")
    other = SchoolFactory(organisation=mine.school.organisation)
    coordinator = CoordinatorFactory(organisation=mine.school.organisation)
    with scope(coordinator):
        change_school(hidden, coordinator, other)

    with owner():
        hidden.refresh_from_db()
        referral = mine.case.referral
    pages = [url_of("student", hidden), url_of("case", mine.case), url_of("referral", referral)]
    for user, urls in ((coordinator, pages), (mine.supporter.user, pages[:2])):
        client.force_login(user)
        for url in urls:
            page = client.get(url).content.decode()
            assert hidden.alias in page
            for secret in ("Hemlig", "Namnsson", "amma)", mine.school.name, other.name):
                assert secret not in page, url
    shown = {
        what: (before, after) for _, what, before, after in reversed(lines_of(client, coordinator, pages[0]))
    }
    assert shown["Skola"] == ("visas inte", "visas inte")


def test_student_changes_of_a_supporter_hold_the_support_and_their_own(client, mine, coordinator):
    edit_case(mine, coordinator)
    with scope(coordinator):
        services.add_guardian(
            student=mine.student, by=coordinator, fields={"given_name": "M", "relation": "mother"}
        )
        Student.objects.visible_to(coordinator).update(grade=3)
    whats = [what for _, what, _, _ in lines_of(client, mine.supporter.user, url_of("student", mine.student))]

    assert "Stödperiod: status" in whats and any(what.startswith("Uppdrag") for what in whats)
    assert not [what for what in whats if not what.startswith(("Stödperiod", "Uppdrag"))]


def test_names_that_the_reader_does_not_see_are_others(client, mine):
    other = SchoolFactory(organisation=mine.school.organisation, name="Dolda skolan")
    with owner():
        Student.objects.filter(pk=mine.student_id).update(school=other)
        Student.objects.filter(pk=mine.student_id).update(school=mine.school_id)
    reader = CoordinatorFactory(school=mine.school)
    lines = lines_of(client, reader, url_of("student", mine.student))
    assert ("Skola", "en annan skola", mine.school.name) in [line[1:] for line in lines]
    assert "Dolda skolan" not in client.get(url_of("student", mine.student)).content.decode()


def test_changes_are_logged_as_a_read_of_the_pupil(client, mine, coordinator):
    contact = ContactFactory(assignment=mine)
    with owner():
        referral = mine.case.referral
    client.force_login(coordinator)
    for page, row in (
        ("student", mine.student),
        ("case", mine.case),
        ("assignment", mine),
        ("referral", referral),
        ("contact", contact),
    ):
        client.get(url_of(page, row))
        with owner():
            read = AccessLog.objects.latest("at")
        assert (read.page, read.student_ids, read.action) == (
            f"overviews:{page}_changes",
            [mine.student_id],
            "read",
        )


# --- Contacts and their notes


def correct(contact, *, note, **fields):
    """As the author does on the page."""
    by = contact.author
    with scope(by):
        contact.refresh_from_db()
        part = contact.participations.select_related("student").get()
        pupil = Pupil(part.student, part.case_id, contact.supporter_id)
        occasion = Occasion(contact.kind, contact.occurred_at, fields.get("minutes", contact.minutes))
        changed = Part(pupil, part.outcome, note=note, written_together=fields.get("together", False))
        edit_contact(
            contact=contact,
            by=by,
            version=contact.version,
            occasion=occasion,
            corrections=[Correction(part, changed)],
        )


def revisions():
    with owner():
        return [(row.text, row.is_removed, row.by_id) for row in NoteRevision.objects.order_by("at")]


def test_a_corrected_note_keeps_its_earlier_text(mine):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.")
    correct(contact, note="")
    correct(contact, note="På nytt.")
    correct(contact, note="På nytt, rättad.")

    me = contact.author_id
    assert revisions() == [("Först.", False, me), ("Sedan.", True, me), ("På nytt.", False, me)]


def test_saving_a_note_as_it_was_makes_no_revision(mine):
    contact = ContactFactory(assignment=mine, note="Samma.")
    correct(contact, note="Samma.", minutes=30)
    assert revisions() == []


def test_a_change_of_written_together_is_kept_too(client, mine, coordinator):
    contact = ContactFactory(assignment=mine, note="Samma.")
    correct(contact, note="Samma.", together=True)
    assert len(revisions()) == 1
    lines = lines_of(client, coordinator, url_of("contact", contact))
    assert ("Anteckning", "inte skrivet tillsammans", "skrivet tillsammans") in [line[1:] for line in lines]


def test_contact_changes_show_the_earlier_texts_to_author_and_coordinator(client, mine, coordinator):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.", minutes=30)
    correct(contact, note="")

    for user in (contact.author, coordinator):
        lines = [line[1:] for line in lines_of(client, user, url_of("contact", contact))]
        assert ("Anteckning", "Först.", "Sedan.") in lines and ("Anteckning", "Sedan.", "–") in lines
        assert ("Minuter", "60", "30") in lines


def test_contact_changes_close_with_the_pupil(client, mine, coordinator):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.")
    with scope(coordinator):
        services.end_assignment(assignment=mine, by=coordinator, reason="")
    client.force_login(contact.author)
    assert client.get(url_of("contact", contact)).status_code == 404
    with scope(contact.author):
        assert set(NoteRevision.objects.visible_to(contact.author)) == set()


def test_earlier_texts_follow_the_pupil_to_another_school(mine):
    contact = ContactFactory(assignment=mine, note="Först.")
    correct(contact, note="Sedan.")
    other = SchoolFactory(organisation=mine.school.organisation)
    before, after = CoordinatorFactory(school=mine.school), CoordinatorFactory(school=other)
    with owner():
        Student.objects.filter(pk=mine.student_id).update(school=other)
    for user, count in ((before, 0), (after, 1)):
        with scope(user):
            assert len(NoteRevision.objects.all()) == count
            assert len(NoteRevision.objects.visible_to(user)) == count


def test_contact_changes_of_several_pupils_say_whose_part(client, mine, coordinator):
    friend = AssignmentFactory(
        case__student=StudentFactory(school=mine.school, given_name="Kim"), supporter=mine.supporter
    )
    contact = ContactFactory(assignment=mine, note="Om Alva.")
    add_participation(contact, friend, note="Om Kim.")
    with owner():
        for note in ContactNote.objects.all():
            note.text += " Mer."
            note.save(update_fields=["text"])
    whats = {what: before for _, what, before, _ in lines_of(client, coordinator, url_of("contact", contact))}
    assert whats["Anteckning · Alva"] == "Om Alva." and whats["Anteckning · Kim"] == "Om Kim."
    lead = client.get(url_of("contact", contact)).context["lead"]
    assert "Alva, Kim" in lead


# --- Paging, queries, links, words


def add_changes(mine, number):
    with owner():
        for n in range(number):
            Case.objects.filter(pk=mine.case_id).update(review_on=today() + timedelta(days=n))


def test_changes_are_paged_and_none_is_lost_or_doubled(client, mine, coordinator):
    add_changes(mine, 95)
    client.force_login(coordinator)
    seen, url, pages = [], url_of("student", mine.student), 0
    while url:
        context = client.get(url).context
        seen += [
            line.after
            for act in context["acts"]
            for line in act.lines
            if line.what.endswith("nästa uppföljning")
        ]
        url, pages = context["older_url"], pages + 1
    assert pages == 3 and len(seen) == len(set(seen)) == 95
    assert client.get(f"{url_of('student', mine.student)}?after=nonsense").status_code == 200


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize(
    ("page", "queries"), [("student", 9), ("case", 7), ("assignment", 7), ("referral", 7), ("contact", 7)]
)
def test_changes_take_the_same_queries_however_many(
    client, mine, coordinator, assert_queries, page, queries, number
):
    contact = ContactFactory(assignment=mine, note="Först.")
    with owner():
        referral = mine.case.referral
    BookingFactory(assignment=mine)
    for factory in (PersonAroundFactory, TaskFactory):
        factory(student=mine.student)
    with owner():
        for _ in range(number):
            add_merge(kept=mine.student, by=coordinator)
    add_changes(mine, number)
    other = SchoolFactory(organisation=mine.school.organisation)
    with scope(coordinator), owner():  # one of each kind among the newest
        for n in range(number):
            ContactNote.objects.update(text=f"Text {n}.")
        Contact.objects.update(minutes=7)
        Referral.objects.filter(pk=referral.pk).update(school=other, status="declined")
        Student.objects.filter(pk=mine.student_id).update(school=other)
        Assignment.objects.update(trial_until=today())
        PersonAround.objects.update(phone="070-1740606")
        Booking.objects.update(place="Biblioteket", kind="phone")
        Task.objects.update(owner=contact.author)
    row = {
        "student": mine.student,
        "case": mine.case,
        "assignment": mine,
        "referral": referral,
        "contact": contact,
    }[page]
    client.force_login(coordinator)
    with assert_queries(queries):
        assert client.get(url_of(page, row)).status_code == 200


def test_the_pages_lead_there(client, mine, coordinator):
    contact = ContactFactory(assignment=mine)
    with owner():
        referral = mine.case.referral
    client.force_login(coordinator)
    for url, page, row in (
        (reverse("overviews:student_detail", args=[mine.student.public_id]), "student", mine.student),
        (reverse("students:referral_detail", args=[referral.public_id]), "referral", referral),
        (reverse("students:case_edit", args=[mine.case.public_id]), "case", mine.case),
        (reverse("students:assignment_end", args=[mine.public_id]), "assignment", mine),
    ):
        assert url_of(page, row) in client.get(url).content.decode()
    client.force_login(contact.author)
    page = client.get(reverse("visits:contact_edit", args=[contact.public_id])).content.decode()
    assert url_of("contact", contact) in page


def test_staff_and_outsiders_do_not_get_there(client, mine):
    staff = SchoolStaffFactory(school=mine.school)
    client.force_login(staff)
    assert client.get(url_of("student", mine.student)).status_code == 403
    client.force_login(CoordinatorFactory())
    assert client.get(url_of("student", mine.student)).status_code == 404


def test_every_field_that_is_told_has_a_word_of_its_own():
    """A name that Django makes of the column's would stand in English on the page."""
    wrong = []
    for subject, model in sources.SUBJECTS.items():
        for name in words.said_fields(subject):
            made_up = name.replace("_", " ")
            field = model._meta.get_field(name)
            if (
                (subject, name) not in words.FIELD_WORDS
                and isinstance(field.verbose_name, str)
                and made_up == field.verbose_name
            ):
                wrong.append(f"{subject}.{name}")
    assert not wrong, f"verbose_name=_(…) on the model, or FIELD_WORDS: {wrong}"
    with override("sv"):
        assert words.field_word("assignment", "supporter") == "peer supporter"
