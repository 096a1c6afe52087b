"""The national code lists, and the page that shows them (SEED_FACTS 3)."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import models

from peersupport.demo.factories import AdminFactory, CoordinatorFactory, LeadFactory, LocalCodeFactory
from peersupport.demo.owner import owner
from schools import codes
from schools.codes import GRADE, LISTS, NATIONAL, SCHOOL_FORM
from schools.models import Organisation
from tests.schools.codes.acting import LISTS_PAGE

pytestmark = pytest.mark.django_db


def test_every_list_says_version_and_source_and_each_code_once():
    for each in LISTS:
        assert each.version <= date.today() and each.source and each.title
        assert len({known.code for known in each.codes}) == len(each.codes)
        assert all(str(known.label) for known in each.codes)


def test_every_column_of_codes_stores_codes_of_its_list():
    """What a model offers and what the list has are the same, so that no stored value is without a word."""
    choices = {
        "school_form": codes.SchoolForm, "sex": codes.Sex, "protection": codes.Protection,
        "contact_kind": codes.ContactKind, "contact_mode": codes.ContactMode, "peer_model": codes.PeerModel,
        "contact_topic": codes.ContactTopic, "support_purpose": codes.SupportPurpose, "absence_kind": codes.AbsenceKind,
    }  # fmt: skip
    for name, values in choices.items():
        assert [known.code for known in codes.BY_NAME[name].codes] == list(values.values)
    stored = {
        (model._meta.label, field.name): {code for code, _label in field.flatchoices}
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and field.choices
    }
    assert stored["visits.Participation", "kind"] == stored["visits.Contact", "kind"]
    assert stored["students.Referral", "school_form"] == stored["students.Student", "school_form"]


def test_reform_of_2028_moves_the_grades(monkeypatch):
    def offered(day):
        monkeypatch.setattr("schools.codes.words.today", lambda: day)
        return [code for code, _word in NATIONAL.national_choices(GRADE)]

    assert offered(date(2028, 6, 30))[0] == "0" and "10" not in offered(date(2028, 6, 30))
    assert offered(date(2028, 7, 1))[0] == "1" and offered(date(2028, 7, 1))[-1] == "10"
    assert [code for code, _word in NATIONAL.national_choices(GRADE, {"0"})][0] == "0"  # what is stored stays
    assert "FKLASS" not in dict(NATIONAL.national_choices(SCHOOL_FORM))
    assert GRADE.label("0") == "förskoleklass"


def test_what_we_did_is_a_list_like_the_others(client, organisation):
    own = LocalCodeFactory(
        organisation=organisation, code_list="contact_topic", national_code="make", label="Byggde kojor"
    )
    with owner():
        Organisation.objects.filter(pk=organisation.pk).update(hidden_codes=["contact_topic:applications"])
    client.force_login(CoordinatorFactory(organisation=organisation))

    (listed,) = [each for each in client.get(LISTS_PAGE).context["lists"] if each.name == "contact_topic"]

    rows = {row.label: row for row in listed.rows}
    assert listed.source and listed.version and rows[own.label].is_own
    assert rows["Ansökte eller ringde"].notes == "Visas inte i våra formulär"


@pytest.mark.parametrize("factory", [CoordinatorFactory, LeadFactory, AdminFactory])
def test_page_shows_lists_with_version_source_and_own_values(client, organisation, factory, assert_queries):
    LocalCodeFactory(organisation=organisation, label="Fika i parken", is_offered=False)
    LocalCodeFactory(label="Främmande")
    with owner():
        Organisation.objects.filter(pk=organisation.pk).update(hidden_codes=["school_form:SAM"])
    client.force_login(factory(organisation=organisation))
    with assert_queries(2):  # session with user, scope
        page = client.get(LISTS_PAGE).content.decode()
    assert "Fika i parken" in page and "Vårt eget, räknas som I skolan, går inte längre att välja" in page
    assert "Främmande" not in page
    assert "Visas inte i våra formulär" in page
    assert "Till och med fre 30 juni 2028" in page
    shown = re.findall(r"<small>version ([0-9-]+)</small>", page)
    assert sorted(shown) == sorted(each.version.isoformat() for each in LISTS)
    assert "Elev med problematisk skolfrånvaro" in page
