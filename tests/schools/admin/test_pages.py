"""Django admin's pages: for whom, of one's own organisation only, no case table, nothing deleted (TRUST T2)."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    CoordinatorFactory,
    LeadFactory,
    LocalCodeFactory,
    MembershipFactory,
    PeerUserFactory,
    ReviewerFactory,
    SchoolContactFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from schools.admin import forms as admin_forms
from tests.schools.admin.forms import LISTS, REGISTERED

pytestmark = pytest.mark.django_db


def test_only_people_and_places_are_registered():
    assert {model._meta.label_lower for model in admin.site._registry} == REGISTERED


@pytest.mark.parametrize("name", ["admin:index", *LISTS, "admin:jsi18n"])
@pytest.mark.parametrize(
    "factory",
    [
        CoordinatorFactory,
        LeadFactory,
        PeerUserFactory,
        ReviewerFactory,
        SchoolStaffFactory,
        SupervisorFactory,
    ],
)
def test_admin_is_refused_to_other_roles(client, organisation, name, factory):
    client.force_login(factory(organisation=organisation))
    assert client.get(reverse(name)).status_code == 403


def test_admin_sends_strangers_to_sign_in(client):
    assert client.get(reverse("admin:index")).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("path", ["login/", "logout/", "password_change/", "r/1/1/"])
def test_admin_has_no_doors_of_its_own(client, system_admin, path):
    assert client.get(reverse("admin:index") + path).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_lists_show_own_organisation_only(client, system_admin, organisation, name):
    own, foreign = (
        SchoolFactory(organisation=organisation, name="Egenskolan"),
        SchoolFactory(name="Främmandeskolan"),
    )
    for school, word in ((own, "Egen"), (foreign, "Främmande")):
        SchoolContactFactory(school=school, name=f"{word} Kontakt")
        CoordinatorFactory(school=school, given_name=word)
        LocalCodeFactory(organisation=school.organisation, label=f"{word} kontakt")
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "Främmande" not in response.content.decode()
    own_word = "Provlunda" if name.endswith("organisation_changelist") else "Egen"
    assert own_word in response.content.decode()


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("admin:accounts_user_changelist", 3),
        ("admin:schools_membership_changelist", 3),
        ("admin:schools_school_changelist", 3),
    ],
)
def test_lists_take_the_same_queries_however_many_rows(
    client, system_admin, organisation, assert_queries, name, queries, count
):
    for school in SchoolFactory.create_batch(count, organisation=organisation):
        SchoolStaffFactory(school=school)
    client.get(reverse(name))
    with assert_queries(queries):  # session with user, scope, rows
        client.get(reverse(name))


def test_no_page_of_admin_shows_a_pupil_or_a_foreign_record(client, system_admin, organisation):
    AssignmentFactory(
        case__student__given_name="Kanariefågel", case__student__school__organisation=organisation
    )
    foreign = SchoolFactory()
    for page in LISTS:
        assert "Kanariefågel" not in client.get(reverse(page)).content.decode()
    for name, pk in (
        ("schools_school", foreign.pk),
        ("schools_organisation", foreign.organisation_id),
        ("accounts_user", UserFactory().pk),
        ("schools_membership", MembershipFactory().pk),
        ("schools_schoolcontact", SchoolContactFactory().pk),
    ):
        response = client.get(reverse(f"admin:{name}_change", args=[pk]))
        assert response.status_code == 302  # Django's way to say there is no such record
        assert response.headers["Location"] == reverse("admin:index")


@pytest.mark.parametrize("name", sorted(REGISTERED))
def test_opening_a_form_leaves_the_fields_it_shares_as_they_were(client, system_admin, organisation, name):
    """A label wrapped once more by each request would take twice as long to read each time."""
    LocalCodeFactory(organisation=organisation)
    SchoolContactFactory(school=SchoolFactory(organisation=organisation))
    shared = {
        (form, field): (declared.label, declared.help_text)
        for form in vars(admin_forms).values()
        if hasattr(form, "declared_fields")
        for field, declared in form.declared_fields.items()
    }
    assert len(shared) > 10

    table = name.replace(".", "_")
    with owner():
        record = apps.get_model(name)._default_manager.first()
    pages = [reverse(f"admin:{table}_change", args=[record.pk]), reverse(f"admin:{table}_add")]
    answers = [client.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [200, 403 if name == "schools.organisation" else 200]
    for (form, field), (label, help_text) in shared.items():
        assert form.declared_fields[field].label is label, (form, field)
        assert form.declared_fields[field].help_text is help_text, (form, field)


@pytest.mark.parametrize(
    "name", ["accounts_user", "schools_membership", "schools_school", "schools_schoolcontact"]
)
def test_nothing_is_deleted(client, system_admin, organisation, name):
    school = SchoolFactory(organisation=organisation)
    staff = SchoolStaffFactory(school=school)
    contact = SchoolContactFactory(school=school)
    with owner():
        membership = staff.memberships.get()
    pk = {"accounts_user": staff, "schools_membership": membership, "schools_school": school}.get(
        name, contact
    ).pk
    assert client.post(reverse(f"admin:{name}_delete", args=[pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["password__startswith=md5", "needs_second_factor=1", "sessions__session_key__gt=a", "is_active=%00"],
)
def test_lists_are_filtered_by_what_is_offered_only(client, system_admin, query):
    """A list that answers to any column tells a password's hash, letter by letter."""
    assert client.get(f"{reverse('admin:accounts_user_changelist')}?{query}").status_code == 400
    assert client.get(f"{reverse('admin:accounts_user_changelist')}?is_active__exact=1").status_code == 200


def test_administrator_of_a_single_school_has_no_admin(client, organisation):
    client.force_login(AdminFactory(school=SchoolFactory(organisation=organisation)))
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403


def test_start_of_admin_is_the_services_own_page(client, system_admin):
    for url in (reverse("admin:index"), reverse("admin:app_list", args=["schools"])):
        assert client.get(url).headers["Location"] == reverse("overviews:administration")


def test_admin_loads_no_script_and_no_style_but_ours(client, system_admin, organisation):
    for url in (reverse("admin:accounts_user_changelist"), reverse("admin:schools_membership_add")):
        page = client.get(url).content.decode()
        scripts = ["/static/js/no_session_storage.js", "/static/django_htmx/htmx-2.min.js"]
        assert re.findall(r'<script src="([^"]+)"', page) == scripts
        assert "admin/css" not in page and 'aria-label="Huvudmeny"' in page
