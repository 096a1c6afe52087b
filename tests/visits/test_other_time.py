"""Time without a pupil: the supporter writes it, the coordinators read it, and it counts as hours."""

import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from overviews.rows.my_day import own_load, own_profile
from peersupport.demo.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    LeadFactory,
    OtherTimeFactory,
    PeerSupporterFactory,
    PeerUserFactory,
    SchoolFactory,
    SupervisorFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import start_of_day, today
from peersupport.lib.history import events_of
from peersupport.scope import scope
from visits import services
from visits.models import OtherTime

pytestmark = pytest.mark.django_db
NEW = "visits:other_time_create"


@pytest.fixture
def karim():
    return PeerSupporterFactory(school=SchoolFactory())


def organisation_of(supporter):
    with owner():
        return supporter.organisation


def filled_in(**changes):
    moment = timezone.localtime() - timedelta(hours=3)
    return {
        "form_key": str(uuid.uuid4()),
        "kind": "training",
        "minutes": "90",
        "on": f"{moment:%Y-%m-%d}",
        "at": f"{moment:%H:%M}",
        "travel_km": "12,5",
        "note": "Steg två i kursen",
        **changes,
    }


def saved():
    with owner():
        return list(OtherTime.objects.order_by("pk"))


def test_other_time_is_saved_and_leads_to_its_month(client, karim):
    client.force_login(karim.user)
    sent = filled_in()

    response = client.post(reverse(NEW), sent)

    (row,) = saved()
    assert (row.supporter_id, row.kind, row.minutes, row.travel_km) == (
        karim.pk,
        "training",
        90,
        Decimal("12.5"),
    )
    assert response.url == f"{reverse('overviews:my_month')}?month={sent['on'][:7]}"


def test_other_time_sent_twice_is_saved_once(client, karim):
    client.force_login(karim.user)
    sent = filled_in()
    assert {client.post(reverse(NEW), sent).status_code for _ in range(2)} == {302}
    assert len(saved()) == 1
    assert client.post(reverse(NEW), sent | {"minutes": "15"}).status_code == 409
    assert len(saved()) == 1


def test_save_and_add_another_leads_to_a_new_form(client, karim):
    client.force_login(karim.user)
    assert client.post(reverse(NEW), filled_in(another="1")).url == reverse(NEW)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", ""),
        ("kind", "home_visit"),
        ("minutes", "0"),
        ("minutes", "721"),
        ("on", "1999-01-01"),
        ("on", "2199-01-01"),
        ("travel_km", "-1"),
        ("travel_km", "1000"),
        ("note", "x" * 201),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(client, karim, field, value):
    client.force_login(karim.user)
    response = client.post(reverse(NEW), filled_in(**{field: value}))
    assert response.status_code == 200 and list(response.context["form"].errors) == [field]
    assert f'value="{value}"' in response.content.decode() or field == "kind"
    assert saved() == []


def test_a_personal_number_is_warned_of_once_and_then_the_writer_decides(client, karim):
    client.force_login(karim.user)
    sent = filled_in(note="Möte om 20120314-0004")
    response = client.post(reverse(NEW), sent)
    assert "note" in response.context["form"].errors and 'name="is_sure"' in response.content.decode()
    assert saved() == []

    assert client.post(reverse(NEW), sent | {"is_sure": "on"}).status_code == 302
    assert len(saved()) == 1


def test_a_name_of_ones_own_pupil_is_asked_about_too(client):
    mine = AssignmentFactory(case__student__given_name="Kanariefågel")
    client.force_login(mine.supporter.user)
    sent = filled_in(note="Förberedde för Kanariefågel")
    response = client.post(reverse(NEW), sent)
    assert list(response.context["form"].errors) == ["note"] and saved() == []
    assert client.post(reverse(NEW), sent | {"is_sure": "on"}).status_code == 302


def test_a_form_without_such_a_number_asks_nothing(client, karim):
    client.force_login(karim.user)
    assert 'name="is_sure"' not in client.get(reverse(NEW)).content.decode()


def test_a_supporter_without_a_profile_is_told_whom_to_ask(client):
    client.force_login(PeerUserFactory())
    response = client.get(reverse(NEW))
    assert response.status_code == 200 and b"<form" not in response.content.split(b"<main")[1]


def test_what_the_organisation_leaves_out_is_not_offered_but_kept(client, karim):
    row = OtherTimeFactory(supporter=karim, kind="cover")
    with owner():
        organisation = karim.organisation
        organisation.hidden_codes = ["other_time_kind:cover"]
        organisation.save(update_fields=["hidden_codes"])
    client.force_login(karim.user)
    assert 'value="cover"' not in client.get(reverse(NEW)).content.decode()
    edit = client.get(reverse("visits:other_time_edit", args=[row.public_id]))
    assert 'value="cover"' in edit.content.decode()


def test_other_time_is_changed_at_its_version_only(client, karim):
    row = OtherTimeFactory(supporter=karim)
    url = reverse("visits:other_time_edit", args=[row.public_id])
    client.force_login(karim.user)
    assert client.post(url, filled_in(version=row.version, note="Min text")).status_code == 302
    response = client.post(url, filled_in(version=row.version, note="Min andra text"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Min text" in page and "Min andra text" in page
    assert [one.note for one in saved()] == ["Min text"]


def test_the_moment_may_stay_however_old_it_is(client, karim):
    row = OtherTimeFactory(supporter=karim, starts_at=timezone.now() - timedelta(days=100))
    url = reverse("visits:other_time_edit", args=[row.public_id])
    client.force_login(karim.user)
    old = timezone.localtime(row.starts_at)
    sent = filled_in(version=row.version, on=f"{old:%Y-%m-%d}", at=f"{old:%H:%M}")
    assert client.post(url, sent).status_code == 302
    assert saved()[0].starts_at == row.starts_at


def test_withdrawn_time_counts_nowhere_until_it_is_put_back(client, karim):
    row = OtherTimeFactory(supporter=karim, minutes=50)
    client.force_login(karim.user)
    month = reverse("overviews:my_month")

    withdraw = reverse("visits:other_time_withdraw", args=[row.public_id])
    put_back = reverse("visits:other_time_put_back", args=[row.public_id])
    response = client.post(withdraw, follow=True)
    assert put_back in response.content.decode()  # undo
    with scope(karim.user):
        assert own_load(own_profile(karim.user), karim.user, []).week == "0 min"
        assert list(OtherTime.objects.visible_to(karim.user)) == []
    assert client.get(month).context["month"].rows == []
    assert client.post(withdraw).status_code == 302  # twice is once

    client.post(put_back)
    with scope(karim.user):
        assert own_load(own_profile(karim.user), karim.user, []).week == "50 min"
    (row,) = saved()
    assert row.withdrawn_at is None and row.withdrawn_by_id is None


def test_withdrawn_time_is_not_changed(client, karim):
    row = OtherTimeFactory(supporter=karim, withdrawn_at=timezone.now(), withdrawn_by=karim.user)
    client.force_login(karim.user)
    url = reverse("visits:other_time_edit", args=[row.public_id])
    assert client.post(url, filled_in(version=row.version)).status_code == 302
    assert saved()[0].kind == "team_meeting"


def test_history_keeps_what_was_changed_but_no_words(karim):
    row = OtherTimeFactory(supporter=karim, note="Kanariefågel")
    with owner():
        row.minutes, row.note = 45, "Annat"
        row.save(update_fields=["minutes", "note"])
        events = list(events_of(OtherTime).objects.order_by("pgh_created_at").values())
    assert [event["pgh_label"] for event in events] == ["insert", "update"]
    assert "Kanarie" not in str(events)


def test_coordinators_read_other_time_and_supervisors_and_leads_only_its_sum(client, karim):
    supervisor = SupervisorFactory(organisation=organisation_of(karim))
    with owner():
        karim.supervisor = supervisor
        karim.save(update_fields=["supervisor"])
    OtherTimeFactory(supporter=karim, minutes=75, note="Kanariefågel")
    url = reverse("overviews:supporter_detail", args=[karim.public_id])
    for user, reads in [
        (CoordinatorFactory(organisation=organisation_of(karim)), True),
        (supervisor, False),
        (LeadFactory(organisation=organisation_of(karim)), False),
    ]:
        client.force_login(user)
        response = client.get(url)
        assert re.findall(r"\d+", response.context["load"].hours) == ["1", "15"], user.acting
        assert ("Kanarie" in response.content.decode()) is reads, user.acting
        with scope(user):
            assert OtherTime.objects.visible_to(user).exists() is reads
            with connection.cursor() as cursor:
                cursor.execute("select count(*) from visits_othertime")
                assert cursor.fetchone() == (int(reads),)


def test_a_coordinator_elsewhere_reads_none_of_it(karim):
    OtherTimeFactory(supporter=karim)
    elsewhere = SchoolFactory(organisation=organisation_of(karim))
    for user in (CoordinatorFactory(school=elsewhere), CoordinatorFactory()):
        with scope(user):
            assert list(OtherTime.objects.visible_to(user)) == []


def test_the_service_needs_a_profile_and_a_moment_that_has_been():
    user = PeerUserFactory()
    spent = services.Spent("other", timezone.now() - timedelta(hours=1), 10)
    with scope(user), pytest.raises(services.NoProfile):
        services.write_other_time(by=user, spent=spent)
    supporter = PeerSupporterFactory()
    tomorrow = services.Spent("other", timezone.now() + timedelta(days=1), 10)
    with scope(supporter.user), pytest.raises(services.InTheFuture):
        services.write_other_time(by=supporter.user, spent=tomorrow)


def test_the_form_of_other_time_takes_three_queries(client, karim, assert_queries):
    client.force_login(karim.user)
    client.get(reverse(NEW))
    with assert_queries(3):  # session with user, scope, profile
        client.get(reverse(NEW))


@pytest.mark.parametrize(
    ("days_ago", "minutes", "began"), [(0, "45", "10:15"), (1, "45", None), (0, "720", None)]
)
def test_without_a_time_of_day_it_ended_just_now_if_that_can_be(client, karim, days_ago, minutes, began):
    eleven = start_of_day(today()) + timedelta(hours=11)
    with time_machine.travel(eleven, tick=False):
        client.force_login(karim.user)
        sent = filled_in(on=f"{today() - timedelta(days=days_ago):%Y-%m-%d}", at="", minutes=minutes)

        response = client.post(reverse(NEW), sent)

    assert [f"{timezone.localtime(row.starts_at):%H:%M}" for row in saved()] == ([began] if began else [])
    if not began:
        assert response.context["form"].has_error("at")
