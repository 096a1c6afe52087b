"""An organisation's own values in the national code lists."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0005_organisation_words")]

    operations = [
        migrations.CreateModel(
            name="LocalCode",
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
                (
                    "code_list",
                    models.CharField(
                        choices=[
                            ("contact_kind", "Kind of contact"),
                            ("contact_mode", "Way to meet"),
                            ("support_purpose", "Purpose of the support"),
                        ],
                        max_length=20,
                        verbose_name="code list",
                    ),
                ),
                ("national_code", models.CharField(max_length=20, verbose_name="counts as")),
                ("label", models.CharField(max_length=40, verbose_name="word in Swedish")),
                ("label_en", models.CharField(blank=True, max_length=40, verbose_name="word in English")),
                ("label_da", models.CharField(blank=True, max_length=40, verbose_name="word in Danish")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered in forms")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_codes",
                        to="schools.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "own value",
                "verbose_name_plural": "own values",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("code_list", "contact_kind"),
                                (
                                    "national_code__in",
                                    [
                                        "home_visit",
                                        "at_school",
                                        "phone",
                                        "message",
                                        "guardian_contact",
                                        "staff_contact",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("code_list", "contact_mode"),
                                ("national_code__in", ["in_person", "phone", "video", "chat", "group"]),
                            ),
                            models.Q(
                                ("code_list", "support_purpose"),
                                (
                                    "national_code__in",
                                    [
                                        "training",
                                        "navigation",
                                        "wellbeing",
                                        "coping",
                                        "community",
                                        "readiness",
                                        "empowerment",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="local_code_maps_to_national",
                        violation_error_message="Choose a national value of the same list.",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "code_list", "label"),
                        name="local_code_has_its_own_word",
                        violation_error_message="There is already a value with this word.",
                    ),
                    models.UniqueConstraint(fields=("id", "national_code"), name="local_code_and_national"),
                ],
            },
        ),
    ]
