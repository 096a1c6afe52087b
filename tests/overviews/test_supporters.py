import re

import pytest
from django.urls import reverse

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    ContactFactory,
    CoordinatorFactory,
    LeadFactory,
    LivedExperienceFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    ReviewerFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner

pytestmark = pytest.mark.django_db
LIST = "overviews:supporter_list"


@pytest.fixture
def organisation():
    return OrganisationFactory(students_per_full_time=12)


def detail(supporter):
    return reverse("overviews:supporter_detail", args=[supporter.public_id])


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (CoordinatorFactory, 200),
        (LeadFactory, 200),
        (SupervisorFactory, 403),
        (SchoolStaffFactory, 403),
        (AdminFactory, 403),
        (ReviewerFactory, 403),
    ],
)
def test_supporter_list_access(client, organisation, factory, status):
    assert client.get(reverse(LIST)).status_code == 302
    client.force_login(factory(organisation=organisation))
    assert client.get(reverse(LIST)).status_code == status


def test_supporter_list_is_not_for_supporters(client):
    client.force_login(PeerSupporterFactory().user)
    assert client.get(reverse(LIST)).status_code == 403


def test_supporter_list_shows_places_languages_and_load(client, organisation):
    school = SchoolFactory(organisation=organisation, name="Silverskolan")
    supporter = PeerSupporterFactory(
        school=school, percent=50, languages=["svenska", "arabiska"], is_accepting=False
    )
    AssignmentFactory(case__student__school=school, supporter=supporter)
    foreign = PeerSupporterFactory(user__family_name="Främmandesson")

    client.force_login(CoordinatorFactory(organisation=organisation))
    response = client.get(reverse(LIST))
    (row,) = response.context["rows"]
    assert (row.name, row.places, row.languages) == (
        supporter.user.name,
        "Silverskolan 50 %",
        "svenska, arabiska",
    )
    assert (re.findall(r"\d+", row.load.text), row.load.over, row.is_accepting) == (["1", "6"], "", False)
    assert foreign.user.name not in response.content.decode()


def test_supporter_list_shows_leads_the_load_and_no_pupil(client, organisation):
    school = SchoolFactory(organisation=organisation)
    supporter = PeerSupporterFactory(school=school)
    mine = AssignmentFactory(
        case__student__school=school, case__student__given_name="Kanarie", supporter=supporter
    )
    ContactFactory(assignment=mine, minutes=90)
    client.force_login(LeadFactory(organisation=organisation))
    response = client.get(reverse(LIST))
    (row,) = response.context["rows"]
    assert re.findall(r"\d+", f"{row.load.text} {row.load.hours}") == ["1", "12", "1", "30"]
    assert "Kanarie" not in response.content.decode()


def test_supporter_list_filters_by_school_and_taking(client, organisation):
    here, there = SchoolFactory.create_batch(2, organisation=organisation)
    taking = PeerSupporterFactory(school=here)
    resting = PeerSupporterFactory(school=here, is_accepting=False)
    elsewhere = PeerSupporterFactory(school=there)
    client.force_login(CoordinatorFactory(organisation=organisation))

    def found(**query):
        return {row.url for row in client.get(reverse(LIST), query).context["rows"]}

    assert found() == {detail(taking), detail(resting), detail(elsewhere)}
    assert found(school=here.public_id) == {detail(taking), detail(resting)}
    assert found(school=here.public_id, taking="yes") == {detail(taking)}
    assert found(taking="no") == {detail(resting)}
    full = PeerSupporterFactory(school=there, percent=10)  # room for one
    AssignmentFactory(case__student__school=there, supporter=full)
    assert found(taking="room") == {detail(taking), detail(elsewhere)}
    assert found(school="nonsense") == found()
    assert found(school=SchoolFactory().public_id) == found()


def test_supporter_list_gives_htmx_the_part(client, organisation, htmx):
    client.force_login(CoordinatorFactory(organisation=organisation))
    part = client.get(reverse(LIST), headers=htmx)
    assert part.content.decode().strip().startswith('<div id="supporter-list">')


def test_supporter_list_sorts_as_swedes_do_and_pages_by_key(client, organisation):
    names = ["Öberg", "Zetterlund", "Åberg", "Ärlig", "Andersson"]
    for name in names:
        supporter = PeerSupporterFactory(school=None, organisation=organisation)
        with owner():
            supporter.user.family_name = name
            supporter.user.save(update_fields=["family_name"])
    client.force_login(CoordinatorFactory(organisation=organisation))
    rows = client.get(reverse(LIST)).context["rows"]
    assert [row.name.split()[-1] for row in rows] == ["Andersson", "Zetterlund", "Åberg", "Ärlig", "Öberg"]


def test_supporter_list_pages_by_key(client, organisation):
    PeerSupporterFactory.create_batch(35, school=None, organisation=organisation)
    client.force_login(CoordinatorFactory(organisation=organisation))
    first = client.get(reverse(LIST), {"taking": "yes"})
    second = client.get(first.context["older_url"])
    assert "taking=yes" in first.context["older_url"]
    urls = [row.url for row in (*first.context["rows"], *second.context["rows"])]
    assert (len(first.context["rows"]), len(second.context["rows"]), len(set(urls))) == (30, 5, 35)
    assert second.context["older_url"] == ""
    assert "after" not in second.context["newer_url"]


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize("factory", [CoordinatorFactory, LeadFactory])
def test_supporter_list_takes_six_queries_however_many(client, organisation, assert_queries, count, factory):
    for school in SchoolFactory.create_batch(count, organisation=organisation):
        PeerSupporterFactory(school=school)
    client.force_login(factory(organisation=organisation))
    # session with user, scope, last filters, schools to choose from, supporters, placements, hours
    with assert_queries(7):
        client.get(reverse(LIST))


def test_supporter_detail_access(client, organisation):
    school = SchoolFactory(organisation=organisation)
    supervisor = SupervisorFactory(organisation=organisation)
    supporter = PeerSupporterFactory(school=school, supervisor=supervisor)
    assert client.get(detail(supporter)).status_code == 302
    for user, status in [
        (CoordinatorFactory(organisation=organisation), 200),
        (CoordinatorFactory(school=school), 200),
        (LeadFactory(organisation=organisation), 200),
        (supervisor, 200),
        (supporter.user, 200),
        (SupervisorFactory(organisation=organisation), 404),
        (PeerSupporterFactory(school=school).user, 404),
        (SchoolStaffFactory(school=school), 404),
        (AdminFactory(organisation=organisation), 404),
        (ReviewerFactory(organisation=organisation), 404),
        (CoordinatorFactory(), 404),
        (CoordinatorFactory(school=SchoolFactory(organisation=organisation)), 404),
    ]:
        client.force_login(user)
        assert client.get(detail(supporter)).status_code == status, user


def test_supporter_detail_shows_pupils_to_the_coordinator_and_logs_it(client, organisation):
    school = SchoolFactory(organisation=organisation)
    supporter = PeerSupporterFactory(school=school)
    plain = AssignmentFactory(
        case__student__school=school, case__student__given_name="Kanarie", supporter=supporter
    ).student
    hidden = AssignmentFactory(
        case__student__school=school, case__student__protection="marked", case__student__given_name="Hemlig",
        supporter=supporter,
    ).student  # fmt: skip
    ended = AssignmentFactory(
        case__student__school=school, case__student__given_name="Avslutad", supporter=supporter, ended=True
    )
    coordinator = CoordinatorFactory(organisation=organisation)
    client.force_login(coordinator)

    page = client.get(detail(supporter)).content.decode()

    assert "Kanarie" in page
    assert hidden.alias in page
    assert "Hemlig" not in page
    assert "Avslutad" not in page
    with owner():
        (row,) = AccessLog.objects.filter(user_id=coordinator.pk, about_user_id=None)
        assert set(row.student_ids) == {plain.pk, hidden.pk}
    assert (row.page, row.action) == ("overviews:supporter_detail", "list")
    assert ended.pk


@pytest.mark.parametrize("role", ["lead", "supervisor", "self"])
def test_supporter_detail_shows_no_pupil_to_others(client, organisation, role):
    school = SchoolFactory(organisation=organisation)
    supervisor = SupervisorFactory(organisation=organisation)
    supporter = PeerSupporterFactory(school=school, supervisor=supervisor)
    AssignmentFactory(case__student__school=school, case__student__given_name="Kanarie", supporter=supporter)
    people = {
        "lead": LeadFactory(organisation=organisation),
        "supervisor": supervisor,
        "self": supporter.user,
    }
    client.force_login(people[role])
    response = client.get(detail(supporter))
    page = response.content.decode()
    assert "Kanarie" not in page
    assert re.findall(r"\d+", response.context["load"].text) == ["1", "12"]
    assert response.context["pupils"] == []


@pytest.mark.parametrize("count", [1, 12])
def test_supporter_detail_takes_eleven_queries_however_many_pupils(
    client, organisation, assert_queries, count
):
    school = SchoolFactory(organisation=organisation)
    supporter = PeerSupporterFactory(school=school)
    LivedExperienceFactory(supporter=supporter, sharing="team")
    for _ in range(count):
        AssignmentFactory(case__student__school=school, supporter=supporter)
    client.force_login(CoordinatorFactory(organisation=organisation))
    # session with user, scope, supporter, opening, hours, other time, weeks, placements, own words, pupils, access log
    with assert_queries(11):
        client.get(detail(supporter))
