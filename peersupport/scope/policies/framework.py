"""Django's own tables, as far as the web role has any business in them."""

from peersupport.scope.policies.rules import (
    AS_ADMIN,
    ME,
    MY_ORGANISATION,
    SIGNED_IN,
    Rule,
)

POLICIES: dict[str, dict[str, Rule]] = {
    "django_content_type": {"anyone": Rule(read=SIGNED_IN)},
    "django_admin_log": {
        "admin": Rule(
            # What fellow administrators did too: ids and names of fields, of records one sees oneself.
            read=f"{AS_ADMIN} and user_id in (select user_id from schools_membership"
            f" where role = 'admin' and organisation_id = {MY_ORGANISATION})",
            insert=f"user_id = {ME} and {AS_ADMIN}",
        )
    },
}
