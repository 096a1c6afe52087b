"""The national code lists, and what an organisation may and may not do with them (SEED_FACTS 3, 61)."""

from datetime import date

import psycopg
import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils import translation

from peersupport.demo.factories import (
    AdminFactory,
    CoordinatorFactory,
    LeadFactory,
    LocalCodeFactory,
    OrganisationFactory,
    PeerUserFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import Acting, scope
from schools import codes
from schools.codes import CONTACT_KIND, CONTACT_MODE, GRADE, LISTS, NATIONAL, SCHOOL_FORM, Chosen, words_of
from schools.models import LocalCode, Organisation
from tests.access_table import PAGES

pytestmark = pytest.mark.django_db
LISTS_PAGE = reverse("schools:code_lists")


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Provlunda kommun")


def acting_words(user):
    with scope(user) as acting:
        return words_of(acting)


# --- The lists themselves


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


# --- An organisation's own words


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


def test_words_of_nobody_are_national():
    assert words_of(Acting()) is NATIONAL


# --- National ones are nobody's to change


@pytest.mark.parametrize(
    "statement",
    [
        "update schools_localcode set national_code = 'phone'",
        "update schools_localcode set code_list = 'contact_mode', national_code = 'phone'",
        "update schools_localcode set organisation_id = organisation_id",
        "delete from schools_localcode",
        "insert into schools_localcode (public_id, created_at, version, organisation_id, code_list, national_code,"
        " label, label_en, label_da, is_offered) select gen_random_uuid(), now(), 1, organisation_id,"
        " 'contact_kind', 'tea', 'Te', '', '', true from schools_localcode",
        "insert into schools_localcode (public_id, created_at, version, organisation_id, code_list, national_code,"
        " label, label_en, label_da, is_offered) select gen_random_uuid(), now(), 1, organisation_id,"
        " 'sex', 'girl', 'Tjej', '', '', true from schools_localcode",
    ],
)
def test_database_lets_no_administrator_change_what_is_counted(organisation, statement):
    own = LocalCodeFactory(organisation=organisation)
    user = AdminFactory(organisation=organisation)
    refusals = (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)
    with scope(user), pytest.raises(refusals), transaction.atomic():
        connection.connection.execute(statement)
    with owner():
        own.refresh_from_db()
        assert (own.code_list, own.national_code) == ("contact_kind", "at_school")
        assert LocalCode.objects.count() == 1


def test_database_ties_an_own_kind_to_the_national_one_beside_it(organisation):
    from peersupport.demo.factories import ContactFactory

    own = LocalCodeFactory(organisation=organisation, national_code="phone")
    with owner(), pytest.raises(IntegrityError), transaction.atomic():
        contact = ContactFactory(kind="home_visit", local_kind=own)
        connection.cursor().execute("set constraints all immediate")
        assert contact.pk is None


ADMIN_PAGES = [page for page in PAGES if page.name.startswith("admin:") and page.name != "admin:jsi18n"]
# Whatever someone may try to send along to change a national value.
TRIED = {
    "code_list": "contact_kind", "national_code": "phone", "stands_for": "contact_kind:phone", "code": "phone",
    "label": "Egen telefon", "contact_kind": "Egen telefon", "phone": "070-1740699", "organisation": "1",
    "version": "2027-01-01", "hidden_codes": "contact_kind:phone", "offered_contact_kind": "home_visit",
}  # fmt: skip


@pytest.mark.parametrize("page", ADMIN_PAGES, ids=lambda page: page.name)
def test_no_address_of_admin_changes_a_national_value(client, organisation, page):
    user = AdminFactory(organisation=organisation)
    own = LocalCodeFactory(organisation=organisation)
    records = {
        "localcode": own, "user": user, "organisation": organisation, "school": SchoolFactory(organisation=organisation)
    }  # fmt: skip
    client.force_login(user)
    national = [(each.name, [str(known.label) for known in each.codes]) for each in LISTS]
    args = []
    if page.name == "admin:app_list":
        args = ["schools"]
    elif page.objects != ("",):
        record = records.get(page.name.split("_")[1])
        args = [record.pk if record else 1]
    client.post(reverse(page.name, args=args), TRIED)

    assert [(each.name, [str(known.label) for known in each.codes]) for each in LISTS] == national
    words = acting_words(user)
    assert words.label(CONTACT_KIND, "phone") == "Telefon"
    with owner():
        own.refresh_from_db()
    assert (own.code_list, own.national_code) == ("contact_kind", "at_school")


# --- Keeping them in Django admin


OWN_VALUE = {"stands_for": "contact_kind:home_visit", "label": "Promenad", "label_en": "", "label_da": "",
             "is_offered": "on"}  # fmt: skip


@pytest.fixture
def administrator(client, organisation):
    user = AdminFactory(organisation=organisation)
    client.force_login(user)
    return user


def test_administrator_adds_a_value_and_changes_its_words(client, administrator, organisation):
    assert client.post(reverse("admin:schools_localcode_add"), OWN_VALUE).status_code == 302
    with owner():
        own = LocalCode.objects.get()
    assert (own.organisation_id, own.code_list, own.national_code) == (
        organisation.pk, "contact_kind", "home_visit",
    )  # fmt: skip
    url = reverse("admin:schools_localcode_change", args=[own.pk])
    page = client.get(url).content.decode()
    assert "Hembesök" in page and 'name="stands_for"' not in page
    assert client.post(url, {**OWN_VALUE, "label": "Gåtur", "is_offered": ""}).status_code == 302
    with owner():
        own.refresh_from_db()
    assert (own.label, own.is_offered, own.national_code, own.version) == ("Gåtur", False, "home_visit", 2)
    history = client.get(reverse("admin:schools_localcode_history", args=[own.pk])).content.decode()
    assert administrator.name in history


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stands_for", ""),
        ("stands_for", "contact_kind:tea"),
        ("stands_for", "sex:girl"),
        ("label", ""),
        ("label", "  hembesök "),  # the national word
        ("label", "FIKA"),  # there already
    ],
)
def test_a_value_that_cannot_be_is_explained(client, administrator, organisation, field, value):
    LocalCodeFactory(organisation=organisation, label="Fika")
    answer = client.post(reverse("admin:schools_localcode_add"), {**OWN_VALUE, field: value})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.has_error(field)


def everything() -> dict[str, list[str]]:
    return {f"offered_{each.name}": [known.code for known in each.codes] for each in LISTS if each.may_hide}


def settings_of(organisation, **changes):
    return {
        "name": organisation.name, "number": "", "municipality_code": "", "days_without_contact": 14,
        "days_before_first_contact": 5, "counted_kinds": ["home_visit"],
        "students_per_full_time": 12, "target_group_one": "", "target_group_many": "", **everything(), **changes,
    }  # fmt: skip


def test_administrator_leaves_a_value_out_of_forms_and_takes_it_back(client, administrator, organisation):
    url = reverse("admin:schools_organisation_change", args=[organisation.pk])
    fewer = [code for code in everything()["offered_contact_kind"] if code != "message"]
    assert client.post(url, settings_of(organisation, offered_contact_kind=fewer)).status_code == 302
    assert "message" not in dict(acting_words(administrator).choices(CONTACT_KIND))
    assert acting_words(administrator).label(CONTACT_KIND, "message") == "Sms eller chatt"
    with owner():
        organisation.refresh_from_db()
    assert (organisation.hidden_codes, organisation.version) == (["contact_kind:message"], 2)

    assert client.post(url, settings_of(organisation)).status_code == 302
    assert "message" in dict(acting_words(administrator).choices(CONTACT_KIND))


@pytest.mark.parametrize(
    ("field", "value"),
    [("offered_contact_kind", []), ("target_group_many", "bara flera"), ("offered_contact_kind", ["tea"])],
)
def test_settings_that_cannot_be_are_explained(client, administrator, organisation, field, value):
    url = reverse("admin:schools_organisation_change", args=[organisation.pk])
    answer = client.post(url, settings_of(organisation, **{field: value}))
    assert answer.status_code == 200 and answer.context["adminform"].form.errors
    with owner():
        organisation.refresh_from_db()
    assert organisation.hidden_codes == []


def test_every_field_of_admin_says_what_it_is_for(client, administrator, organisation):
    own = LocalCodeFactory(organisation=organisation)
    school = SchoolFactory(organisation=organisation)
    colleague = CoordinatorFactory(organisation=organisation)
    with owner():
        role = colleague.memberships.get()
    records = {
        "user": colleague,
        "membership": role,
        "school": school,
        "organisation": organisation,
        "localcode": own,
    }
    urls = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        for model in admin.site._registry
        if model is not Organisation
    ]
    urls += [
        reverse(f"admin:{record._meta.app_label}_{name}_change", args=[record.pk])
        for name, record in records.items()
    ]
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200, url
        page = answer.content.decode()
        fields = [field for part in answer.context["adminform"] for line in part for field in line]
        assert fields
        for field in fields:
            about = field.field["help_text"] if field.is_readonly else field.field.help_text
            name = field.field["name"] if field.is_readonly else field.field.name
            assert str(about), (url, name)
            with translation.override("en"):
                english = str(about)
            assert str(about) != english, f"{url}: {name} is not explained in Swedish"
            assert field.is_readonly or f'name="{name}"' in page, (url, name)
        assert "<select" not in page or 'name="user"' not in page  # nobody is chosen from a list of all users


# --- The page


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
    assert page.count("version 2026-11-2") == len(LISTS)
    assert "Elev med problematisk skolfrånvaro" in page
