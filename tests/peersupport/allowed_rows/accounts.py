"""Who may do what with the rows of accounts."""

from tests.peersupport.allowed_rows.rights import (
    Rights,
    reads,
    writes,
)

ALLOWED: dict[str, dict[str, Rights]] = {
    "accounts_accesslog": {
        "coordinator": Rights(
            select="coordinator peer_supporter south both opening", insert="coordinator about_own"
        ),
        "school_coordinator": reads("coordinator peer_supporter opening"),
        "reviewer": reads(
            "coordinator peer_supporter south both denied opening about_own about_colleague about_away"
        ),
        # Each in their own name; that a name was opened, only the function that opens it may say.
        # Whom it is about reads who has looked.
        "peer_supporter": Rights(select="about_own", insert="peer_supporter"),
        "supervisor": Rights(insert="denied"),
        "lead": Rights(insert="both about_colleague"),
    },
    "accounts_listfilter": {
        "coordinator": writes("coordinator", deletes=True),
        "peer_supporter": writes("peer_supporter", deletes=True),
    },
}
