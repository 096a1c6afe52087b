"""National values are nobody's to change: not past the service, and at no address of Django admin."""

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from peersupport.demo.factories import (
    AdminFactory,
    ContactFactory,
    CoordinatorFactory,
    LocalCodeFactory,
    MembershipFactory,
    SchoolContactFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools.codes import CONTACT_KIND, LISTS
from schools.models import LocalCode
from tests.access_table import PAGES
from tests.reauthentication import show_who_it_is
from tests.schools.codes.acting import acting_words

pytestmark = pytest.mark.django_db


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
    own = LocalCodeFactory(organisation=organisation, national_code="phone")
    with owner(), pytest.raises(IntegrityError), transaction.atomic():
        ContactFactory(kind="home_visit", local_kind=own)
        connection.cursor().execute("set constraints all immediate")


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
    school = SchoolFactory(organisation=organisation)
    records = {
        "localcode": own, "user": CoordinatorFactory(organisation=organisation), "organisation": organisation,
        "school": school, "schoolcontact": SchoolContactFactory(school=school),
        "membership": MembershipFactory(organisation=organisation),
    }  # fmt: skip
    client.force_login(user)
    show_who_it_is(client, user)
    national = [(each.name, [str(known.label) for known in each.codes]) for each in LISTS]
    args = []
    if page.name == "admin:app_list":
        args = ["schools"]
    elif page.objects != ("",):
        args = [records[page.name.split("_")[1]].pk]
    answer = client.post(reverse(page.name, args=args), TRIED)

    assert not answer.headers.get("Location", "").startswith(reverse("account_reauthenticate"))
    assert [(each.name, [str(known.label) for known in each.codes]) for each in LISTS] == national
    words = acting_words(user)
    assert words.label(CONTACT_KIND, "phone") == "Telefon"
    with owner():
        own.refresh_from_db()
    assert (own.code_list, own.national_code) == ("contact_kind", "at_school")
