"""The declared policies: table × role → which rows may be read, inserted, changed or deleted.

One place to read when someone asks "who can see this?": a module for each app, and the conditions they share
in `rules`. A role that is not named for a table has no row of it; without a scope nobody has any. Two names
are no roles of people: `job` is the worker, who signs in to the database by a role of its own, and `link` is
whoever has opened a link.
"""

from peersupport.scope.policies import (
    accounts,
    framework,
    groups,
    history,
    jobs,
    operations,
    reports,
    safety,
    schools,
    students,
    supporters,
    visits,
)
from peersupport.scope.policies.rules import JOB, Rule

__all__ = [
    "CLOSED_TABLES",
    "COLUMN_GRANTS",
    "DEMO_TABLES",
    "JOB",
    "JOB_COLUMN_GRANTS",
    "JOB_SEQUENCES",
    "JOB_SIGN_IN_TABLES",
    "POLICIES",
    "SIGN_IN_TABLES",
    "Rule",
]

POLICIES: dict[str, dict[str, Rule]] = {
    **operations.POLICIES,
    **jobs.POLICIES,
    **accounts.POLICIES,
    **schools.POLICIES,
    **supporters.POLICIES,
    **students.POLICIES,
    **visits.POLICIES,
    **groups.POLICIES,
    **safety.POLICIES,
    **history.POLICIES,
    **reports.POLICIES,
    **framework.POLICIES,
}

# Read before anyone is known: no policy, nothing about pupils. The privileges of the web role on each.
SIGN_IN_TABLES: dict[str, str] = {
    "accounts_user": "select, insert, update",
    "accounts_session": "select, insert, update, delete",
    "account_emailaddress": "select, insert, update, delete",
    "account_emailconfirmation": "select, insert, update, delete",
    "mfa_authenticator": "select, insert, update, delete",
    "operations_cache": "select, insert, update, delete",
}

# What the worker may do with them: clear away sessions that have run out, without learning their keys.
JOB_SIGN_IN_TABLES: dict[str, str] = {"accounts_session": "select (expire_date), delete"}
# Where a table numbers its rows by a sequence of its own, writing needs the sequence too.
JOB_SEQUENCES = ("procrastinate_events_id_seq", "procrastinate_periodic_defers_id_seq")

# Privileges narrower than the table's: which columns web may read or change.
COLUMN_GRANTS: dict[str, dict[str, str]] = {
    "schools_invitation": {"update": "mail_id, sent_at, withdrawn_at, withdrawn_by_id, version"},
    # Neither whom a mail goes to nor what it says.
    "operations_outgoingmail": {"select": "id, made_by_id, kind, state, created_at, sent_at"},
    # Not the digest: nobody needs it but the function that opens links.
    "operations_link": {
        "select": "id, kind, object_id, user_id, student_id, shows_initials, made_by_id, created_at,"
        " expires_at, withdrawn_at, withdrawn_by_id, used_at",
        "update": "withdrawn_at, withdrawn_by_id, used_at",
    },
    # A link stays the organisation's.
    "schools_librarylink": {
        "update": "kind, title, url, text, purposes, changed_at, changed_by_id, withdrawn_at,"
        " withdrawn_by_id, version"
    },
    # Not what it counts as: what was counted stays counted.
    "schools_localcode": {"update": "label, label_en, label_da, is_offered, version"},
    "schools_membership": {"update": "valid_to, confirmed_at, confirmed_by_id, version"},
    "students_whereabouts": {"select": "student_id, school_id"},
    # An assignment never changes hands: it ends, and another begins.
    "students_assignment": {
        "update": "kind, starts_on, ends_on, trial_until, reason, over_capacity_reason,"
        " ended_at, ended_by_id, end_reason, version"
    },
    "visits_booking": {
        "update": "kind, starts_at, ends_at, place, status, cancelled_at, cancelled_by_id, cancelled_because,"
        " cancel_note, version"
    },
    "visits_nextstep": {"update": "done_at, done_by_id, version"},
    "visits_feedback": {"update": "closed_at, closed_by_id, version"},
    "visits_appointment": {
        "update": "kind, starts_at, ends_at, place, cancelled_at, cancelled_by_id, version"
    },
    "visits_othertime": {
        "update": "kind, starts_at, minutes, travel_km, note, withdrawn_at, withdrawn_by_id, version"
    },
    "visits_supervisiontopic": {"update": "text, done_at, version"},
    # A group stays at its school, a date with its group, a participant in theirs.
    "visits_groupseries": {
        "update": "name, place, ended_on, ended_at, ended_by_id, end_reason, end_note, version"
    },
    "visits_groupleader": {"update": "ended_at, ended_by_id, version"},
    "visits_groupdate": {
        "update": "starts_at, ends_at, place, status, moved_at, moved_by_id, cancelled_at, cancelled_by_id,"
        " cancelled_because, cancel_note, version"
    },
    "visits_groupmember": {"update": "ends_on, ended_at, ended_by_id, version"},
    # Whose visit it is, of which booking, stays.
    "safety_homevisit": {
        "update": "company, companion_id, checked_at, checked_by_id, left_at, checked_in_at, expected_end_at,"
        " ended_at, ended_how, asked_start_at, version"
    },
    # Of a drill what was learned; everything else is the watch's and the owner's functions'.
    "safety_alarm": {"update": "remarks, version"},
    "safety_dutyturn": {"update": "step, weekdays, starts, ends, first_on, last_on, phone, version"},
    "safety_workphone": {"update": "phone, version"},
    "safety_safetyrules": {"update": "grace_minutes, step_minutes, start_minutes, version"},
    "safety_concernreport": {
        "update": "learned_on, sent_at, receiver, way, feedback_asked, changed_because, withdrawn_at,"
        " withdrawn_by_id, withdrawn_because, version"
    },
    "safety_incidentreport": {"update": "measures, closed_at, closed_by_id, version"},
    "safety_organisationnumber": {"update": "step, name, phone, hours, url, withdrawn_at, version"},
    # Whom a task is about, and who made it, stays.
    "visits_task": {"update": "title, due_on, owner_id, done_at, done_by_id, version"},
}

# The same for the worker.
JOB_COLUMN_GRANTS: dict[str, dict[str, str]] = {
    "operations_formkey": {"select": "key, at"},
    # Nothing of whom it is about.
    "safety_alarm": {
        "select": "id, public_id, organisation_id, visit_id, number, kind, raised_at, step, rounds, next_at,"
        " taken_at, taken_by_id, resolved_at",
        "update": "step, rounds, next_at, taken_at, taken_by_id, version",
    },
    "operations_outgoingmail": {"update": "state, sent_at, tries, next_try_at, last_error, sealed_text"},
}

# In the demo, and nowhere else, all may read these: everybody in it is invented, and its mail goes nowhere.
DEMO_TABLES = ("operations_outgoingmail",)

# Tables the web role has no business in: row security on, no policy, no privilege.
CLOSED_TABLES = (
    "students_mergetrace",
    "visits_busytime",
    "visits_groupnotice",
    "django_migrations",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    *history.CLOSED_TABLES,
)
