"""What an administrator has changed of one record is found without reading the whole log."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0007_membership_lists"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.RunSQL(
            "create index admin_log_by_object on django_admin_log (content_type_id, object_id, id)",
            "drop index admin_log_by_object",
        )
    ]
