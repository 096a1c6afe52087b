"""The chain moved by the clock, and what it has done."""

from datetime import timedelta

from peersupport.demo.owner import owner, worker
from safety.models import Alarm
from safety.services import (
    watch,
)
from tests.safety.house import calls

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def watch_at(clock, moment) -> int:
    clock.move_to(moment)
    with worker():
        return watch()


def steps() -> list[tuple[int, int]]:
    return [(round_, step) for round_, step, _user in calls()]


def all_alarms() -> list[Alarm]:
    with owner():
        return list(Alarm.objects.order_by("pk"))
