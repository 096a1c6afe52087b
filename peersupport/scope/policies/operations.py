"""What keeps it running: form keys."""

from peersupport.scope.policies.rules import (
    ME,
    Rule,
)

POLICIES: dict[str, dict[str, Rule]] = {
    "operations_formkey": {
        "anyone": Rule(read=f"user_id = {ME}", insert=f"user_id = {ME}", change=f"user_id = {ME}"),
    },
}
