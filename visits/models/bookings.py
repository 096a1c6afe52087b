"""What is planned: when a supporter and a pupil have said they will meet."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from peersupport.lib.dates import start_of_day
from peersupport.lib.history import track
from peersupport.lib.records import Record
from schools.codes import ContactKind
from schools.models import Role
from students.models import READ_BY_SUPPORTERS, Case, Student
from supporters.models import PeerSupporter

LONGEST = timedelta(hours=12)


class MomentRange(Func):
    """`tstzrange(first, last)` as an expression over two columns; one may begin when another ends."""

    function = "tstzrange"


class BookingStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("booking", "planned")
    DONE = "done", _("noted")  # a contact has been logged for it, however it went
    CANCELLED = "cancelled", _("cancelled")


class BookingCancelledBecause(models.TextChoices):
    """Who could not, or what took the booking along. A pupil's no needs no other reason."""

    STUDENT = "student", _("The pupil did not want to")
    GUARDIAN = "guardian", _("The guardian asked for it")
    SCHOOL = "school", _("The school asked for it")
    US = "us", _("We cancelled")
    PAUSED = "paused", _("The support was paused")
    ENDED = "ended", _("The support ended")


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: of pupils at their schools. Supporters: their own, with pupils they have today."""
        match user.acting.role:
            case Role.COORDINATOR:
                return self.filter(school_id__in=user.acting.schools)
            case Role.PEER_SUPPORTER:
                return self.filter(
                    supporter__user=user,
                    supporter__organisation=user.acting.organisation_id,
                    student__in=Student.objects.visible_to(user),
                )
        return self.none()

    def planned(self) -> Self:
        return self.filter(status=BookingStatus.PLANNED)

    def coming(self) -> Self:
        """Planned and not over yet, the next one first."""
        return self.planned().filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def cancel_for_pause(self, until: date, *, by: User) -> int:
        """Cancel what is planned from now to `until`; returns how many."""
        before = start_of_day(until + timedelta(days=1))
        return (
            self.planned()
            .filter(starts_at__gt=timezone.now(), starts_at__lt=before)
            ._cancel(BookingCancelledBecause.PAUSED, by)
        )

    def cancel_for_end(self, last_day: date, *, by: User) -> int:
        """Cancel what is planned after `last_day`, or from now on if that is sooner; returns how many."""
        first = min(timezone.now(), start_of_day(last_day + timedelta(days=1)))
        return self.planned().filter(starts_at__gte=first)._cancel(BookingCancelledBecause.ENDED, by)

    def _cancel(self, because: str, by: User) -> int:
        cancelled = {"cancelled_at": timezone.now(), "cancelled_by": by, "cancelled_because": because}
        return self.update(status=BookingStatus.CANCELLED, version=F("version") + 1, **cancelled)


@track(
    kept=(
        *("student", "case", "supporter", "kind", "starts_at", "ends_at", "status", "made_by"),
        *("cancelled_at", "cancelled_by", "cancelled_because"),
    ),
    noticed=("place", "cancel_note"),
    left_out=("school_id",),
    seen_by=READ_BY_SUPPORTERS,
)
class Booking(Record):
    """One pupil and one supporter at one time. It holds no note; what came of it is a contact.

    While it is planned the supporter's time is taken (`BusyTime`).
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="bookings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bookings")
    # A copy tied by a composite foreign key, for the policies.
    school_id = models.BigIntegerField(editable=False)
    supporter = models.ForeignKey(
        PeerSupporter, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("peer supporter")
    )
    kind = models.CharField(_("What is it?"), max_length=20, choices=ContactKind)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("Where?"), max_length=80, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=BookingStatus, default=BookingStatus.PLANNED
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)  # NULL: not cancelled
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(
        _("Why?"), max_length=10, choices=BookingCancelledBecause, blank=True
    )
    cancel_note = models.CharField(_("A few words"), max_length=200, blank=True)
    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            models.CheckConstraint(name="booking_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="booking_lasts_at_most_twelve_hours",
                condition=Q(ends_at__lte=F("starts_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="booking_cancelled_has_who_when_and_why",
                condition=Q(status="cancelled", cancelled_at__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_because="")
                | ~Q(status="cancelled") & Q(cancelled_at__isnull=True, cancelled_by__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["student_id", "starts_at"], name="booking_by_student"),
            models.Index(fields=["supporter_id", "starts_at"], name="booking_by_supporter"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60
