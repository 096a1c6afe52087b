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
    # No leads, reviewers or supervisors; of a pupil whose support has ended not even the author.
    "safety_concernreport": {
        "coordinator": Rights(
            "own staffs coordinators colleague ended south",
            "coordinators",
            "own staffs coordinators colleague ended south",
        ),
        "school_coordinator": Rights(
            "own staffs coordinators colleague ended", "", "own staffs coordinators colleague ended"
        ),
        "peer_supporter": writes("own"),
        "school_staff": writes("staffs"),
    },
    "safety_incidentreport": {
        "coordinator": Rights(
            "own answered colleague coordinators south",
            "coordinators",
            "own answered colleague coordinators south",
        ),
        "school_coordinator": Rights("own answered colleague", "", "own colleague"),
        "peer_supporter": Rights("own answered", "own"),
    },
    "safety_organisationnumber": {
        "coordinator": writes("own withdrawn"),
        "school_coordinator": reads("own withdrawn"),
        "peer_supporter": reads("own"),
        "school_staff": reads("own"),
    },
}
