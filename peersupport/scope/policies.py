"""The declared policies: table × role → which rows may be read, inserted, changed or deleted.

One table to read when someone asks "who can see this?". The expressions are SQL over the row; the functions
they ask are in functions.sql, called as `(select f())` so that PostgreSQL asks once a query, not once a row.
A role that is not named for a table has no row of it; without a scope nobody has any.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """SQL conditions for one role on one table; empty means never.

    `change` holds before and after the change.
    """

    read: str = ""
    insert: str = ""
    change: str = ""
    delete: str = ""


ME = "(select app_user_id())"
ROLE = "(select app_role())"
MY_ORGANISATION = "(select my_organisation())"


def _ids(function: str, role: str) -> str:
    """The ids a function answers with, asked in its role only: a comparison beside misleads the planner."""
    return f"any ((select case when app_role() = '{role}' then {function}() else '{{}}' end)::bigint[])"


MY_SCHOOLS, MY_WORKPLACES = _ids("my_schools", "coordinator"), _ids("my_workplaces", "school_staff")
MY_STUDENTS, MY_REFERRED = _ids("my_students", "peer_supporter"), _ids("my_referred_students", "school_staff")
AT_MY_SCHOOLS, AT_MY_WORKPLACE = f"school_id = {MY_SCHOOLS}", f"school_id = {MY_WORKPLACES}"
OF_MY_STUDENTS, OF_STUDENTS_WE_REFERRED = f"student_id = {MY_STUDENTS}", f"student_id = {MY_REFERRED}"
OF_MY_SUPPORTERS = "supporter_id = any ((select my_supporters())::bigint[])"
IN_MY_ORGANISATIONS = "organisation_id = any ((select my_organisations())::bigint[])"
SIGNED_IN = f"{ME} is not null"


def acting_as(*roles: str) -> str:
    """The role acted in is one of `roles`; for rules whose functions answer for several roles."""
    return f"{ROLE} in ({', '.join(repr(role) for role in roles)})"


AS_PEER_SUPPORTER, AS_COORDINATOR = acting_as("peer_supporter"), acting_as("coordinator")
AS_LEAD, AS_ADMIN, AS_REVIEWER = acting_as("lead"), acting_as("admin"), acting_as("reviewer")
MY_OWN = f"author_id = {ME} and {AS_PEER_SUPPORTER} and {OF_MY_STUDENTS}"
MY_OWN_AS_COORDINATOR = f"author_id = {ME} and {AT_MY_SCHOOLS}"
# A contact counts for the supporter it names; a coordinator's names none.
IN_MY_OWN_NAME = (
    f"(({AS_PEER_SUPPORTER} and {OF_MY_SUPPORTERS}) or ({AS_COORDINATOR} and supporter_id is null))"
)
NOT_SEALED = "not is_protected"
ANOTHERS_IN_MY_ORGANISATION = f"{IN_MY_ORGANISATIONS} and user_id <> {ME}"
AT_MY_ORGANISATIONS = (
    f"{AS_ADMIN} and school_id in (select id from schools_school where {IN_MY_ORGANISATIONS})"
)
GRANTED_BY_ME = (
    f"user_id <> {ME} and granted_by_id = {ME} and (confirmed_by_id is null or confirmed_by_id = {ME})"
)
# TRUST T26; and a lead, who confirms such roles.
IS_CONFIRMED_BY_ANOTHER = "role in ('peer_supporter', 'coordinator', 'school_staff', 'reviewer', 'lead')"
# A name on a referral opens it to the school's staff: only pupils of one's own schools may be linked.
LINKS_NOBODY_ELSES = (
    "(student_id is null"
    " or exists (select 1 from students_student s where s.id = students_referral.student_id))"
)

POLICIES: dict[str, dict[str, Rule]] = {
    # --- operations
    "operations_formkey": {
        "anyone": Rule(read=f"user_id = {ME}", insert=f"user_id = {ME}", change=f"user_id = {ME}"),
    },
    # --- accounts
    "accounts_accesslog": {
        # Only the functions that open a name or an address may say that one was opened.
        "anyone": Rule(insert=f"user_id = {ME} and action not in ('open_identity', 'open_address')"),
        "coordinator": Rule(read="school_ids <> '{}' and school_ids <@ (select my_schools())::bigint[]"),
        "reviewer": Rule(read=f"{IN_MY_ORGANISATIONS} and {AS_REVIEWER}"),
    },
    # --- schools
    "schools_organisation": {
        "anyone": Rule(read=f"id = {MY_ORGANISATION} or (kind <> 'owner' and {SIGNED_IN})"),
        "admin": Rule(change=f"id = any ((select my_organisations())::bigint[]) and {AS_ADMIN}"),
    },
    "schools_school": {
        "anyone": Rule(read=f"organisation_id = {MY_ORGANISATION}"),
        "admin": Rule(
            insert=f"{IN_MY_ORGANISATIONS} and {AS_ADMIN}",
            change=f"{IN_MY_ORGANISATIONS} and {AS_ADMIN}",
        ),
    },
    "schools_schoolcontact": {
        "anyone": Rule(
            read=f"school_id in (select id from schools_school where organisation_id = {MY_ORGANISATION})"
        ),
        "coordinator": Rule(insert=AT_MY_SCHOOLS, change=AT_MY_SCHOOLS, delete=AT_MY_SCHOOLS),
        "admin": Rule(insert=AT_MY_ORGANISATIONS, change=AT_MY_ORGANISATIONS, delete=AT_MY_ORGANISATIONS),
    },
    # Column grants besides: of a membership only its end and its confirmation can be changed, and the trigger
    # `membership_is_confirmed_by_another` watches over the confirmation.
    "schools_membership": {
        "anyone": Rule(read=f"user_id = {ME}"),
        "coordinator": Rule(
            read=f"organisation_id = {MY_ORGANISATION} and {AS_COORDINATOR}",
            insert=f"{GRANTED_BY_ME} and role in ('peer_supporter', 'school_staff') and {AS_COORDINATOR}"
            f" and ({AT_MY_SCHOOLS} or (school_id is null and {IN_MY_ORGANISATIONS}))",
            change=f"user_id <> {ME} and {AS_COORDINATOR} and ({AT_MY_SCHOOLS} or {IN_MY_ORGANISATIONS})"
            f" and {IS_CONFIRMED_BY_ANOTHER}",
        ),
        "lead": Rule(
            read=f"{IN_MY_ORGANISATIONS} and {AS_LEAD}",
            change=f"{ANOTHERS_IN_MY_ORGANISATION} and {AS_LEAD} and {IS_CONFIRMED_BY_ANOTHER}",
        ),
        "reviewer": Rule(read=f"{IN_MY_ORGANISATIONS} and {AS_REVIEWER}"),
        "admin": Rule(
            read=f"{IN_MY_ORGANISATIONS} and {AS_ADMIN}",
            insert=f"{GRANTED_BY_ME} and {IN_MY_ORGANISATIONS} and {AS_ADMIN} and (confirmed_at is null"
            f" or not {IS_CONFIRMED_BY_ANOTHER})",
            change=f"{ANOTHERS_IN_MY_ORGANISATION} and {AS_ADMIN}",
        ),
    },
    # --- supporters
    "supporters_peersupporter": {
        "anyone": Rule(read="id = any ((select my_supporters())::bigint[])"),
        "peer_supporter": Rule(
            # Fellow supporters who share their own words with the team: so that one sees whose they are.
            read=f"{AS_PEER_SUPPORTER} and id in"
            " (select e.supporter_id from supporters_livedexperience e where e.sharing = 'team')",
            change=f"user_id = {ME} and {AS_PEER_SUPPORTER} and organisation_id = {MY_ORGANISATION}",
        ),
        "coordinator": Rule(
            # The new row, before any function sees it.
            read=f"{IN_MY_ORGANISATIONS} and {AS_COORDINATOR}",
            insert=f"{IN_MY_ORGANISATIONS} and {AS_COORDINATOR}",
            # The organisation besides: the function sees the row as it was before the change.
            change=f"id = any ((select my_supporters())::bigint[]) and {AS_COORDINATOR}"
            f" and organisation_id = {MY_ORGANISATION}",
        ),
    },
    "supporters_placement": {
        "anyone": Rule(read=OF_MY_SUPPORTERS),
        "coordinator": Rule(
            insert=f"{OF_MY_SUPPORTERS} and {AT_MY_SCHOOLS}",
            change=f"{OF_MY_SUPPORTERS} and {AT_MY_SCHOOLS}",
        ),
    },
    "supporters_livedexperience": {
        "peer_supporter": Rule(
            read=f"{OF_MY_SUPPORTERS} and {AS_PEER_SUPPORTER}",
            insert=f"{OF_MY_SUPPORTERS} and {AS_PEER_SUPPORTER}",
            change=f"{OF_MY_SUPPORTERS} and {AS_PEER_SUPPORTER}",
            delete=f"{OF_MY_SUPPORTERS} and {AS_PEER_SUPPORTER}",
        ),
        "team": Rule(read="sharing = 'team' and supporter_id = any ((select my_team())::bigint[])"),
    },
    # --- students
    "students_student": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=AT_MY_SCHOOLS, change=AT_MY_SCHOOLS),
        "peer_supporter": Rule(read=f"id = {MY_STUDENTS}"),
        "school_staff": Rule(read=f"id = {MY_REFERRED}"),
    },
    "students_identity": {
        "coordinator": Rule(
            read=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
            insert=AT_MY_SCHOOLS,
            change=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
        ),
        "peer_supporter": Rule(read=f"{OF_MY_STUDENTS} and {NOT_SEALED}"),
        "school_staff": Rule(read=f"{OF_STUDENTS_WE_REFERRED} and {NOT_SEALED}"),
    },
    # Column grants besides: web reads only whose row it is; the rest opens through open_whereabouts.
    "students_whereabouts": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=AT_MY_SCHOOLS,
            change=AT_MY_SCHOOLS,
            delete=AT_MY_SCHOOLS,  # when a pupil becomes protected (DOMAIN §4)
        ),
        "peer_supporter": Rule(read=OF_MY_STUDENTS),
    },
    "students_enrolment": {
        "coordinator": Rule(*[f"access_school_id = {MY_SCHOOLS}"] * 3),  # read, insert, change
        "peer_supporter": Rule(read=OF_MY_STUDENTS),
    },
    "students_guardian": {
        "coordinator": Rule(
            read=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
            insert=AT_MY_SCHOOLS,
            change=f"{AT_MY_SCHOOLS} and {NOT_SEALED}",
        ),
        "peer_supporter": Rule(read=f"{OF_MY_STUDENTS} and {NOT_SEALED}"),
    },
    "students_namedperson": {
        "anyone": Rule(read=f"user_id = {ME}"),
        "coordinator": Rule(
            read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and chosen_by_id = {ME}", delete=AT_MY_SCHOOLS
        ),
    },
    "students_protectionchange": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and changed_by_id = {ME}"),
    },
    "students_referral": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=f"{AT_MY_SCHOOLS} and {LINKS_NOBODY_ELSES}",
            change=f"{AT_MY_SCHOOLS} and {LINKS_NOBODY_ELSES}",
        ),
        "school_staff": Rule(
            read=AT_MY_WORKPLACE,
            insert=f"{AT_MY_WORKPLACE} and referred_by_id = {ME} and student_id is null",
        ),
    },
    "students_referralstatuschange": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=f"{AT_MY_SCHOOLS} and by_id = {ME}"),
        "school_staff": Rule(read=AT_MY_WORKPLACE, insert=f"{AT_MY_WORKPLACE} and by_id = {ME}"),
    },
    "students_case": {
        "coordinator": Rule(read=AT_MY_SCHOOLS, insert=AT_MY_SCHOOLS, change=AT_MY_SCHOOLS),
        "peer_supporter": Rule(read=OF_MY_STUDENTS),
    },
    "students_assignment": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=f"{AT_MY_SCHOOLS} and {OF_MY_SUPPORTERS}",
            change=AT_MY_SCHOOLS,
        ),
        "peer_supporter": Rule(read=f"{OF_MY_STUDENTS} and {OF_MY_SUPPORTERS}"),
    },
    # --- visits
    "visits_contact": {
        "author": Rule(
            read=f"author_id = {ME} and {acting_as('peer_supporter', 'coordinator')}",
            insert=f"author_id = {ME} and {IN_MY_OWN_NAME}",
            change=f"author_id = {ME} and {IN_MY_OWN_NAME}",
        ),
        "coordinator": Rule(
            read="exists (select 1 from visits_participation p where p.contact_id = visits_contact.id"
            f" and p.school_id = {MY_SCHOOLS})"
        ),
    },
    "visits_participation": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=MY_OWN_AS_COORDINATOR,
            change=MY_OWN_AS_COORDINATOR,
        ),
        "peer_supporter": Rule(read=MY_OWN, insert=MY_OWN, change=MY_OWN),
    },
    "visits_contactnote": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=MY_OWN_AS_COORDINATOR,
            change=MY_OWN_AS_COORDINATOR,
            delete=MY_OWN_AS_COORDINATOR,
        ),
        "peer_supporter": Rule(read=MY_OWN, insert=MY_OWN, change=MY_OWN, delete=MY_OWN),
    },
    # --- Django's own
    "django_content_type": {"anyone": Rule(read=SIGNED_IN)},
    "django_admin_log": {
        "admin": Rule(
            read=f"user_id = {ME} and {AS_ADMIN}",
            insert=f"user_id = {ME} and {AS_ADMIN}",
        )
    },
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

# Framework tables the web role has no business in: row security on, no policy, no privilege.
CLOSED_TABLES = (
    "django_migrations",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
)
