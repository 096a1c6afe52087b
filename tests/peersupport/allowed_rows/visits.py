"""Who may do what with the rows of visits."""

from tests.peersupport.allowed_rows.rights import (
    ALL,
    HOME_CONTACTS,
    NORTH_CONTACTS,
    Rights,
    reads,
    writes,
)

NORTH_FEEDBACK = "own ended colleague colleagues_name"
NORTH_TASKS = "own ended colleague about_own"

ALLOWED: dict[str, dict[str, Rights]] = {
    "visits_contact": {
        "coordinator": Rights(f"{HOME_CONTACTS} heads", "coordinator", "coordinator"),
        "school_coordinator": Rights(f"{NORTH_CONTACTS} heads", "school_coordinator", "school_coordinator"),
        "peer_supporter": Rights(
            "own ended colleagues_name heads heads_nowhere",
            "own ended heads",
            "own ended heads heads_nowhere",
        ),
    },
    "visits_participation": {
        "coordinator": Rights(HOME_CONTACTS, "coordinator", "coordinator"),
        "school_coordinator": Rights(NORTH_CONTACTS, "school_coordinator", "school_coordinator"),
        # The contact of `ended` can be handed in late, blindly: it is from when the assignment held.
        "peer_supporter": Rights("own colleagues_name", "own colleagues_name ended*", "own colleagues_name"),
    },
    "visits_contactnote": {
        "coordinator": Rights(HOME_CONTACTS, *["coordinator"] * 3),
        "school_coordinator": Rights(NORTH_CONTACTS, *["school_coordinator"] * 3),
        "peer_supporter": Rights(
            "own colleagues_name", "own colleagues_name ended", *["own colleagues_name"] * 2
        ),
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
    "visits_feedback": {
        # Inserted and taken back: their own. Closed once, it stays as it is to everybody else.
        "coordinator": Rights(
            f"{NORTH_FEEDBACK} closed south", "own ended south", f"{NORTH_FEEDBACK} south", "own ended south"
        ),
        "school_coordinator": Rights(
            f"{NORTH_FEEDBACK} closed",
            "colleague colleagues_name",
            f"{NORTH_FEEDBACK} closed",
            "colleague colleagues_name closed",
        ),
        "peer_supporter": reads("own colleagues_name closed"),
    },
    "visits_feedbackanswer": {
        "coordinator": reads("own ended colleague south"),
        "school_coordinator": reads("own ended colleague"),
        "peer_supporter": Rights("own", "own", "", "own"),
    },
    "visits_supervisiontopic": {
        # Of the municipality acted in; nobody else's, in whatever role.
        "peer_supporter": writes("own", deletes=True),
    },
    "visits_reminder": {"job": Rights(select="old", insert=ALL, delete="old")},
    "visits_task": {
        # Inserted: their own, for someone who sees the task; the pupil of `ended` is not the supporter's any more.
        "coordinator": Rights(
            f"{NORTH_TASKS} south to_coordinator to_colleague",
            "own south to_colleague",
            f"{NORTH_TASKS} south to_coordinator to_colleague",
        ),
        "school_coordinator": Rights(
            f"{NORTH_TASKS} school_coordinators",
            "colleague school_coordinators",
            f"{NORTH_TASKS} school_coordinators",
        ),
        "peer_supporter": Rights(
            "own about_own supporters to_coordinator",
            "about_own supporters to_coordinator",
            "own about_own supporters to_coordinator",
        ),
    },
    "visits_appointment": {
        # Whoever cancelled it may plan it again; and nobody writes what another has planned.
        "coordinator": Rights(select="own cancelled colleague south", update="own cancelled colleague south"),
        "school_coordinator": Rights(select="own cancelled colleague", update="own colleague"),
        "peer_supporter": Rights(select="own cancelled", insert="own", update="own"),
    },
    "visits_othertime": {
        "coordinator": reads("own withdrawn colleague south"),
        "school_coordinator": reads("own withdrawn colleague"),
        "peer_supporter": writes("own withdrawn"),
    },
}
