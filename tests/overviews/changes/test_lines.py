"""Ändringar: who changed what, from what to what."""

from datetime import date

import pgtrigger
import pytest
from django.utils.translation import override

from overviews.rows.changes import sources, words
from peersupport.demo.factories import LocalCodeFactory, SchoolFactory
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.lib.history import events_of
from peersupport.scope import scope
from schools.codes import Chosen
from schools.models import SchoolForm
from students import services
from students.models import Assignment, Case, Referral
from students.services.students import Place
from tests.overviews.changes.lines import change_school, edit_case, lines_of, url_of

pytestmark = pytest.mark.django_db


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
