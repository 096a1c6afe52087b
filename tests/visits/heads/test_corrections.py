"""Heads are corrected, withdrawn and found again."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from overviews.rows.contact_weeks import supporter_weeks
from overviews.rows.load import minutes_by_kind
from overviews.rows.my_day import own_load, own_profile
from peersupport.demo.factories import (
    PeerSupporterFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from tests.visits.heads.form import CREATE, MY_DAY, heads_form, only, school_of
from visits.models import Contact

pytestmark = pytest.mark.django_db


def test_contact_edit_corrects_heads_and_keeps_what_was(me):
    me.post(CREATE, heads_form())
    url = reverse("visits:contact_edit", args=[only().public_id])
    assert me.get(url).context["form"]["heads"].value() == 12

    assert me.post(url, heads_form(heads="15", travel_km="2") | {"version": 1}).url == MY_DAY

    assert (only().head_count, only().version) == (15, 2)
    changes = me.get(reverse("overviews:contact_changes", args=[only().public_id])).content.decode()
    assert "hur många som kom" in changes.lower() and ">12<" in changes and ">15<" in changes


def test_contact_edit_of_heads_shows_both_when_another_window_was_first(me):
    me.post(CREATE, heads_form())
    url = reverse("visits:contact_edit", args=[only().public_id])
    me.post(url, heads_form(heads="15") | {"version": 1})

    response = me.post(url, heads_form(heads="20") | {"version": 1})

    assert response.status_code == 409
    assert [(field.name, field.mine, field.theirs) for field in response.context["fields"]] == [
        ("heads", "20", "15")
    ]


def test_contact_withdraw_of_heads_needs_a_reason_and_can_be_undone(me, supporter):
    me.post(CREATE, heads_form())
    url = reverse("visits:contact_withdraw", args=[only().public_id])
    assert me.post(url, {"version": 1}).status_code == 200 and not only().is_withdrawn

    response = me.post(url, {"version": 1, "reason": "twice"}, follow=True)

    assert only().is_withdrawn and only().withdrawn_reason == "twice"
    put_back = reverse("visits:contact_put_back", args=[only().public_id])
    assertContains(response, put_back)
    assertNotContains(response, "12 personer")
    with scope(supporter.user):
        assert own_load(own_profile(supporter.user), supporter.user, []).week == "0 min"
        assert not minutes_by_kind([supporter])
        assert supporter_weeks(supporter.pk).bars[-1].values == (0, 0)
    me.post(put_back)
    assert not only().is_withdrawn
    assertContains(me.get(MY_DAY), "12 personer")


def test_heads_are_found_again_to_correct_and_to_put_back(me):
    me.post(CREATE, heads_form(place="vid kiosken"))
    edit = reverse("visits:contact_edit", args=[only().public_id])
    assertContains(me.get(CREATE), edit)

    me.post(reverse("visits:contact_withdraw", args=[only().public_id]), {"version": 1, "reason": "mistake"})

    page = me.get(CREATE)
    assertNotContains(page, edit)
    assertContains(page, reverse("visits:contact_put_back", args=[only().public_id]))


@pytest.mark.parametrize("count", [0, 3, 12])
def test_heads_create_page_takes_five_queries_however_many(me, supporter, assert_queries, count):
    with owner():
        row = {"author": supporter.user, "supporter": supporter, "kind": "drop_in", "minutes": 5}
        Contact.objects.bulk_create(Contact(head_count=number, **row) for number in range(count))

    with assert_queries(5):  # session with user, scope, profile, schools, the latest
        me.get(CREATE)


def test_contact_edit_of_heads_is_nobody_elses(client, me, supporter):
    me.post(CREATE, heads_form())
    client.force_login(PeerSupporterFactory(school=school_of(supporter)).user)

    for name in ("visits:contact_edit", "visits:contact_withdraw"):
        assert client.get(reverse(name, args=[only().public_id])).status_code == 404
