"""Elevsida's timeline: all that has happened, of whatever kind, the latest first. One query a page.

Each source says when its events happened; one statement orders and cuts them, and only the rows of the page
are then loaded. Every source begins at `visible_to(user)`.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.statements import rows_around
from schools.codes import CONTACT_KIND, Chosen, Words
from students.models import Assignment, Case, CaseStatusChange, ProtectionChange, Student
from visits.models import Booking, NextStep, Participation

PAGE = 20
CONTACTS, SUPPORT, SUPPORTERS = "contacts", "support", "supporters"
BOOKINGS, STEPS, PROTECTION = "bookings", "steps", "protection"
WHAT = [
    (CONTACTS, _("Contacts")),
    (BOOKINGS, _("Bookings")),
    (STEPS, _("Next steps")),
    (SUPPORT, _("The support")),
    (SUPPORTERS, _("Peer supporters")),
    (PROTECTION, _("Protection")),
]
WITH_KIND = (CONTACTS, BOOKINGS)  # what a kind of contact narrows
MIDNIGHT = "{}::timestamp at time zone 'Europe/Stockholm'"

# source → the events in it; `{…}` is a queryset of its rows.
# ruff: noqa: S608  our own texts
EVENTS = {
    CONTACTS: ["select 'contact' as what, id, occurred_at as at from ({contacts}) c"],
    SUPPORT: [
        "select 'opened' as what, id, opened_at as at from ({cases}) c",
        "select 'status' as what, id, at from ({changes}) c",
    ],
    SUPPORTERS: [
        # At the hour when it was decided, if that was the same day.
        f"select 'begun' as what, id, case when created_at >= {MIDNIGHT.format('starts_on')}"
        f" and created_at < {MIDNIGHT.format('(starts_on + 1)')} then created_at"
        f" else {MIDNIGHT.format('starts_on')} end as at from ({{assignments}}) a"
        f" where starts_on <= %(today)s and (ended_at is null or ended_at >= {MIDNIGHT.format('starts_on')})",
        f"select 'left' as what, id, least(ended_at, {MIDNIGHT.format('(ends_on + 1)')}) as at"
        " from ({assignments}) a where ended_at is not null or ends_on < %(today)s",
    ],
    # One that is noted stands there as the contact it became.
    BOOKINGS: [
        "select 'booking' as what, id, coalesce(cancelled_at, starts_at) as at from ({bookings}) b"
        " where status = 'cancelled' or (status = 'planned' and ends_at < now())",
        # Groups are a kind of contact of their own.
        "select what, id, at from of_groups where %(kind)s in ('', 'group')",
    ],
    STEPS: [
        "select 'step' as what, id, written_at as at from ({steps}) s",
        "select 'step_done' as what, id, done_at as at from ({steps}) s where done_at is not null",
    ],
    PROTECTION: ["select 'protection' as what, id, changed_at as at from ({protections}) p"],
}

# A token names an event without its number: an address holds no row's number.
TOKEN = "md5(e.what || ':' || e.id)::uuid"  # noqa: S105  no secret
SAID = """(
  select jsonb_agg(jsonb_build_object(
           'public_id', f.public_id, 'kind', f.kind, 'text', f.text, 'created_at', f.created_at,
           'answer', w.text, 'closed_at', f.closed_at, 'author_id', f.author_id, 'made_by_id', f.made_by_id,
           'made_by', m.given_name) order by f.created_at, f.id)::text
    from visits_feedback f join accounts_user m on m.id = f.made_by_id
    left join visits_feedbackanswer w on w.feedback_id = f.id
   where f.participation_id = p.id)"""
TIMELINE = f"""
with of_groups as materialized (select * from group_changes(%(student)s)),
events as materialized ({{events}}),
mark as (select e.at, e.what, e.id from events e where {TOKEN} = %(after)s::uuid),
page as (
  select e.* from events e
   where not exists (select 1 from mark) or (e.at, e.what, e.id) < (select at, what, id from mark)
   order by e.at desc, e.what desc, e.id desc limit %(size)s)
select e.what, e.at, {TOKEN} as token, exists (select 1 from mark) as is_later, u.id as who_id,
       u.given_name, u.family_name, coalesce(p.kind, b.kind) as kind, p.outcome, p.next_step, p.step_done_at,
       c.public_id as contact, c.minutes, c.topics, c.local_topics, c.is_planned, p.purposes,
       p.local_purposes, c.mode, c.local_kind_id as local_kind,
       c.local_mode_id as local_mode, c.supporter_id as contact_supporter, n.text as note, n.pupils_words,
       n.written_together, {SAID} as said, coalesce(c.place, b.place) as place, b.public_id as booking,
       b.status as booking_status, b.starts_at, b.cancelled_because, b.cancel_note,
       s.before, s.after, s.until, s.end_reason, s.reason, s.learnt,
       a.kind as assignment_kind, a.end_reason as left_reason, t.text as step, x.before as protection_before,
       x.after as protection_after, g.called, g.starts_at as group_at, g.place as group_place, g.because,
       g.last_day, g.told_at, g.is_to_be_told
  from page e
  left join of_groups g on g.what = e.what and g.id = e.id
  left join visits_participation p on e.what = 'contact' and p.id = e.id
  left join visits_contact c on c.id = p.contact_id
  left join visits_contactnote n on n.participation_id = p.id
  left join visits_booking b on e.what = 'booking' and b.id = e.id
  left join visits_nextstep t on e.what in ('step', 'step_done') and t.id = e.id
  left join students_case k on e.what = 'opened' and k.id = e.id
  left join students_casestatuschange s on e.what = 'status' and s.id = e.id
  left join students_assignment a on e.what in ('begun', 'left') and a.id = e.id
  left join students_protectionchange x on e.what = 'protection' and x.id = e.id
  left join supporters_peersupporter r on r.id = coalesce(a.supporter_id, b.supporter_id)
  left join accounts_user u on u.id = coalesce(p.author_id, r.user_id, k.opened_by_id, s.by_id,
       x.changed_by_id, case when e.what = 'step_done' then t.done_by_id else t.written_by_id end)
 order by e.at desc, e.what desc, e.id desc
"""  # noqa: S608  our own texts


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the timeline is narrowed to; an unknown word narrows nothing."""

    what: str = ""
    kind: str = ""  # as the address says it: a national code, or one of the organisation's own
    chosen: Chosen | None = None

    @classmethod
    def asked(cls, what: str, kind: str, words: Words) -> "Narrowing":
        chosen = words.read(CONTACT_KIND, kind)
        return cls(what if what in EVENTS else "", kind if chosen else "", chosen)

    def __bool__(self) -> bool:
        return bool(self.what or self.kind)

    @property
    def sources(self) -> list[str]:
        """A kind of contact leaves out all that has none."""
        sources = [self.what] if self.what else list(EVENTS)
        return [source for source in sources if source in WITH_KIND or not self.kind]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    lines: list[Any]
    next_token: str
    is_first: bool


def timeline(student: Student, user: User, narrowing: Narrowing, after: UUID | None) -> TimelinePage:
    """The events after the one that the token `after` names; an unknown token gives the first page."""
    sources = narrowing.sources
    if not sources:
        return TimelinePage([], "", True)
    events = "\nunion all\n".join(event for source in sources for event in EVENTS[source])
    querysets = _querysets(student, user, narrowing)
    found = rows_around(
        TIMELINE.replace("{events}", events),
        {
            "after": after,
            "size": PAGE + 1,
            "today": today(),
            "student": student.pk,
            "kind": narrowing.chosen.code if narrowing.chosen else "",
        },
        **{name: rows for name, rows in querysets.items() if f"{{{name}}}" in events},
    )
    lines = found[:PAGE]
    is_first = not found[0].is_later if found else True
    return TimelinePage(lines, str(lines[-1].token) if len(found) > PAGE else "", is_first)


def _querysets(student: Student, user: User, narrowing: Narrowing) -> dict[str, QuerySet[Any, Any]]:
    of: dict[str, Any] = {
        "contacts": Participation.objects,
        "cases": Case.objects,
        "changes": CaseStatusChange.objects,
        "assignments": Assignment.objects,
        "bookings": Booking.objects,
        "steps": NextStep.objects,
        "protections": ProtectionChange.objects,
    }
    rows = {name: objects.visible_to(user).filter(student=student) for name, objects in of.items()}
    if chosen := narrowing.chosen:
        rows["contacts"] = rows["contacts"].filter(kind=chosen.code)
        rows["bookings"] = rows["bookings"].filter(kind=chosen.code)
        if chosen.local_id:
            rows["contacts"] = rows["contacts"].filter(contact__local_kind=chosen.local_id)
    return {name: found.order_by().values(*COLUMNS[name]) for name, found in rows.items()}


COLUMNS = {
    "contacts": ("id", "occurred_at"),
    "cases": ("id", "opened_at"),
    "changes": ("id", "at"),
    "assignments": ("id", "created_at", "starts_on", "ends_on", "ended_at"),
    "bookings": ("id", "status", "starts_at", "ends_at", "cancelled_at"),
    "steps": ("id", "written_at", "done_at"),
    "protections": ("id", "changed_at"),
}
