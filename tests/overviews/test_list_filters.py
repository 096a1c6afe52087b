"""Lists open with the filters used last; words are never kept, and a link with filters wins."""

import pytest
from django.urls import reverse

from accounts.models import ListFilter
from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    MembershipFactory,
    ReviewerFactory,
    SchoolFactory,
    StudentFactory,
)
from peersupport.demo.owner import owner
from schools.models import Role

LIST, FILTER = reverse("overviews:student_list"), reverse("overviews:student_filter")
pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def coordinator(client, school):
    user = CoordinatorFactory(organisation=school.organisation)
    client.force_login(user)
    return user


def kept():
    with owner():
        return sorted(ListFilter.objects.values_list("list_name", "query"))


def test_list_filter_goes_to_the_list_and_remembers(client, coordinator, school):
    StudentFactory(school=school, grade=8)
    response = client.post(FILTER, {"grade": "7", "status": "", "school": str(school.public_id)})

    assert response.status_code == 302
    assert response.url == f"{LIST}?school={school.public_id}&grade=7"
    again = client.get(LIST)
    assert again.status_code == 302 and again.url == response.url
    assert client.get(response.url).context["filter_form"].filters().grade == "7"


def test_list_filter_all_is_kept_although_the_list_opens_with_fewer(client, coordinator):
    client.post(FILTER, {"status": "all"})

    assert kept() == [("students", "status=all")]
    assert client.get(LIST).url == f"{LIST}?status=all"
    assert 'value="all" selected' in client.get(f"{LIST}?status=all").content.decode()


def test_list_filter_chosen_anew_takes_the_place_of_the_old_one(client, coordinator):
    client.post(FILTER, {"grade": "7"})
    client.post(FILTER, {"grade": "8"})

    assert kept() == [("students", "grade=8")]


def test_list_filter_a_link_with_filters_wins_and_is_not_kept(client, coordinator):
    client.post(FILTER, {"grade": "7"})

    assert client.get(LIST, {"status": "waiting"}).status_code == 200
    assert kept() == [("students", "grade=7")]


def test_list_filter_nothing_chosen_forgets(client, coordinator):
    client.post(FILTER, {"grade": "7"})
    response = client.post(FILTER, {})

    assert response.url == LIST and kept() == []
    assert client.get(LIST).status_code == 200


def test_list_filter_what_is_no_choice_is_not_kept(client, coordinator):
    response = client.post(FILTER, {"grade": "Alva", "words": "Alva", "after": "x"})

    assert response.url == LIST and kept() == []


def test_list_filter_never_keeps_a_word_typed(client, coordinator):
    """A school's name may be searched for; it stands in the address, and nowhere else."""
    response = client.post(reverse("overviews:school_filter"), {"q": "Alva", "form": "GR"})

    assert response.url == f"{reverse('overviews:school_list')}?q=Alva&form=GR"
    assert kept() == [("schools", "form=GR")]
    client.post(reverse("overviews:school_filter"), {"q": "Alva"})
    assert kept() == []


def test_list_filter_a_search_for_a_name_keeps_nothing(client, coordinator):
    client.post(reverse("overviews:student_search"), {"words": "Alva"})

    assert kept() == []


def test_list_filter_of_the_access_log_keeps_the_person_and_no_day(client):
    reviewer = ReviewerFactory()
    client.force_login(reviewer)
    client.post(reverse("overviews:log_filter"), {"person": str(reviewer.public_id), "day": "2026-11-23"})

    assert kept() == [("access_log", f"person={reviewer.public_id}")]


def test_list_filter_is_of_the_role_acted_in(client, coordinator, school):
    client.post(FILTER, {"grade": "7"})
    other = MembershipFactory(user=coordinator, role=Role.PEER_SUPPORTER, organisation=school.organisation)
    client.post(reverse("accounts:switch"), {"membership": str(other.public_id)})

    assert client.get(LIST).status_code == 200  # as peer supporter: nothing is remembered
    client.post(FILTER, {"grade": "9"})
    assert kept() == [("students", "grade=7"), ("students", "grade=9")]


def test_list_filter_of_htmx_gets_the_list_alone(client, coordinator, htmx):
    response = client.post(FILTER, {"grade": "7"}, headers=htmx, follow=True)

    assert response.status_code == 200 and b"<html" not in response.content


def test_list_filter_a_supporter_who_has_gone_counts_as_not_chosen(client, coordinator, school):
    supporter = AssignmentFactory(case__student__school=school).supporter
    client.post(FILTER, {"supporter": str(supporter.public_id)})
    with owner():
        supporter.user.is_active = False
        supporter.user.save(update_fields=["is_active"])

    assert client.get(client.get(LIST).url).status_code == 200
