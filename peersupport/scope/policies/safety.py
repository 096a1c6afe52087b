"""Home visits and their log, whom to ring, concern and incidents."""

from peersupport.scope.policies.rules import (
    AS_COORDINATOR,
    AS_PEER_SUPPORTER,
    AT_MY_SCHOOLS,
    IN_MY_ORGANISATIONS,
    LINK,
    ME,
    MY_ORGANISATION,
    MY_OWN,
    MY_OWN_AS_COORDINATOR,
    OF_MY_SUPPORTERS,
    OF_STUDENTS_WE_REFERRED,
    Rule,
    acting_as,
)

MY_VISITS = f"{AS_PEER_SUPPORTER} and {OF_MY_SUPPORTERS}"
BY_MYSELF = f"(checked_by_id is null or checked_by_id = {ME})"
WITH_A_COLLEAGUE = "(companion_id is null or companion_id in (select c.supporter_id from my_colleagues() c))"
# The phone that holds a visit's key (docs/adr/0029): this visit and no other.
OF_MY_KEY = "(select app_link_kind()) = 'visit_key' and public_id = (select app_link_object())"
OF_A_VISIT_I_SEE = "visit_id in (select v.id from safety_homevisit v)"
BY_KEY = f"(select app_link_kind()) = 'visit_key' and {OF_A_VISIT_I_SEE}"

# Whoever may become worried for a pupil reads the numbers that are in use.
WORRIED = acting_as("peer_supporter", "school_staff")
IN_USE = f"organisation_id = {MY_ORGANISATION} and {WORRIED} and withdrawn_at is null"
# The marker of a report of concern: its author, while they see the pupil, and the coordinators of the school.
MY_OWN_AS_STAFF = f"author_id = {ME} and {OF_STUDENTS_WE_REFERRED}"
WITHDRAWN_BY_ME = f"(withdrawn_by_id is null or withdrawn_by_id = {ME})"
MY_INCIDENTS = f"{AS_PEER_SUPPORTER} and author_id = {ME} and organisation_id = {MY_ORGANISATION}"
INCIDENTS_AS_COORDINATOR = (
    f"{AS_COORDINATOR} and organisation_id = {MY_ORGANISATION}"
    f" and (author_id = {ME} or {OF_MY_SUPPORTERS} or {IN_MY_ORGANISATIONS})"
)
IN_MY_PROFILES_NAME = f"(supporter_id is null or {OF_MY_SUPPORTERS})"

POLICIES: dict[str, dict[str, Rule]] = {
    # Column grants besides: a visit stays its booking's and its supporter's.
    "safety_homevisit": {
        "coordinator": Rule(read=AT_MY_SCHOOLS),
        "peer_supporter": Rule(
            read=MY_VISITS,
            insert=f"{MY_VISITS} and {BY_MYSELF} and {WITH_A_COLLEAGUE}"
            " and booking_id in (select b.id from visits_booking b)",
            change=f"{MY_VISITS} and {BY_MYSELF} and {WITH_A_COLLEAGUE}",
        ),
        LINK: Rule(read=OF_MY_KEY, change=OF_MY_KEY),
    },
    # No rule for changing: a log.
    "safety_visitevent": {
        "coordinator": Rule(read=f"{AS_COORDINATOR} and {OF_A_VISIT_I_SEE}"),
        "peer_supporter": Rule(
            read=f"{AS_PEER_SUPPORTER} and {OF_A_VISIT_I_SEE}",
            insert=f"{AS_PEER_SUPPORTER} and by_id = {ME} and via = 'signed_in' and {OF_A_VISIT_I_SEE}",
        ),
        LINK: Rule(
            insert=f"{BY_KEY} and by_id is null and via = 'key' and act in ('extended', 'done', 'help')"
        ),
    },
    # Kept by the coordinators of the whole organisation. No person is in them.
    "safety_organisationnumber": {
        "coordinator": Rule(
            read=f"organisation_id = {MY_ORGANISATION} and {AS_COORDINATOR}",
            insert=f"{IN_MY_ORGANISATIONS} and {AS_COORDINATOR}",
            change=f"{IN_MY_ORGANISATIONS} and {AS_COORDINATOR}",
        ),
        "worried": Rule(read=IN_USE),
    },
    # Column grants besides: whose report it is, about whom, stays.
    "safety_concernreport": {
        "coordinator": Rule(
            read=AT_MY_SCHOOLS,
            insert=MY_OWN_AS_COORDINATOR,
            change=f"{AT_MY_SCHOOLS} and {WITHDRAWN_BY_ME}",
        ),
        "peer_supporter": Rule(read=MY_OWN, insert=MY_OWN, change=f"{MY_OWN} and {WITHDRAWN_BY_ME}"),
        "school_staff": Rule(
            read=MY_OWN_AS_STAFF, insert=MY_OWN_AS_STAFF, change=f"{MY_OWN_AS_STAFF} and {WITHDRAWN_BY_ME}"
        ),
    },
    # Column grants besides: what was told stays told; the answer is the coordinators'.
    "safety_incidentreport": {
        "coordinator": Rule(
            read=INCIDENTS_AS_COORDINATOR,
            insert=f"{INCIDENTS_AS_COORDINATOR} and author_id = {ME} and supporter_id is null"
            " and visit_id is null",
            change=f"{INCIDENTS_AS_COORDINATOR} and (closed_by_id is null or closed_by_id = {ME})",
        ),
        "peer_supporter": Rule(
            read=MY_INCIDENTS,
            insert=f"{MY_INCIDENTS} and {IN_MY_PROFILES_NAME} and closed_by_id is null"
            f" and (visit_id is null or {OF_A_VISIT_I_SEE})",
        ),
    },
}
