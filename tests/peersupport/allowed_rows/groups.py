"""Who may do what with the rows of groups: the world's are told of in world/groups.py."""

from tests.peersupport.allowed_rows.rights import Rights, reads

NORTH = "own colleague ended"
NORTH_DATES = f"{NORTH} own_coordinators"
NORTH_MEMBERS = f"{NORTH} protected"

ALLOWED: dict[str, dict[str, Rights]] = {
    "visits_groupseries": {
        # Inserted: those they have made themselves.
        "coordinator": Rights(f"{NORTH} south", "own ended south", f"{NORTH} south"),
        "school_coordinator": Rights(NORTH, "colleague", NORTH),
        # Led by a colleague, with a pupil of one's own in it: to read.
        "peer_supporter": Rights("own colleague", "", "own"),
    },
    "visits_groupleader": {
        "coordinator": Rights(f"{NORTH} south", "own ended south", f"{NORTH} south"),
        "school_coordinator": Rights(NORTH, "colleague", NORTH),
        "peer_supporter": reads("own colleague"),
    },
    "visits_groupdate": {
        "coordinator": Rights(
            f"{NORTH_DATES} south",
            *["own_coordinators ended south", f"{NORTH_DATES} south", "own_coordinators ended south"],
        ),
        "school_coordinator": Rights(NORTH_DATES, "colleague", NORTH_DATES, "colleague"),
        "peer_supporter": Rights("own own_coordinators colleague", "own", "own own_coordinators", "own"),
    },
    "visits_groupmember": {
        "coordinator": Rights(f"{NORTH_MEMBERS} south", "colleague ended south", f"{NORTH_MEMBERS} south"),
        "school_coordinator": Rights(NORTH_MEMBERS, "protected", NORTH_MEMBERS),
        # Their own pupils, and of the group they lead nobody else.
        "peer_supporter": Rights("own protected", "own", "own protected"),
    },
    "visits_groupcontact": {
        "coordinator": Rights("own colleague coordinator south", "coordinator"),
        "school_coordinator": reads("own colleague coordinator"),
        "peer_supporter": Rights("own", "own"),
    },
}
