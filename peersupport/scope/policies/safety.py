"""Home visits and their log, and whom to ring."""

from peersupport.scope.policies.rules import (
    AS_COORDINATOR,
    AS_PEER_SUPPORTER,
    AT_MY_SCHOOLS,
    IN_MY_ORGANISATIONS,
    LINK,
    ME,
    MY_ORGANISATION,
    OF_MY_SUPPORTERS,
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
        "peer_supporter": Rule(read=IN_USE),
        "school_staff": Rule(read=IN_USE),
    },
}
