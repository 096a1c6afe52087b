"""The administrator's list of users comes in the order of an index, and is searched by another."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

import peersupport.lib.ordering


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_openings"),
        ("operations", "0001_initial"),  # the trigram extension
    ]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                peersupport.lib.ordering.Translate(
                    django.db.models.functions.text.Lower(
                        django.db.models.functions.text.Concat(
                            models.F("family_name"),
                            models.Value(" "),
                            models.F("given_name"),
                            models.Value(" "),
                            models.Value(""),
                            output_field=models.TextField(),
                        )
                    ),
                    models.Value("ÅÄÖÆØåäöæø"),
                    models.Value("{|}|}{|}|}"),
                ),
                models.F("id"),
                name="user_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                peersupport.lib.ordering.Translate(
                    django.db.models.functions.text.Lower(
                        django.db.models.functions.text.Concat(
                            models.F("family_name"),
                            models.Value(" "),
                            models.F("given_name"),
                            models.Value(" "),
                            models.Value(""),
                            output_field=models.TextField(),
                        )
                    ),
                    models.Value("ÅÄÖÆØåäöæø"),
                    models.Value("{|}|}{|}|}"),
                ),
                models.F("id"),
                condition=models.Q(("is_active", False)),
                name="user_stopped_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(
                        django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Concat(
                                models.Value(" "),
                                models.F("given_name"),
                                models.Value(" "),
                                models.F("family_name"),
                                models.Value(" "),
                                models.F("email"),
                                models.Value(" "),
                                output_field=models.TextField(),
                            )
                        ),
                        models.Value("ÅÄÆÖØÉÜåäæöøéü"),
                        models.Value("aaaooeuaaaooeu"),
                        function="translate",
                        output_field=models.TextField(),
                    ),
                    name="gin_trgm_ops",
                ),
                name="user_by_words",
            ),
        ),
    ]
