"""Who may do what with the rows of safety."""

from tests.peersupport.allowed_rows.rights import ALL, Rights, reads, writes

# --- Home visits: world/safety.py tells of the rows.
VISITS: dict[str, dict[str, Rights]] = {
    "safety_homevisit": {
        "coordinator": reads("own colleague ended south"),
        "school_coordinator": reads("own colleague ended"),
        # Also of a pupil who is theirs no more: it is to be ended all the same.
        "peer_supporter": Rights("own ended", "own", "own ended"),
        "visit_key": Rights(select="own", update="own"),
    },
    "safety_visitlog": {
        "coordinator": reads("own own_by_key colleague ended south"),
        "school_coordinator": reads("own own_by_key colleague ended"),
        "peer_supporter": Rights("own own_by_key ended", "own ended"),
        "visit_key": Rights(insert="own_by_key"),
    },
}

# --- Concern, incidents and numbers to ring: world/safety.py tells of the rows.
CONCERN: dict[str, dict[str, Rights]] = {
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

# --- Alarms and duty: world/alarms.py tells of the rows.
DRILLS = "own colleague south"
DUTY = "supervisor colleague"

ALARMS: dict[str, dict[str, Rights]] = {
    "safety_alarm": {
        # Inserted: those they have raised themselves.
        "coordinator": Rights(DRILLS, "own south", DRILLS),
        "school_coordinator": Rights("own colleague", "colleague", "own colleague"),
        "peer_supporter": reads("own colleague"),  # about themselves, and called
        "supervisor": reads("own"),  # called
        "job": Rights(select=ALL, update=ALL),
    },
    "safety_alarmcall": {
        "coordinator": reads(DRILLS),
        "school_coordinator": reads("own colleague"),
        "peer_supporter": reads("own colleague"),
        "supervisor": reads("own"),
        "job": Rights(select=ALL, insert=ALL),
    },
    "safety_dutyturn": {
        "coordinator": writes(DUTY, deletes=True),
        "school_coordinator": writes(DUTY, deletes=True),
        "peer_supporter": reads(DUTY),
        "supervisor": reads(DUTY),
        "lead": reads(DUTY),
    },
    "safety_dutyaway": {
        "coordinator": Rights(DUTY, DUTY, "", DUTY),
        "school_coordinator": Rights(DUTY, DUTY, "", DUTY),
        "peer_supporter": reads(DUTY),
        "supervisor": reads(DUTY),
        "lead": reads(DUTY),
    },
    "safety_workphone": {
        "coordinator": Rights("coordinator peer_supporter", *["coordinator"] * 3),
        "school_coordinator": reads("coordinator peer_supporter"),
        "peer_supporter": writes("peer_supporter", deletes=True),
    },
    "safety_safetyrules": {
        "coordinator": writes("home"),
        "school_coordinator": writes("home"),
        **dict.fromkeys(
            ("peer_supporter", "supervisor", "school_staff", "lead", "admin", "reviewer"), reads("home")
        ),
        "job": Rights(select=ALL),
    },
    "safety_watchbeat": {"job": Rights(ALL, ALL, ALL)},
}

ALLOWED: dict[str, dict[str, Rights]] = {**VISITS, **CONCERN, **ALARMS}
