"""Who may do what with the rows of visits."""

from tests.peersupport.allowed_rows.rights import (
    HOME_CONTACTS,
    NORTH_CONTACTS,
    Rights,
    writes,
)

ALLOWED: dict[str, dict[str, Rights]] = {
    "visits_contact": {
        "coordinator": Rights(HOME_CONTACTS, "coordinator", "coordinator"),
        "school_coordinator": Rights(NORTH_CONTACTS, "school_coordinator", "school_coordinator"),
        "peer_supporter": Rights("own ended colleagues_name", "own ended", "own ended"),
    },
    "visits_participation": {
        "coordinator": Rights(HOME_CONTACTS, "coordinator", "coordinator"),
        "school_coordinator": Rights(NORTH_CONTACTS, "school_coordinator", "school_coordinator"),
        "peer_supporter": writes("own colleagues_name"),
    },
    "visits_contactnote": {
        "coordinator": Rights(HOME_CONTACTS, *["coordinator"] * 3),
        "school_coordinator": Rights(NORTH_CONTACTS, *["school_coordinator"] * 3),
        "peer_supporter": writes("own colleagues_name", deletes=True),
    },
    "visits_booking": {
        # Inserted: those they have made themselves.
        "coordinator": Rights(
            "own protected colleague ended south",
            "protected ended south",
            "own protected colleague ended south",
        ),
        "school_coordinator": Rights(
            "own protected colleague ended", "colleague", "own protected colleague ended"
        ),
        "peer_supporter": Rights("own protected", "own", "own protected"),
    },
    "visits_nextstep": {
        "coordinator": Rights(
            "own own_coordinators ended south", "own_coordinators south", "own own_coordinators ended south"
        ),
        "school_coordinator": Rights("own own_coordinators ended", "ended", "own own_coordinators ended"),
        "peer_supporter": Rights("own own_coordinators", "own", "own own_coordinators"),
    },
}
