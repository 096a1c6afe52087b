"""The school and the protection copied onto a pupil's rows follow the pupil."""

from django.db import migrations

from peersupport.lib.migrations import composite_foreign_key

STUDENT, SCHOOL = "students_student", ("id", "school_id")
FOLLOW_THE_SCHOOL = {
    "students_identity": "school_id",
    "students_whereabouts": "school_id",
    "students_enrolment": "access_school_id",
    "students_guardian": "school_id",
    "students_namedperson": "school_id",
    "students_case": "school_id",
    "students_assignment": "school_id",
}
FOLLOW_THE_PROTECTION = ("students_identity", "students_guardian")


def _short(table: str) -> str:
    return table.removeprefix("students_")


class Migration(migrations.Migration):
    dependencies = [("students", "0001_initial")]
    operations = [
        *(
            composite_foreign_key(
                f"{_short(table)}_follows_school", table, ("student_id", column), STUDENT, SCHOOL
            )
            for table, column in FOLLOW_THE_SCHOOL.items()
        ),
        *(
            composite_foreign_key(
                f"{_short(table)}_follows_protection",
                table,
                ("student_id", "is_protected"),
                STUDENT,
                ("id", "is_protected"),
            )
            for table in FOLLOW_THE_PROTECTION
        ),
        composite_foreign_key(
            "statuschange_follows_referral",
            "students_referralstatuschange",
            ("referral_id", "school_id"),
            "students_referral",
            ("id", "school_id"),
        ),
        composite_foreign_key(
            "assignment_is_of_cases_student",
            "students_assignment",
            ("case_id", "student_id"),
            "students_case",
            ("id", "student_id"),
        ),
    ]
