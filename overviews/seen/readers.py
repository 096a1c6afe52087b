"""The rules of the second lock in words: for each condition, who it lets read, and of what.

A rule that is not put into words here is in no page: `readers_of` raises KeyError, and a test finds it first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from peersupport.scope.policies import JOB, POLICIES, groups, history, safety, schools, visits
from peersupport.scope.policies.rules import (
    AS_ADMIN,
    AS_COORDINATOR,
    AS_LEAD,
    AS_PEER_SUPPORTER,
    AS_REVIEWER,
    AT_MY_SCHOOLS,
    AT_MY_WORKPLACE,
    IN_MY_ORGANISATIONS,
    LINK,
    ME,
    MY_GROUPS,
    MY_LINK,
    MY_ORGANISATION,
    MY_OWN,
    MY_REFERRED,
    MY_SCHOOLS,
    MY_STUDENTS,
    MY_WORKPLACES,
    NOT_SEALED,
    OF_MY_STUDENTS,
    OF_MY_SUPPORTERS,
    OF_STUDENTS_WE_REFERRED,
    acting_as,
)
from schools.models import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SELF = "self"  # in the place of a role: whom the row is about
EVERYBODY_HERE = "everybody"  # in the place of a role: whoever has one in the organisation
ANYONE = "anyone"  # in the place of a role: whoever is named in the row, in any role


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may read, of which rows. `column`: it is whoever is named there; to them it says `own_limit`.

    SELF is whom the row is about, while they act in the role `acting` (ANYONE: in any).
    """

    role: str
    limit: "StrOrPromise" = ""
    column: str = ""
    own_limit: "StrOrPromise" = ""
    acting: str = ""

    def told_to(self, columns: frozenset[str]) -> "Reader":
        """As it is told on a page about whoever stands in `columns`."""
        if self.column not in columns:
            return self
        return replace(self, role=SELF, limit=self.own_limit, acting=self.role)


OF_THEIR_PUPILS = _("of pupils at their schools")
THE_PUPILS_OWN = _("the one the pupil has today")
UNLESS_PROTECTED = _("at the school that has referred the pupil, but for protected details")
IN_YOUR_ORGANISATION = _("in the same organisation")
WHILE_YOURS = _("while the pupil is yours")
WHO_WROTE_IT = _("the one who wrote it")
WHO_IS_NAMED = _("the one who was chosen or given the role")
WHO_IT_CAME_FROM = _("the one it came from")
OF_PUPILS_THEY_REFERRED = _("at the school that has referred the pupil")
HAS_GIVEN_OR_DOES = _("the one who gives it or is to do it")

COORDINATOR = Reader(Role.COORDINATOR, OF_THEIR_PUPILS)
COORDINATOR_BUT_SEALED = Reader(Role.COORDINATOR, _("of pupils at their schools, but for protected details"))
SUPPORTER = Reader(Role.PEER_SUPPORTER, THE_PUPILS_OWN)
SUPPORTER_BUT_SEALED = Reader(
    Role.PEER_SUPPORTER, _("the one the pupil has today, but for protected details")
)
IN_THE_GROUP = Reader(Role.PEER_SUPPORTER, _("those who lead the group or have a pupil in it"))
STAFF = Reader(Role.SCHOOL_STAFF, OF_PUPILS_THEY_REFERRED)
# How each stands on the page, in the order of the lines.
WHO: dict[str, "StrOrPromise"] = {
    SELF: _("You"),
    ANYONE: "",
    EVERYBODY_HERE: _("Everybody with a role"),
    Role.PEER_SUPPORTER: _("Peer supporters"),
    Role.COORDINATOR: _("Coordinators"),
    Role.SUPERVISOR: _("Supervisors"),
    Role.SCHOOL_STAFF: _("School staff"),
    Role.LEAD: _("Programme leads"),
    Role.ADMIN: _("System administrators"),
    Role.REVIEWER: _("Reviewers"),
    LINK: _("Whoever has the link"),
}

# The same on the page of someone who acts in that role, when nothing else says "You".
WHO_WITH_YOU: dict[str, "StrOrPromise"] = {
    Role.PEER_SUPPORTER: _("You and other peer supporters"),
    Role.COORDINATOR: _("You and other coordinators"),
}

# What my_supporters() answers for each role.
WHO_SEES_A_SUPPORTER = (
    Reader(Role.COORDINATOR, _("of the whole organisation, or of a school where the person is placed")),
    Reader(Role.SUPERVISOR, _("of those they supervise")),
    Reader(Role.LEAD, IN_YOUR_ORGANISATION),
)


def _the_one(column: str, limit: "StrOrPromise" = WHO_IS_NAMED) -> tuple[Reader, ...]:
    return (Reader(ANYONE, limit, column),)


def _author(*roles: str, own_limit: "StrOrPromise" = "") -> tuple[Reader, ...]:
    return tuple(Reader(role, WHO_WROTE_IT, "author_id", own_limit) for role in roles)


def _in_the_organisation(role: str) -> tuple[Reader, ...]:
    return (Reader(role, IN_YOUR_ORGANISATION),)


IN_WORDS: dict[str, tuple[Reader, ...]] = {
    # Of oneself
    f"user_id = {ME}": _the_one("user_id"),
    f"about_user_id = {ME}": (
        Reader(Role.PEER_SUPPORTER, _("the one whose page was opened"), "about_user_id"),
    ),
    f"made_by_id = {ME}": _the_one("made_by_id", WHO_IT_CAME_FROM),
    f"author_id = {ME} and {acting_as('peer_supporter', 'coordinator')}": _author(
        Role.PEER_SUPPORTER, Role.COORDINATOR
    ),
    MY_OWN: _author(Role.PEER_SUPPORTER, own_limit=WHILE_YOURS),
    f"{OF_MY_STUDENTS} and {OF_MY_SUPPORTERS}": (
        Reader(Role.PEER_SUPPORTER, THE_PUPILS_OWN, "supporter_id", WHILE_YOURS),
    ),
    # By the pupil's school, the pupil's supporter, who referred
    AT_MY_SCHOOLS: (COORDINATOR,),
    f"{AT_MY_SCHOOLS} and merged_into_id is null": (COORDINATOR,),
    f"{AT_MY_SCHOOLS} or to_school_id = {MY_SCHOOLS}": (COORDINATOR,),
    f"{AT_MY_SCHOOLS} and {NOT_SEALED}": (COORDINATOR_BUT_SEALED,),
    f"access_school_id = {MY_SCHOOLS}": (COORDINATOR,),
    "exists (select 1 from visits_participation p where p.contact_id = visits_contact.id"
    f" and p.school_id = {MY_SCHOOLS})": (COORDINATOR,),
    "school_ids <> '{}' and school_ids <@ (select my_schools())::bigint[]": (COORDINATOR,),
    f"id = {MY_STUDENTS}": (SUPPORTER,),
    OF_MY_STUDENTS: (SUPPORTER,),
    f"{OF_MY_STUDENTS} and {NOT_SEALED}": (SUPPORTER_BUT_SEALED,),
    f"id = {MY_REFERRED}": (STAFF,),
    f"{OF_STUDENTS_WE_REFERRED} and {NOT_SEALED}": (replace(STAFF, limit=UNLESS_PROTECTED),),
    AT_MY_WORKPLACE: (STAFF,),
    # By the organisation
    f"organisation_id = {MY_ORGANISATION} and {AS_COORDINATOR}": _in_the_organisation(Role.COORDINATOR),
    f"{IN_MY_ORGANISATIONS} and {AS_COORDINATOR}": _in_the_organisation(Role.COORDINATOR),
    f"{IN_MY_ORGANISATIONS} and {AS_LEAD}": _in_the_organisation(Role.LEAD),
    f"{IN_MY_ORGANISATIONS} and {AS_ADMIN}": _in_the_organisation(Role.ADMIN),
    f"{IN_MY_ORGANISATIONS} and {AS_REVIEWER}": _in_the_organisation(Role.REVIEWER),
    schools.TO_THE_COORDINATORS_ROLES: (Reader(Role.COORDINATOR, _("of roles at their schools")),),
    f"{AS_ADMIN} and user_id in (select user_id from schools_membership"
    f" where role = 'admin' and organisation_id = {MY_ORGANISATION})": _in_the_organisation(Role.ADMIN),
    # Of supporters
    "id = any ((select my_supporters())::bigint[])": (
        Reader(Role.PEER_SUPPORTER, WHO_IS_NAMED, "user_id"),
        *WHO_SEES_A_SUPPORTER,
    ),
    OF_MY_SUPPORTERS: (Reader(Role.PEER_SUPPORTER, WHO_IS_NAMED, "supporter_id"), *WHO_SEES_A_SUPPORTER),
    f"{AS_PEER_SUPPORTER} and id in"
    " (select e.supporter_id from supporters_livedexperience e where e.sharing = 'team')": (
        Reader(
            Role.PEER_SUPPORTER, _("in the same organisation, if the own experience is shared with the team")
        ),
    ),
    f"{OF_MY_SUPPORTERS} and {AS_PEER_SUPPORTER}": (
        Reader(Role.PEER_SUPPORTER, WHO_WROTE_IT, "supporter_id"),
    ),
    "sharing = 'team' and supporter_id = any ((select my_team())::bigint[])": tuple(
        Reader(role, _("only if it is shared with the team"))
        for role in (Role.COORDINATOR, Role.SUPERVISOR, Role.PEER_SUPPORTER)
    ),
    # Tasks: about a pupil, or about nobody
    visits.TASK_OF_COORDINATOR: (
        Reader(Role.COORDINATOR, _("about pupils at their schools, and what they give or are to do")),
    ),
    visits.TASK_OF_SUPPORTER: (
        Reader(Role.PEER_SUPPORTER, HAS_GIVEN_OR_DOES, "owner_id"),
        Reader(Role.PEER_SUPPORTER, HAS_GIVEN_OR_DOES),
    ),
    # A supporter's own list for supervision
    visits.OWN_TOPIC: _author(Role.PEER_SUPPORTER),
    # Time without a pupil
    visits.MY_OTHER_TIME: (Reader(Role.PEER_SUPPORTER, WHO_WROTE_IT, "supporter_id"),),
    f"{AS_COORDINATOR} and {OF_MY_SUPPORTERS}": (WHO_SEES_A_SUPPORTER[0],),
    # Groups
    f"id = {MY_GROUPS}": (IN_THE_GROUP,),
    f"series_id = {MY_GROUPS}": (IN_THE_GROUP,),
    f"author_id = {ME} and {AS_PEER_SUPPORTER} and {groups.OF_A_DATE_I_SEE}": _author(Role.PEER_SUPPORTER),
    # Home visits
    safety.MY_VISITS: (Reader(Role.PEER_SUPPORTER, _("the one whose visit it is"), "supporter_id"),),
    safety.OF_MY_KEY: (Reader(LINK, _("only that one row")),),
    f"{AS_COORDINATOR} and {safety.OF_A_VISIT_I_SEE}": (COORDINATOR,),
    f"{AS_PEER_SUPPORTER} and {safety.OF_A_VISIT_I_SEE}": (
        Reader(Role.PEER_SUPPORTER, _("the one whose visit it is")),
    ),
    safety.MY_OWN_AS_STAFF: _author(Role.SCHOOL_STAFF),
    safety.MY_INCIDENTS: _author(Role.PEER_SUPPORTER),
    safety.INCIDENTS_AS_COORDINATOR: (
        Reader(Role.COORDINATOR, _("of the whole organisation, or of a school where the author is placed")),
    ),
    safety.IN_USE: (
        Reader(Role.PEER_SUPPORTER, IN_YOUR_ORGANISATION),
        Reader(Role.SCHOOL_STAFF, IN_YOUR_ORGANISATION),
    ),
    # Links
    f"organisation_id = {MY_ORGANISATION} and {AS_PEER_SUPPORTER} and withdrawn_at is null": (
        Reader(Role.PEER_SUPPORTER, _("in the same organisation, until it is withdrawn")),
    ),
    f"id = {MY_LINK}": (Reader(LINK, _("only that one row")),),
}

# History asks the row itself, or the pupil: the first that stands in the condition says whom it lets in.
OF_HISTORY: tuple[tuple[str, Reader], ...] = (
    (history.IS_MINE, Reader(Role.PEER_SUPPORTER, WHO_WROTE_IT, "author_id", WHILE_YOURS)),
    (history.IS_OF_MY_STUDENTS, SUPPORTER),
    (MY_WORKPLACES, STAFF),
    (MY_SCHOOLS, COORDINATOR),
)


def readers_of(table: str, columns: Iterable[str] = ()) -> tuple[Reader, ...]:
    """Who may read rows of `table`, each role once, as told on a page about whoever `columns` name.

    Without columns nobody is SELF. KeyError for a rule that nobody has put into words. A table without a rule
    has no reader; of the tables of signing in that would be untrue, and `staff` says by hand who reads them.
    """
    mine = frozenset(columns)
    found: dict[tuple[str, str], Reader] = {}
    for name, rule in POLICIES.get(table, {}).items():
        if name == JOB or not rule.read:  # the worker is a program
            continue
        for reader in _in_words(table, rule.read):
            told = reader.told_to(mine)
            found.setdefault((told.role, told.acting), told)
    return tuple(found.values())


def _in_words(table: str, condition: str) -> tuple[Reader, ...]:
    if table in history.POLICIES and condition not in IN_WORDS:
        return next((reader,) for part, reader in OF_HISTORY if part in condition)
    return IN_WORDS[condition]
