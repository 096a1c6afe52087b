"""Django's own tables, as far as the web role has any business in them."""

from peersupport.scope.policies.rules import (
    AS_ADMIN,
    ME,
    SIGNED_IN,
    Rule,
)

POLICIES: dict[str, dict[str, Rule]] = {
    "django_content_type": {"anyone": Rule(read=SIGNED_IN)},
    "django_admin_log": {
        "admin": Rule(
            read=f"user_id = {ME} and {AS_ADMIN}",
            insert=f"user_id = {ME} and {AS_ADMIN}",
        )
    },
}
