"""Break presence and drop-in: a number of heads, nobody's name."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from peersupport.demo.factories import (
    LocalCodeFactory,
    PeerUserFactory,
)
from peersupport.demo.owner import owner
from tests.visits.heads.form import CREATE, MY_DAY, heads_form, hide, only, saved_count
from visits.models import Participation, SupervisionTopic

pytestmark = pytest.mark.django_db


def test_heads_create_saves_a_number_and_no_name(me, supporter):
    response = me.post(CREATE, heads_form(topics=["play"], travel_minutes="10", place="skolgården"))

    assert response.url == MY_DAY
    contact = only()
    assert (contact.kind, contact.head_count, contact.minutes, contact.mode) == (
        "break_presence",
        12,
        30,
        "in_person",
    )
    assert (contact.supporter_id, contact.topics, contact.travel_minutes) == (supporter.pk, ["play"], 10)
    with owner():
        assert not Participation.objects.exists()


def test_heads_create_takes_nobody_came_for_an_answer(me):
    me.post(CREATE, heads_form(kind="drop_in", heads="0"))

    assert (only().kind, only().head_count) == ("drop_in", 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"heads": ""},
        {"heads": "-1"},
        {"heads": "1000"},
        {"heads": "många"},
        {"length": ""},
        {"kind": "phone"},
        {"kind": ""},
    ],
)
def test_heads_create_keeps_what_was_typed_when_something_is_wrong(me, changes):
    response = me.post(CREATE, heads_form(place="vid kiosken", **changes))

    assert response.status_code == 200 and response.context["problems"] and not saved_count()
    assert "vid kiosken" in response.content.decode()


def test_heads_create_twice_with_one_key_is_one_contact(me):
    data = heads_form()

    assert [me.post(CREATE, data).status_code for _ in range(2)] == [302, 302] and saved_count() == 1
    assert me.post(CREATE, data | {"heads": "13"}).status_code == 409 and saved_count() == 1


def test_heads_create_asks_once_about_a_personal_number(me):
    data = heads_form(place="080924-2380")

    assert me.post(CREATE, data).status_code == 200 and not saved_count()
    assert me.post(CREATE, data | {"warned": "1"}).status_code == 302 and saved_count() == 1


def test_heads_create_puts_a_topic_on_ones_own_list(me):
    me.post(CREATE, heads_form(supervision="Att stå ensam"))

    with owner():
        assert SupervisionTopic.objects.get().text == "Att stå ensam"


def test_heads_create_takes_seven_queries(me, assert_queries):
    # session with user, scope, profile, schools, key, contact, key's answer
    with assert_queries(7):
        assert me.post(CREATE, heads_form()).status_code == 302


def test_heads_create_offers_what_the_organisation_uses(me, organisation):
    assertContains(me.get(reverse("visits:contact_create")), "Skriv upp rast")
    own = LocalCodeFactory(organisation=organisation, national_code="drop_in", label="Öppet hus")
    hide(organisation, "break_presence", "drop_in")
    assertContains(me.get(reverse("visits:contact_create")), "Öppet hus")
    assertNotContains(me.get(reverse("visits:contact_create")), "Skriv upp rast")
    me.post(CREATE, heads_form(kind=f"drop_in:{own.public_id}"))
    assert only().local_kind_id == own.pk


def test_heads_create_is_not_there_where_no_kind_is_used(me, organisation):
    hide(organisation, "break_presence", "drop_in")

    assert not me.get(reverse("visits:contact_create")).context["heads"]
    assertContains(me.get(CREATE), "Används inte här")
    me.post(CREATE, heads_form())
    assert not saved_count()


def test_heads_create_tells_a_supporter_without_profile(client):
    client.force_login(PeerUserFactory())

    assertContains(client.get(CREATE), "Din profil saknas")
