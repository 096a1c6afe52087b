"""The chain with real workers and the real clock: killed, doubled, and with the phone switched off."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from peersupport.demo.owner import owner
from peersupport.scope import scope
from safety.models import Alarm, AlarmCall, AlarmKind
from safety.services import WATCH, raise_alarm, take_alarm
from tests.operations.smtp import free_port, mail_server
from tests.operations.test_worker import workers
from tests.safety.house import House, calls

BAR = timedelta(seconds=60)  # beyond the grace and the steps


def wait_for(condition, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.2)


def called() -> int:
    with owner():
        return AlarmCall.objects.filter(user__isnull=False).count()


@pytest.mark.full  # five minutes by the clock, with the shortest times that the rules allow
def test_an_overdue_visit_reaches_everybody_in_time_though_the_worker_is_killed(transactional_db):  # noqa: F811
    house = House()
    house.everybody_on_duty()
    house.rules(grace_minutes=1, step_minutes=1)
    end = timezone.now() - timedelta(seconds=40)
    house.visit(end=end)  # from here on nothing comes from the phone
    port = free_port()
    with mail_server(port) as server:
        with workers(port) as (process,):
            wait_for(lambda: called() == 2, 60 + 60 + 60)
            process.kill()
            process.wait()
        with workers(port):
            wait_for(lambda: called() == 4, 60 + 60 + 60)
            wait_for(lambda: len(server.got) == 4, 60)
            with owner():
                alarm = Alarm.objects.get()
            with scope(house.colleague):
                take_alarm(alarm=alarm.public_id, by=house.colleague)
            time.sleep(75)  # the next round would have come
    people = [house.user, house.colleague, house.coordinator, house.duty]
    assert [user for _round, _step, user in calls()] == [one.pk for one in people]
    # A worker killed between the mail server's yes and our commit sends that mail again, as the same (ADR 0013).
    assert set(server.addresses) == {one.email for one in people}
    assert len({message["Message-ID"] for _to, message in server.got}) == len(people)
    with owner():
        moments = list(AlarmCall.objects.order_by("called_at").values_list("called_at", flat=True))
    for number, moment in enumerate(moments):
        due = end + timedelta(minutes=1 + number)
        assert due <= moment <= due + BAR, (number, moment - due)


@pytest.mark.full  # starts two workers
def test_two_workers_watch_every_fifteen_seconds_and_call_each_once(transactional_db):  # noqa: F811
    house = House()
    house.everybody_on_duty()
    visit = house.visit(end=timezone.now() + timedelta(hours=1))
    port = free_port()
    with mail_server(port) as server, workers(port, 2):
        wait_for(lambda: _watched() >= 2, 90)
        asked = timezone.now()
        with scope(house.user):
            raise_alarm(visit=visit, kind=AlarmKind.HELP)
        wait_for(lambda: called() == 3, 60)
        wait_for(lambda: len(server.got) == 3, 60)
        wait_for(lambda: _watched() >= 4, 90)
    with owner():
        assert AlarmCall.objects.latest("called_at").called_at - asked < timedelta(seconds=10)
        stamps = [
            args["timestamp"]
            for args in ProcrastinateJob.objects.filter(task_name=WATCH).values_list("args", flat=True)
            if args
        ]
        assert not ProcrastinateJob.objects.filter(status="failed").exists()
    assert len(stamps) == len(set(stamps))
    assert all(stamp % 15 == 0 for stamp in stamps)
    assert len(calls()) == 3


def _watched() -> int:
    with owner():
        return ProcrastinateEvent.objects.filter(job__task_name=WATCH, type="succeeded").count()
