"""Groups at north, south and away.

own        led by the peer supporter; the pupils own, colleague and ended are in it
colleague  led by a colleague; the peer supporter's pupil protected is in it
ended      the peer supporter has led it, and leads it no more
south      at south
away       in the other municipality

A date, a leader or a participant bears the name of its group, or of the pupil.
"""

from typing import Any

from peersupport.demo.factories import (
    GroupDateFactory,
    GroupLeaderFactory,
    GroupMemberFactory,
    GroupSeriesFactory,
)
from visits.models import GroupContact

# name: (school, made by, led by)
GROUPS = {
    "own": ("north", "coordinator", "peer_supporter"),
    "colleague": ("north", "school_coordinator", "colleague"),
    "ended": ("north", "coordinator", "peer_supporter"),
    "south": ("south", "coordinator", "south"),
    "away": ("away", "away_coordinator", "away"),
}
# pupil: (group, added by)
MEMBERS = {
    "own": ("own", "peer_supporter"),
    "colleague": ("own", "coordinator"),
    "ended": ("own", "coordinator"),
    "protected": ("colleague", "school_coordinator"),
    "south": ("south", "coordinator"),
    "away": ("away", "away_coordinator"),
}
# contact: of which date
CONTACTS = {
    "own": "own_coordinators",
    "colleague": "own_coordinators",
    "coordinator": "own_coordinators",
    "south": "south",
    "away": "away",
}


def add_groups(world: Any) -> None:
    for name, (school, maker, leader) in GROUPS.items():
        by = world.users[maker]
        series = world.add(name, GroupSeriesFactory(school=world.schools[school], made_by=by))
        world.add(name, GroupLeaderFactory(series=series, user=world.users[leader], ended=name == "ended"))
        planner = world.users["peer_supporter"] if name == "own" else by
        world.add(name, GroupDateFactory(series=series, made_by=planner))
    world.add("own_coordinators", GroupDateFactory(series=world["visits_groupseries", "own"]))
    for name, (group, by) in MEMBERS.items():
        series = world["visits_groupseries", group]
        assignment = world["students_assignment", name]
        world.add(name, GroupMemberFactory(series=series, assignment=assignment, added_by=world.users[by]))
    for name, of in CONTACTS.items():
        contact, date = world["visits_contact", name], world["visits_groupdate", of]
        tie = {"contact": contact, "date": date, "school_id": date.school_id, "author": contact.author}
        world.add(name, GroupContact.objects.create(**tie))
