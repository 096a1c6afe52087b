"""The supporters, their placements, and their own words."""

from peersupport.scope.policies.rules import (
    AS_COORDINATOR,
    AS_PEER_SUPPORTER,
    AT_MY_SCHOOLS,
    IN_MY_ORGANISATIONS,
    ME,
    MY_ORGANISATION,
    OF_MY_SUPPORTERS,
    Rule,
)

POLICIES: dict[str, dict[str, Rule]] = {
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
}
