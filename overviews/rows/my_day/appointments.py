"""Today without pupils: supervision, training, meetings. Told beside the profile, in its query."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.my_day.booked import BookedRow, when
from peersupport.lib.dates import start_of_day, today
from schools.codes import OtherTimeKind
from visits.models import Appointment

TOLD = ("public_id", "kind", "starts_at", "ends_at", "place")


def appointments_today(user: User) -> ArraySubquery:
    """Under a profile: what is planned today, over or not."""
    midnight = start_of_day(today() + timedelta(days=1))
    mine = Appointment.objects.visible_to(user).planned().between(start_of_day(today()), midnight)
    told = mine.filter(supporter=OuterRef("pk")).values(it=JSONObject(**{name: name for name in TOLD}))
    return ArraySubquery(told)


def appointment_rows(profile: Any) -> list[BookedRow]:
    """The rows of today; none without a profile."""
    return [_row(told) for told in profile.planned_today] if profile else []


def _row(told: dict[str, Any]) -> BookedRow:
    at = datetime.fromisoformat(told["starts_at"])
    time, is_late = when(at)
    edit = reverse("visits:appointment_edit", args=[told["public_id"]])
    write = reverse("visits:other_time_create")
    return BookedRow(
        at,
        time,
        str(OtherTimeKind(told["kind"]).label),
        _("without a pupil"),
        False,
        edit,
        told["place"],
        f"{write}?appointment={told['public_id']}",
        edit,
        is_late,
        is_own_time=True,
    )
