"""The pages that tell who sees what, and the log of who has opened a supporter's page."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AccessLog
from overviews.seen import pupils, staff
from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    CoordinatorFactory,
    LeadFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    ReviewerFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner

pytestmark = pytest.mark.django_db
SEEN, OPENINGS, PUPIL = (f"overviews:{name}" for name in ("seen_me", "seen_openings", "seen_pupil"))


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def school(organisation):
    return SchoolFactory(organisation=organisation)


@pytest.fixture
def supervisor(organisation):
    return SupervisorFactory(organisation=organisation)


@pytest.fixture
def supporter(school, supervisor):
    return PeerSupporterFactory(school=school, supervisor=supervisor)


@pytest.fixture
def coordinator(organisation):
    return CoordinatorFactory(organisation=organisation, given_name="Petra", family_name="Provdal")


def detail(supporter):
    return reverse("overviews:supporter_detail", args=[supporter.public_id])


def rows(response):
    return {row["key"]: row for group in response.context["groups"] for row in group["rows"]}


# --- Who sees what


def test_seen_me_shows_a_supporter_every_kind_of_theirs(client, supporter):
    client.force_login(supporter.user)
    response = client.get(reverse(SEEN))
    assert set(rows(response)) == {kind.key for kind in staff.KINDS if "peer_supporter" in kind.of}
    assertContains(response, "Det här syns om dig")
    assertContains(response, "Din egen erfarenhet, så länge du inte har delat den")


@pytest.mark.parametrize(
    ("factory", "has", "has_not"),
    [
        (CoordinatorFactory, "decisions", "experience"),
        (SupervisorFactory, "supervising", "contacts"),
        (SchoolStaffFactory, "referrals", "load"),
        (LeadFactory, "roles_given", "contacts"),
        (AdminFactory, "administration", "contacts"),
        (ReviewerFactory, "reads", "administration"),
    ],
)
def test_seen_me_shows_each_role_its_own(client, organisation, factory, has, has_not):
    client.force_login(factory(organisation=organisation))
    response = client.get(reverse(SEEN))
    assert has in rows(response) and has_not not in rows(response)
    assertContains(response, "Ingen sida handlar bara om dig")


def test_seen_me_says_you_where_it_is_you(client, supporter, coordinator):
    """A supporter reads a note as the one who wrote it, a coordinator as the others do."""

    def who(user, key):
        client.force_login(user)
        return [str(reader["who"]) for reader in rows(client.get(reverse(SEEN)))[key]["readers"]]

    assert who(supporter.user, "notes") == ["Du", "Samordnare"]
    assert who(coordinator, "notes") == ["Du och andra samordnare"]
    assert who(coordinator, "contacts") == ["Du", "Samordnare"]
    assert who(coordinator, "roles_given")[0] == "Den som valdes eller fick rollen"
    assert who(supporter.user, "done_for_pupils")[0] == "Du och andra peer supportrar"


def test_seen_me_says_plainly_where_no_time_is_decided(client, supporter):
    client.force_login(supporter.user)
    found = rows(client.get(reverse(SEEN)))
    assert str(found["contacts"]["kept"]) == "Inte bestämt än"
    assert str(found["forms"]["kept"]) == "7 dagar"
    assert str(found["mail_caused"]["kept"]) == "90 dagar"


def test_seen_me_says_where_no_page_shows_it(client, supporter):
    client.force_login(supporter.user)
    response = client.get(reverse(SEEN))
    assert rows(response)["closed"]["readers"] == []
    assertContains(response, "Ingen, på någon sida.")


def test_seen_pupil_names_nobody_and_is_the_same_for_everyone(client, supporter, coordinator):
    AssignmentFactory(case__student__given_name="Kanarie", supporter=supporter)
    pages = []
    for user in (supporter.user, coordinator):
        client.force_login(user)
        response = client.get(reverse(PUPIL))
        assert set(rows(response)) == {kind.key for kind in pupils.KINDS}
        assertNotContains(response, "Kanarie")
        pages.append(response.context["groups"])
    assert str(pages[0]) == str(pages[1])
    assertContains(response, "handledare, verksamhetsledare, systemadministratörer")


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("supporters:own_profile", None),
        ("accounts:profile", None),
        ("overviews:more", None),
        ("overviews:overview", CoordinatorFactory),
    ],
)
def test_the_page_is_found_where_one_would_look(client, supporter, organisation, name, factory):
    client.force_login(factory(organisation=organisation) if factory else supporter.user)
    assertContains(client.get(reverse(name)), reverse(SEEN))


def test_a_pupils_page_leads_to_who_sees_what(client, school):
    assignment = AssignmentFactory(case__student__school=school)
    client.force_login(assignment.supporter.user)
    page = client.get(reverse("overviews:student_detail", args=[assignment.student.public_id]))
    assertContains(page, reverse(PUPIL))


# --- Who has opened my page


def test_opening_a_supporters_page_is_told_to_the_supporter(
    client, supporter, supervisor, organisation, coordinator
):
    for user in (coordinator, supervisor, LeadFactory(organisation=organisation)):
        client.force_login(user)
        assert client.get(detail(supporter)).status_code == 200
    client.force_login(coordinator)
    client.get(reverse("supporters:supporter_edit", args=[supporter.public_id]))
    client.force_login(supporter.user)

    response = client.get(reverse(SEEN))

    told = [(row["role"], row["page"]) for row in response.context["openings"]]
    assert told == [
        ("samordnare", "Ändra en peer supporters profil"),
        ("verksamhetsledare", "En peer supporters sida"),
        ("handledare", "En peer supporters sida"),
        ("samordnare", "En peer supporters sida"),
    ]
    assertContains(response, "Petra Provdal")


def test_one_opening_is_one_row_and_names_no_pupil(client, supporter, coordinator, school):
    AssignmentFactory(case__student__school=school, supporter=supporter)
    client.force_login(coordinator)
    client.get(detail(supporter))
    with owner():
        (row,) = AccessLog.objects.filter(about_user_id=supporter.user_id)
    assert (row.user_id, row.role, row.action, row.page) == (
        coordinator.pk,
        "coordinator",
        "read",
        "overviews:supporter_detail",
    )
    assert (row.student_ids, row.school_ids, row.count) == ([], [], 0)


def test_ones_own_page_is_no_opening(client, supporter):
    client.force_login(supporter.user)
    client.get(detail(supporter))
    with owner():
        assert not AccessLog.objects.filter(about_user_id=supporter.user_id).exists()


def test_a_refused_page_is_no_opening(client, supporter):
    client.force_login(CoordinatorFactory())
    assert client.get(detail(supporter)).status_code == 404
    with owner():
        assert not AccessLog.objects.filter(about_user_id=supporter.user_id).exists()


@pytest.mark.parametrize("name", ["overviews:supporter_detail", "supporters:supporter_edit"])
def test_no_log_no_page(client, supporter, coordinator, name):
    """The log away, so is the page: nobody looks without its being told."""
    client.force_login(coordinator)
    client.raise_request_exception = False
    with owner(), transaction.atomic():
        connection.connection.execute("revoke insert on accounts_accesslog from peersupport_web")
    response = client.get(reverse(name, args=[supporter.public_id]))
    assert response.status_code == 500
    assertNotContains(response, supporter.user.family_name, status_code=500)


def test_a_row_about_a_person_can_name_no_pupil(supporter, coordinator):
    row = {"user_id": coordinator.pk, "role": "coordinator", "action": "read", "page": "x"}
    for wrong in (
        {"student_ids": [1]},
        {"school_ids": [1]},
        {"reason": "x"},
        {"filter_name": "x"},
        {"user_id": supporter.user_id},
    ):
        with owner(), pytest.raises(IntegrityError), transaction.atomic():
            AccessLog.objects.create(**(row | {"about_user_id": supporter.user_id} | wrong))


def test_openings_are_shown_to_nobody_else(client, supporter, coordinator, school):
    client.force_login(coordinator)
    client.get(detail(supporter))
    for user in (PeerSupporterFactory(school=school).user, coordinator):
        client.force_login(user)
        for name in (SEEN, OPENINGS):
            response = client.get(reverse(name))
            assert response.context["openings"] == []


def test_the_reviewer_sees_openings_in_the_access_log(client, supporter, coordinator, organisation):
    client.force_login(coordinator)
    client.get(detail(supporter))
    client.force_login(ReviewerFactory(organisation=organisation))
    found = client.get(reverse("overviews:access_log")).context["rows"]
    assert "En peer supporters sida" in {row["page"] for row in found}


def openings(supporter, by, count):
    with owner():
        AccessLog.objects.bulk_create(
            AccessLog(
                user_id=by.pk, role="coordinator", action="read", page="overviews:supporter_detail",
                about_user_id=supporter.user_id, at=timezone.now() - timedelta(hours=number),
            )
            for number in range(count)
        )  # fmt: skip


def test_openings_page_by_key(client, supporter, coordinator):
    openings(supporter, coordinator, 105)
    client.force_login(supporter.user)
    first = client.get(reverse(OPENINGS))
    second = client.get(first.context["older_url"])
    assert (len(first.context["openings"]), len(second.context["openings"])) == (100, 5)
    assert second.context["older_url"] == "" and "after" not in second.context["newer_url"]
    assertContains(client.get(reverse(SEEN)), reverse(OPENINGS))


def test_openings_page_of_nobody_says_so(client, supporter):
    client.force_login(supporter.user)
    assertContains(client.get(reverse(OPENINGS)), "Ingen har öppnat din sida")


@pytest.mark.parametrize("count", [1, 120])
@pytest.mark.parametrize(("name", "queries"), [(SEEN, 3), (OPENINGS, 3), (PUPIL, 2)])
def test_pages_take_three_queries_however_many_openings(
    client, supporter, coordinator, assert_queries, count, name, queries
):
    openings(supporter, coordinator, count)
    client.force_login(supporter.user)
    with assert_queries(queries):  # session with user, scope, openings
        client.get(reverse(name))
