"""Alarms, all of them drills, and who is on duty.

own        about the peer supporter, at north; the supervisor is called
colleague  about a colleague, at north, by the school's coordinator; the peer supporter is called
south      at south; nobody was there to be called
away       in the other municipality

A turn or days away bear the name of whose they are.
"""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from peersupport.lib.dates import today
from safety.models import (
    Alarm,
    AlarmCall,
    AlarmKind,
    AlarmStep,
    DutyAway,
    DutyStep,
    DutyTurn,
    SafetyRules,
    WatchBeat,
    WorkPhone,
)

# name: (school, raised by, called)
DRILLS = {
    "own": ("north", "coordinator", "supervisor"),
    "colleague": ("north", "school_coordinator", "peer_supporter"),
    "south": ("south", "coordinator", None),
    "away": ("away", "away_coordinator", "away"),
}


def add_alarms(world: Any) -> None:
    for name, (school, by, called) in DRILLS.items():
        where = world.schools[school]
        about = {"supporter": world.supporters[name], "number": name[:5].upper()}
        drill = Alarm.objects.create(
            organisation=where.organisation, school_id=where.pk, kind=AlarmKind.DRILL,
            raised_by=world.users[by], **about,
        )  # fmt: skip
        world.add(name, drill)
        user = world.users[called] if called else None
        world.add(name, AlarmCall.objects.create(alarm=drill, step=AlarmStep.COLLEAGUE, user=user))
    for name, where, user in (
        ("supervisor", world.home, "supervisor"),
        ("colleague", world.home, "colleague"),
        ("away", world.away, "away"),
    ):
        _duty(world, name, where, world.users[user])
    for name in ("coordinator", "peer_supporter", "away"):
        where = world.away if name == "away" else world.home
        phone = {"organisation": where, "user": world.users[name], "phone": "070-1740606"}
        world.add(name, WorkPhone.objects.create(**phone))
    for name, where in (("home", world.home), ("away", world.away)):
        world.add(name, SafetyRules.objects.create(organisation=where))
    world.add("beat", WatchBeat.objects.create(pk=1, at=timezone.now()))


def _duty(world: Any, name: str, where: Any, user: Any) -> None:
    whose = {"organisation": where, "user": user}
    hours = {"step": DutyStep.DUTY, "weekdays": [1, 2], "starts": time(8), "ends": time(17)}
    world.add(name, DutyTurn.objects.create(**whose, **hours))
    away = {"first_on": today(), "last_on": today() + timedelta(days=2)}
    world.add(name, DutyAway.objects.create(**whose, **away))
