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

What came later stands in modules beside this one, one for each noun, named in MORE.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from accounts.models import AccessLog, User
from operations.models import FormKey
from peersupport.demo.factories import (
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    GuardianFactory,
    LivedExperienceFactory,
    MembershipFactory,
    OrganisationFactory,
    PeerSupporterFactory,
    PlacementFactory,
    ReferralFactory,
    SchoolContactFactory,
    SchoolFactory,
    StudentFactory,
    UserFactory,
)
from peersupport.demo.owner import owner
from peersupport.lib.dates import today
from schools.models import Role
from students.models import NamedPerson, ProtectionChange, ReferralStatus, ReferralStatusChange, Whereabouts
from tests.peersupport.world.bookings import add_bookings
from tests.peersupport.world.case_changes import add_case_changes
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
from tests.peersupport.world.next_steps import add_next_steps
from tests.peersupport.world.other_time import add_other_time
from tests.peersupport.world.people_around import add_people_around
from tests.peersupport.world.school_breaks import add_school_breaks
from tests.peersupport.world.school_moves import add_school_moves
from tests.peersupport.world.supervision import add_supervision_topics
from tests.peersupport.world.tasks import add_tasks
from visits.models import Contact

KEY = {
    "students_identity": "student_id",
    "students_whereabouts": "student_id",
    "visits_contactnote": "participation_id",
    "visits_feedbackanswer": "feedback_id",
    "visits_groupcontact": "contact_id",
    "operations_formkey": "key",
    **dict.fromkeys(EVENT_TABLES, "pgh_id"),
}

# Who asks. The last has no scope at all.
ACTORS = (
    "coordinator",
    "school_coordinator",
    "peer_supporter",
    "supervisor",
    "school_staff",
    "lead",
    "admin",
    "reviewer",
    "unconfirmed",
    "ended",
    "deactivated",
    "no_membership",
    "nobody",
)

# Who is no person: the worker, a role of the database, and whoever has opened the coordinator's link.
JOB, LINK = "job", "link"
ASKERS = (*ACTORS, JOB, LINK)

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
)


class World:
    """Builds itself; `names["students_student"][str(pk)]` is the name of a row, `rows[...]` the reverse."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        with owner():
            self._places()
            self._people()
            self._supporters()
            self._students()
            self._cases()
            self._contacts()
            self._traces()
            for add_more in MORE:
                add_more(self)
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

    def _places(self) -> None:
        self.home = self.add("home", OrganisationFactory())
        self.away = self.add("away", OrganisationFactory())
        self.add("association", OrganisationFactory(kind="association"))
        self.schools = {
            "north": self.add("north", SchoolFactory(organisation=self.home)),
            "south": self.add("south", SchoolFactory(organisation=self.home)),
            "away": self.add("away", SchoolFactory(organisation=self.away)),
        }
        for name, school in self.schools.items():
            self.add(name, SchoolContactFactory(school=school))

    def _people(self) -> None:
        self.users = {name: UserFactory(is_active=name != "deactivated") for name in ACTORS[:-1]}
        for name in ("colleague", "south", "away", "away_coordinator", "staff"):
            self.users[name] = UserFactory()
        home, north = {"organisation": self.home}, {"school": self.schools["north"]}
        away = {"organisation": self.away}
        # By the operator, who needs nobody's leave:
        self._member("coordinator", Role.COORDINATOR, **home)
        self._member("school_coordinator", Role.COORDINATOR, **north)
        self._member("lead", Role.LEAD, **home)
        self._member("admin", Role.ADMIN, **home)
        self._member("reviewer", Role.REVIEWER, **home)
        self._member("ended", Role.COORDINATOR, ended=True, **home)
        self._member("away", Role.PEER_SUPPORTER, **away)
        self._member("away_coordinator", Role.COORDINATOR, **away)
        # By those who may grant:
        coordinator, admin = self.users["coordinator"], self.users["admin"]
        self._member("peer_supporter", Role.PEER_SUPPORTER, granted_by=coordinator, **home)
        self._member("colleague", Role.PEER_SUPPORTER, granted_by=coordinator, **home)
        self._member("south", Role.PEER_SUPPORTER, granted_by=coordinator, confirmed_by=admin, **home)
        self._member("school_staff", Role.SCHOOL_STAFF, granted_by=coordinator, **north)
        self._member("staff", Role.SCHOOL_STAFF, granted_by=self.users["school_coordinator"], **north)
        self._member("supervisor", Role.SUPERVISOR, granted_by=admin, confirmed_by=admin, **home)
        self._member("unconfirmed", Role.COORDINATOR, granted_by=admin, unconfirmed=True, **home)
        self._member("deactivated", Role.COORDINATOR, granted_by=admin, **home)

    def _member(self, name: str, role: Role, **fields: Any) -> None:
        self.add(name, MembershipFactory(user=self.users[name], role=role, **fields))

    def _supporters(self) -> None:
        supervisor, schools = self.users["supervisor"], self.schools
        places = {"own": "north", "colleague": "north", "south": "south", "away": "away"}
        self.supporters = {}
        for name, place in places.items():
            self.supporters[name] = PeerSupporterFactory(
                user=self.users["peer_supporter" if name == "own" else name],
                organisation=schools[place].organisation,
                supervisor=supervisor if name == "own" else None,
                school=None,
            )
            self.add(name, self.supporters[name])
            self.add(name, PlacementFactory(supporter=self.supporters[name], school=schools[place]))
            sharing = "nobody" if name == "own" else "team"
            self.add(name, LivedExperienceFactory(supporter=self.supporters[name], sharing=sharing))
        year_ago = today() - timedelta(days=400)
        earlier = {"starts_on": year_ago, "ends_on": year_ago + timedelta(days=30)}
        self.add(
            "earlier", PlacementFactory(supporter=self.supporters["own"], school=schools["north"], **earlier)
        )

    def _students(self) -> None:
        self.students = {}
        for name in (*_AT_NORTH, "moved", "south", "away"):
            place = "south" if name in {"moved", "south"} else "away" if name == "away" else "north"
            protection = "marked" if name == "protected" else "none"
            student = StudentFactory(
                school=self.schools[place],
                protection=protection,
                given_name="Alva",
                family_name=family_name(name),
            )
            self.students[name] = self.add(name, student)
            self.add(name, student.identity)
            self.add(name, student.enrolments.get())
            if name in {"own", "protected", "south", "away"}:
                self.add(name, GuardianFactory(student=student, family_name=guardian_name(name)))
                self.add(name, Whereabouts.objects.create(student=student, school_id=student.school_id))
        self._protection()

    def _protection(self) -> None:
        by = {"south": "coordinator", "protected": "school_coordinator", "away": "away_coordinator"}
        for name, user in by.items():
            student = self.students[name]
            change = {"before": "none", "after": "marked", "changed_by": self.users[user]}
            self.add(
                name, ProtectionChange.objects.create(student=student, school_id=student.school_id, **change)
            )
        for name, chosen, chooser in (
            ("coordinator", "coordinator", "coordinator"),
            ("colleague", "colleague", "school_coordinator"),
            ("lead", "lead", "coordinator"),
        ):
            self._named(name, self.students["protected"], self.users[chosen], self.users[chooser])
        self._named("away", self.students["away"], self.users["away"], self.users["away_coordinator"])

    def _named(self, name: str, student: Any, user: User, by: User) -> None:
        row = NamedPerson.objects.create(
            student=student, school_id=student.school_id, user=user, chosen_by=by
        )
        self.add(name, row)

    def _cases(self) -> None:
        supporter_of = {name: "own" for name in ("own", "ended", "upcoming", "protected")}
        supporter_of |= {"colleague": "colleague", "south": "south", "away": "away"}
        for name in (*supporter_of, "moved"):
            student = self.students[name]
            by = self.users["away_coordinator" if name == "away" else "coordinator"]
            case = CaseFactory(student=student, referral=self._referral(name, student), opened_by=by)
            self.add(name, case)
            if name in supporter_of:
                supporter = self.supporters[supporter_of[name]]
                self.add(name, AssignmentFactory(case=case, supporter=supporter, **_period(name)))
        north = self.schools["north"]
        for name, by in {"new": "school_staff", "staffs_new": "staff"}.items():
            words = {"referred_by": self.users[by], "family_name": family_name(name)}
            self.add(name, ReferralFactory(school=north, **words))
        for name, by in {
            "own": "coordinator",
            "new": "school_staff",
            "south": "staff",
            "away": "away",
        }.items():
            referral = self["students_referral", name]
            step = {"school_id": referral.school_id, "status": referral.status, "by": self.users[by]}
            self.add(name, ReferralStatusChange.objects.create(referral=referral, **step))

    def _referral(self, name: str, student: Any) -> Any:
        """Accepted; at the pupil's school, but where the pupil has moved since."""
        by = "school_staff" if name == "own" else "away" if name == "away" else "staff"
        words = {"given_name": "Alva", "family_name": family_name(name)}
        if name == "protected":
            words = {"given_name": "", "family_name": "", "search_key": ""}
        referral = ReferralFactory(
            school=self.schools["north"] if name == "moved" else student.school,
            student=student,
            status=ReferralStatus.ACCEPTED,
            protection=student.protection,
            referred_by=self.users[by],
            **words,
        )
        return self.add(name, referral)

    def _contacts(self) -> None:
        for name in ("own", "ended", "colleague", "south", "away"):
            self._contact(name, ContactFactory(assignment=self["students_assignment", name], note=note(name)))
        assignment = self["students_assignment", "own"]
        for name in ("coordinator", "school_coordinator"):
            by = {"author": self.users[name], "supporter": None}
            self._contact(name, ContactFactory(assignment=assignment, note=note(name), **by))
        # In a colleague's name: nobody may write that.
        named = {"author": self.users["peer_supporter"], "supporter": self.supporters["colleague"]}
        self._contact(
            "colleagues_name", ContactFactory(assignment=assignment, note=note("colleagues_name"), **named)
        )

        # Of no pupil, but of a school; from before the school was asked for, of nobody but the author.
        heads = {"author": self.users["peer_supporter"], "supporter": self.supporters["own"], "head_count": 7}
        kind = {"kind": "break_presence", "minutes": 30}
        self.add("heads", Contact.objects.create(school=self.schools["north"], **kind, **heads))
        self.add("heads_nowhere", Contact.objects.create(**kind, **heads))

    def _contact(self, name: str, contact: Any) -> None:
        self.add(name, contact)
        participation = self.add(name, contact.participations.get())
        self.add(name, participation.note)

    def _traces(self) -> None:
        north, south, away = (self.schools[name].pk for name in ("north", "south", "away"))
        self._log("coordinator", "coordinator", self.home, [north], of=("own",))
        self._log("peer_supporter", "peer_supporter", self.home, [north])
        self._log("south", "south", self.home, [south])
        self._log("both", "lead", self.home, [north, south])
        self._log("denied", "supervisor", self.home, [], action="denied")
        self._log("opening", "peer_supporter", self.home, [north], action="open_identity")
        self._log("away", "away", self.away, [away])
        # Of a supporter's page: by who sees it, twice; and one that nobody may claim.
        self._log("about_own", "coordinator", self.home, [], about="peer_supporter")
        self._log("about_colleague", "lead", self.home, [], about="colleague")
        self._log("about_away", "coordinator", self.home, [], about="away")
        for name in ("coordinator", "peer_supporter", "away"):
            key = FormKey.objects.create(key=uuid.uuid4(), user_id=self.users[name].pk, body_digest="x")
            self.add(name, key)
        old = {"key": uuid.uuid4(), "at": timezone.now() - timedelta(days=8), "body_digest": "x"}
        self.add("old", FormKey.objects.create(user_id=self.users["away"].pk, **old))
        for kind in ContentType.objects.all():
            self.add(f"{kind.app_label}.{kind.model}", kind)
        for name in ("admin", "away"):
            self.add(name, _admin_entry(self.users[name]))

    def _log(
        self,
        name: str,
        user: str,
        organisation: Any,
        schools: list[int],
        action: str = "list",
        about: str = "",
        of: tuple[str, ...] = (),
    ) -> None:
        where = {"organisation_id": organisation.pk, "school_ids": schools, "role": "?", "page": "?"}
        where["student_ids"] = [self.students[one].pk for one in of]
        where["about_user_id"] = self.users[about].pk if about else None
        self.add(name, AccessLog.objects.create(user_id=self.users[user].pk, action=action, **where))


def family_name(name: str) -> str:
    """One of its kind, so that it can be looked for on pages."""
    return f"{name.title().replace('_', '')}sson"


def guardian_name(name: str) -> str:
    return f"{name.title()}vårdare"


def note(name: str) -> str:
    return f"Anteckning om {name}."


_AT_NORTH = ("own", "colleague", "ended", "upcoming", "protected", "unreferred")


def _period(name: str) -> dict[str, Any]:
    if name == "ended":
        return {"ended": True}
    return {"starts_on": today() + timedelta(days=1)} if name == "upcoming" else {}


def _admin_entry(user: User) -> LogEntry:
    kind = ContentType.objects.get(app_label="accounts", model="user")
    return LogEntry.objects.create(
        user=user,
        content_type=kind,
        object_id="1",
        object_repr="1",
        action_flag=ADDITION,
        action_time=timezone.now(),
    )


def all_tables() -> set[str]:
    """Every table of the database, as it is and not as the code believes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in cursor.fetchall()}
