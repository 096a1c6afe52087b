from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    CoordinatorFactory,
    LeadFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    ReviewerFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today

pytestmark = pytest.mark.django_db
FACTORIES = {
    "coordinator": CoordinatorFactory,
    "peer_supporter": PeerUserFactory,
    "school_staff": SchoolStaffFactory,
    "supervisor": SupervisorFactory,
    "lead": LeadFactory,
    "admin": AdminFactory,
    "reviewer": ReviewerFactory,
}
STARTS = {
    "coordinator": "overview",
    "peer_supporter": "my_day",
    "school_staff": "my_school",
    "supervisor": "my_supporters",
    "lead": "programme",
    "admin": "administration",
    "reviewer": "access_log",
}
OURS = ["my_supporters", "programme", "administration", "access_log"]


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.mark.parametrize("role", FACTORIES)
def test_start_leads_each_role_to_its_own_page(client, organisation, role):
    client.force_login(FACTORIES[role](organisation=organisation))
    response = client.get(reverse("start"))
    assert response.headers["Location"] == reverse(f"overviews:{STARTS[role]}")


@pytest.mark.parametrize("state", ["none", "ended", "unconfirmed"])
def test_start_without_a_role_says_what_to_do(client, organisation, state):
    user = UserFactory()
    if state != "none":
        MembershipFactory(user=user, organisation=organisation, **{state: True})
    client.force_login(user)
    response = client.get(reverse("start"))
    assert response.status_code == 200
    assert response.templates[0].name == "overviews/no_role.html"
    assert client.get(reverse("overviews:more")).status_code == 200
    assert client.get(reverse("overviews:programme")).status_code == 403


@pytest.mark.parametrize("role", FACTORIES)
@pytest.mark.parametrize("page", OURS)
def test_start_pages_are_for_their_role(client, organisation, role, page):
    client.force_login(FACTORIES[role](organisation=organisation))
    expected = 200 if STARTS[role] == page else 403
    assert client.get(reverse(f"overviews:{page}")).status_code == expected


@pytest.mark.parametrize("role", FACTORIES)
def test_more_is_for_everyone(client, organisation, role):
    client.force_login(FACTORIES[role](organisation=organisation))
    assert client.get(reverse("overviews:more")).status_code == 200


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize(
    ("page", "queries"), [("my_supporters", 5), ("programme", 6), ("administration", 3), ("access_log", 5)]
)
def test_start_pages_take_the_same_queries_however_many_rows(
    client, organisation, assert_queries, page, queries, count
):
    role = next(role for role, name in STARTS.items() if name == page)
    user = FACTORIES[role](organisation=organisation)
    for school in SchoolFactory.create_batch(count, organisation=organisation):
        supporter = PeerSupporterFactory(school=school, supervisor=user)
        PeerSupporterFactory(school=None, organisation=organisation)
        MembershipFactory(
            organisation=organisation, unconfirmed=True, role="coordinator", granted_by=supporter.user
        )
        log(supporter.user, organisation)
    client.force_login(user)
    with assert_queries(queries):
        client.get(reverse(f"overviews:{page}"))


def test_my_supporters_shows_whom_one_supervises_and_no_pupil(client, organisation):
    supervisor = SupervisorFactory(organisation=organisation)
    school = SchoolFactory(organisation=organisation, name="Silverskolan")
    own = PeerSupporterFactory(school=school, supervisor=supervisor)
    other = PeerSupporterFactory(
        school=school, user=PeerUserFactory(organisation=organisation, family_name="Annansson")
    )
    AssignmentFactory(case__student__school=school, case__student__given_name="Kanarie", supporter=own)
    client.force_login(supervisor)

    page = client.get(reverse("overviews:my_supporters")).content.decode()

    assert own.user.name in page
    assert "Silverskolan" in page
    assert other.user.name not in page
    assert "Kanarie" not in page


def test_programme_shows_figures_gaps_and_roles_to_confirm(client, organisation):
    placed, empty = SchoolFactory.create_batch(2, organisation=organisation)
    supporter = PeerSupporterFactory(school=placed, percent=75)
    unplaced = PeerSupporterFactory(school=None, organisation=organisation, is_accepting=False)
    waiting = MembershipFactory(
        organisation=organisation, unconfirmed=True, granted_by=AdminFactory(organisation=organisation)
    )
    PeerSupporterFactory()
    AssignmentFactory(case__student__school=placed, case__student__given_name="Kanarie", supporter=supporter)
    client.force_login(LeadFactory(organisation=organisation))

    response = client.get(reverse("overviews:programme"))
    figures = response.context["figures"]

    assert (figures.school_count, figures.supporter_count, figures.accepting_count) == (2, 2, 1)
    assert figures.percent_placed == 75
    assert [school.pk for school in response.context["schools"].rows] == [empty.pk]
    assert [one.pk for one in response.context["unplaced"].rows] == [unplaced.pk]
    page = response.content.decode()
    assert reverse("schools:membership_confirm", args=[waiting.public_id]) in page
    assert "Kanarie" not in page


def test_administration_links_to_admin_and_shows_what_waits(client, organisation):
    waiting = MembershipFactory(organisation=organisation, unconfirmed=True, user__given_name="Väntande")
    foreign = MembershipFactory(unconfirmed=True, user__given_name="Främmande")
    client.force_login(AdminFactory(organisation=organisation))
    page = client.get(reverse("overviews:administration")).content.decode()
    assert reverse("admin:accounts_user_changelist") in page
    assert waiting.user.name in page
    assert foreign.user.name not in page


def log(user, organisation, *, at=None, page="overviews:student_detail", students=(4711,)):
    with owner():
        return AccessLog.objects.create(
            user_id=user.pk,
            organisation_id=organisation.pk,
            role="coordinator",
            action="read",
            page=page,
            student_ids=list(students),
            count=len(students),
            at=at or timezone.now(),
        )


@pytest.fixture
def colleague(organisation):
    return CoordinatorFactory(organisation=organisation, family_name="Loggsson")


def test_access_log_shows_who_and_how_many_but_never_whom(client, organisation, colleague):
    log(colleague, organisation, students=(4711471147, 4711471148))
    outsider = CoordinatorFactory(family_name="Utomstående")
    log(outsider, OrganisationFactory())
    client.force_login(ReviewerFactory(organisation=organisation))

    response = client.get(reverse("overviews:access_log"))
    page = response.content.decode()

    (row,) = response.context["rows"]
    assert (row["person"], row["count"]) == (colleague.name, 2)
    assert "4711471147" not in page
    assert outsider.name not in page


def test_access_log_filters_by_person_and_day(client, organisation, colleague):
    other = LeadFactory(organisation=organisation)
    log(colleague, organisation)
    log(colleague, organisation, at=timezone.now() - timedelta(days=3))
    log(other, organisation)
    client.force_login(ReviewerFactory(organisation=organisation))

    def count(**query):
        return len(client.get(reverse("overviews:access_log"), query).context["rows"])

    assert count() == 3
    assert count(person=colleague.public_id) == 2
    assert count(person=colleague.public_id, day=today().isoformat()) == 1
    assert count(day=(today() - timedelta(days=3)).isoformat()) == 1
    assert count(day="nonsense") == count(person=UserFactory().public_id) == 3


def test_access_log_pages_by_key(client, organisation, colleague):
    for minutes in range(55):
        log(colleague, organisation, at=timezone.now() - timedelta(minutes=minutes))
    client.force_login(ReviewerFactory(organisation=organisation))
    first = client.get(reverse("overviews:access_log"))
    second = client.get(first.context["older_url"])
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 5)


def test_access_log_gives_htmx_the_part(client, organisation, htmx):
    client.force_login(ReviewerFactory(organisation=organisation))
    part = client.get(reverse("overviews:access_log"), headers=htmx)
    assert part.content.decode().strip().startswith('<div id="access-log">')
