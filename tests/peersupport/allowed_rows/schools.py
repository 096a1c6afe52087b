"""Who may do what with the rows of schools."""

from tests.peersupport.allowed_rows.rights import (
    HOME_MEMBERS,
    MEMBERS,
    SEE_STUDENTS,
    SIGNED_IN,
    Rights,
    reads,
    writes,
)

INVITED = "staff schools_own south whole lead admins_staff"

ALLOWED: dict[str, dict[str, Rights]] = {
    "schools_organisation": {
        **dict.fromkeys(SIGNED_IN, reads("association")),
        **dict.fromkeys(MEMBERS, reads("home association")),
        "admin": Rights(select="home association", update="home"),
    },
    "schools_school": {
        **dict.fromkeys(MEMBERS, reads("north south")),
        "admin": writes("north south"),
    },
    "schools_schoolcontact": {
        **dict.fromkeys(MEMBERS, reads("north south")),
        "coordinator": writes("north south", deletes=True),
        "school_coordinator": Rights("north south", "north", "north", "north"),
        "admin": writes("north south", deletes=True),
    },
    "schools_librarylink": {
        "coordinator": writes("own withdrawn"),
        "school_coordinator": reads("own withdrawn"),
        "peer_supporter": reads("own"),
    },
    "schools_schoolbreak": {
        **dict.fromkeys(MEMBERS, reads("home north south")),
        "coordinator": writes("home north south", deletes=True),
        "school_coordinator": Rights("home north south", "north", "north", "north"),
    },
    "schools_localcode": {
        **dict.fromkeys(MEMBERS, reads("home")),
        "admin": writes("home"),
    },
    "schools_membership": {
        # Inserted: what they have granted themselves, confirmed by nobody else, and no role above their own.
        "coordinator": Rights(HOME_MEMBERS, "peer_supporter colleague school_staff", f"lead {SEE_STUDENTS}"),
        "school_coordinator": Rights(HOME_MEMBERS, "staff", "school_staff staff"),
        "lead": Rights(HOME_MEMBERS, "", f"coordinator {SEE_STUDENTS}"),
        "admin": Rights(HOME_MEMBERS, "supervisor unconfirmed", HOME_MEMBERS.replace(" admin", "")),
        "reviewer": reads(HOME_MEMBERS),
        "peer_supporter": reads("peer_supporter"),
        "supervisor": reads("supervisor"),
        "school_staff": reads("school_staff"),
        "unconfirmed": reads("unconfirmed"),
        "ended": reads("ended"),
    },
    "schools_invitation": {
        # Inserted: what they have sent themselves.
        "coordinator": Rights(
            "staff schools_own south whole admins_staff",
            "staff south whole",
            "staff schools_own south whole admins_staff",
        ),
        "school_coordinator": Rights(
            "staff schools_own admins_staff", "schools_own", "staff schools_own admins_staff"
        ),
        "admin": Rights(INVITED, "lead admins_staff", INVITED),
    },
}
