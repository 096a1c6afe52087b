"""Break presence and drop-in: a number of heads, nobody's name, and it counts as work."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from overviews.rows.contact_weeks import supporter_weeks
from overviews.rows.load import minutes_by_kind
from overviews.rows.my_day import noted_today, own_load
from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    LocalCodeFactory,
    PeerSupporterFactory,
    PeerUserFactory,
)
from peersupport.demo.owner import owner
from peersupport.scope import scope
from schools.models import Organisation
from tests.visits.contacts.form import form_of
from visits.models import Contact, Participation, SupervisionTopic

pytestmark = pytest.mark.django_db
CREATE, MY_DAY = reverse("visits:heads_create"), reverse("overviews:my_day")


def heads_form(**changes):
    """What a browser sends for half an hour on the school yard."""
    local = timezone.localtime()
    return {
        "form_key": str(uuid.uuid4()),
        "kind": "break_presence",
        "heads": "12",
        "length": "30",
        "minutes": "",
        "on": f"{local:%Y-%m-%d}",
        "at": f"{local:%H:%M}",
        "place": "",
    } | changes


@pytest.fixture
def supporter():
    return PeerSupporterFactory()


@pytest.fixture
def me(client, supporter):
    client.force_login(supporter.user)
    return client


@pytest.fixture
def organisation(supporter):
    with owner():
        return supporter.organisation


def school_of(supporter):
    with owner():
        return supporter.placements.select_related("school__organisation").get().school


def only():
    with owner():
        return Contact.objects.get()


def saved_count():
    with owner():
        return Contact.objects.count()


def hide(organisation, *hidden):
    with owner():
        Organisation.objects.filter(pk=organisation.pk).update(
            hidden_codes=[f"contact_kind:{code}" for code in hidden]
        )


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


def test_heads_create_takes_six_queries(me, assert_queries):
    # session with user, scope, profile, key, contact, key's answer
    with assert_queries(6):
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


# --- Where it counts


def test_heads_count_in_hours_weeks_and_todays_contacts(me, supporter):
    me.post(CREATE, heads_form())

    with scope(supporter.user):
        user = supporter.user
        load = own_load(user, [])
        (row,) = noted_today([], load.heads)
        assert row.people == ["12 personer"] and load.week == "30 min"
        assert minutes_by_kind([supporter])[supporter.pk] == {"break_presence": 30}
        assert supporter_weeks(supporter.pk).bars[-1].values == (1, 0)
    assertContains(me.get(MY_DAY), "12 personer")


def test_coordinators_see_the_number_of_a_supporters_heads_and_not_the_contact(
    client, me, supporter, organisation
):
    me.post(CREATE, heads_form(place="bakom gympasalen"))
    coordinator = CoordinatorFactory(organisation=organisation)
    client.force_login(coordinator)

    page = client.get(reverse("overviews:supporter_detail", args=[supporter.public_id]))
    assertContains(page, "Rast")
    assertNotContains(page, "bakom gympasalen")
    for name in ("visits:contact_edit", "visits:contact_withdraw", "overviews:contact_changes"):
        assert client.get(reverse(name, args=[only().public_id])).status_code == 404


def test_heads_stand_on_no_pupils_page(me, supporter):
    mine = AssignmentFactory(supporter=supporter, case__student__school=school_of(supporter))
    me.post(CREATE, heads_form(place="skolgården i dag"))
    me.post(reverse("visits:contact_create"), form_of(mine))

    page = me.get(reverse("overviews:student_detail", args=[mine.student.public_id]))
    assertNotContains(page, "skolgården i dag")
    assertNotContains(page, "12 personer")


# --- Corrected, withdrawn


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
        assert own_load(supporter.user, []).week == "0 min"
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
def test_heads_create_page_takes_four_queries_however_many(me, supporter, assert_queries, count):
    with owner():
        row = {"author": supporter.user, "supporter": supporter, "kind": "drop_in", "minutes": 5}
        Contact.objects.bulk_create(Contact(head_count=number, **row) for number in range(count))

    with assert_queries(4):  # session with user, scope, profile, the latest
        me.get(CREATE)


def test_contact_edit_of_heads_is_nobody_elses(client, me, supporter):
    me.post(CREATE, heads_form())
    client.force_login(PeerSupporterFactory(school=school_of(supporter)).user)

    for name in ("visits:contact_edit", "visits:contact_withdraw"):
        assert client.get(reverse(name, args=[only().public_id])).status_code == 404
