"""Two municipalities, small enough to read: every row has a name, and a role's rights are sets of names.

Home has the schools north and south, away has one of its own. The rows of a pupil bear the pupil's name:

  own         of the actor who is peer supporter, at north; referred by the actor who is school staff
  colleague   of another supporter, at north
  ended       was the peer supporter's until a moment ago, at north
  upcoming    becomes the peer supporter's tomorrow, at north
  protected   of the peer supporter, at north; the name is sealed
  unreferred  at north, without referral, support period or supporter
  moved       referred by north, goes to south since
  south       of a third supporter, at south
  away        in the other municipality

Each noun's rows stand in a module beside this one: those that all else stands on in FIRST, what came later in MORE.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection

from accounts.models import User
from peersupport.demo.owner import owner
from schools.models import Organisation, School
from students.models import Student
from supporters.models import PeerSupporter
from tests.peersupport.world.alarms import add_alarms
from tests.peersupport.world.bookings import add_bookings
from tests.peersupport.world.case_changes import add_case_changes
from tests.peersupport.world.contacts import add_contacts
from tests.peersupport.world.digests import add_digests
from tests.peersupport.world.feedback import add_feedback
from tests.peersupport.world.groups import add_groups
from tests.peersupport.world.history import EVENT_TABLES, add_history
from tests.peersupport.world.invitations import add_invitations
from tests.peersupport.world.jobs import add_jobs
from tests.peersupport.world.library import add_library
from tests.peersupport.world.links import add_links
from tests.peersupport.world.list_filters import add_list_filters
from tests.peersupport.world.local_codes import add_local_codes
from tests.peersupport.world.mail import add_mail
from tests.peersupport.world.merges import add_merges
from tests.peersupport.world.names import ACTORS
from tests.peersupport.world.next_steps import add_next_steps
from tests.peersupport.world.other_time import add_other_time
from tests.peersupport.world.people import add_people
from tests.peersupport.world.people_around import add_people_around
from tests.peersupport.world.places import add_places
from tests.peersupport.world.reminders import add_reminders
from tests.peersupport.world.safety import add_incidents, add_numbers, add_reports, add_visits
from tests.peersupport.world.school_breaks import add_school_breaks
from tests.peersupport.world.school_moves import add_school_moves
from tests.peersupport.world.students import add_students
from tests.peersupport.world.supervision import add_supervision_topics
from tests.peersupport.world.support import add_support
from tests.peersupport.world.supporters import add_supporters
from tests.peersupport.world.tasks import add_tasks
from tests.peersupport.world.traces import add_traces

KEY = {
    "students_identity": "student_id",
    "students_whereabouts": "student_id",
    "visits_contactnote": "participation_id",
    "visits_feedbackanswer": "feedback_id",
    "visits_groupcontact": "contact_id",
    "operations_formkey": "key",
    **dict.fromkeys(EVENT_TABLES, "pgh_id"),
}

# Who is no person: the worker, a role of the database; whoever has opened the coordinator's link; and the phone that
# holds the key of the peer supporter's home visit.
JOB, LINK, VISIT_KEY = "job", "link", "visit_key"
ASKERS = (*ACTORS, JOB, LINK, VISIT_KEY)

# What all else stands on, in this order.
FIRST: tuple[Callable[["World"], None], ...] = (
    add_places,
    add_people,
    add_supporters,
    add_students,
    add_support,
    add_contacts,
    add_traces,
)

# Each gives the world rows of its own by `world.add(name, row)`, behind the second lock.
MORE: tuple[Callable[["World"], None], ...] = (
    add_mail,
    add_links,
    add_invitations,
    add_jobs,
    add_list_filters,
    add_people_around,
    add_case_changes,
    add_bookings,
    add_visits,
    add_numbers,
    add_reports,
    add_incidents,
    add_next_steps,
    add_merges,
    add_local_codes,
    add_school_breaks,
    add_feedback,
    add_tasks,
    add_other_time,
    add_library,
    add_groups,
    add_school_moves,
    add_supervision_topics,
    add_alarms,
    add_digests,
    add_reminders,
)


class World:
    """Builds itself; `names["students_student"][str(pk)]` is the name of a row, `rows[...]` the reverse."""

    home: Organisation
    away: Organisation
    schools: dict[str, School]
    users: dict[str, User]
    supporters: dict[str, PeerSupporter]
    students: dict[str, Student]

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        with owner():
            for add in (*FIRST, *MORE):
                add(self)
            add_history(self)

    def __getitem__(self, place: tuple[str, str]) -> Any:
        """The object of one row: `world["students_student", "own"]`."""
        return self.rows[place[0]][place[1]]

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        return {table: {str(row.pk): name for name, row in rows.items()} for table, rows in self.rows.items()}

    def user(self, actor: str) -> User | None:
        return self.users.get(actor)

    def add(self, name: str, row: Any) -> Any:
        self.rows.setdefault(row._meta.db_table, {})[name] = row
        return row


def all_tables() -> set[str]:
    """Every table of the database, as it is and not as the code believes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in cursor.fetchall()}
