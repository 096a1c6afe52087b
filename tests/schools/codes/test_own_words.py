"""What an organisation calls things: its own values beside the national ones (SEED_FACTS 61)."""

import pytest
from django.utils import translation

from peersupport.demo.factories import CoordinatorFactory, LocalCodeFactory, PeerUserFactory
from peersupport.demo.owner import owner
from peersupport.scope import Acting
from schools.codes import CONTACT_KIND, CONTACT_MODE, NATIONAL, Chosen, words_of
from schools.models import LocalCode, Organisation
from tests.schools.codes.acting import acting_words

pytestmark = pytest.mark.django_db


def test_words_come_with_the_scope_and_are_the_organisations_alone(organisation):
    walk = LocalCodeFactory(organisation=organisation, label="Promenad", national_code="home_visit")
    LocalCodeFactory(label="Främmande")
    with owner():
        Organisation.objects.filter(pk=organisation.pk).update(
            hidden_codes=["contact_kind:phone"], target_group_one="vän", target_group_many="vänner"
        )
    words = acting_words(PeerUserFactory(organisation=organisation))
    assert [own.label for own in words.local] == ["Promenad"]
    assert (words.target_group_one, words.target_group_many) == ("vän", "vänner")
    offered = dict(words.choices(CONTACT_KIND))
    assert "phone" not in offered and f"home_visit:{walk.public_id}" in offered
    assert words.label(CONTACT_KIND, "home_visit", walk.pk) == "Promenad"
    assert words.label(CONTACT_KIND, "phone") == "Telefon"

    elsewhere = acting_words(PeerUserFactory())
    assert elsewhere.label(CONTACT_KIND, "home_visit", walk.pk) == "Hembesök"
    assert elsewhere.target_group_one == "elev med problematisk skolfrånvaro"
    assert elsewhere == NATIONAL


def test_a_changed_word_is_read_on_the_next_request(organisation):
    user = CoordinatorFactory(organisation=organisation)
    own = LocalCodeFactory(organisation=organisation, label="Fika")
    assert acting_words(user).label(CONTACT_KIND, "at_school", own.pk) == "Fika"
    with owner():
        LocalCode.objects.filter(pk=own.pk).update(label="Fikastund", is_offered=False)
    words = acting_words(user)
    assert words.label(CONTACT_KIND, "at_school", own.pk) == "Fikastund"
    assert own.public_id not in {value.public_id for value in words.local if value.is_offered}
    assert dict(words.every(CONTACT_KIND))[f"at_school:{own.public_id}"] == "Fikastund"
    kept = words.choices(CONTACT_KIND, [Chosen("at_school", own.pk)])
    assert f"at_school:{own.public_id}" in dict(kept)


def test_an_own_word_is_in_the_readers_language(organisation):
    own = LocalCodeFactory(organisation=organisation, label="Fika", label_en="Coffee")
    words = acting_words(CoordinatorFactory(organisation=organisation))
    with translation.override("en"):
        assert words.label(CONTACT_KIND, "at_school", own.pk) == "Coffee"
    with translation.override("da"):
        assert words.label(CONTACT_KIND, "at_school", own.pk) == "Fika"


@pytest.mark.parametrize(
    "token", ["", "x", "phone:", "phone:x", "at_school:00000000-0000-4000-8000-000000000000"]
)
def test_what_is_no_value_is_read_as_none(organisation, token):
    words = acting_words(CoordinatorFactory(organisation=organisation))
    assert words.read(CONTACT_KIND, token) in (None, Chosen("phone"))
    assert (words.read(CONTACT_KIND, token) is None) == (token != "phone:")


def test_an_own_value_is_read_as_what_it_counts_as_and_in_its_list_only(organisation):
    own = LocalCodeFactory(organisation=organisation, national_code="phone")
    words = acting_words(CoordinatorFactory(organisation=organisation))
    assert words.read(CONTACT_KIND, f"phone:{own.public_id}") == Chosen("phone", own.pk)
    assert words.read(CONTACT_KIND, f"at_school:{own.public_id}") is None
    assert words.read(CONTACT_MODE, f"phone:{own.public_id}") is None
    assert words.label(CONTACT_MODE, "phone", own.pk) == "på telefon"


def test_words_of_nobody_are_national():
    assert words_of(Acting()) is NATIONAL
