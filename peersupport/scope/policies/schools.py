"""Organisations, schools, and who may do what there."""

from peersupport.scope.policies.rules import (
    ANOTHERS_IN_MY_ORGANISATION,
    AS_ADMIN,
    AS_COORDINATOR,
    AS_LEAD,
    AS_PEER_SUPPORTER,
    AS_REVIEWER,
    AT_MY_ORGANISATIONS,
    AT_MY_SCHOOLS,
    GRANTED_BY_ME,
    IN_MY_ORGANISATIONS,
    IS_CONFIRMED_BY_ANOTHER,
    ME,
    MY_ORGANISATION,
    ROLE,
    SIGNED_IN,
    Rule,
)

TO_THE_COORDINATORS_ROLES = (
    f"{AS_COORDINATOR} and role in ('peer_supporter', 'school_staff')"
    f" and ({AT_MY_SCHOOLS} or (school_id is null and {IN_MY_ORGANISATIONS}))"
)
WITHDRAWN_BY_ME_IF_AT_ALL = f"accepted_at is null and coalesce(withdrawn_by_id, {ME}) = {ME}"

KEEPS_THIS_BREAK = (
    f"{AS_COORDINATOR} and organisation_id = {MY_ORGANISATION}"
    f" and ({AT_MY_SCHOOLS} or (school_id is null and {IN_MY_ORGANISATIONS}))"
)

POLICIES: dict[str, dict[str, Rule]] = {
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
    # Breaks of one school: whoever coordinates it; of all of them: whoever coordinates them all.
    "schools_schoolbreak": {
        "anyone": Rule(read=f"organisation_id = {MY_ORGANISATION}"),
        "coordinator": Rule(insert=KEEPS_THIS_BREAK, change=KEEPS_THIS_BREAK, delete=KEEPS_THIS_BREAK),
    },
    # Column grants besides: what a local value counts as never changes.
    "schools_localcode": {
        "anyone": Rule(read=f"organisation_id = {MY_ORGANISATION}"),
        "admin": Rule(
            insert=f"{IN_MY_ORGANISATIONS} and {AS_ADMIN}",
            change=f"{IN_MY_ORGANISATIONS} and {AS_ADMIN}",
        ),
    },
    # Kept by the coordinators of the whole organisation: one library for all its schools (docs/adr/0024).
    "schools_librarylink": {
        "peer_supporter": Rule(
            read=f"organisation_id = {MY_ORGANISATION} and {AS_PEER_SUPPORTER} and withdrawn_at is null"
        ),
        "coordinator": Rule(
            read=f"organisation_id = {MY_ORGANISATION} and {AS_COORDINATOR}",
            insert=f"{IN_MY_ORGANISATIONS} and {AS_COORDINATOR} and changed_by_id = {ME}",
            change=f"{IN_MY_ORGANISATIONS} and {AS_COORDINATOR}",
        ),
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
    # An answer is written by the owner's function `accept_invitation` only.
    "schools_invitation": {
        "coordinator": Rule(
            read=TO_THE_COORDINATORS_ROLES,
            insert=f"invited_by_id = {ME} and invited_as = {ROLE} and {TO_THE_COORDINATORS_ROLES}",
            change=f"{WITHDRAWN_BY_ME_IF_AT_ALL} and {TO_THE_COORDINATORS_ROLES}",
        ),
        "admin": Rule(
            read=f"{IN_MY_ORGANISATIONS} and {AS_ADMIN}",
            insert=f"invited_by_id = {ME} and invited_as = {ROLE} and {IN_MY_ORGANISATIONS} and {AS_ADMIN}",
            change=f"{WITHDRAWN_BY_ME_IF_AT_ALL} and {IN_MY_ORGANISATIONS} and {AS_ADMIN}",
        ),
    },
}
