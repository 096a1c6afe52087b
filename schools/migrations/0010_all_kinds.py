"""Own values may stand for the new kinds of contact, and there may be own topics."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0009_history"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="localcode",
            name="local_code_maps_to_national",
        ),
        migrations.AlterField(
            model_name="localcode",
            name="code_list",
            field=models.CharField(
                choices=[
                    ("contact_kind", "Kind of contact"),
                    ("contact_mode", "Way to meet"),
                    ("contact_topic", "What we did"),
                    ("support_purpose", "Purpose of the support"),
                ],
                max_length=20,
                verbose_name="code list",
            ),
        ),
        migrations.AddConstraint(
            model_name="localcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("code_list", "contact_kind"),
                        (
                            "national_code__in",
                            [
                                "home_visit",
                                "at_school",
                                "activity",
                                "accompany",
                                "phone",
                                "video",
                                "message",
                                "group",
                                "guardian_contact",
                                "staff_contact",
                                "break_presence",
                                "drop_in",
                            ],
                        ),
                    ),
                    models.Q(
                        ("code_list", "contact_mode"),
                        ("national_code__in", ["in_person", "phone", "video", "chat", "group"]),
                    ),
                    models.Q(
                        ("code_list", "contact_topic"),
                        (
                            "national_code__in",
                            [
                                "talk",
                                "walk",
                                "move",
                                "play",
                                "make",
                                "meal",
                                "outing",
                                "schoolwork",
                                "way_to_school",
                                "be_at_school",
                                "everyday",
                                "applications",
                                "planning",
                            ],
                        ),
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
        ),
    ]
