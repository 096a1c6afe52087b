"""Tillbud: told by whom they happened to, read by the coordinators, answered and closed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peersupport.demo.factories import (
    CoordinatorFactory,
    IncidentReportFactory,
    PeerSupporterFactory,
    SchoolFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from safety.models import IncidentReport
from tests.safety.conftest import CANARIES
from visits.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(mine):
    """Of the school, so that it is she who is asked."""
    return CoordinatorFactory(school=mine.school)


CREATE = "safety:incident_create"


def answers(client, url="", **changed):
    form = client.get(url or reverse(CREATE)).context["form"]
    moment = timezone.localtime() - timedelta(minutes=5)
    told = {"kind": "threat", "on": moment.date().isoformat(), "at": moment.strftime("%H:%M")}
    told |= {"what": "En vuxen skrek i trappan.", "form_key": form["form_key"].value()}
    return told | changed


def incidents():
    with owner():
        return list(IncidentReport.objects.order_by("pk"))


def test_supporter_tells_from_a_visit_and_a_coordinator_looks_after_them(
    as_supporter, visit, coordinator, user, mine
):
    url = f"{reverse(CREATE)}?visit={visit.public_id}"
    told = answers(as_supporter, url)
    for _ in range(2):
        assert as_supporter.post(url, told).status_code == 302
    (incident,) = incidents()
    assert (incident.visit_id, incident.supporter_id, incident.author_id) == (
        visit.pk,
        mine.supporter_id,
        user.pk,
    )
    with owner():
        task = Task.objects.get()
    assert (task.owner_id, task.student_id) == (coordinator.pk, None)
    text = as_supporter.get(reverse("safety:incident_detail", args=[incident.public_id])).content.decode()
    assert not [canary for canary in CANARIES if canary in text + task.title]


def test_a_visit_of_somebody_else_is_not_taken(as_supporter, visit, mine):
    other = PeerSupporterFactory(school=mine.school).user
    as_supporter.force_login(other)
    assert as_supporter.get(f"{reverse(CREATE)}?visit={visit.public_id}").context["visit"] is None


@pytest.mark.parametrize("words", ["Det gällde 20130412-2386", f"{CANARIES[0]} var där"])
def test_what_looks_like_a_pupil_is_asked_about_once(as_supporter, mine, coordinator, words):
    told = answers(as_supporter, what=words)
    answer = as_supporter.post(reverse(CREATE), told)
    assert answer.context["warnings"] and incidents() == []
    assert as_supporter.post(reverse(CREATE), told | {"warned": "1"}).status_code == 302
    assert len(incidents()) == 1


def test_coordinator_answers_and_closes_and_the_author_reads_it(client, coordinator, user, mine):
    incident = IncidentReportFactory(supporter=mine.supporter, is_serious=True)
    client.force_login(coordinator)
    assert "Ett tillbud är inte avslutat" in client.get(reverse("overviews:overview")).content.decode()
    url = reverse("safety:incident_detail", args=[incident.public_id])
    text = client.get(url).content.decode()
    assert "Arbetsmiljöverket" in text and "Skyddsombudet" in text
    assert client.post(url, {"measures": "", "is_closed": "on", "version": 1}).status_code == 200
    told = {"measures": "Vi går två i fortsättningen.", "version": 1}
    assert client.post(url, told).status_code == 302
    assert client.post(url, told).status_code == 409
    assert client.post(url, told | {"version": 2, "is_closed": "on"}).status_code == 302
    assert "inte avslutat" not in client.get(reverse("overviews:overview")).content.decode()
    assert client.post(url, told | {"version": 3}).status_code == 403
    (stored,) = incidents()
    assert (stored.closed_by_id, stored.version) == (coordinator.pk, 3)
    client.force_login(user)
    assert "Vi går två" in client.get(url).content.decode()
    assert client.post(url, told).status_code == 403


def test_nobody_else_reads_it(client, mine):
    incident = IncidentReportFactory(supporter=mine.supporter)
    here = mine.school.organisation
    others = (
        PeerSupporterFactory(school=mine.school).user,
        SupervisorFactory(organisation=here),
        CoordinatorFactory(school=SchoolFactory(organisation=here)),
        CoordinatorFactory(),
    )
    for reader in others:
        client.force_login(reader)
        assert client.get(reverse("safety:incident_detail", args=[incident.public_id])).status_code == 404


def test_list_takes_four_queries_however_many_there_are(client, coordinator, mine, assert_queries):
    client.force_login(coordinator)
    for _ in range(2):
        IncidentReportFactory(supporter=mine.supporter)
        with assert_queries(4):  # session with user, scope, open, closed
            client.get(reverse("safety:incident_list"))


def test_what_has_not_been_yet_is_refused(as_supporter):
    told = answers(as_supporter, on="2099-01-01")
    assert "on" in as_supporter.post(reverse(CREATE), told).context["form"].errors
