"""Drills of the chain: the real one, visibly not in earnest (AFS 2023:2: alarms are tried regularly)."""

from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from operations.services import defer_job
from peersupport.lib.dates import start_of_day, today
from safety.models import Alarm, AlarmKind
from safety.models.visits import new_number
from safety.services.alarms import WATCH
from supporters.models import PeerSupporter, Placement


def plan_drill(*, supporter: PeerSupporter, at: datetime, by: User) -> Alarm:
    """Have the chain run at `at` (at once when that has passed), as if `supporter` had not ended a visit."""
    placed = Placement.objects.visible_to(by).holding_today().filter(supporter=supporter)
    school = placed.filter(school__in=by.acting.schools).values_list("school_id", flat=True).first()
    now = timezone.now()
    drill = Alarm(
        organisation_id=supporter.organisation_id,
        school_id=school,
        supporter=supporter,
        number=new_number(),
        kind=AlarmKind.DRILL,
        raised_at=max(at, now),
        raised_by=by,
        next_at=max(at, now),
    )
    drill.save(force_insert=True)
    if at <= now:
        defer_job(task=WATCH)
    return drill


def note_remarks(*, drill: Alarm, by: User, remarks: str) -> None:
    """What was learned; anybody's who coordinates there, and the latest words stand."""
    Alarm.objects.visible_to(by).drills().filter(pk=drill.pk).update(
        remarks=remarks, version=F("version") + 1
    )


def quarter_begins() -> datetime:
    """The first moment of this quarter of the year."""
    day = today()
    return start_of_day(day.replace(month=day.month - (day.month - 1) % 3, day=1))


def drill_is_missing() -> bool:
    """No drill was carried through this quarter, though home visits are made or planned; for coordinators."""
    with connection.cursor() as cursor:
        cursor.execute("select drill_is_missing(%s)", [quarter_begins()])
        (is_missing,) = cursor.fetchone()
    return bool(is_missing)
