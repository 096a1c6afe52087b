"""Who may do what with the rows of accounts."""

from tests.peersupport.allowed_rows.rights import (
    Rights,
    reads,
    writes,
)

ALLOWED: dict[str, dict[str, Rights]] = {
    "accounts_accesslog": {
        "coordinator": Rights(select="coordinator peer_supporter south both opening", insert="coordinator"),
        "school_coordinator": reads("coordinator peer_supporter opening"),
        "reviewer": reads("coordinator peer_supporter south both denied opening"),
        # Each in their own name; that a name was opened, only the function that opens it may say.
        "peer_supporter": Rights(insert="peer_supporter"),
        "supervisor": Rights(insert="denied"),
        "lead": Rights(insert="both"),
    },
    "accounts_listfilter": {
        "coordinator": writes("coordinator", deletes=True),
        "peer_supporter": writes("peer_supporter", deletes=True),
    },
}
