"""What participations and notes copy from pupil, case and contact follows those."""

from django.db import migrations

from peersupport.lib.migrations import composite_foreign_key

STUDENT = ("students_student", ("id", "school_id"))


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("students", "0002_tied_copies")]
    operations = [
        composite_foreign_key(
            "participation_follows_school", "visits_participation", ("student_id", "school_id"), *STUDENT
        ),
        composite_foreign_key(
            "participation_is_of_cases_student",
            "visits_participation",
            ("case_id", "student_id"),
            "students_case",
            ("id", "student_id"),
        ),
        composite_foreign_key(
            "participation_follows_contact",
            "visits_participation",
            ("contact_id", "author_id", "occurred_at", "kind"),
            "visits_contact",
            ("id", "author_id", "occurred_at", "kind"),
        ),
        composite_foreign_key(
            "note_follows_school", "visits_contactnote", ("student_id", "school_id"), *STUDENT
        ),
        composite_foreign_key(
            "note_follows_participation",
            "visits_contactnote",
            ("participation_id", "student_id", "author_id"),
            "visits_participation",
            ("id", "student_id", "author_id"),
        ),
    ]
