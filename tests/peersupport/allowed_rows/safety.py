"""Who may do what with the rows of home visits: the world's are told of in world/safety.py."""

from tests.peersupport.allowed_rows.rights import Rights, reads, writes

ALLOWED: dict[str, dict[str, Rights]] = {
    "safety_homevisit": {
        "coordinator": reads("own colleague ended south"),
        "school_coordinator": reads("own colleague ended"),
        # Also of a pupil who is theirs no more: it is to be ended all the same.
        "peer_supporter": Rights("own ended", "own", "own ended"),
        "visit_key": Rights(select="own", update="own"),
    },
    "safety_visitevent": {
        "coordinator": reads("own own_by_key colleague ended south"),
        "school_coordinator": reads("own own_by_key colleague ended"),
        "peer_supporter": Rights("own own_by_key ended", "own ended"),
        "visit_key": Rights(insert="own_by_key"),
    },
    "safety_organisationnumber": {
        "coordinator": writes("own withdrawn"),
        "school_coordinator": reads("own withdrawn"),
        "peer_supporter": reads("own"),
        "school_staff": reads("own"),
    },
}
