import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    CoordinatorFactory,
    LeadFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    ReferralFactory,
    ReviewerFactory,
    SchoolContactFactory,
    SchoolFactory,
    SchoolStaffFactory,
    StudentFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from schools.models import SchoolContact

pytestmark = pytest.mark.django_db
LIST = "overviews:school_list"
KEY = "0b6f6f0e-0d5e-4c7e-9d62-6f1f6f0e0d5e"


@pytest.fixture
def organisation():
    return OrganisationFactory()


def detail(school):
    return reverse("overviews:school_detail", args=[school.public_id])


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (CoordinatorFactory, 200),
        (LeadFactory, 200),
        (SchoolStaffFactory, 200),
        (SupervisorFactory, 403),
        (AdminFactory, 403),
        (ReviewerFactory, 403),
    ],
)
def test_school_list_and_detail_access(client, organisation, factory, status):
    school = SchoolFactory(organisation=organisation)
    for url in (reverse(LIST), detail(school)):
        assert client.get(url).status_code == 302
        client.force_login(factory(organisation=organisation))
        assert client.get(url).status_code == status
        client.logout()
    client.force_login(factory())
    assert client.get(detail(school)).status_code == 404


def test_schools_are_not_for_supporters(client):
    supporter = PeerSupporterFactory()
    client.force_login(supporter.user)
    assert client.get(reverse(LIST)).status_code == 403


def test_school_staff_and_coordinator_of_one_school_see_their_own(client, organisation):
    own, sibling = SchoolFactory.create_batch(2, organisation=organisation)
    for user in (SchoolStaffFactory(school=own), CoordinatorFactory(school=own)):
        client.force_login(user)
        assert [row.name for row in client.get(reverse(LIST)).context["rows"]] == [own.name]
        assert client.get(detail(own)).status_code == 200
        assert client.get(detail(sibling)).status_code == 404


def test_school_list_searches_and_filters(client, organisation):
    lind = SchoolFactory(organisation=organisation, name="Lindskolan", forms=["GR"])
    ash = SchoolFactory(organisation=organisation, name="Askskolan", forms=["GY"])
    closed = SchoolFactory(organisation=organisation, name="Gamla Lindskolan", status="closed")
    client.force_login(LeadFactory(organisation=organisation))

    def found(**query):
        return {row.name for row in client.get(reverse(LIST), query).context["rows"]}

    assert found() == {lind.name, ash.name}
    assert found(q="lind") == {lind.name}
    assert found(form="GY") == {ash.name}
    assert found(status="closed") == {closed.name}
    assert found(status="all", q="lind") == {lind.name, closed.name}
    assert found(form="XX") == found()


def test_school_list_counts_open_support_periods_for_coordinators_only(client, organisation):
    school = SchoolFactory(organisation=organisation)
    for _ in range(2):
        CaseFactory(student__school=school)
    ReferralFactory(school=school)
    for factory, count in ((CoordinatorFactory, 2), (LeadFactory, None), (SchoolStaffFactory, None)):
        client.force_login(factory(organisation=organisation))
        assert [row.open_cases for row in client.get(reverse(LIST)).context["rows"]] == [count]


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize("factory", [CoordinatorFactory, LeadFactory, SchoolStaffFactory])
def test_school_list_takes_three_queries_however_many(client, organisation, assert_queries, count, factory):
    SchoolFactory.create_batch(count, organisation=organisation)
    client.force_login(factory(organisation=organisation))
    with assert_queries(4):  # session with user, scope, last filters, schools
        client.get(reverse(LIST))


def test_school_detail_links_the_coordinator_to_what_it_counts(client, organisation):
    school = SchoolFactory(organisation=organisation)
    CaseFactory(student__school=school)
    ReferralFactory(school=school)
    supporter = PeerSupporterFactory(school=school)
    AssignmentFactory(case__student__school=school, supporter=supporter)
    hidden = StudentFactory(school=school, protection="marked")
    CaseFactory(student=hidden)
    AssignmentFactory(case__student=StudentFactory(school=school, protection="marked"), supporter=supporter)
    ReferralFactory(school=school, protection="marked", given_name="", family_name="", search_key="")
    contact = SchoolContactFactory(school=school)
    client.force_login(CoordinatorFactory(organisation=organisation))

    response = client.get(detail(school))
    page = response.content.decode()

    for name, query, count in [
        ("overviews:student_list", "status=supported", response.context["school"].supported_count),
        ("overviews:student_list", "status=waiting", response.context["school"].waiting_count),
        ("students:referral_list", "status=open", response.context["school"].referral_count),
    ]:
        address = f"{reverse(name)}?school={school.public_id}&{query}"
        assert address.replace("&", "&amp;") in page
        assert len(client.get(address).context["rows"]) == count == 1
    assert contact.name in page
    assert supporter.user.name in page


@pytest.mark.parametrize("factory", [LeadFactory, SchoolStaffFactory])
def test_school_detail_shows_others_no_figures_about_pupils(client, organisation, factory):
    school = SchoolFactory(organisation=organisation)
    CaseFactory(student__school=school)
    client.force_login(factory(organisation=organisation))
    response = client.get(detail(school))
    assert not hasattr(response.context["school"], "supported_count")
    assert response.context["of_pupils"].pupils == []
    assert reverse("overviews:student_list") + "?" not in response.content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_school_detail_takes_ten_queries_however_many(client, organisation, assert_queries, count):
    school = SchoolFactory(organisation=organisation)
    SchoolContactFactory.create_batch(count, school=school)
    for supporter in PeerSupporterFactory.create_batch(count, school=school):
        ContactFactory(assignment__case__student__school=school, assignment__supporter=supporter)
        ReferralFactory(school=school)
    client.force_login(CoordinatorFactory(organisation=organisation))
    # session with user, scope, school with figures, pupils, referrals, log, supporters, heads, weeks,
    # people to ring
    with assert_queries(10):
        client.get(detail(school))


def test_school_detail_shows_its_pupils_and_no_protected_one(client, organisation):
    school, other = SchoolFactory.create_batch(2, organisation=organisation)
    here = CaseFactory(student__school=school, student__family_name="Härsson")
    CaseFactory(student__school=other, student__family_name="Annansson")
    hidden = CaseFactory(student__school=school, student__protection="marked")
    coordinator = CoordinatorFactory(organisation=organisation)
    client.force_login(coordinator)

    response = client.get(detail(school))
    page = response.content.decode()

    assert [row.url for row in response.context["of_pupils"].pupils] == [
        reverse("overviews:student_detail", args=[here.student.public_id])
    ]
    assert hidden.student.alias not in page and "Annansson" not in page
    with owner():
        row = AccessLog.objects.get(user_id=coordinator.pk)
    assert (row.page, row.student_ids) == ("overviews:school_detail", [here.student_id])


def test_school_detail_shows_staff_their_referrals_and_nothing_of_pupils(client, organisation):
    school = SchoolFactory(organisation=organisation)
    referral = ReferralFactory(school=school)
    hidden = ReferralFactory(school=school, protection="marked", given_name="", family_name="", search_key="")
    ContactFactory(assignment__case__student__school=school)
    client.force_login(SchoolStaffFactory(school=school))

    response = client.get(detail(school))

    assert [row.url for row in response.context["of_pupils"].referrals] == [
        reverse("students:referral_detail", args=[referral.public_id])
    ]
    assert str(hidden.public_id) not in response.content.decode()
    assert response.context["of_pupils"].pupils == [] and response.context["chart"] is None


def test_school_detail_shows_weeks_to_coordinators_and_leads(client, organisation):
    school = SchoolFactory(organisation=organisation)
    ContactFactory(assignment__case__student__school=school, occurred_at=timezone.now())
    hidden = StudentFactory(school=school, protection="marked")
    ContactFactory(assignment__case__student=hidden, occurred_at=timezone.now())
    for factory in (CoordinatorFactory, LeadFactory):
        client.force_login(factory(organisation=organisation))
        response = client.get(detail(school))
        assert [sum(bar.values) for bar in response.context["chart"].bars][-1] == 1
        assert hidden.alias not in response.content.decode()


def contact_data(**values):
    return {"function": "kurator", "name": "Moa Provdal", "phone": "070-1740605", "email": "", **values}


def test_contact_create_saves_once(client, organisation):
    school = SchoolFactory(organisation=organisation)
    client.force_login(CoordinatorFactory(organisation=organisation))
    url = reverse("schools:contact_create", args=[school.public_id])
    for _ in range(3):
        assert client.post(url, contact_data(form_key=KEY)).status_code == 302
    assert client.post(url, contact_data(form_key=KEY, name="Annan")).status_code == 409
    with owner():
        assert [contact.name for contact in SchoolContact.objects.all()] == ["Moa Provdal"]


def test_contact_create_asks_for_a_way_to_reach(client, organisation):
    school = SchoolFactory(organisation=organisation)
    client.force_login(CoordinatorFactory(organisation=organisation))
    url = reverse("schools:contact_create", args=[school.public_id])
    response = client.post(url, contact_data(form_key=KEY, phone=""))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_contact_edit_shows_the_second_writer_both_texts(client, organisation):
    contact = SchoolContactFactory(school__organisation=organisation)
    client.force_login(CoordinatorFactory(organisation=organisation))
    url = reverse("schools:contact_edit", args=[contact.public_id])
    assert client.post(url, contact_data(name="Den första", version=1)).status_code == 302
    response = client.post(url, contact_data(name="Den andra", version=1))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Den första" in page
    assert "Den andra" in page
    with owner():
        contact.refresh_from_db()
    assert contact.name == "Den första"


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (CoordinatorFactory, 200),
        (LeadFactory, 403),
        (SchoolStaffFactory, 403),
        (SupervisorFactory, 403),
        (AdminFactory, 403),
        (ReviewerFactory, 403),
    ],
)
def test_contact_access(client, organisation, factory, status):
    contact = SchoolContactFactory(school__organisation=organisation)
    for url in (
        reverse("schools:contact_create", args=[contact.school.public_id]),
        reverse("schools:contact_edit", args=[contact.public_id]),
    ):
        client.force_login(factory(organisation=organisation))
        assert client.get(url).status_code == status
        client.force_login(factory())
        assert client.get(url).status_code == 404
