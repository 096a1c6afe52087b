"""What the pupil says, in the pupil's own words, beside the note; corrected, the earlier words are kept."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import peersupport.lib.history.triggers


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0017_participation_met"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactnote",
            name="keep_corrected",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactnote",
            name="keep_removed",
        ),
        migrations.AddField(
            model_name="contactnote",
            name="pupils_words",
            field=models.CharField(
                blank=True, db_default="", max_length=300, verbose_name="The pupil's own words"
            ),
        ),
        migrations.AddField(
            model_name="noterevision",
            name="pupils_words",
            field=models.CharField(db_default="", max_length=300),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactnote",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_corrected",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    condition='WHEN (OLD."pupils_words" IS DISTINCT FROM (NEW."pupils_words") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."written_together" IS DISTINCT FROM (NEW."written_together"))',
                    func="\nINSERT INTO visits_noterevision (participation_id, student_id, school_id, author_id, text, pupils_words,\n                                 written_together, is_removed, at, by_id, by_role)\nVALUES (OLD.participation_id, OLD.student_id, OLD.school_id, OLD.author_id, OLD.text, OLD.pupils_words,\n        OLD.written_together, TG_OP = 'DELETE', clock_timestamp(),\n        nullif(current_setting('app.user_id', true), '')::bigint,\n        coalesce(current_setting('app.role', true), ''));\nRETURN NULL;\n",
                    hash="d9afe10a8533faea6259fd27783309cd433e2d53",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_corrected_f06a5",
                    table="visits_contactnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactnote",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_removed",
                sql=peersupport.lib.history.triggers.DefinerTriggerSql(
                    func="\nINSERT INTO visits_noterevision (participation_id, student_id, school_id, author_id, text, pupils_words,\n                                 written_together, is_removed, at, by_id, by_role)\nVALUES (OLD.participation_id, OLD.student_id, OLD.school_id, OLD.author_id, OLD.text, OLD.pupils_words,\n        OLD.written_together, TG_OP = 'DELETE', clock_timestamp(),\n        nullif(current_setting('app.user_id', true), '')::bigint,\n        coalesce(current_setting('app.role', true), ''));\nRETURN NULL;\n",
                    hash="1396ad223701c84e178a20bfada0c81277846794",
                    operation="DELETE",
                    pgid="pgtrigger_keep_removed_f9aaa",
                    table="visits_contactnote",
                    when="AFTER",
                ),
            ),
        ),
    ]
