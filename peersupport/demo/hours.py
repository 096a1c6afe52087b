"""Time without a pupil: the week of every supporter, what Karim has written himself, and what is planned."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from peersupport.demo import history
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import school_days
from peersupport.lib.dates import today
from supporters.models import PeerSupporter
from visits import services
from visits.models import Appointment, OtherTime

WEEKS = 12
MONDAY, THURSDAY, FRIDAY = 0, 3, 4
EARLY, TEAM = time(7, 30), 3
# Weekday, hour, kind, minutes: before the hours when pupils are met.
EVERY_WEEK = ((0, time(7, 30), "team_meeting", 45), (3, time(15, 45), "preparation", 30))
EVERY_THIRD = (2, time(15, 45), "supervision", 90)
# Days ago, hour, kind, minutes, km, note: Karim's own words.
KARIMS = (
    (13, time(15, 30), "training", 60, "0", "Återträff från kursen"),
    (6, time(16, 15), "travel", 35, "18.5", "Till mötet i stadshuset och hem"),
    (3, time(15, 30), "cover", 40, "0", "Hoppade in på fritids"),
)


def usual_weeks(supporters: Sequence[PeerSupporter]) -> None:
    """Team meeting, preparation and supervision of everyone on school days; as the owner, in bulk."""
    days = list(school_days(today() - timedelta(weeks=WEEKS), today() - timedelta(days=1)))
    with history.unwritten():
        OtherTime.objects.bulk_create(
            OtherTime(supporter=supporter, kind=kind, starts_at=_at(day, clock), minutes=minutes)
            for supporter in supporters
            for day in days
            for weekday, clock, kind, minutes in _of_week(day)
            if day.weekday() == weekday
        )


def _of_week(day: date) -> list[tuple[int, time, str, int]]:
    is_third = day.isocalendar().week % 3 == 0
    return [*EVERY_WEEK, *([EVERY_THIRD] if is_third else [])]


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def ahead(petra: User, supporters: Sequence[PeerSupporter]) -> None:
    """The next team meeting, planned by the coordinator; Karim's supervision, and a training he cannot come to."""
    karim = supporters[0].user
    with as_user(petra):
        _plan(petra, supporters[:TEAM], "team_meeting", MONDAY, 45, "stadshuset")
    with as_user(karim):
        _plan(karim, supporters[:1], "supervision", THURSDAY, 45, "")
        (training,) = _plan(karim, supporters[:1], "training", FRIDAY, 45, "på länk")
        services.cancel_appointment(row=training, by=karim)


def _plan(
    by: User, supporters: Sequence[PeerSupporter], kind: str, weekday: int, minutes: int, place: str
) -> list[Appointment]:
    """On the next such weekday that is a school day, before pupils are met."""
    days = school_days(today() + timedelta(days=1), today() + timedelta(weeks=WEEKS))
    starts_at = _at(next(day for day in days if day.weekday() == weekday), EARLY)
    meeting = services.Meeting(kind, starts_at, starts_at + timedelta(minutes=minutes), place)
    return services.plan_appointments(supporters=supporters, by=by, meeting=meeting)


def of_karim(karim: User) -> None:
    """What he wrote down himself, and one row that he took back."""
    with as_user(karim):
        for days, clock, kind, minutes, km, note in KARIMS:
            _write(karim, days, clock, kind, minutes, km, note)
        mistake = _write(karim, 6, time(16, 50), "travel", 35, "18.5", "")
        services.withdraw_other_time(row=mistake, by=karim)


def _write(by: User, days: int, clock: time, kind: str, minutes: int, km: str, note: str) -> OtherTime:
    day = today() - timedelta(days=days)
    day -= timedelta(days=max(day.weekday() - 4, 0))  # the Friday before a weekend
    spent = services.Spent(kind, _at(day, clock), minutes, Decimal(km), note)
    return services.write_other_time(by=by, spent=spent)
