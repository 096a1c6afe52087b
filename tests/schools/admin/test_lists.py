"""The administrator's lists: a page at a time, searched by an index, and never counted (SPEED.md, pitfall 1)."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peersupport.demo.factories import AdminFactory, OrganisationFactory, SchoolFactory, SchoolStaffFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope

pytestmark = pytest.mark.django_db
USERS = reverse("admin:accounts_user_changelist")
ROLES = reverse("admin:schools_membership_changelist")
SCHOOLS = reverse("admin:schools_school_changelist")
CONTACTS = reverse("admin:schools_schoolcontact_changelist")
OWN_VALUES = reverse("admin:schools_localcode_changelist")
ORGANISATION = reverse("admin:schools_organisation_changelist")
ASKED = [
    USERS,
    f"{USERS}?q=anders",
    f"{USERS}?q=an",
    f"{USERS}?is_active__exact=0",
    f"{USERS}?is_active__exact=1&q=exempel",
    ROLES,
    f"{ROLES}?q=anders",
    f"{ROLES}?role__exact=coordinator",
    f"{ROLES}?role__exact=lead&q=anders",
    SCHOOLS,
    f"{SCHOOLS}?q=lind&status__exact=active",
    CONTACTS,
    f"{CONTACTS}?q=rektor",
    OWN_VALUES,
    f"{OWN_VALUES}?code_list__exact=contact_kind&is_offered__exact=1&q=fika",
    ORGANISATION,
]


@pytest.fixture
def admin(client, organisation):
    user = AdminFactory(organisation=organisation, given_name="Adam", family_name="Ackesson")
    client.force_login(user)
    return user


def names(response) -> list[str]:
    found = re.findall(r'<th class="field-\w+"><a [^>]+>([^<]+)</a>', response.content.decode())
    return [text.strip() for text in found]


def link(response, relation: str) -> str:
    """Where "Visa fler" (next) or "Till de första" (prev) leads, or nothing."""
    found = re.search(rf'<a class="btn" href="([^"]*)" rel="{relation}"', response.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


def test_a_long_list_comes_page_by_page_and_whole(client, admin, organisation):
    for number in range(70):
        SchoolStaffFactory(organisation=organisation, given_name=f"Nr{number:02}", family_name="Testhage")
    seen, url = [], USERS
    while url:
        page = client.get(url)
        seen += names(page)
        address = link(page, "next")
        url = f"{USERS}{address}" if address else ""
    assert seen == ["Adam Ackesson", *(f"Nr{number:02} Testhage" for number in range(70))]
    assert link(page, "prev") == "?"
    assert "De sista 11 raderna" in page.content.decode()


def test_names_come_in_swedish_order(client, admin, organisation):
    for name in ("Östberg", "Zetterman", "Ärlig", "Åkesson"):
        SchoolStaffFactory(organisation=organisation, given_name="Alva", family_name=name)
    found = names(client.get(USERS))
    assert found[1:] == ["Alva Zetterman", "Alva Åkesson", "Alva Ärlig", "Alva Östberg"]


@pytest.mark.parametrize("url", [USERS, ROLES])
@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("öster", True),
        ("OSTER", True),
        ("ostergren", True),
        ("lo öst", True),  # a short word where a word begins
        ("ov", False),
        ("stergr", True),
        ("lovisa.o@", True),
        ("lovisa någonannan", False),
        ("%", False),
        ("_", False),
    ],
)
def test_people_are_found_by_parts_of_names(client, admin, organisation, url, words, is_found):
    SchoolStaffFactory(
        organisation=organisation,
        given_name="Lovisa",
        family_name="Östergren",
        email="lovisa.o@skola.example",
    )
    SchoolStaffFactory(given_name="Lovisa", family_name="Östergren")  # elsewhere
    page = client.get(url, {"q": words})
    assert names(page).count("Lovisa Östergren") == is_found
    assert "Visa alla" in page.content.decode()


def test_a_filter_and_a_search_go_together(client, admin, organisation):
    SchoolStaffFactory(
        organisation=organisation, given_name="Lovisa", family_name="Östergren", is_active=False
    )
    SchoolStaffFactory(organisation=organisation, given_name="Love", family_name="Östergren")
    page = client.get(USERS, {"q": "öster", "is_active__exact": "0", "after": "not-a-row"})
    assert names(page) == ["Lovisa Östergren"]
    assert 'name="is_active__exact" value="0"' in page.content.decode()
    assert 'name="after"' not in page.content.decode()


@pytest.mark.parametrize("url", ASKED)
def test_no_list_counts_its_rows_or_is_sorted_otherwise(client, admin, url):
    with CaptureQueriesContext(connection) as captured:
        page = client.get(url + ("&" if "?" in url else "?") + "o=1.2")
    assert page.status_code == 200
    statements = [query["sql"].lower() for query in captured]
    assert not [sql for sql in statements if "count(" in sql]
    lists = [sql for sql in statements if "order by" in sql]
    assert lists and all(" limit " in sql for sql in lists)
    assert "?_facets" not in page.content.decode()


# --- Among a million


MANY, ELSEWHERE = 120_000, 180_000
SEED_USERS = """
insert into accounts_user (password, public_id, email, given_name, family_name, phone, is_active,
                           needs_second_factor, created_at)
select '!', gen_random_uuid(), 'person' || n || '@' || %(domain)s || '.example',
       (array['Anders', 'Alva', 'Bilal', 'Elin', 'Samira', 'Noah', 'Åsa'])[1 + n %% 7],
       (array['Exempelsson', 'Provdal', 'Testhage', 'Fiktander', 'Låtsman'])[1 + n %% 5] || n, '',
       n %% 1000 <> 0, true, now()
  from generate_series(1, %(count)s) n
"""
SEED_ROLES = """
insert into schools_membership (public_id, created_at, version, role, valid_from, user_id, organisation_id,
                                confirmed_at)
select gen_random_uuid(), now(), 1, case when u.id %% 500 = 0 then 'coordinator' else 'school_staff' end,
       current_date, u.id, %(organisation)s, now()
  from accounts_user u where u.email like %(like)s
"""
# Of a table that is read by an index, so many rows at most; a page shows thirty.
MOST_READ = 6_000


@pytest.fixture
def many(organisation):
    """A third of a million people, 120 000 of them in the organisation."""
    elsewhere = OrganisationFactory()
    with owner(), connection.cursor() as cursor:
        for place, domain, count in ((organisation, "har", MANY), (elsewhere, "dar", ELSEWHERE)):
            cursor.execute(SEED_USERS, {"domain": domain, "count": count})
            cursor.execute(SEED_ROLES, {"organisation": place.pk, "like": f"%@{domain}.example"})
        cursor.execute("analyze accounts_user")
        cursor.execute("analyze schools_membership")


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def rows_read(plan) -> dict[str, int]:
    """table → rows that its scans have read."""
    read: dict[str, int] = {}
    for node in nodes(plan):
        table = node.get("Relation Name")
        if table:
            kept, thrown = node["Actual Rows"], node.get("Rows Removed by Filter", 0)
            thrown += node.get("Rows Removed by Index Recheck", 0)
            read[table] = read.get(table, 0) + int((kept + thrown) * node["Actual Loops"])
    return read


def plan_of_list(client, user, url: str):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    *_others, listing = [query["sql"] for query in captured if " LIMIT 31" in query["sql"]]
    with scope(user), connection.cursor() as cursor:
        cursor.execute("explain (analyze, format json) " + listing.replace("%", "%%"), ())
        (plan,) = cursor.fetchone()
    return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


@pytest.mark.full  # seeds 300 000 people
def test_no_list_search_or_filter_reads_a_large_table(client, many, organisation):
    small = OrganisationFactory()
    SchoolFactory(organisation=small)
    readers = [AdminFactory(organisation=organisation), AdminFactory(organisation=small)]
    for user in readers:
        client.force_login(user)
        urls = [url for url in ASKED if url.startswith((USERS, ROLES))]
        urls += [f"{USERS}?q=anders+exempelsson7", f"{USERS}?q=person77@har"]
        deep = client.get(USERS)
        for _page in range(5):
            if address := link(deep, "next"):
                deep = client.get(USERS + address)
                urls.append(USERS + address)
        for url in urls:
            plan = plan_of_list(client, user, url)
            tables = {node["Relation Name"] for node in nodes(plan) if node["Node Type"] == "Seq Scan"}
            assert not tables & {"accounts_user", "schools_membership"}, (url, plan)
            read = rows_read(plan)
            assert max(read.values(), default=0) < MOST_READ, (url, read)
