"""The access log and remembered filters; the tables of signing in have no policy (see the package)."""

from peersupport.scope.policies.rules import (
    AS_REVIEWER,
    IN_MY_ORGANISATIONS,
    ME,
    Rule,
)

POLICIES: dict[str, dict[str, Rule]] = {
    "accounts_accesslog": {
        # Only the functions that open a name or an address may say that one was opened.
        "anyone": Rule(insert=f"user_id = {ME} and action not in ('open_identity', 'open_address')"),
        "coordinator": Rule(read="school_ids <> '{}' and school_ids <@ (select my_schools())::bigint[]"),
        "reviewer": Rule(read=f"{IN_MY_ORGANISATIONS} and {AS_REVIEWER}"),
    },
    "accounts_listfilter": {"anyone": Rule(*[f"user_id = {ME}"] * 4)},
}
