"""The declared policies: table × role → which rows may be read, inserted, changed or deleted.

One place to read when someone asks "who can see this?": a module for each app, and the conditions they share
in `rules`. A role that is not named for a table has no row of it; without a scope nobody has any.
"""

from peersupport.scope.policies import (
    accounts,
    framework,
    history,
    operations,
    schools,
    students,
    supporters,
    visits,
)
from peersupport.scope.policies.rules import Rule

__all__ = ["CLOSED_TABLES", "COLUMN_GRANTS", "POLICIES", "SIGN_IN_TABLES", "Rule"]

POLICIES: dict[str, dict[str, Rule]] = {
    **operations.POLICIES,
    **accounts.POLICIES,
    **schools.POLICIES,
    **supporters.POLICIES,
    **students.POLICIES,
    **visits.POLICIES,
    **history.POLICIES,
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

# Privileges narrower than the table's: which columns web may read or change.
COLUMN_GRANTS: dict[str, dict[str, str]] = {
    "schools_membership": {"update": "valid_to, confirmed_at, confirmed_by_id, version"},
    "students_whereabouts": {"select": "student_id, school_id"},
    # An assignment never changes hands: it ends, and another begins.
    "students_assignment": {
        "update": "kind, starts_on, ends_on, trial_until, reason, over_capacity_reason,"
        " ended_at, ended_by_id, end_reason, version"
    },
}

# Tables the web role has no business in: row security on, no policy, no privilege.
CLOSED_TABLES = (
    "django_migrations",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    *history.CLOSED_TABLES,
)
