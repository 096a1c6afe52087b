"""What has been read, by whom."""

import uuid
from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from peersupport.lib.dates import start_of_day
from peersupport.lib.history import not_tracked


class AccessLogAction(models.TextChoices):
    READ = "read", _("read")
    LIST = "list", _("listed")
    SEARCH = "search", _("searched")
    PRINT = "print", _("printed")
    EXPORT = "export", _("exported")
    OPEN_ADDRESS = "open_address", _("opened the address")
    OPEN_IDENTITY = "open_identity", _("opened the name")
    DENIED = "denied", _("was refused")


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators: reads of pupils at their schools. Reviewers: their organisation's. No one else."""
        match user.acting.role:
            case "coordinator":
                return self.filter(school_ids__contained_by=user.acting.schools).exclude(school_ids=[])
            case "reviewer":
                return self.filter(organisation_id=user.acting.organisation_id)
        return self.none()

    def about(self, user: User) -> Self:
        """Openings of the pages about `user`, by others. The second lock shows them to reviewers besides."""
        return self.filter(about_user_id=user.pk)

    def openings(self) -> Self:
        """Of protected names."""
        return self.filter(action=AccessLogAction.OPEN_IDENTITY)

    def on(self, day: date) -> Self:
        """On that day in Stockholm."""
        if day == date.max:
            return self.none()  # it has no day after it
        return self.filter(at__gte=start_of_day(day), at__lt=start_of_day(day + timedelta(days=1)))

    def with_people(self) -> Self:
        """With `person` (the name) and `person_id` (the UUID) of who looked; None when the user is gone."""
        who = User.objects.get_queryset().filter(pk=models.OuterRef("user_id"))
        name = Concat("given_name", models.Value(" "), "family_name")
        return self.annotate(
            person=models.Subquery(who.annotate(full_name=name).values("full_name")[:1]),
            person_id=models.Subquery(who.values("public_id")[:1]),
        )


@not_tracked("a log itself, written once")
class AccessLog(models.Model):
    """One look at pupils, or at a peer supporter's page: who, in which role, when, at which unit, at whom,
    what for.

    Ids without foreign keys, so that a row outlives what it tells of; written once, never changed (HSLF-FS
    2016:40 ch. 4 § 9 a as the bar).
    """

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )  # a writer may not read: no RETURNING
    at = models.DateTimeField(default=timezone.now)
    user_id = models.BigIntegerField()
    membership_id = models.BigIntegerField(null=True)  # NULL: refused before any role was acted in
    organisation_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=20, choices=AccessLogAction)
    page = models.CharField(max_length=80)
    student_ids = ArrayField(models.BigIntegerField(), default=list)
    school_ids = ArrayField(models.BigIntegerField(), default=list)
    # Of whom the page was, when it was a person's of ours: that person reads the row. NULL: about pupils, or
    # nobody.
    about_user_id = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(default=0)
    filter_name = models.CharField(max_length=120, blank=True)  # which filters, never their words
    reason = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=32, blank=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("access log row")
        verbose_name_plural = _("access log")
        indexes = [
            models.Index(fields=["organisation_id", "-at"], name="accesslog_by_organisation"),
            models.Index(fields=["user_id", "-at"], name="accesslog_by_user"),
            GinIndex(fields=["student_ids"], name="accesslog_by_student"),
            models.Index(
                fields=["-at", "-id"], name="accesslog_openings", condition=Q(action="open_identity")
            ),
            models.Index(
                fields=["about_user_id", "-at", "-id"],
                name="accesslog_about",
                condition=Q(about_user_id__isnull=False),
            ),
        ]
        constraints = [
            # Whom it is about reads the whole row: no pupil, no school, no reason; and never oneself.
            models.CheckConstraint(
                name="accesslog_about_a_person_names_no_pupil",
                condition=Q(about_user_id__isnull=True)
                | Q(student_ids=[], school_ids=[], filter_name="", reason="")
                & ~Q(about_user_id=F("user_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.page}"
