"""Who may do what with the rows of supporters."""

from tests.peersupport.allowed_rows.rights import (
    Rights,
    reads,
    writes,
)

ALLOWED: dict[str, dict[str, Rights]] = {
    "supporters_peersupporter": {
        "coordinator": writes("own colleague south"),
        "school_coordinator": Rights(select="own colleague", update="own colleague"),
        "peer_supporter": Rights(select="own colleague south", update="own"),  # those who share with the team
        "supervisor": reads("own"),
        "lead": reads("own colleague south"),
    },
    "supporters_placement": {
        "coordinator": writes("own earlier colleague south"),
        # The colleague's only placement, taken away, takes the colleague out of the school's sight.
        "school_coordinator": Rights("own earlier colleague", "own earlier", "own earlier colleague"),
        "peer_supporter": reads("own earlier"),
        "supervisor": reads("own earlier"),
        "lead": reads("own earlier colleague south"),
    },
    "supporters_livedexperience": {
        "peer_supporter": Rights("own colleague south", "own", "own", "own"),
        "coordinator": reads("colleague south"),
        "school_coordinator": reads("colleague"),
    },
}
