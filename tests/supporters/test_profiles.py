import re

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AdminFactory,
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
)
from peersupport.demo.owner import owner
from supporters.models import PeerSupporter

pytestmark = pytest.mark.django_db
CREATE = "supporters:supporter_create"
KEY = "0b6f6f0e-0d5e-4c7e-9d62-6f1f6f0e0d5e"


@pytest.fixture
def organisation():
    return OrganisationFactory()


def profile(**values):
    return {
        "languages": "svenska, arabiska,  arabiska ", "interests": "", "presentation": "Hej!", "gender": "",
        "supervisor": "", "employer": "", "is_accepting": "on", **values,
    }  # fmt: skip


def test_supporter_create_makes_one_profile_for_someone_with_the_role(client, organisation):
    user = PeerUserFactory(organisation=organisation)
    client.force_login(CoordinatorFactory(organisation=organisation))
    for _ in range(2):
        response = client.post(reverse(CREATE), profile(user=user.pk, form_key=KEY))
        assert response.status_code == 302
    with owner():
        supporter = PeerSupporter.objects.get(user=user)
    assert supporter.languages == ["svenska", "arabiska"]
    assert supporter.organisation_id == organisation.pk


def test_supporter_create_offers_only_those_with_the_role_and_no_profile(client, organisation):
    wanted = PeerUserFactory(organisation=organisation)
    PeerSupporterFactory(school=None, organisation=organisation)
    MembershipFactory(role="peer_supporter", organisation=organisation, ended=True)
    MembershipFactory(role="peer_supporter", organisation=organisation, unconfirmed=True)
    foreign = PeerUserFactory()
    SupervisorFactory(organisation=organisation)
    client.force_login(CoordinatorFactory(organisation=organisation))

    page = client.get(reverse(CREATE)).content.decode().split('name="user"')[1].split("</select>")[0]
    assert re.findall(r'value="(\d+)"', page) == [str(wanted.pk)]
    refused = client.post(reverse(CREATE), profile(user=foreign.pk, form_key=KEY))
    assert refused.context["form"].has_error("user")


def test_supporter_create_says_what_to_do_when_there_is_nobody(client, organisation):
    client.force_login(CoordinatorFactory(organisation=organisation))
    assert client.get(reverse(CREATE)).context["nobody"]


@pytest.mark.parametrize(
    "factory",
    [LeadFactory, SupervisorFactory, SchoolStaffFactory, AdminFactory, ReviewerFactory, PeerUserFactory],
)
def test_supporter_create_is_for_coordinators(client, organisation, factory):
    client.force_login(factory(organisation=organisation))
    assert client.get(reverse(CREATE)).status_code == 403


def test_supporter_create_is_for_the_whole_organisation(client):
    client.force_login(CoordinatorFactory(school=SchoolFactory()))
    assert client.get(reverse(CREATE)).status_code == 403


def test_supporter_edit_saves_and_switches_off_new_pupils(client):
    supporter = PeerSupporterFactory()
    supervisor = SupervisorFactory(organisation=supporter.organisation)
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))
    url = reverse("supporters:supporter_edit", args=[supporter.public_id])
    sent = profile(supervisor=supervisor.pk, version=1)
    del sent["is_accepting"]
    assert client.post(url, sent).status_code == 302
    with owner():
        supporter.refresh_from_db()
    assert (supporter.is_accepting, supporter.supervisor_id, supporter.version) == (False, supervisor.pk, 2)


def test_supporter_edit_shows_the_second_writer_both_texts(client):
    supporter = PeerSupporterFactory(presentation="Först.")
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))
    url = reverse("supporters:supporter_edit", args=[supporter.public_id])
    assert client.post(url, profile(presentation="Den första.", version=1)).status_code == 302

    response = client.post(url, profile(presentation="Den andra.", version=1))
    assert response.status_code == 409
    assert "Den första." in response.content.decode()
    assert "Den andra." in response.content.decode()

    chosen = dict(response.context["hidden"]) | {
        field["name"]: field["mine"] for field in response.context["fields"]
    }
    assert client.post(url, chosen).status_code == 302
    with owner():
        supporter.refresh_from_db()
    assert (supporter.presentation, supporter.is_accepting) == ("Den andra.", True)


def test_supporter_edit_refuses_foreign_supervisor_and_too_many_words(client):
    supporter = PeerSupporterFactory()
    client.force_login(CoordinatorFactory(organisation=supporter.organisation))
    url = reverse("supporters:supporter_edit", args=[supporter.public_id])
    sent = profile(supervisor=SupervisorFactory().pk, languages=",".join(f"språk{n}" for n in range(21)))
    form = client.post(url, sent).context["form"]
    assert form.has_error("supervisor")
    assert form.has_error("languages")


def test_own_profile_is_the_supporters_to_write(client):
    supporter = PeerSupporterFactory()
    client.force_login(supporter.user)
    url = reverse("supporters:own_profile")
    sent = {"languages": "svenska", "interests": "fiske", "presentation": "", "gender": "man", "version": 1}
    assert client.post(url, sent | {"supervisor": supporter.user_id, "is_accepting": ""}).status_code == 302
    with owner():
        supporter.refresh_from_db()
    assert (supporter.interests, supporter.gender) == (["fiske"], "man")
    assert (supporter.supervisor_id, supporter.is_accepting) == (None, True)
    assert client.post(url, sent | {"presentation": "Sent."}).status_code == 409


def test_own_profile_says_when_there_is_none(client, organisation):
    client.force_login(PeerUserFactory(organisation=organisation))
    assert client.get(reverse("supporters:own_profile")).status_code == 200
    assert client.get(reverse("supporters:lived_experience")).status_code == 404


@pytest.mark.parametrize("name", ["own_profile", "lived_experience", "lived_experience_delete"])
@pytest.mark.parametrize(
    "factory",
    [CoordinatorFactory, LeadFactory, SupervisorFactory, SchoolStaffFactory, AdminFactory, ReviewerFactory],
)
def test_own_pages_are_for_supporters(client, organisation, factory, name):
    client.force_login(factory(organisation=organisation))
    assert client.get(reverse(f"supporters:{name}")).status_code == 403


def test_own_profile_refuses_what_no_database_can_hold(client):
    supporter = PeerSupporterFactory()
    client.force_login(supporter.user)
    answer = client.post(reverse("supporters:own_profile"), profile(languages="svenska, \x00"))
    assert answer.status_code == 200
    assert answer.context["form"].has_error("languages")
