"""Who may read what was changed: whoever may read the row it was changed of, in the roles named here.

Nobody inserts, changes or deletes any of it: triggers write it, with the owner's rights.
"""

from tests.peersupport.allowed_rows import groups, students, visits
from tests.peersupport.allowed_rows.rights import Rights, reads
from tests.peersupport.world.tasks import TASKS

COORDINATORS = ("coordinator", "school_coordinator")
SUPPORT = (*COORDINATORS, "peer_supporter")


def _read_like(rights: dict[str, Rights], roles: tuple[str, ...]) -> dict[str, Rights]:
    return {actor: reads(rights[actor].select) for actor in roles if actor in rights}


_STUDENTS, _VISITS = students.ALLOWED, visits.ALLOWED

# In a contact's own words "own" is of a pupil the supporter has today; without the pupil the history is closed.
_WITH_THE_PUPIL = "own colleagues_name"
# Tasks about no pupil have no page that would tell of their changes.
ABOUT_NOBODY = {name for name, (student, _, _) in TASKS.items() if student is None}
_NEW_TOO = "new new_update"


def _with_the_wish(names: str) -> str:
    return names.replace(" new ", f" {_NEW_TOO} ")


ALLOWED: dict[str, dict[str, Rights]] = {
    **{
        f"{table}event": _read_like(_STUDENTS[table], COORDINATORS)
        for table in (
            "students_student",
            "students_identity",
            "students_whereabouts",
            "students_enrolment",
            "students_guardian",
            "students_namedperson",
        )
    },
    "students_personaroundevent": _read_like(_STUDENTS["students_personaround"], SUPPORT),
    "students_caseevent": _read_like(_STUDENTS["students_case"], SUPPORT),
    "students_assignmentevent": _read_like(_STUDENTS["students_assignment"], SUPPORT),
    "students_referralevent": {
        **{
            actor: reads(_with_the_wish(_STUDENTS["students_referral"][actor].select))
            for actor in COORDINATORS
        },
        "school_staff": reads(_STUDENTS["students_referral"]["school_staff"].select),
    },
    "visits_contactevent": {
        **_read_like(_VISITS["visits_contact"], COORDINATORS),
        "peer_supporter": reads(f"{_WITH_THE_PUPIL} heads heads_nowhere"),
    },
    "visits_participationevent": _read_like(_VISITS["visits_participation"], SUPPORT),
    "visits_bookingevent": _read_like(_VISITS["visits_booking"], SUPPORT),
    "visits_groupmemberevent": _read_like(groups.ALLOWED["visits_groupmember"], SUPPORT),
    "visits_taskevent": {
        actor: reads(" ".join(name for name in rights.select.split() if name not in ABOUT_NOBODY))
        for actor, rights in _VISITS["visits_task"].items()
    },
    "visits_noterevision": _read_like(_VISITS["visits_contactnote"], SUPPORT),
}
