"""Django admin: by role, one's own organisation, no case table, nothing deleted, no names in its log (TRUST T2)."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db import connection
from django.urls import reverse

from accounts.models import Session, User
from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    CoordinatorFactory,
    LeadFactory,
    LocalCodeFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerUserFactory,
    ReviewerFactory,
    SchoolContactFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools import codes
from schools.admin import forms as admin_forms
from schools.models import Membership, Role, School, SchoolContact
from tests.reauthentication import show_who_it_is

pytestmark = pytest.mark.django_db
REGISTERED = {
    "accounts.user", "schools.localcode", "schools.membership", "schools.organisation", "schools.school", "schools.schoolcontact",
}  # fmt: skip
EVERYTHING_OFFERED = {
    f"offered_{each.name}": [known.code for known in each.codes] for each in codes.LISTS if each.may_hide
} | {"days_before_first_contact": 5, "counted_kinds": ["home_visit", "phone"]}
LISTS = [f"admin:{label.replace('.', '_')}_changelist" for label in sorted(REGISTERED)]


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Provlunda kommun")


@pytest.fixture
def system_admin(client, organisation):
    user = AdminFactory(organisation=organisation)
    client.force_login(user)
    show_who_it_is(client, user)
    return user


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
    if not name.endswith("organisation_changelist"):
        assert "Egen" in response.content.decode()


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
    assignment = AssignmentFactory(
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
    assert assignment.pk


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


NEW_USER = {
    "email": "Ny.Person@skola.example",
    "given_name": "Ny",
    "family_name": "Exempelsson",
    "phone": "",
    "role": "coordinator",
    "school": "",
}


def test_user_is_made_with_a_first_role_that_waits_and_chooses_a_password(client, system_admin, organisation):
    response = client.post(reverse("admin:accounts_user_add"), NEW_USER)
    assert response.status_code == 302

    with owner():
        user = User.objects.get(email="ny.person@skola.example")
        membership = user.memberships.get()
    assert not user.has_usable_password()
    assert user.needs_second_factor
    assert (membership.role, membership.organisation_id, membership.confirmed_at) == (
        "coordinator",
        organisation.pk,
        None,
    )
    assert membership.granted_by_id == system_admin.pk

    client.logout()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]
    opened = client.get(link, follow=True)
    chosen = "en lång mening om sommaren 1987"
    client.post(opened.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    with owner():
        user.refresh_from_db()
    assert user.check_password(chosen)


def test_user_with_known_address_is_not_made_twice(client, system_admin):
    UserFactory(email="ny.person@skola.example")
    response = client.post(reverse("admin:accounts_user_add"), NEW_USER)
    assert response.status_code == 200
    assert response.context["adminform"].form.has_error("email")


def test_address_is_not_changed(client, system_admin, organisation):
    staff = SchoolStaffFactory(organisation=organisation)
    url = reverse("admin:accounts_user_change", args=[staff.pk])
    data = {"email": "annan@skola.example", "given_name": "Nytt", "family_name": "Namn", "is_active": "on"}
    assert client.post(url, data).status_code == 302
    with owner():
        staff.refresh_from_db()
    assert (staff.given_name, staff.email) == ("Nytt", staff.email.lower())
    assert staff.email != "annan@skola.example"


def test_stopped_user_is_out_on_the_next_request(client, organisation):
    staff = SchoolStaffFactory(organisation=organisation)
    client.force_login(staff)
    assert client.get(reverse("overviews:school_list")).status_code == 200

    administering = type(client)()
    administering.force_login(AdminFactory(organisation=organisation))
    url = reverse("admin:accounts_user_change", args=[staff.pk])
    data = {"given_name": staff.given_name, "family_name": staff.family_name, "phone": ""}
    assert administering.post(url, data).status_code == 302

    assert client.get(reverse("overviews:school_list")).status_code == 302
    assert not Session.objects.filter(user=staff).exists()


def test_admin_does_not_stop_themselves(client, system_admin):
    url = reverse("admin:accounts_user_change", args=[system_admin.pk])
    client.post(url, {"given_name": "Själv", "family_name": "Test"})
    with owner():
        system_admin.refresh_from_db()
    assert system_admin.is_active


def test_person_who_has_left_is_not_changed(client, system_admin, organisation):
    left = MembershipFactory(organisation=organisation, ended=True).user
    url = reverse("admin:accounts_user_change", args=[left.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"given_name": "X", "family_name": "Y"}).status_code == 403


def membership_data(user, role, **values):
    return {
        "email": user.email,
        "role": role,
        "school": "",
        "valid_from": today().isoformat(),
        "valid_to": "",
        **values,
    }


def test_membership_is_granted_by_address(client, system_admin, organisation):
    user = UserFactory()
    response = client.post(
        reverse("admin:schools_membership_add"), membership_data(user, Role.PEER_SUPPORTER)
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    with owner():
        membership = user.memberships.get()
    assert (membership.organisation_id, membership.granted_by_id, membership.confirmed_at) == (
        organisation.pk,
        system_admin.pk,
        None,
    )


def test_membership_of_own_is_refused(client, system_admin):
    response = client.post(reverse("admin:schools_membership_add"), membership_data(system_admin, Role.LEAD))
    assert response.status_code == 200
    with owner():
        own = system_admin.memberships.get()
    url = reverse("admin:schools_membership_change", args=[own.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"valid_to": "", "ends_now": "on"}).status_code == 403


def test_membership_at_foreign_school_is_refused(client, system_admin):
    data = membership_data(UserFactory(), Role.SCHOOL_STAFF, school=SchoolFactory().pk)
    response = client.post(reverse("admin:schools_membership_add"), data)
    assert response.context["adminform"].form.has_error("school")


def test_membership_for_unknown_address_is_explained(client, system_admin):
    response = client.post(
        reverse("admin:schools_membership_add"), membership_data(UserFactory.build(), Role.LEAD)
    )
    assert response.context["adminform"].form.has_error("email")


def test_membership_is_ended_at_once(client, system_admin, organisation):
    membership = MembershipFactory(organisation=organisation, role=Role.COORDINATOR)
    url = reverse("admin:schools_membership_change", args=[membership.pk])
    assert client.post(url, {"valid_to": "", "ends_now": "on"}).status_code == 302
    with owner():
        membership.refresh_from_db()
    assert membership.is_over
    assert client.post(url, {"valid_to": ""}).status_code == 403


def test_membership_gets_a_last_day(client, system_admin, organisation):
    membership = MembershipFactory(organisation=organisation, role=Role.COORDINATOR)
    url = reverse("admin:schools_membership_change", args=[membership.pk])
    assert client.post(url, {"valid_to": today().isoformat()}).status_code == 302
    with owner():
        membership.refresh_from_db()
    assert membership.valid_to == today()
    assert client.post(url, {"valid_to": ""}).status_code == 200  # prolonging needs a new grant


def test_school_is_made_in_own_organisation_and_changed(client, system_admin, organisation):
    data = {
        "name": "Nya skolan", "unit_code": "12345678", "municipality_code": "9901", "forms": ["GR", "FKLASS"],
        "grades": "F–9", "status": "active", "phone": "",
    }  # fmt: skip
    assert client.post(reverse("admin:schools_school_add"), data).status_code == 302
    with owner():
        school = School.objects.get(unit_code="12345678")
    assert (school.organisation_id, school.forms) == (organisation.pk, ["GR", "FKLASS"])

    url = reverse("admin:schools_school_change", args=[school.pk])
    assert client.post(url, {**data, "status": "closed"}).status_code == 302
    with owner():
        school.refresh_from_db()
    assert (school.status, school.version) == ("closed", 2)


def test_contact_is_kept_at_own_schools_only(client, system_admin, organisation):
    school = SchoolFactory(organisation=organisation)
    data = {"school": school.pk, "function": "rektor", "name": "Alva Fiktander", "email": "", "phone": ""}
    assert client.post(reverse("admin:schools_schoolcontact_add"), data).status_code == 302
    response = client.post(reverse("admin:schools_schoolcontact_add"), {**data, "school": SchoolFactory().pk})
    assert response.status_code == 200
    with owner():
        assert SchoolContact.objects.count() == 1


def test_organisation_is_changed_but_not_made(client, system_admin, organisation):
    assert client.get(reverse("admin:schools_organisation_add")).status_code == 403
    url = reverse("admin:schools_organisation_change", args=[organisation.pk])
    data = {
        "name": organisation.name, "number": "", "municipality_code": "9901", "days_without_contact": 21,
        "students_per_full_time": 10, **EVERYTHING_OFFERED,
    }  # fmt: skip
    assert client.post(url, data).status_code == 302
    with owner():
        organisation.refresh_from_db()
    assert organisation.days_without_contact == 21
    assert not organisation.counts_school_days  # the box was left empty
    assert set(organisation.uncounted_kinds) == {
        *("at_school", "activity", "accompany", "video", "message", "group", "guardian_contact"),
        "staff_contact",
    }


def test_log_of_admin_holds_no_names(client, system_admin, organisation):
    client.post(reverse("admin:accounts_user_add"), NEW_USER)
    user = User.objects.get(email="ny.person@skola.example")
    client.post(
        reverse("admin:accounts_user_change", args=[user.pk]),
        {"given_name": "Annat", "family_name": "Exempelsson", "is_active": "on"},
    )
    client.post(reverse("admin:schools_membership_add"), membership_data(user, Role.LEAD))
    with owner():
        rows = list(LogEntry.objects.order_by("action_time"))
        membership = Membership.objects.get(user=user, role=Role.LEAD)
    assert [row.object_repr for row in rows] == [
        f"user {user.pk}",
        f"user {user.pk}",
        f"membership {membership.pk}",
    ]
    texts = " ".join(row.change_message for row in rows)
    assert "Exempelsson" not in texts
    assert "Annat" not in texts
    for model, record in (("user", user), ("membership", membership)):
        app = record._meta.app_label
        page = client.get(reverse(f"admin:{app}_{model}_history", args=[record.pk])).content.decode()
        assert system_admin.name in page


def test_person_of_another_organisation_too_is_not_changed(client, system_admin, organisation):
    """An administrator may give anyone a role, but not so come to stop or rename another organisation's people."""
    foreign = CoordinatorFactory()
    data = membership_data(foreign, Role.SUPERVISOR)
    assert client.post(reverse("admin:schools_membership_add"), data).status_code == 302
    url = reverse("admin:accounts_user_change", args=[foreign.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"given_name": "X", "family_name": "Y"}).status_code == 403
    with owner():
        foreign.refresh_from_db()
    assert foreign.is_active


@pytest.mark.parametrize(
    "query",
    ["password__startswith=md5", "needs_second_factor=1", "sessions__session_key__gt=a", "is_active=%00"],
)
def test_lists_are_filtered_by_what_is_offered_only(client, system_admin, query):
    """A list that answers to any column tells a password's hash, letter by letter."""
    assert client.get(f"{reverse('admin:accounts_user_changelist')}?{query}").status_code == 400
    assert client.get(f"{reverse('admin:accounts_user_changelist')}?is_active__exact=1").status_code == 200


def test_unit_code_of_another_organisation_is_refused_without_telling_whose(client, system_admin):
    taken = SchoolFactory(name="Främmandeskolan")
    data = {"name": "Nyskolan", "unit_code": taken.unit_code, "municipality_code": "9901", "status": "active"}
    answer = client.post(reverse("admin:schools_school_add"), data, follow=True)
    assert answer.status_code == 200
    assert "Främmandeskolan" not in answer.content.decode()
    with owner():
        assert School.objects.filter(unit_code=taken.unit_code).count() == 1


def test_number_of_another_organisation_is_refused(client, system_admin, organisation):
    OrganisationFactory(number="2120009947")
    url = reverse("admin:schools_organisation_change", args=[organisation.pk])
    data = {"name": organisation.name, "number": "2120009947", "municipality_code": "",
            "days_without_contact": 14, "students_per_full_time": 12, **EVERYTHING_OFFERED}  # fmt: skip
    assert client.post(url, data).status_code == 302
    with owner():
        organisation.refresh_from_db()
    assert organisation.number == ""


def test_administrator_of_a_single_school_has_no_admin(client, organisation):
    client.force_login(AdminFactory(school=SchoolFactory(organisation=organisation)))
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403


def test_changes_are_read_by_fellow_administrators_and_nobody_else(client, system_admin, organisation):
    school = SchoolFactory(organisation=organisation)
    data = {"name": "Nya skolan", "unit_code": school.unit_code, "municipality_code": "9901", "forms": ["GR"],
            "grades": "F–9", "status": "active", "phone": ""}  # fmt: skip
    assert client.post(reverse("admin:schools_school_change", args=[school.pk]), data).status_code == 302
    url = reverse("admin:schools_school_history", args=[school.pk])

    client.force_login(AdminFactory(organisation=organisation))
    page = client.get(url).content.decode()
    assert system_admin.name in page and "Namn" in page

    with scope(AdminFactory()), connection.cursor() as cursor:
        cursor.execute("select count(*) from django_admin_log")
        assert cursor.fetchone() == (0,)
    with scope(CoordinatorFactory(organisation=organisation)), connection.cursor() as cursor:
        cursor.execute("select count(*) from django_admin_log")
        assert cursor.fetchone() == (0,)


def test_a_record_that_nobody_has_changed_says_so(client, system_admin, organisation):
    school = SchoolFactory(organisation=organisation)
    page = client.get(reverse("admin:schools_school_history", args=[school.pk])).content.decode()
    assert "Ingen har ändrat det här än." in page


def test_start_of_admin_is_the_services_own_page(client, system_admin):
    for url in (reverse("admin:index"), reverse("admin:app_list", args=["schools"])):
        assert client.get(url).headers["Location"] == reverse("overviews:administration")


def test_admin_loads_no_script_and_no_style_but_ours(client, system_admin, organisation):
    for url in (reverse("admin:accounts_user_changelist"), reverse("admin:schools_membership_add")):
        page = client.get(url).content.decode()
        scripts = ["/static/js/no_session_storage.js", "/static/django_htmx/htmx-2.min.js"]
        assert re.findall(r'<script src="([^"]+)"', page) == scripts
        assert "admin/css" not in page and 'aria-label="Huvudmeny"' in page
