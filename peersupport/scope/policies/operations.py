"""What keeps it running: form keys, outgoing mail."""

from peersupport.scope.policies.rules import (
    EVERY_ROW,
    JOB,
    ME,
    Rule,
)

POLICIES: dict[str, dict[str, Rule]] = {
    "operations_formkey": {
        "anyone": Rule(read=f"user_id = {ME}", insert=f"user_id = {ME}", change=f"user_id = {ME}"),
    },
    "operations_outgoingmail": {
        # Also by someone who is not signed in and wants a new password; nobody in another's name.
        "anyone": Rule(
            read=f"made_by_id = {ME}",
            insert=f"made_by_id is not distinct from {ME} and state = 'waiting' and tries = 0",
        ),
        JOB: Rule(read=EVERY_ROW, change=EVERY_ROW, delete="state <> 'waiting'"),
    },
}
