"""Who may do what with which rows: declared by hand, to be read beside scope/policies.py and never computed from it.

The names are those of world.py. Whoever is not named for a table has no row of it.
"""

from dataclasses import dataclass

from tests.peersupport.world import ACTORS

ALL = "*"


@dataclass(frozen=True, slots=True)
class Rights:
    """Names of rows with spaces between. Nobody may ever move a row out of the scope."""

    select: str = ""
    insert: str = ""
    update: str = ""
    delete: str = ""
    move: str = ""


def reads(names: str) -> Rights:
    return Rights(select=names)


def writes(names: str, *, deletes: bool = False) -> Rights:
    """Reads, inserts and changes the same rows."""
    return Rights(names, names, names, names if deletes else "")


SIGNED_IN = tuple(actor for actor in ACTORS if actor not in {"deactivated", "nobody"})
MEMBERS = SIGNED_IN[:8]

NORTH = "own colleague ended upcoming protected unreferred"
HOME = f"{NORTH} moved south"
NORTH_IN_THE_OPEN = "own colleague ended upcoming unreferred"  # with a name to see
HOME_IN_THE_OPEN = f"{NORTH_IN_THE_OPEN} moved south"
NORTH_CASES = "own colleague ended upcoming protected"
NORTH_REFERRALS = f"{NORTH_CASES} moved new staffs_new"
NORTH_CONTACTS = "own ended colleague coordinator school_coordinator colleagues_name"
HOME_CONTACTS = f"{NORTH_CONTACTS} south"
HOME_MEMBERS = (
    "coordinator school_coordinator lead admin reviewer ended peer_supporter colleague south school_staff staff"
    " supervisor unconfirmed deactivated"
)
SEE_STUDENTS = "school_coordinator reviewer ended peer_supporter colleague south school_staff staff unconfirmed deactivated"

ALLOWED: dict[str, dict[str, Rights]] = {
    "operations_formkey": {
        "coordinator": writes("coordinator"),
        "peer_supporter": writes("peer_supporter"),
    },
    "accounts_accesslog": {
        "coordinator": Rights(select="coordinator peer_supporter south both opening", insert="coordinator"),
        "school_coordinator": reads("coordinator peer_supporter opening"),
        "reviewer": reads("coordinator peer_supporter south both denied opening"),
        # Each in their own name; that a name was opened, only the function that opens it may say.
        "peer_supporter": Rights(insert="peer_supporter"),
        "supervisor": Rights(insert="denied"),
        "lead": Rights(insert="both"),
    },
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
    "students_student": {
        "coordinator": writes(HOME),
        "school_coordinator": writes(NORTH),
        "peer_supporter": reads("own protected"),
        "school_staff": reads(f"{NORTH_CASES} moved"),
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
    "students_assignment": {
        "coordinator": writes(f"{NORTH_CASES} south"),
        "school_coordinator": writes(NORTH_CASES),
        "peer_supporter": reads("own protected"),
    },
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
    "django_content_type": dict.fromkeys(SIGNED_IN, reads(ALL)),
    "django_admin_log": {"admin": Rights(select="admin", insert="admin")},
}
