"""What a policy is made of: the rule for one role on one table, and the conditions that rules share.

The functions that conditions ask are in functions/, called as `(select f())` so that PostgreSQL asks once a
query, not once a row.
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


JOB = "job"  # in the place of a role: the worker
LINK = "link"  # in the place of a role: whoever has opened a link
EVERY_ROW = "true"  # for the worker, where nothing depends on whose row it is

ME = "(select app_user_id())"
MY_LINK = "(select app_link_id())"
ROLE = "(select app_role())"
MY_ORGANISATION = "(select my_organisation())"


def _ids(function: str, role: str) -> str:
    """The ids a function answers with, asked in its role only: a comparison beside misleads the planner."""
    return f"any ((select case when app_role() = '{role}' then {function}() else '{{}}' end)::bigint[])"


MY_SCHOOLS, MY_WORKPLACES = _ids("my_schools", "coordinator"), _ids("my_workplaces", "school_staff")
MY_STUDENTS, MY_REFERRED = _ids("my_students", "peer_supporter"), _ids("my_referred_students", "school_staff")
MY_GROUPS, MY_LED_GROUPS = _ids("my_groups", "peer_supporter"), _ids("my_led_groups", "peer_supporter")
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
