"""Reminders by mail: for those who want them, at the right hour, once each, and without a word about anyone."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from operations.models import OutgoingMail
from peersupport.demo.factories import (
    AssignmentFactory,
    BookingFactory,
    GroupDateFactory,
    GroupSeriesFactory,
    PeerSupporterFactory,
)
from peersupport.demo.owner import owner, worker
from peersupport.lib.dates import today
from peersupport.scope import scope
from visits import services
from visits.models import Reminder
from visits.services.reminders import send_reminders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
# A meeting, and the moment at which the day before has come.
MEETINGS = {
    "winter": (datetime(2027, 2, 2, 8, 0, tzinfo=UTC), datetime(2027, 2, 1, 14, 0, tzinfo=UTC)),
    "first summer day": (datetime(2027, 3, 28, 7, 0, tzinfo=UTC), datetime(2027, 3, 27, 14, 0, tzinfo=UTC)),
    "after it": (datetime(2027, 3, 29, 7, 0, tzinfo=UTC), datetime(2027, 3, 28, 13, 0, tzinfo=UTC)),
    "first winter day": (datetime(2027, 10, 31, 8, 0, tzinfo=UTC), datetime(2027, 10, 30, 13, 0, tzinfo=UTC)),
    "after that": (datetime(2027, 11, 1, 8, 0, tzinfo=UTC), datetime(2027, 10, 31, 14, 0, tzinfo=UTC)),
    "just after midnight": (datetime(2027, 2, 1, 23, 5, tzinfo=UTC), datetime(2027, 2, 1, 14, 0, tzinfo=UTC)),
    "a new year": (datetime(2027, 12, 31, 23, 30, tzinfo=UTC), datetime(2027, 12, 31, 14, 0, tzinfo=UTC)),
}


@pytest.fixture
def mine():
    return AssignmentFactory()


@pytest.fixture
def user(mine):
    return wanting(mine.supporter.user)


def wanting(user, day=True, hour=True):
    with owner():
        user.wants_reminder_day_before, user.wants_reminder_hour_before = day, hour
        user.save(update_fields=["wants_reminder_day_before", "wants_reminder_hour_before"])
    return user


def book(assignment, starts_at, **fields):
    return BookingFactory(assignment=assignment, starts_at=starts_at, ends_at=starts_at + HOUR, **fields)


def send(now: datetime) -> int:
    with time_machine.travel(now, tick=False), worker():
        return send_reminders(now)


def mails() -> list[OutgoingMail]:
    with owner():
        return list(OutgoingMail.objects.filter(kind="reminder").order_by("created_at"))


@pytest.mark.parametrize("when", MEETINGS)
def test_the_day_before_is_from_three_in_the_afternoon(mine, user, when):
    starts_at, due_at = MEETINGS[when]
    wanting(user, hour=False)
    book(mine, starts_at)
    assert send(due_at - timedelta(seconds=1)) == 0
    assert send(due_at) == 1
    assert [send(due_at + timedelta(minutes=5 * times)) for times in range(1, 4)] == [0, 0, 0]


@pytest.mark.parametrize("when", MEETINGS)
def test_an_hour_before_is_an_hour_that_passes(mine, user, when):
    starts_at, _due_at = MEETINGS[when]
    wanting(user, day=False)
    book(mine, starts_at)
    assert send(starts_at - HOUR - timedelta(seconds=1)) == 0
    assert send(starts_at - HOUR) == 1
    assert send(starts_at - timedelta(minutes=1)) == 0
    assert len(mails()) == 1


def test_it_comes_late_rather_than_not_and_never_too_late(mine, user):
    starts_at, due_at = MEETINGS["winter"]
    book(mine, starts_at)
    assert send(due_at + timedelta(hours=8, minutes=59)) == 1  # a minute to midnight
    other = book(mine, starts_at + 2 * HOUR)
    assert send(due_at + timedelta(hours=9)) == 0  # it is the same day
    assert send(starts_at) == 0
    assert send(other.starts_at - timedelta(minutes=10)) == 1


def test_only_what_one_has_chosen_comes(mine, user):
    starts_at, due_at = MEETINGS["winter"]
    book(mine, starts_at)
    wanting(user, day=False, hour=False)
    assert send(due_at) + send(starts_at - HOUR) == 0
    wanting(user, day=False)
    assert (send(due_at), send(starts_at - HOUR)) == (0, 1)


def test_a_day_is_one_mail_with_all_its_times(mine, user):
    starts_at, due_at = MEETINGS["winter"]
    book(mine, starts_at)
    book(mine, starts_at + 4 * HOUR)
    group = GroupSeriesFactory(school=mine.school, leaders=[user])
    GroupDateFactory(series=group, starts_at=starts_at + 6 * HOUR, ends_at=starts_at + 7 * HOUR)
    assert send(due_at) == 1
    (mail,) = mails()
    assert [time in mail.text for time in ("09:00–10:00", "13:00–14:00", "15:00–16:00")] == [True] * 3
    with owner():
        assert Reminder.objects.count() == 3


def test_moved_it_is_told_again_and_cancelled_never(mine, user):
    starts_at, due_at = MEETINGS["winter"]
    booking = book(mine, starts_at)
    assert send(due_at) == 1
    with time_machine.travel(due_at, tick=False), scope(user):
        plan = services.Plan("home_visit", starts_at + HOUR, starts_at + 2 * HOUR)
        services.move_booking(booking=booking, by=user, version=1, plan=plan)
    assert (send(due_at + HOUR), send(due_at + HOUR)) == (1, 0)
    assert "10:00–11:00" in mails()[-1].text
    with scope(user):
        services.cancel_booking(booking=booking, by=user, because="us")
    assert send(starts_at) == 0


def test_what_was_booked_after_the_hour_has_come_needs_no_reminder(mine, user):
    starts_at, due_at = MEETINGS["winter"]
    book(mine, starts_at, created_at=due_at + timedelta(minutes=1))
    assert send(due_at + timedelta(minutes=5)) == 0
    assert send(starts_at - HOUR) == 1


def test_nobody_else_is_reminded(mine, user):
    starts_at, due_at = MEETINGS["winter"]
    book(mine, starts_at)
    wanting(PeerSupporterFactory(school=mine.school).user)
    with owner():
        user.memberships.update(valid_from=today() - timedelta(days=9), valid_to=today() - timedelta(days=1))
    assert send(due_at) == 0
    with owner():
        user.memberships.update(valid_to=None)
        mine.ended_at, mine.ended_by, mine.ends_on = timezone.now(), user, today()
        mine.end_reason = "other"
        mine.save()
    assert send(due_at) == 0


def test_the_mail_says_when_and_nothing_else(mine, user):
    starts_at, due_at = MEETINGS["winter"]
    book(mine, starts_at, place="Kanarieplatsen")
    group = GroupSeriesFactory(
        school=mine.school, leaders=[user], name="Kanariegruppen", place="Kanariesalen"
    )
    GroupDateFactory(series=group, starts_at=starts_at + 2 * HOUR, ends_at=starts_at + 3 * HOUR)
    send(due_at)
    (mail,) = mails()
    said = f"{mail.subject}\n{mail.text}"
    identity = mine.student.identity
    names = (identity.given_name, identity.family_name, mine.student.alias, user.given_name, user.family_name)
    for canary in (
        *names,
        mine.school.name,
        "Kanarie",
        mine.school.organisation.name,
        str(mine.student.public_id),
    ):
        assert canary not in said
    assert (mail.to, mail.to_user_id) == (user.email, user.pk)


@pytest.mark.parametrize("language, word", [("sv", "bokat"), ("en", "booked"), ("da", "aftalt")])
def test_the_mail_is_in_the_language_of_its_reader(mine, user, language, word):
    with owner():
        user.language = language
        user.save(update_fields=["language"])
    starts_at, due_at = MEETINGS["winter"]
    book(mine, starts_at)
    send(due_at)
    (mail,) = mails()
    assert mail.language == language and word in mail.text


def test_killed_in_the_middle_it_is_due_still(mine, user, monkeypatch):
    starts_at, due_at = MEETINGS["winter"]
    book(mine, starts_at)
    monkeypatch.setattr("visits.services.reminders.Reminder.objects.bulk_create", _fall)
    with pytest.raises(RuntimeError):
        send(due_at)
    assert mails() == []  # queued in the same transaction, so it is not there
    monkeypatch.undo()
    assert send(due_at) == 1


def _fall(*_args) -> None:
    raise RuntimeError


def test_old_ones_are_thrown_away(mine, user):
    book(mine, timezone.now() + timedelta(minutes=30), created_at=timezone.now() - HOUR)
    with worker():
        assert send_reminders(timezone.now()) == 1
    with owner():
        Reminder.objects.update(starts_at=timezone.now() - timedelta(days=8))
        old = Reminder.objects.get().pk
    with worker():
        send_reminders(timezone.now())
    with owner():
        assert not Reminder.objects.filter(pk=old).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_each():
    starts_at, due_at = MEETINGS["winter"]
    for _ in range(4):
        assignment = AssignmentFactory()
        wanting(assignment.supporter.user)
        book(assignment, starts_at)
    counts, start = [], threading.Barrier(2)

    def run() -> None:
        try:
            with worker():
                start.wait()
                counts.append(send_reminders(due_at))
        finally:
            connection.close()

    with time_machine.travel(due_at, tick=False):
        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(counts) == 4
    assert len(mails()) == 4
