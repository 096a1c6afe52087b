"""The calendar feed: read back by a parser of our own, neutral to the word, and dead when it should be."""

import logging
import re
import threading
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from operations.models import LIFETIMES, Link, LinkKind, LinkOpening
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    GroupDateFactory,
    GroupLeaderFactory,
    GroupSeriesFactory,
    PeerSupporterFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import moment_at, today
from peersupport.lib.logging import JsonFormatter
from peersupport.scope import scope
from tests.test_access import masked
from tests.visits.rfc5545 import moment, parse
from visits import services
from visits.models import Booking

pytestmark = pytest.mark.django_db
SETTINGS = reverse("visits:calendar_feed_settings")
RENEW, WITHDRAW = reverse("visits:calendar_feed_renew"), reverse("visits:calendar_feed_withdraw")
CANARIES = ("Kanarieplatsen", "Kanariegruppen", "Kanarieorsaken")


@pytest.fixture
def mine():
    return AssignmentFactory()


@pytest.fixture
def user(mine):
    return mine.supporter.user


@pytest.fixture
def as_supporter(client, user):
    client.force_login(user)
    return client


def renew(user, *, shows_initials=False) -> str:
    with scope(user):
        return services.renew_feed(by=user, shows_initials=shows_initials)


def fetch(token: str):
    return Client().get(reverse("visits:calendar_feed", args=[token]))


def events(token: str):
    response = fetch(token)
    assert response.status_code == 200
    calendar = parse(response.content)
    return calendar, calendar.of("VEVENT")


def make_booking(assignment, day, at=time(9), **fields) -> Booking:
    start = moment_at(day, at)
    return BookingFactory(
        assignment=assignment, starts_at=start, ends_at=start + timedelta(hours=1), **fields
    )


# --- What it says


def test_it_holds_ones_bookings_and_the_dates_of_groups_one_leads(mine, user):
    booking = BookingFactory(assignment=mine)
    group = GroupSeriesFactory(school=mine.school, leaders=[user])
    date = GroupDateFactory(series=group)
    BookingFactory()  # a colleague's
    GroupDateFactory(series=GroupSeriesFactory(school=mine.school))  # led by others
    calendar, found = events(renew(user))
    expected = sorted((one.starts_at, one.ends_at) for one in (booking, date))
    read = [tuple(moment(calendar, one, name) for name in ("DTSTART", "DTEND")) for one in found]
    assert read == [tuple(at.replace(microsecond=0) for at in times) for times in expected]


def test_it_says_meeting_and_when_and_nothing_else(mine, user):
    group = GroupSeriesFactory(school=mine.school, leaders=[user], name=CANARIES[1], place=CANARIES[0])
    GroupDateFactory(series=group)
    BookingFactory(
        assignment=mine, place=CANARIES[0], status="cancelled", cancelled_at=timezone.now(),
        cancelled_by=user, cancelled_because="student", cancel_note=CANARIES[2],
    )  # fmt: skip
    BookingFactory(assignment=mine, place=CANARIES[0])
    token = renew(user)
    text = fetch(token).content.decode()
    _calendar, found = events(token)
    assert len(found) == 3
    named = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"}
    assert {name for one in found for name in one.values} == named
    assert {one.text("SUMMARY") for one in found} == {"Möte"}
    identity, organisation = mine.student.identity, mine.school.organisation
    names = (identity.given_name, identity.family_name, mine.student.alias, user.given_name, user.family_name)
    for canary in (*CANARIES, *names, user.email, mine.school.name, organisation.name, token, "home_visit"):
        assert canary not in text
    public = (mine.student.public_id, mine.public_id, user.public_id)
    assert not any(str(one) in text for one in public)


@pytest.mark.parametrize("language, word", [("sv", "Möte"), ("en", "Meeting"), ("da", "Møde")])
def test_it_speaks_its_holders_language(mine, user, language, word):
    with owner():
        user.language = language
        user.save(update_fields=["language"])
    BookingFactory(assignment=mine)
    (event,) = events(renew(user))[1]
    assert event.text("SUMMARY") == word


def test_initials_stand_there_only_when_chosen_and_never_of_a_protected_pupil(mine, user):
    BookingFactory(assignment=mine)
    identity = mine.student.identity
    letters = (identity.called or identity.given_name)[0] + identity.family_name[0]
    assert events(renew(user, shows_initials=True))[1][0].text("SUMMARY") == f"Möte {letters}"
    assert events(renew(user))[1][0].text("SUMMARY") == "Möte"
    with owner():
        mine.student.protection = "marked"
        mine.student.save(update_fields=["protection"])
    assert events(renew(user, shows_initials=True))[1][0].text("SUMMARY") == "Möte"


def test_what_names_a_time_is_the_same_each_time_and_tells_nothing(mine, user):
    booking = BookingFactory(assignment=mine)
    token = renew(user)
    (before,) = events(token)[1]
    with scope(user):
        plan = services.Plan(
            "home_visit", booking.starts_at + timedelta(hours=2), booking.ends_at + timedelta(hours=2)
        )
        services.move_booking(booking=booking, by=user, version=1, plan=plan)
    (after,) = events(renew(user))[1]
    assert before.text("UID") == after.text("UID")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", before.text("UID"))
    assert before.text("UID") != str(booking.public_id)
    assert int(after.text("SEQUENCE")) > int(before.text("SEQUENCE"))
    with scope(user):
        booking.refresh_from_db()
        services.cancel_booking(booking=booking, by=user, because="us")
    (cancelled,) = events(renew(user))[1]
    assert (before.text("STATUS"), cancelled.text("STATUS")) == ("CONFIRMED", "CANCELLED")
    assert int(cancelled.text("SEQUENCE")) > int(after.text("SEQUENCE"))


def test_a_booking_and_a_date_with_the_same_number_have_names_of_their_own():
    assert services.uid_of("booking", 1) != services.uid_of("group", 1)


DAYS = [datetime(2027, 3, 26), datetime(2027, 3, 27), datetime(2027, 3, 28), datetime(2027, 3, 29),
        datetime(2027, 10, 30), datetime(2027, 10, 31), datetime(2027, 11, 1), datetime(2028, 1, 3)]  # fmt: skip


def test_nine_is_nine_on_both_weekends_when_the_clock_is_set(mine, user):
    made = [make_booking(mine, day.date()) for day in DAYS]
    token = renew(user)
    with time_machine.travel(datetime(2027, 3, 10, tzinfo=UTC), tick=False):
        calendar, found = events(token)
    assert [one.values["DTSTART"][0][1][-6:] for one in found] == ["090000"] * len(DAYS)
    assert [moment(calendar, one, "DTSTART") for one in found] == [one.starts_at for one in made]
    hours = [one.starts_at.hour for one in made]
    assert hours == [8, 8, 7, 7, 7, 8, 8, 8]


def test_a_night_with_an_hour_less_or_more_is_as_long_as_it_is(mine, user):
    starts = [datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 10, 30, 23, 30, tzinfo=UTC)]
    for start in starts:
        BookingFactory(assignment=mine, starts_at=start, ends_at=start + timedelta(hours=3))
    token = renew(user)
    with time_machine.travel(datetime(2027, 3, 10, tzinfo=UTC), tick=False):
        calendar, found = events(token)
    read = [moment(calendar, one, "DTEND") - moment(calendar, one, "DTSTART") for one in found]
    assert read == [timedelta(hours=3)] * 2


# --- By whose rights


def test_what_one_no_longer_has_is_not_in_it(mine, user):
    BookingFactory(assignment=mine)
    group = GroupSeriesFactory(school=mine.school)
    leader = GroupLeaderFactory(series=group, user=user)
    GroupDateFactory(series=group)
    token = renew(user)
    assert len(events(token)[1]) == 2
    with owner():
        mine.ended_at, mine.ended_by, mine.ends_on = timezone.now(), user, today()
        mine.end_reason = "other"
        mine.save()
        leader.ended_at, leader.ended_by = timezone.now(), user
        leader.save()
    assert events(token)[1] == []


def test_a_role_that_has_ended_empties_it(mine, user):
    BookingFactory(assignment=mine)
    token = renew(user)
    with owner():
        user.memberships.update(valid_to=today() - timedelta(days=1), valid_from=today() - timedelta(days=9))
    assert events(token)[1] == []


def test_whoever_is_signed_in_gets_what_the_link_gives(client, mine, user):
    other = AssignmentFactory()
    BookingFactory(assignment=other)
    token = renew(user)
    client.force_login(other.supporter.user)
    assert parse(client.get(reverse("visits:calendar_feed", args=[token])).content).of("VEVENT") == []


def test_nobody_but_an_open_link_gets_rows(mine, user):
    BookingFactory(assignment=mine)
    renew(user)
    with scope(user), connection.cursor() as cursor:
        cursor.execute("select * from feed_rows('-infinity', 'infinity')")
        assert cursor.fetchall() == []
        cursor.execute("select keep_feed('1 year')")
        assert cursor.fetchone() == (None,)


# --- When it opens


def test_a_new_address_closes_the_old_one_at_once(user):
    missing = masked(fetch("x" * 43))
    old = renew(user)
    assert fetch(old).status_code == 200
    new = renew(user)
    assert masked(fetch(old)) == missing
    assert missing[0] == 404
    assert fetch(new).status_code == 200


def test_a_withdrawn_one_a_stopped_one_and_one_that_has_run_out_are_the_same_404(user, as_supporter):
    missing = masked(fetch("x" * 43))
    token = renew(user)
    as_supporter.post(WITHDRAW)
    assert masked(fetch(token)) == missing
    token = renew(user)
    with owner():
        Link.objects.filter(withdrawn_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert masked(fetch(token)) == missing
    token = renew(user)  # also when the last has run out
    assert fetch(token).status_code == 200
    with owner():
        user.is_active = False
        user.save(update_fields=["is_active"])
    assert masked(fetch(token)) == missing


def test_each_fetch_gives_it_ninety_days_and_leaves_one_opening(user):
    token = renew(user)
    with owner():
        Link.objects.update(expires_at=timezone.now() + timedelta(days=1))
    for _ in range(4):
        assert fetch(token).status_code == 200
    with owner():
        link = Link.objects.get()
        assert LinkOpening.objects.filter(link=link).count() == 1
    left = link.expires_at - timezone.now()
    assert timedelta(days=89) < left <= LIFETIMES[LinkKind.CALENDAR] == timedelta(days=90)


def test_an_invitations_openings_all_stay(user):
    """What proves that a mail arrived is the first one."""
    from operations.services import make_link, open_link

    with scope(user):
        token = make_link(kind=LinkKind.INVITATION, by=user)
    for _ in range(3):
        open_link(kind=LinkKind.INVITATION, token=token)
    fetch(renew(user))
    with owner():
        assert LinkOpening.objects.filter(link__kind="invitation").count() == 3


def test_a_calendars_token_opens_no_invitation_and_the_other_way_round(user):
    from operations.services import make_link

    token = renew(user)
    assert Client().get(reverse("schools:invitation_open", args=[token])).status_code == 404
    with scope(user):
        other = make_link(kind=LinkKind.INVITATION, by=user)
    assert fetch(other).status_code == 404


def test_no_log_holds_the_token(user, caplog):
    token = renew(user)
    with caplog.at_level(logging.INFO):
        assert fetch(token).status_code == 200
        gone, _new = token, renew(user)
        assert fetch(gone).status_code == 404
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any("visits:calendar_feed" in line for line in lines)
    assert token not in "".join(lines)


@pytest.mark.django_db(transaction=True)
def test_two_new_addresses_at_once_leave_one_open():
    user = PeerSupporterFactory().user
    tokens, start = [], threading.Barrier(2)

    def run() -> None:
        try:
            start.wait()
            tokens.append(renew(type(user).objects.get(pk=user.pk)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fetch(token).status_code for token in tokens) == [200, 404]


# --- The page


def test_the_address_is_shown_once(user, as_supporter):
    page = as_supporter.post(RENEW, {"shows_initials": "on"}).content.decode()
    (token,) = set(re.findall(r"/calendar/feed/([\w-]{43})\.ics", page))
    assert fetch(token).status_code == 200
    assert "webcal://testserver/calendar/feed/" in page
    again = as_supporter.get(SETTINGS).content.decode()
    assert token not in again and token not in str(dict(as_supporter.session.items()))
    assert "Hämtad senast" in again and "Med initialer" in again


def test_the_page_costs_as_much_with_a_feed_as_without(user, as_supporter, assert_queries):
    with assert_queries(3):
        as_supporter.get(SETTINGS)
    renew(user)
    with assert_queries(3):
        as_supporter.get(SETTINGS)


def test_a_fetch_costs_as_much_with_many_times_as_with_none(mine, user, assert_queries):
    token = renew(user)
    with assert_queries(3):
        fetch(token)
    for _ in range(5):
        BookingFactory(assignment=mine)
    with assert_queries(3):
        fetch(token)
