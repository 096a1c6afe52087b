"""Several pupils in one contact: each with a part, a page and a history of their own."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import AssignmentFactory, StudentFactory
from tests.visits.contacts.form import CREATE, form_of, part, parts_of, saved

pytestmark = pytest.mark.django_db


def test_contact_create_stores_each_pupil_apart(me, mine, other):
    data = form_of(mine, other) | part(mine, note="Bara om Alvabeth") | part(other, note="Bara om Kerstina")

    me.post(CREATE, data | part(other, outcome="student_cancelled"))

    assert len(saved()) == 1
    assert [row.note.text for row in parts_of(mine.student)] == ["Bara om Alvabeth"]
    assert [row.outcome for row in parts_of(other.student)] == ["student_cancelled"]
    page = me.get(reverse("overviews:student_detail", args=[mine.student.public_id]))
    text = page.content.decode()
    assert "Bara om Alvabeth" in text
    assert "Kerstina" not in text and str(other.student.public_id) not in text


def test_contact_create_adds_a_pupil_half_way_without_losing_text(me, mine):
    other = AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
    data = form_of(mine, length="other", minutes="45") | part(mine, note="Halvskriven")
    data["student"].append(str(other.student.public_id))

    response = me.post(CREATE, data | {"add": "1"})

    page = response.content.decode()
    assert response.status_code == 200 and not response.context["forms"].problems and not saved()
    assert "Halvskriven" in page and 'value="45"' in page
    assert f"{other.student.public_id}-outcome" in page


def test_contact_create_asks_how_it_went_for_a_pupil_ticked_and_not_answered(me, mine):
    other = AssignmentFactory(case__student=StudentFactory(school=mine.school), supporter=mine.supporter)
    data = form_of(mine)
    data["student"].append(str(other.student.public_id))

    response = me.post(CREATE, data)

    assert response.status_code == 200 and len(response.context["forms"].problems) == 1 and not saved()


def test_each_page_and_each_history_tells_its_own_part_only(me, mine, other):
    data = form_of(mine, other, kind="group", topics=["play"])
    data |= part(mine, note="Om Alvabeth", pupils_words="Alvabeths ord", purposes=["training"])
    data |= part(other, note="Om Kerstina", pupils_words="Kerstinas ord", purposes=["coping"])
    me.post(CREATE, data)
    (contact,) = saved()
    edited = form_of(mine, other, kind="group", topics=["play"]) | part(mine, note="Om Alvabeth igen")
    edited |= part(other, note="Om Kerstina igen", pupils_words="Kerstinas nya ord", purposes=["wellbeing"])
    edit = reverse("visits:contact_edit", args=[contact.public_id])
    assert me.post(edit, edited | {"version": 1}).status_code == 302

    for assignment, own, others in ((mine, "Alvabeth", "Kerstina"), (other, "Kerstina", "Alvabeth")):
        for name in ("student_detail", "student_changes"):
            page = me.get(reverse(f"overviews:{name}", args=[assignment.student.public_id]))
            assertContains(page, f"Om {own}")
            assertNotContains(page, f"Om {others}")
            assertNotContains(page, f"{others}s ord")
            assertNotContains(page, others)


def test_a_pupil_can_be_taken_out_half_way_and_nothing_else_is_lost(me, mine, other):
    data = form_of(mine, other, kind="group", place="vid sjön", topics=["play", "meal"], travel_km="4,5")
    data |= part(mine, note="Halvskriven", purposes=["coping"], pupils_words="Halvsagt")

    response = me.post(CREATE, data | {"remove": str(other.student.public_id)})

    page = response.content.decode()
    assert response.status_code == 200 and not saved() and not response.context["forms"].problems
    assert "Halvskriven" in page and "vid sjön" in page and "Halvsagt" in page
    occasion, (alva,) = response.context["forms"].occasion_form, response.context["forms"].part_forms
    assert occasion["topics"].value() == ["play", "meal"] and alva["purposes"].value() == ["coping"]
    assert occasion["travel_km"].value() == "4,5"
    assert f"{other.student.public_id}-outcome" not in page
