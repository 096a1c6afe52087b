"""The first morning: an organisation without schools, people without profiles, nothing written yet."""

import pytest
from django.urls import reverse

from peersupport.demo.factories import (
    AdminFactory,
    CoordinatorFactory,
    LeadFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    ReviewerFactory,
    SchoolFactory,
    SchoolStaffFactory,
    SupervisorFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

EMPTY = {
    "coordinator": (
        CoordinatorFactory,
        ["overviews:overview", "overviews:student_list", "students:referral_list", "students:waiting_list",
         "overviews:supporter_list", "overviews:school_list", "students:referral_create",
         "supporters:supporter_create", "visits:contact_create", "overviews:more", "accounts:profile"],
    ),
    "peer_supporter without profile": (
        PeerUserFactory,
        ["overviews:my_day", "overviews:student_list", "visits:contact_create", "supporters:own_profile",
         "overviews:more", "accounts:profile"],
    ),
    "supervisor": (SupervisorFactory, ["overviews:my_supporters"]),
    "lead": (LeadFactory, ["overviews:programme", "overviews:supporter_list", "overviews:school_list"]),
    "admin": (AdminFactory, ["overviews:administration", "admin:accounts_user_changelist", "admin:schools_localcode_changelist"]),
    "reviewer": (ReviewerFactory, ["overviews:access_log"]),
    "nobody yet": (UserFactory, ["start", "accounts:profile", "overviews:more"]),
}  # fmt: skip


@pytest.mark.parametrize("who", EMPTY)
def test_pages_open_when_there_is_nothing_yet(client, who):
    factory, names = EMPTY[who]
    client.force_login(factory())

    for name in names:
        assert client.get(reverse(name)).status_code == 200, name


def test_pages_open_for_a_school_without_referrals(client):
    client.force_login(SchoolStaffFactory(school=SchoolFactory()))

    for name in ("overviews:my_school", "students:referral_list", "students:referral_create"):
        assert client.get(reverse(name)).status_code == 200, name


def test_pages_open_for_a_supporter_without_placement_or_pupils(client):
    client.force_login(PeerSupporterFactory(school=None).user)

    for name in ("overviews:my_day", "overviews:student_list", "supporters:own_profile"):
        assert client.get(reverse(name)).status_code == 200, name


def test_search_finds_nothing_when_there_is_nothing(client):
    client.force_login(CoordinatorFactory())

    assert client.post(reverse("overviews:student_search"), {"words": "någon"}).status_code == 200
