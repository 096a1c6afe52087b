from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_user_language")]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["", "sv", "en", "da"])),
                name="user_language_is_one_of_ours",
            ),
        ),
    ]
