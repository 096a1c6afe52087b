"""The access log and remembered filters; the tables of signing in have no policy (see the package)."""

from peersupport.scope.policies.rules import (
    AS_REVIEWER,
    IN_MY_ORGANISATIONS,
    ME,
    Rule,
)

# Who sees a supporter may say that they have looked at the page: nobody else has such a page to open.
ABOUT_NOBODY_ELSES = (
    "(about_user_id is null or exists ("
    "select 1 from supporters_peersupporter p where p.user_id = accounts_accesslog.about_user_id))"
)

POLICIES: dict[str, dict[str, Rule]] = {
    "accounts_accesslog": {
        # Only the functions that open a name or an address may say that one was opened.
        "anyone": Rule(
            # Who has opened the pages about oneself.
            read=f"about_user_id = {ME}",
            insert=f"user_id = {ME} and action not in ('open_identity', 'open_address')"
            f" and {ABOUT_NOBODY_ELSES}",
        ),
        "coordinator": Rule(read="school_ids <> '{}' and school_ids <@ (select my_schools())::bigint[]"),
        "reviewer": Rule(read=f"{IN_MY_ORGANISATIONS} and {AS_REVIEWER}"),
    },
    "accounts_listfilter": {"anyone": Rule(*[f"user_id = {ME}"] * 4)},
}
