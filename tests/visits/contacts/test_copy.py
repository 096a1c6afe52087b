"""A contact begun as a copy of the latest."""

import pytest
from pytest_django.asserts import assertContains

from peersupport.demo.factories import ContactFactory, CoordinatorFactory
from tests.visits.contacts.form import CREATE, form_of, new_form, part

pytestmark = pytest.mark.django_db


def test_copy_takes_what_repeats_and_nothing_that_is_told_of_one_time(me, mine):
    earlier = form_of(
        mine, kind="accompany", topics=["way_to_school"], travel_km="3", length="30", place="vid grinden"
    )
    me.post(
        CREATE,
        earlier | part(mine, note="Bara då", next_step="Bara då", purposes=["training"], pupils_words="Då"),
    )

    page = new_form(me, mine, copy="1")

    occasion, (alva,) = page.context["forms"].occasion_form, page.context["forms"].part_forms
    assert (occasion["kind"].value(), occasion["length"].value()) == ("accompany", "30")
    assert (occasion["topics"].value(), occasion["travel_km"].value()) == (["way_to_school"], "3")
    assert occasion["place"].value() == "vid grinden" and alva["purposes"].value() == ["training"]
    assert not alva["outcome"].value() and not alva["note"].value() and not alva["next_step"].value()
    assert "Bara då" not in page.content.decode()


def test_copy_without_anything_to_copy_says_so(me, mine):
    assertContains(new_form(me, mine, copy="1"), "Det finns ingen tidigare kontakt")


def test_copy_never_takes_what_somebody_else_has_written(me, mine, other):
    ContactFactory(
        assignment=mine, author=CoordinatorFactory(organisation=mine.school.organisation), supporter=None
    )
    ContactFactory(assignment=other)

    assertContains(new_form(me, mine, copy="1"), "Det finns ingen tidigare kontakt")
