"""Who may do what with the rows of students."""

from tests.peersupport.allowed_rows.rights import (
    HOME,
    HOME_IN_THE_OPEN,
    NORTH,
    NORTH_CASES,
    NORTH_IN_THE_OPEN,
    NORTH_REFERRALS,
    Rights,
    reads,
    writes,
)

ALLOWED: dict[str, dict[str, Rights]] = {
    "students_student": {
        "coordinator": writes(HOME),
        "school_coordinator": writes(NORTH),
        "peer_supporter": reads("own protected"),
        "school_staff": reads(f"{NORTH_CASES} moved"),
    },
    "students_studentmerge": {
        "coordinator": reads("own south"),
        "school_coordinator": reads("own"),
    },
    "students_schoolmove": {
        # Out of one's schools, and into them.
        "coordinator": reads("own incoming outside"),
        "school_coordinator": reads("own incoming"),
    },
    "students_identity": {
        "coordinator": Rights(HOME_IN_THE_OPEN, HOME, HOME_IN_THE_OPEN),
        "school_coordinator": Rights(NORTH_IN_THE_OPEN, NORTH, NORTH_IN_THE_OPEN),
        "peer_supporter": reads("own"),
        "school_staff": reads("own colleague ended upcoming moved"),
    },
    "students_whereabouts": {
        "coordinator": writes("own protected south", deletes=True),
        "school_coordinator": writes("own protected", deletes=True),
        "peer_supporter": reads("own protected"),
    },
    "students_enrolment": {
        "coordinator": writes(HOME),
        "school_coordinator": writes(NORTH),
        "peer_supporter": reads("own protected"),
    },
    "students_guardian": {
        # Starred: only without reading the new row back, which is sealed at once.
        "coordinator": Rights("own south", "own protected* south", "own south"),
        "school_coordinator": Rights("own", "own protected*", "own"),
        "peer_supporter": reads("own"),
    },
    "students_personaround": {
        # Inserted: those they have added themselves.
        "coordinator": Rights(
            "own_teacher own_friend south", "own_teacher south", "own_teacher own_friend south"
        ),
        "school_coordinator": Rights("own_teacher own_friend", "protected*", "own_teacher own_friend"),
        # Only the pupil's own important people.
        "peer_supporter": Rights("own_teacher own_friend", "own_friend protected_friend*", "own_friend"),
    },
    "students_namedperson": {
        # Inserted: those they have chosen themselves.
        "coordinator": Rights(
            "coordinator colleague lead", "coordinator lead", "", "coordinator colleague lead"
        ),
        "school_coordinator": Rights(
            "coordinator colleague lead", "colleague", "", "coordinator colleague lead"
        ),
        "lead": reads("lead"),
    },
    "students_protectionchange": {
        "coordinator": Rights(select="protected south", insert="south"),
        "school_coordinator": Rights(select="protected", insert="protected"),
    },
    "students_referral": {
        "coordinator": writes(f"{NORTH_REFERRALS} south"),
        # The pupil who has moved is another coordinator's to link.
        "school_coordinator": Rights(
            NORTH_REFERRALS, NORTH_REFERRALS.replace(" moved", ""), NORTH_REFERRALS.replace(" moved", "")
        ),
        # Their own, and of no pupil on record: that would open the pupil's name to them.
        "school_staff": Rights(select=NORTH_REFERRALS, insert="new"),
    },
    "students_referralstatuschange": {
        "coordinator": Rights(select="own new south", insert="own"),
        "school_coordinator": reads("own new"),
        "school_staff": Rights(select="own new", insert="new"),
    },
    "students_case": {
        "coordinator": writes(f"{NORTH_CASES} moved south"),
        "school_coordinator": writes(NORTH_CASES),
        "peer_supporter": reads("own protected"),
    },
    "students_casestatuschange": {
        "coordinator": Rights(select="own ended south", insert="own south"),
        "school_coordinator": Rights(select="own ended", insert="ended"),
        "peer_supporter": reads("own"),
    },
    "students_assignment": {
        "coordinator": writes(f"{NORTH_CASES} south"),
        "school_coordinator": writes(NORTH_CASES),
        "peer_supporter": reads("own protected"),
    },
}
