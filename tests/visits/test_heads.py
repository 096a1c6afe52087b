"""Break presence and drop-in: a number of heads, nobody's name, and it counts as work."""

import uuid
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import ProgrammingError
from django.db.transaction import atomic
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from overviews.rows.contact_weeks import school_weeks, supporter_weeks
from overviews.rows.load import minutes_by_kind
from overviews.rows.my_day import noted_today, own_load
from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    LocalCodeFactory,
    MembershipFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    PlacementFactory,
    SchoolFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from peersupport.scope import scope
from schools.models import Organisation, Role
from tests.peersupport.rights import raw
from tests.visits.test_contact_create import form_of
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
        return supporter.placements.select_related("school__organisation").earliest("pk").school


def only():
    with owner():
        return Contact.objects.get()


def stored():
    with owner():
        return list(Contact.objects.order_by("pk"))


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


def test_heads_create_takes_eight_queries(me, assert_queries):
    # session with user, scope, profile, schools, key twice, contact, key's answer
    with assert_queries(8):
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


def school_page(school):
    return reverse("overviews:school_detail", args=[school.public_id])


def coordinator_of(school):
    with owner():
        return MembershipFactory(school=school, role=Role.COORDINATOR).user


def test_the_schools_coordinator_sees_the_number_and_changes_nothing(client, me, supporter):
    school = school_of(supporter)
    me.post(CREATE, heads_form(place="bakom gympasalen"))
    me.post(CREATE, heads_form(kind="drop_in", heads="3"))
    me.post(
        reverse("visits:contact_edit", args=[stored()[1].public_id]), heads_form(heads="4") | {"version": 1}
    )
    client.force_login(coordinator_of(school))

    heads = client.get(school_page(school)).context["heads"]
    assert heads.sum == "2 gånger · 16 personer"
    (corrected,) = [row for row in heads.rows if row.changes_url]
    assert {"12 personer" in row.text for row in heads.rows} == {True, False}
    assert any("bakom gympasalen" in row.text for row in heads.rows)
    changes = client.get(corrected.changes_url)
    assertContains(changes, ">3<")
    assertContains(changes, school_page(school))
    for name in ("visits:contact_edit", "visits:contact_withdraw"):
        assert client.get(reverse(name, args=[stored()[0].public_id])).status_code == 403
    page = client.get(reverse("overviews:supporter_detail", args=[supporter.public_id]))
    assertContains(page, "Rast")
    assertNotContains(page, "bakom gympasalen")


def test_another_schools_coordinator_does_not_see_it(client, me, supporter, organisation):
    other = SchoolFactory(organisation=organisation)
    PlacementFactory(supporter=supporter, school=other, percent=10)
    me.post(CREATE, heads_form(place="bakom gympasalen", school=str(school_of(supporter).public_id)))
    client.force_login(coordinator_of(other))

    assert client.get(school_page(other)).context["heads"].rows == []
    for name in ("visits:contact_edit", "visits:contact_withdraw", "overviews:contact_changes"):
        assert client.get(reverse(name, args=[only().public_id])).status_code == 404


def test_what_is_withdrawn_is_in_no_sum_of_the_school(client, me, supporter):
    school = school_of(supporter)
    me.post(CREATE, heads_form())
    me.post(reverse("visits:contact_withdraw", args=[only().public_id]), {"version": 1, "reason": "mistake"})
    client.force_login(coordinator_of(school))

    assert client.get(school_page(school)).context["heads"].rows == []


def test_heads_count_in_the_schools_weeks(me, supporter, organisation):
    school = school_of(supporter)
    me.post(CREATE, heads_form())
    coordinator = CoordinatorFactory(organisation=organisation)

    with scope(coordinator):
        assert school_weeks(school.pk).bars[-1].values == (1, 0)
    with scope(supporter.user):
        assert school_weeks(school.pk).bars[-1].values == (0, 0)


# --- At which school


def test_heads_create_takes_the_only_school_and_asks_where_there_are_two(me, supporter, organisation):
    first = school_of(supporter)
    assertContains(me.get(CREATE), first.name)
    assert "school" not in me.get(CREATE).context["form"].fields
    me.post(CREATE, heads_form())
    assert only().school_id == first.pk

    second = SchoolFactory(organisation=organisation)
    PlacementFactory(supporter=supporter, school=second, percent=10)
    assert me.post(CREATE, heads_form(place="kiosken")).context["form"].errors["school"]
    me.post(CREATE, heads_form(school=str(second.public_id)))
    assert [contact.school_id for contact in stored()] == [first.pk, second.pk]


def test_heads_create_knows_no_school_where_one_is_not_placed(me, supporter, organisation):
    second, elsewhere = SchoolFactory.create_batch(2, organisation=organisation)
    PlacementFactory(supporter=supporter, school=second, percent=10)
    response = me.post(CREATE, heads_form(school=str(elsewhere.public_id)))

    assert response.context["form"].errors["school"] and not saved_count()


def test_heads_create_tells_a_supporter_without_placement(client, organisation):
    client.force_login(PeerSupporterFactory(school=None, organisation=organisation).user)

    assertContains(client.get(CREATE), "inte placerad på någon skola")
    client.post(CREATE, heads_form())
    assert not saved_count()


@pytest.mark.parametrize("where", ["nowhere", "elsewhere"])
def test_the_database_takes_no_heads_at_a_school_of_others(supporter, organisation, where):
    elsewhere = SchoolFactory(organisation=organisation)
    row = Contact(author=supporter.user, supporter=supporter, kind="drop_in", minutes=5, head_count=2)
    row.school = elsewhere if where == "elsewhere" else None
    with scope(supporter.user), pytest.raises(ProgrammingError, match="row-level security"), atomic():
        row.save(force_insert=True)


def test_heads_of_a_school_one_has_left_can_be_corrected(me, supporter, organisation):
    me.post(CREATE, heads_form())
    first, second = school_of(supporter), SchoolFactory(organisation=organisation)
    with owner():
        supporter.placements.update(
            ends_on=today() - timedelta(days=100), starts_on=today() - timedelta(days=200)
        )
        PlacementFactory(supporter=supporter, school=second)
    edit = reverse("visits:contact_edit", args=[only().public_id])
    assert me.get(edit).context["form"]["school"].value() == str(first.public_id)

    me.post(edit, heads_form(heads="15", school=str(first.public_id)) | {"version": 1})
    assert (only().head_count, only().school_id) == (15, first.pk)


def test_heads_from_before_the_school_was_asked_for_are_withdrawn_as_they_are(me, supporter):
    with owner():
        row = {"author": supporter.user, "supporter": supporter, "kind": "drop_in", "minutes": 5}
        Contact.objects.create(head_count=2, **row)
    me.post(reverse("visits:contact_withdraw", args=[only().public_id]), {"version": 1, "reason": "mistake"})

    assert only().is_withdrawn and only().school_id is None


def test_heads_from_before_get_the_only_school_of_that_day(supporter, organisation):
    first, second = school_of(supporter), SchoolFactory(organisation=organisation)
    both = PeerSupporterFactory(school=first)
    PlacementFactory(supporter=both, school=second)
    nowhere = PeerSupporterFactory(school=None, organisation=organisation)
    with owner():
        for one in (supporter, both, nowhere):
            row = {"author": one.user, "supporter": one, "kind": "drop_in", "minutes": 5, "head_count": 2}
            Contact.objects.create(**row)
        before = {"author": supporter.user, "supporter": supporter, "kind": "drop_in", "minutes": 5}
        Contact.objects.create(head_count=1, occurred_at=timezone.now() - timedelta(days=999), **before)
        raw(import_module("visits.migrations.0024_heads_at_a_school").FILL)

    assert [contact.school_id for contact in stored()] == [first.pk, None, None, None]


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
