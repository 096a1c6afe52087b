"""An organisation's own values and words, kept in Django admin."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from peersupport.demo.factories import CoordinatorFactory, LocalCodeFactory, SchoolFactory
from peersupport.demo.owner import owner
from schools.codes import CONTACT_KIND
from schools.models import LocalCode, Organisation
from tests.schools.admin.forms import EVERYTHING_OFFERED, settings_of
from tests.schools.codes.acting import acting_words

pytestmark = pytest.mark.django_db
OWN_VALUE = {"stands_for": "contact_kind:home_visit", "label": "Promenad", "label_en": "", "label_da": "",
             "is_offered": "on"}  # fmt: skip


def test_administrator_adds_a_value_and_changes_its_words(client, system_admin, organisation):
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
    assert system_admin.name in history


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
def test_a_value_that_cannot_be_is_explained(client, system_admin, organisation, field, value):
    LocalCodeFactory(organisation=organisation, label="Fika")
    answer = client.post(reverse("admin:schools_localcode_add"), {**OWN_VALUE, field: value})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.has_error(field)


def test_administrator_leaves_a_value_out_of_forms_and_takes_it_back(client, system_admin, organisation):
    url = reverse("admin:schools_organisation_change", args=[organisation.pk])
    fewer = [code for code in EVERYTHING_OFFERED["offered_contact_kind"] if code != "message"]
    assert client.post(url, settings_of(organisation, offered_contact_kind=fewer)).status_code == 302
    assert "message" not in dict(acting_words(system_admin).choices(CONTACT_KIND))
    assert acting_words(system_admin).label(CONTACT_KIND, "message") == "Sms eller chatt"
    with owner():
        organisation.refresh_from_db()
    assert (organisation.hidden_codes, organisation.version) == (["contact_kind:message"], 2)

    assert client.post(url, settings_of(organisation)).status_code == 302
    assert "message" in dict(acting_words(system_admin).choices(CONTACT_KIND))


@pytest.mark.parametrize(
    ("field", "value"),
    [("offered_contact_kind", []), ("target_group_many", "bara flera"), ("offered_contact_kind", ["tea"])],
)
def test_settings_that_cannot_be_are_explained(client, system_admin, organisation, field, value):
    url = reverse("admin:schools_organisation_change", args=[organisation.pk])
    answer = client.post(url, settings_of(organisation, **{field: value}))
    assert answer.status_code == 200 and answer.context["adminform"].form.errors
    with owner():
        organisation.refresh_from_db()
    assert organisation.hidden_codes == []


def test_every_field_of_admin_says_what_it_is_for(client, system_admin, organisation):
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
