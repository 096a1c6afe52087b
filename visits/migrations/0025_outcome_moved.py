"""A contact that was moved to another time is a try; no row changes, the list of outcomes grows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0024_heads_at_a_school")]
    operations = [
        migrations.AlterField(
            model_name="participation",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("met", "met"),
                    ("no_answer", "no answer"),
                    ("no_show", "did not come this time"),
                    ("student_cancelled", "the pupil did not want to today"),
                    ("we_cancelled", "we cancelled"),
                    ("moved", "moved to another time"),
                ],
                max_length=20,
                verbose_name="How did it go?",
            ),
        )
    ]
