"""Who may do what with the rows of operations."""

from tests.peersupport.allowed_rows.rights import (
    Rights,
    writes,
)

ALLOWED: dict[str, dict[str, Rights]] = {
    "operations_formkey": {
        "coordinator": writes("coordinator"),
        "peer_supporter": writes("peer_supporter"),
    },
}
