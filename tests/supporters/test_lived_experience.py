"""TRUST T27: seen by the supporter, and by exactly those the choice names; withdrawn at once."""

import pytest
from django.db import connection
from django.urls import reverse

from peersupport.demo.factories import (
    AdminFactory,
    AssignmentFactory,
    CoordinatorFactory,
    LeadFactory,
    LivedExperienceFactory,
    PeerSupporterFactory,
    ReviewerFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from supporters.models import LivedExperience

pytestmark = pytest.mark.django_db
CANARY = "Kanariefågelsången"
EDIT, DELETE = "supporters:lived_experience", "supporters:lived_experience_delete"
PAGES = [
    "overviews:supporter_list", "overviews:school_list", "overviews:my_supporters", "overviews:programme",
    "overviews:administration", "overviews:access_log", "overviews:more", "supporters:own_profile",
]  # fmt: skip


@pytest.fixture
def cast():
    school = SchoolFactory()
    organisation = school.organisation
    supervisor = SupervisorFactory(organisation=organisation)
    supporter = PeerSupporterFactory(school=school, supervisor=supervisor)
    experience = LivedExperienceFactory(supporter=supporter, text=CANARY)
    people = {
        "self": supporter.user,
        "coordinator": CoordinatorFactory(organisation=organisation),
        "coordinator of the school": CoordinatorFactory(school=school),
        "supervisor": supervisor,
        "colleague": PeerSupporterFactory(school=school).user,
        "coordinator of another school": CoordinatorFactory(school=SchoolFactory(organisation=organisation)),
        "another supervisor": SupervisorFactory(organisation=organisation),
        "lead": LeadFactory(organisation=organisation),
        "admin": AdminFactory(organisation=organisation),
        "reviewer": ReviewerFactory(organisation=organisation),
        "school staff": SchoolStaffFactory(school=school),
        "foreign coordinator": CoordinatorFactory(),
        "foreign supporter": PeerSupporterFactory().user,
    }
    AssignmentFactory(case__student__school=school, supporter=supporter)
    return supporter, experience, people


TEAM = {"coordinator", "coordinator of the school", "supervisor", "colleague"}


def raw_rows(user) -> int:
    with scope(user), connection.cursor() as cursor:
        cursor.execute("select count(*) from supporters_livedexperience where text = %s", [CANARY])
        return cursor.fetchone()[0]


def seen_on_pages(client, user, supporter) -> bool:
    client.force_login(user)
    urls = [reverse(name) for name in PAGES]
    urls.append(reverse("overviews:supporter_detail", args=[supporter.public_id]))
    return any(CANARY in client.get(url).content.decode() for url in urls)


@pytest.mark.parametrize(("sharing", "allowed"), [("nobody", {"self"}), ("team", {"self"} | TEAM)])
def test_words_are_seen_by_exactly_those_the_choice_names(client, cast, sharing, allowed):
    supporter, experience, people = cast
    with owner():
        experience.sharing = sharing
        experience.save(update_fields=["sharing"])

    assert {name for name, user in people.items() if raw_rows(user)} == allowed
    assert {name for name, user in people.items() if seen_on_pages(client, user, supporter)} == allowed


def test_first_lock_names_the_same_people(cast):
    supporter, experience, people = cast
    with owner():
        experience.sharing = "team"
        experience.save(update_fields=["sharing"])
    seen = set()
    for name, user in people.items():
        with scope(user):
            if LivedExperience.objects.visible_to(user).exists():
                seen.add(name)
    assert seen == {"self"} | TEAM


def test_colleague_sees_whose_words_they_are_and_no_one_elses_profile(client, cast):
    supporter, experience, people = cast
    with owner():
        experience.sharing = "team"
        experience.save(update_fields=["sharing"])
    client.force_login(people["colleague"])
    assert supporter.user.name in client.get(reverse("supporters:own_profile")).content.decode()
    assert client.get(reverse("overviews:supporter_detail", args=[supporter.public_id])).status_code == 404


def test_writing_sharing_withdrawing_and_deleting_take_effect_at_once(client):
    supporter = PeerSupporterFactory()
    coordinator = CoordinatorFactory(organisation=supporter.organisation)
    client.force_login(supporter.user)

    assert client.post(reverse(EDIT), {"text": CANARY, "sharing": "team"}).status_code == 302
    assert raw_rows(coordinator) == 1
    assert client.post(reverse(EDIT), {"text": CANARY, "sharing": "nobody"}).status_code == 302
    assert raw_rows(coordinator) == 0
    assert client.get(reverse(DELETE)).status_code == 200
    assert raw_rows(supporter.user) == 1
    assert client.post(reverse(DELETE)).status_code == 302
    with owner():
        assert not LivedExperience.objects.exists()


def test_nobody_shares_by_default_and_empty_words_go_away(client):
    supporter = PeerSupporterFactory()
    client.force_login(supporter.user)
    assert client.get(reverse(EDIT)).context["form"]["sharing"].value() == "nobody"
    client.post(reverse(EDIT), {"text": CANARY, "sharing": "team"})
    client.post(reverse(EDIT), {"text": "  ", "sharing": "team"})
    with owner():
        assert not LivedExperience.objects.exists()


@pytest.mark.parametrize("name", ["coordinator", "supervisor", "colleague"])
def test_others_neither_change_nor_delete_shared_words(cast, name):
    supporter, experience, people = cast
    with owner():
        experience.sharing = "team"
        experience.save(update_fields=["sharing"])
    with scope(people[name]), connection.cursor() as cursor:
        cursor.execute("update supporters_livedexperience set text = 'x'")
        assert cursor.rowcount == 0
        cursor.execute("delete from supporters_livedexperience")
        assert cursor.rowcount == 0
