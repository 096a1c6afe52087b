"""What a supporter and a pupil have planned."""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import visits.models.bookings
from peersupport.lib.migrations import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("students", "0004_case_status_changes"),
        ("supporters", "0001_initial"),
        ("visits", "0002_tied_copies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("school_id", models.BigIntegerField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("home_visit", "Home visit"),
                            ("at_school", "At school"),
                            ("phone", "Phone"),
                            ("message", "Text or chat"),
                            ("guardian_contact", "Guardian"),
                            ("staff_contact", "School staff"),
                        ],
                        max_length=20,
                        verbose_name="What is it?",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="Where?")),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "planned"), ("done", "noted"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student", "The pupil did not want to"),
                            ("guardian", "The guardian asked for it"),
                            ("school", "The school asked for it"),
                            ("us", "We cancelled"),
                            ("paused", "The support was paused"),
                            ("ended", "The support ended"),
                        ],
                        max_length=10,
                        verbose_name="Why?",
                    ),
                ),
                ("cancel_note", models.CharField(blank=True, max_length=200, verbose_name="A few words")),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="students.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="students.student",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="supporters.peersupporter",
                        verbose_name="peer supporter",
                    ),
                ),
            ],
            options={
                "verbose_name": "booking",
                "verbose_name_plural": "bookings",
                "indexes": [
                    models.Index(fields=["student_id", "starts_at"], name="booking_by_student"),
                    models.Index(fields=["supporter_id", "starts_at"], name="booking_by_supporter"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="booking_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"),
                                    "+",
                                    models.Value(datetime.timedelta(seconds=43200)),
                                ),
                            )
                        ),
                        name="booking_lasts_at_most_twelve_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                                ("status", "cancelled"),
                                models.Q(("cancelled_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "cancelled"), _negated=True),
                                ("cancelled_at__isnull", True),
                                ("cancelled_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="booking_cancelled_has_who_when_and_why",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status", "planned")),
                        expressions=[
                            ("supporter", "="),
                            (visits.models.bookings.MomentRange("starts_at", "ends_at"), "&&"),
                        ],
                        name="booking_supporter_not_double_booked",
                        violation_error_message="The peer supporter has another booking at this time.",
                    ),
                ],
            },
        ),
        composite_foreign_key(
            "booking_is_of_cases_student",
            "visits_booking",
            ("case_id", "student_id"),
            "students_case",
            ("id", "student_id"),
        ),
        composite_foreign_key(
            "booking_follows_school",
            "visits_booking",
            ("student_id", "school_id"),
            "students_student",
            ("id", "school_id"),
        ),
    ]
