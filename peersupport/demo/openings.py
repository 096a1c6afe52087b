"""What has been opened: a protected name the other day, with the mail that told the coordinators of it; and a peer
supporter's page, by those who answer for the work."""

from datetime import timedelta

from django.urls import reverse

from accounts.models import AccessLog
from accounts.services import record_opening
from operations.models import OutgoingMail
from peersupport.demo.acting import as_user
from peersupport.demo.calendar import morning
from peersupport.demo.cast import Cast
from students import services
from students.models import Assignment


def open_a_name(assignment: Assignment, site: str) -> None:
    """By the assigned supporter, through the service; the owner moves its moments back, as it says "now"."""
    user = assignment.supporter.user
    with as_user(user):
        page = site + reverse("students:opening_list")
        services.open_identity(student=assignment.student, reason="meeting", page=page)
    AccessLog.objects.openings().update(at=morning(1))
    OutgoingMail.objects.update(created_at=morning(1))


# (who, which page, how many days ago)
LOOKS = (
    ("ledare", "overviews:supporter_detail", 34),
    ("samordnare", "overviews:supporter_detail", 21),
    ("samordnare", "supporters:supporter_edit", 21),
    ("handledare", "overviews:supporter_detail", 13),
    ("samordnare", "overviews:supporter_detail", 2),
)


def look_at_a_supporter(cast: Cast) -> None:
    """The page of the first supporter, who signs in as peer@; the owner moves each moment back."""
    supporter = cast.supporters[0].user
    for number, (name, page, days_ago) in enumerate(LOOKS):
        user = cast.users[name]
        with as_user(user):
            record_opening(by=user, of=supporter, page=page, request_id=f"look-{number}")
        rows = AccessLog.objects.about(supporter).filter(request_id=f"look-{number}")
        rows.update(at=morning(days_ago) + timedelta(minutes=number), request_id="")
