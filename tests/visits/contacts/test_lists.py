"""What a contact's form offers: purposes, topics and kinds, the organisation's own among them."""

import pytest
from pytest_django.asserts import assertContains

from peersupport.demo.factories import LocalCodeFactory
from peersupport.demo.owner import owner
from schools.models import Organisation
from tests.visits.contacts.form import CREATE, form_of, has_purposes, new_form, page_of, part, parts_of, saved

pytestmark = pytest.mark.django_db


def test_new_contact_starts_with_the_one_purpose_of_the_support(me, mine):
    has_purposes(mine, "training")

    forms = new_form(me, mine).context["forms"]

    assert forms.part_forms[0]["purposes"].value() == ["training"]
    assert not forms.part_forms[0].is_more_open  # nothing that the writer has to look at


def test_new_contact_leaves_the_choice_between_several_purposes_to_the_writer(me, mine):
    has_purposes(mine, "training", "coping")

    assert new_form(me, mine).context["forms"].part_forms[0]["purposes"].value() == []


def test_purposes_may_be_the_organisations_own(me, mine):
    with owner():
        organisation = mine.student.school.organisation
    own = LocalCodeFactory(
        organisation=organisation, code_list="support_purpose", national_code="community", label="Ut på stan"
    )
    me.post(CREATE, form_of(mine) | part(mine, purposes=[f"community:{own.public_id}"]))

    (participation,) = parts_of(mine.student)
    assert (participation.purposes, participation.local_purposes) == (["community"], [own.pk])
    assertContains(me.get(page_of(mine.student)), "Ut på stan")


def test_topics_may_be_the_organisations_own_and_some_may_be_left_out(me, mine):
    with owner():
        organisation = mine.student.school.organisation
        Organisation.objects.filter(pk=organisation.pk).update(hidden_codes=["contact_topic:applications"])
    own = LocalCodeFactory(
        organisation=organisation, code_list="contact_topic", national_code="make", label="Byggde kojor"
    )
    offered = dict(new_form(me, mine).context["forms"].occasion_form.fields["topics"].choices)
    assert offered[f"make:{own.public_id}"] == "Byggde kojor" and "applications" not in offered

    me.post(CREATE, form_of(mine, topics=[f"make:{own.public_id}"]))

    (contact,) = saved()
    assert (contact.topics, contact.local_topics) == (["make"], [own.pk])
    assertContains(me.get(page_of(mine.student)), "Byggde kojor")


def test_kind_that_is_left_out_is_not_offered(me, mine):
    with owner():
        organisation = mine.student.school.organisation
        Organisation.objects.filter(pk=organisation.pk).update(hidden_codes=["contact_kind:group"])

    offered = dict(new_form(me, mine).context["forms"].occasion_form.fields["kind"].choices)

    assert "group" not in offered and "accompany" in offered
    assert me.post(CREATE, form_of(mine, kind="group")).status_code == 200 and not saved()


def test_common_kinds_stand_first_and_the_others_are_folded(me, mine):
    with owner():
        organisation = mine.student.school.organisation
    own = LocalCodeFactory(organisation=organisation, national_code="home_visit", label="Promenad hemifrån")

    field = new_form(me, mine).context["forms"].occasion_form.fields["kind"]

    tokens = [token for token, _word in field.choices]
    common = ["home_visit", f"home_visit:{own.public_id}", "at_school", "activity", "phone", "message"]
    assert tokens[: field.widget.visible] == common
    assert set(tokens[field.widget.visible :]) == {
        "accompany",
        "video",
        "group",
        "guardian_contact",
        "staff_contact",
    }


def test_kind_that_is_folded_is_seen_when_it_is_chosen(me, mine):
    page = new_form(me, mine, kind="video").content.decode()

    assert '<details class="choices-more" open>' in page
