"""Till handledningen: one's own list, which nobody else reads."""

import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    PeerSupporterFactory,
    StudentFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from visits.models import SupervisionTopic
from visits.views.supervision import LATELY, MOST

pytestmark = pytest.mark.django_db
LIST = reverse("visits:supervision_topic_list")


@pytest.fixture
def supporter():
    return PeerSupporterFactory()


@pytest.fixture
def me(client, supporter):
    client.force_login(supporter.user)
    return client


def new(text="Hur jag avslutar ett samtal", **changes):
    return {"form_key": str(uuid.uuid4()), "topic": text} | changes


def url(name, topic):
    return reverse(f"visits:supervision_topic_{name}", args=[topic.public_id])


def only():
    with owner():
        return SupervisionTopic.objects.get()


def test_topic_is_written_ticked_off_put_back_edited_and_deleted(me):
    assertContains(me.get(LIST), "Inget att ta upp än")
    assert me.post(LIST, new()).url == LIST
    assertContains(me.get(reverse("overviews:my_day")), "<b>1</b>")

    done = me.post(url("done", only()), follow=True)
    assert only().done_at is not None
    assertContains(done, url("reopen", only()))  # undo
    assertContains(me.get(reverse("overviews:my_day")), "<b>0</b>")
    me.post(url("reopen", only()))
    assert only().done_at is None

    me.post(url("edit", only()), {"topic": "Något annat", "version": only().version})
    assert only().text == "Något annat"
    assertContains(me.get(url("delete", only())), "Något annat")
    me.post(url("delete", only()))
    with owner():
        assert not SupervisionTopic.objects.exists()


def test_topic_twice_with_one_key_is_one_topic(me):
    data = new()

    for _ in range(2):
        me.post(LIST, data)

    assert only()


def test_topic_without_words_says_what_to_do(me):
    assertContains(me.post(LIST, new("")), "Skriv vad du vill ta upp.")


def test_topic_edited_in_two_windows_shows_both(me):
    me.post(LIST, new())
    me.post(url("edit", only()), {"topic": "Den ena", "version": 1})

    response = me.post(url("edit", only()), {"topic": "Den andra", "version": 1})

    assert response.status_code == 409 and only().text == "Den ena"
    assertContains(response, "Den andra", status_code=409)


def test_topic_with_a_pupils_name_is_asked_about_once(me, supporter):
    with owner():
        school = supporter.placements.select_related("school__organisation").get().school
    student = StudentFactory(school=school, given_name="Åsa-Li", family_name="Övningsby")
    AssignmentFactory(case__student=student, supporter=supporter)
    for text in ("Åsas val", "Övningsbys hem"):
        response = me.post(LIST, new(text))
        assert response.status_code == 200 and 'name="warned"' in response.content.decode()
    with owner():
        assert not SupervisionTopic.objects.exists()

    me.post(LIST, new("Åsas val", warned="1"))
    assert only().text == "Åsas val"


def test_topic_is_the_authors_alone(client, me, supporter):
    me.post(LIST, new("Det här är mitt"))
    with owner():
        school = supporter.placements.select_related("school__organisation").get().school
    others = [
        PeerSupporterFactory(school=school).user,
        CoordinatorFactory(organisation=school.organisation),
        SupervisorFactory(organisation=school.organisation),
    ]
    for user in others:
        client.force_login(user)
        for name in ("edit", "delete"):
            assert client.get(url(name, only())).status_code == 404
        for name in ("done", "reopen", "delete"):
            assert client.post(url(name, only())).status_code == 404
        assert client.get(LIST).status_code == (200 if user is others[0] else 403)
        if user is others[0]:
            assertNotContains(client.get(LIST), "Det här är mitt")


@pytest.mark.parametrize("count", [0, 3, 12])
def test_topics_take_four_queries_however_many(me, supporter, organisation_of, assert_queries, count):
    with owner():
        for number in range(count):
            row = {
                "author": supporter.user,
                "organisation": organisation_of(supporter),
                "text": f"Ämne {number}",
            }
            SupervisionTopic.objects.create(**row)

    with assert_queries(4):  # session with user, scope, what is left, what is done
        me.get(LIST)


@pytest.fixture
def organisation_of():
    def found(supporter):
        with owner():
            return supporter.organisation

    return found


def test_topics_end_somewhere():
    assert MOST <= 100 and LATELY <= 20
