"""The link library: kept by coordinators of the whole organisation, read by its supporters, fetched by nobody."""

import re
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    LibraryLinkFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.history import events_of
from peersupport.scope import scope
from schools.library import A_FEW, links_for_purposes
from schools.models import LibraryLink

pytestmark = pytest.mark.django_db
PAGE, NEW = "schools:library", "schools:library_link_create"


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def petra(organisation):
    return CoordinatorFactory(organisation=organisation, given_name="Petra", family_name="Provdal")


@pytest.fixture
def karim(organisation):
    return PeerSupporterFactory(school=SchoolFactory(organisation=organisation))


def filled_in(**changes):
    return {
        "form_key": str(uuid.uuid4()),
        "kind": "help",
        "title": "Bris",
        "url": "https://www.bris.se/",
        "text": "Chatt och telefon för den som är under 18",
        "purposes": ["wellbeing", "coping"],
        **changes,
    }


def saved():
    with owner():
        return list(LibraryLink.objects.order_by("pk"))


def test_a_coordinator_puts_in_a_link_and_the_supporters_see_it(client, petra, karim):
    client.force_login(petra)
    assert client.post(reverse(NEW), filled_in()).url == reverse(PAGE)
    (link,) = saved()
    assert (link.url, link.purposes, link.changed_by_id) == (
        "https://www.bris.se/",
        ["wellbeing", "coping"],
        petra.pk,
    )
    client.force_login(karim.user)
    page = client.get(reverse(PAGE)).content.decode()
    assert 'href="https://www.bris.se/"' in page and "Petra" not in page


def test_a_link_sent_twice_stands_once_and_so_does_an_address(client, petra):
    client.force_login(petra)
    sent = filled_in()
    assert {client.post(reverse(NEW), sent).status_code for _ in range(2)} == {302}
    response = client.post(reverse(NEW), filled_in(url="https://WWW.bris.se/"))
    assert response.status_code == 200 and "url" in response.context["form"].errors
    assert len(saved()) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://www.bris.se/"),
        ("url", "https://alva@bris.se/"),
        ("url", "javascript:alert(1)"),
        ("title", "Om 20120314-0004"),
        ("text", "Om 20120314-0004"),
        ("title", ""),
        ("kind", "other"),
        ("purposes", ["money"]),
    ],
)
def test_what_is_no_public_page_or_about_a_person_is_refused_at_its_field(client, petra, field, value):
    client.force_login(petra)
    response = client.post(reverse(NEW), filled_in(**{field: value}))
    assert response.status_code == 200 and list(response.context["form"].errors) == [field]
    assert saved() == []


def test_the_database_takes_no_other_address_either(petra):
    for url in (
        "http://bris.se/",
        "https://bris",
        "javascript:alert(1)",
        "https://a@bris.se/",
        "https://bris.se:1/",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LibraryLinkFactory(url=url)


def test_every_link_leads_out_without_telling_from_where(client, karim, organisation):
    LibraryLinkFactory(organisation=organisation)
    client.force_login(karim.user)
    response = client.get(reverse(PAGE))
    outward = re.findall(r'<a [^>]*href="https://[^>]*>', response.content.decode())
    assert outward and all('rel="noopener noreferrer"' in tag for tag in outward)
    policy = response["Content-Security-Policy"]
    assert "https:" not in policy  # nothing may be fetched from them


def test_the_second_writer_is_shown_both_texts(client, petra, organisation):
    link = LibraryLinkFactory(organisation=organisation)
    url = reverse("schools:library_link_edit", args=[link.public_id])
    client.force_login(petra)
    assert client.post(url, filled_in(version=link.version, title="Min titel")).status_code == 302
    response = client.post(url, filled_in(version=link.version, title="Min andra titel"))
    assert response.status_code == 409
    assert "Min titel" in response.content.decode() and "Min andra titel" in response.content.decode()
    assert saved()[0].title == "Min titel"


def test_who_changed_a_link_is_told_to_those_who_keep_it_and_kept_in_history(client, petra, organisation):
    link = LibraryLinkFactory(organisation=organisation)
    client.force_login(petra)
    url = reverse("schools:library_link_edit", args=[link.public_id])
    client.post(url, filled_in(version=link.version))
    assert "Petra Provdal" in client.get(reverse(PAGE)).content.decode()
    with owner():
        events = list(events_of(LibraryLink).objects.order_by("pgh_created_at"))
    assert [event.pgh_label for event in events] == ["insert", "update"]
    assert events[1].pgh_by_id == petra.pk


def test_a_link_taken_out_is_gone_until_it_is_put_back(client, petra, karim, organisation):
    link = LibraryLinkFactory(organisation=organisation, title="Gammal sida")
    client.force_login(petra)
    put_back = reverse("schools:library_link_put_back", args=[link.public_id])
    withdraw = reverse("schools:library_link_withdraw", args=[link.public_id])
    assert put_back in client.post(withdraw, follow=True).content.decode()
    assert client.get(reverse("schools:library_link_edit", args=[link.public_id])).status_code == 404
    with scope(karim.user):
        assert list(LibraryLink.objects.visible_to(karim.user)) == []
    client.post(put_back)
    with scope(karim.user):
        assert LibraryLink.objects.visible_to(karim.user).exists()


def test_a_link_is_not_put_back_beside_a_new_one_of_the_same_address(client, petra, organisation):
    old = LibraryLinkFactory(organisation=organisation, url="https://www.bris.se/")
    client.force_login(petra)
    client.post(reverse("schools:library_link_withdraw", args=[old.public_id]))
    client.post(reverse(NEW), filled_in())
    response = client.post(reverse("schools:library_link_put_back", args=[old.public_id]), follow=True)
    assert "notice-attention" in response.content.decode()
    assert sum(link.withdrawn_at is None for link in saved()) == 1


def test_a_coordinator_of_one_school_reads_and_does_not_keep(client, organisation):
    link = LibraryLinkFactory(organisation=organisation)
    client.force_login(CoordinatorFactory(school=SchoolFactory(organisation=organisation)))
    page = client.get(reverse(PAGE)).content.decode()
    assert link.url in page and reverse(NEW) not in page
    assert client.post(reverse(NEW), filled_in()).status_code == 403


def test_search_and_filter_find_what_fits(client, karim, organisation):
    for title, kind, purposes in [
        ("Bris", "help", ["coping"]),
        ("Skolinspektionen", "rights", ["navigation"]),
        ("Barnombudsmannen", "rights", []),
    ]:
        LibraryLinkFactory(organisation=organisation, title=title, kind=kind, purposes=purposes)
    LibraryLinkFactory(title="Brisling")
    client.force_login(karim.user)

    def titles(response):
        return [row.title for row in response.context["rows"]]

    assert titles(client.post(reverse(PAGE), {"words": "bris"})) == ["Bris"]
    assert titles(client.get(reverse(PAGE), {"kind": "rights"})) == ["Barnombudsmannen", "Skolinspektionen"]
    assert titles(client.get(reverse(PAGE), {"purpose": "coping"})) == ["Barnombudsmannen", "Bris"]
    assert len(titles(client.get(reverse(PAGE), {"purpose": "hej", "kind": "x"}))) == 3
    empty = client.post(reverse(PAGE), {"words": "finns inte"})
    assert titles(empty) == [] and reverse(PAGE) in empty.content.decode()


def test_links_beside_the_purposes_fit_them_and_are_a_few(organisation, karim, assert_queries):
    LibraryLinkFactory(organisation=organisation, title="Fel", purposes=["navigation"])
    LibraryLinkFactory(organisation=organisation, title="Rätt", purposes=["coping", "navigation"])
    LibraryLinkFactory.create_batch(A_FEW, organisation=organisation)
    LibraryLinkFactory(title="Någon annans")
    with scope(karim.user):
        with assert_queries(1):
            rows = links_for_purposes(karim.user, ["coping"])
        assert len(rows) == A_FEW and not {"Fel", "Någon annans"} & {row.title for row in rows}
        rows = links_for_purposes(karim.user, ["coping"])
    assert all(row.edit_url == "" and row.changed == "" for row in rows)


@pytest.mark.parametrize("count", [1, 5])
def test_library_takes_three_queries_however_many(client, petra, organisation, assert_queries, count):
    LibraryLinkFactory.create_batch(count, organisation=organisation)
    client.force_login(petra)
    with assert_queries(3):  # session with user, scope, links
        client.get(reverse(PAGE))


def test_library_is_paged(client, karim, organisation):
    LibraryLinkFactory.create_batch(31, organisation=organisation)
    client.force_login(karim.user)
    response = client.get(reverse(PAGE))
    assert len(response.context["rows"]) == 30 and response.context["older_url"]


def test_links_that_fit_stand_beside_the_purposes_of_a_new_contact(client):
    mine = AssignmentFactory(case__purposes=["coping"])
    with owner():
        organisation = mine.school.organisation
    LibraryLinkFactory(organisation=organisation, title="Passar", purposes=["coping"])
    LibraryLinkFactory(organisation=organisation, title="Passar inte", purposes=["training"])
    client.force_login(mine.supporter.user)
    page = client.get(reverse("visits:contact_create"), {"student": mine.student.public_id}).content.decode()
    assert page.count("Passar<") == 1 and "Passar inte" not in page
