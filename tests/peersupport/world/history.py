"""The events that triggers wrote of the world's rows bear the names of those rows; and what a note said before."""

from datetime import timedelta
from typing import Any

from peersupport.lib.history import events_of, tracked_models
from peersupport.scope import scope
from peersupport.scope.policies import POLICIES

# Tables of events that some role may read.
EVENT_TABLES = {
    events_of(model)._meta.db_table: model
    for model in tracked_models()
    if events_of(model)._meta.db_table in POLICIES
}


def add_history(world: Any) -> None:
    """Last of all, when every row of the world is there."""
    _change_what_is_not_the_status(world)
    for model in EVENT_TABLES.values():
        names = {row.pk: name for name, row in world.rows[model._meta.db_table].items()}
        named: set[str] = set()
        for event in events_of(model).objects.order_by("pgh_created_at"):
            name = names[event.pgh_obj_id]
            # The first is the insert; what happened to the row afterwards is a row of its own.
            world.add(name if name not in named else f"{name} {event.pgh_label}".replace(" ", "_"), event)
            named.add(name)
    _correct_notes(world)


def _change_what_is_not_the_status(world: Any) -> None:
    referral = world["students_referral", "new"]
    referral.wants_woman = True
    referral.save(update_fields=["wants_woman"])
    # By somebody: such an event names no person but whoever changed the row.
    with scope(world.users["coordinator"]):
        world.home.days_without_contact = 12
        world.home.save(update_fields=["days_without_contact"])
        school_break = world["schools_schoolbreak", "north"]
        school_break.last_on += timedelta(days=1)
        school_break.save(update_fields=["last_on"])


def _correct_notes(world: Any) -> None:
    for name, note in world.rows["visits_contactnote"].items():
        note.text = f"{note.text} "
        note.save(update_fields=["text"])
        world.add(name, note.participation.note_revisions.get())
