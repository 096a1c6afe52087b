"""What the declarations are made of: rights as names of rows, and the sets of names they share."""

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
