"""Översikt: what needs a coordinator's decision. Three queries however much there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from overviews.rows.support import supported
from overviews.rows.words import days_since_met, joined, no_hurry, tries_since
from peersupport.lib.dates import day_of, days_since, monday_of, relative_day, short_date, start_of_day, today
from peersupport.lib.statements import rows_around
from peersupport.lib.urls import prefix
from safety.models import IncidentReport
from safety.rows import todays_bookings
from schools.models import UNOPENED, Membership
from students.models import Case, Referral, SchoolMove, Student
from visits.models import Participation, Task
from visits.queries import TIME_SINCE_MET, TRIES, counted_now

A_FEW = 6  # rows in a card; "all" is one click away
TRIAL_AHEAD = timedelta(days=7)  # a trial is to be checked within a week, or should have been
WAITING, QUIET, TRIAL = "waiting", "quiet", "trial"

# The figures stand on every line; without anybody to show there is one line with no section.
OVERVIEW = f"""
with supported as materialized ({{supported}}), waiting as materialized ({{waiting}}),
quiet as materialized (select q.* from {TIME_SINCE_MET} q where q.is_quiet),
figures as (
  select (select count(*) from supported) as supported_count,
         (select count(*) from waiting) as waiting_count,
         (select count(*) from quiet) as quiet_count,
         (select count(*) from ({{referrals}}) r) as referral_count,
         (select count(*) from ({{moves}}) m) as move_count,
         (select count(*) from ({{visits}}) v) as visit_count,
         (select count(*) from ({{incidents}}) n) as incident_count,
         invitations_to_look_at(%(unopened_since)s) as invitation_count,
         (select count(distinct p.contact_id) from ({{last_week}}) p) as contact_count,
         knows_breaks() as knows_breaks),
shown as (
  (select 'waiting' as section, student_id, id as case_id, null::bigint as supporter_id,
          waiting_since as on_day, false as is_booked_soon
     from waiting order by waiting_since, id limit %(a_few)s)
  union all
  (select 'quiet', student_id, case_id, supporter_id, since, is_booked_soon
     from quiet order by is_booked_soon, since, case_id limit %(a_few)s)
  union all
  (select 'trial', student_id, case_id, supporter_id, trial_until, false
     from supported where trial_until <= %(trial_ahead)s order by trial_until, id limit %(a_few)s))
select f.*, a.section, a.student_id, a.on_day, c.public_id as case_uuid,
       s.public_id, s.school_id, s.alias, s.is_protected, s.grade, s.school_form, o.name as school_name,
       i.given_name, i.family_name, u.given_name as who, p.public_id as who_uuid,
       q.starts_on, q.last_met_at, q.since, q.days, q.booked_at, q.rests, q.rests_until,
       case when a.section = 'quiet' then {TRIES} end as tries,
       case when a.section = 'quiet' then (
         select min(t.due_on) from ({{tasks}}) t where t.student_id = a.student_id and t.owner_id = p.user_id)
         end as asked_until
  from figures f
  left join (
    shown a
    join students_student s on s.id = a.student_id
    join students_case c on c.id = a.case_id
    join schools_school o on o.id = s.school_id
    left join quiet q on q.case_id = a.case_id and a.section = 'quiet'
    left join students_identity i on i.student_id = s.id
    left join supporters_peersupporter p on p.id = a.supporter_id
    left join accounts_user u on u.id = p.user_id) on true
 order by a.is_booked_soon, a.on_day, a.student_id
"""  # noqa: S608  our own texts


def lines(user: User) -> list[Any]:
    """The page's figures and pupils in one query: figures on every line, `section` None when there is nobody.

    Who is long since met is counted where Min dag and the list of pupils ask too (visits.queries).
    """
    monday = monday_of(today())
    last_week = Participation.objects.visible_to(user).filter(
        occurred_at__gte=start_of_day(monday - timedelta(days=7)), occurred_at__lt=start_of_day(monday)
    )
    return rows_around(
        OVERVIEW,
        {
            **counted_now(),
            "trial_ahead": today() + TRIAL_AHEAD,
            "a_few": A_FEW,
            "unopened_since": timezone.now() - UNOPENED,
        },
        supported=supported(user)
        .order_by()
        .values("id", "student_id", "case_id", "supporter_id", "trial_until"),
        waiting=Case.objects.visible_to(user)
        .waiting()
        .order_by()
        .values("id", "student_id", "waiting_since"),
        referrals=Referral.objects.visible_to(user).open().order_by().values("id"),
        last_week=last_week.order_by().values("contact_id"),
        incidents=IncidentReport.objects.visible_to(user).open().order_by().values("id"),
        visits=todays_bookings(user).order_by().values("id"),
        moves=SchoolMove.objects.for_answer_by(user).order_by().values("id"),
        tasks=Task.objects.visible_to(user).open().order_by().values("student_id", "owner_id", "due_on"),
    )


@dataclass(slots=True)
class Row:
    """One line of a card: who, what, and what to do."""

    pk: int  # the pupil's, for the access log
    school_id: int
    name: str
    is_protected: bool
    url: str
    beside: str
    text: str
    act: str
    act_url: str
    is_one_tap: bool = False  # the act is done by the button itself; else it leads to a page


class Urls:
    """The beginnings of the rows' addresses, looked up once a page."""

    def __init__(self) -> None:
        self.page: Callable[[Any], str] = prefix("overviews:student_detail")
        self.match: Callable[[Any], str] = prefix("students:match")
        self.supporter: Callable[[Any], str] = prefix("overviews:supporter_detail")
        self.ask: Callable[[Any], str] = prefix("visits:supporter_ask")


def student_rows(found: list[Any], user: User) -> dict[str, list[Row]]:
    """The first few of WAITING, QUIET and TRIAL each, the longest first, of `lines`."""
    urls = Urls()
    rows: dict[str, list[Row]] = {WAITING: [], QUIET: [], TRIAL: []}
    for line in found:
        if line.section is not None:
            rows[line.section].append(_row(line, urls, user))
    return rows


def _row(line: Any, urls: Urls, user: User) -> Row:
    student = Student(alias=line.alias, grade=line.grade, school_form=line.school_form)
    name = student.alias_label if line.given_name is None else f"{line.given_name} {line.family_name}"
    place = "" if line.is_protected else ", ".join(filter(None, (student.grade_label, line.school_name)))
    text, act, act_url = _words_of_section(line, urls, user)
    return Row(
        line.student_id,
        line.school_id,
        name,
        line.is_protected,
        urls.page(line.public_id),
        line.who or place,
        text,
        act,
        act_url,
        is_one_tap=line.section == QUIET,
    )


def _words_of_section(line: Any, urls: Urls, user: User) -> tuple[str, str, str]:
    """The second line, the button's words and where it leads; no button where there is nothing to do."""
    if line.section == WAITING:
        return waited(line.on_day), _("Match"), urls.match(line.case_uuid)
    act = _("Ask %(name)s") % {"name": line.who}
    if line.section == TRIAL:
        day = {"day": short_date(line.on_day)}
        text = _("Trial until %(day)s") if line.on_day >= today() else _("Trial ended %(day)s")
        return text % day, act, urls.supporter(line.who_uuid)
    met = days_since_met(line, in_school_days=user.acting.counts_school_days)
    asked = ""
    if line.asked_until is not None:
        asked = _("asked, due %(day)s") % {"day": short_date(line.asked_until)}
    text = joined(met, tries_since(line.tries), no_hurry(line), asked)
    return text, "" if asked else act, urls.ask(line.case_uuid)


def waited(since: date) -> str:
    """ "Väntat 16 dagar"."""
    days = days_since(since)
    if not days:
        return _("Waiting since today")
    return ngettext("Has waited %(count)s day", "Has waited %(count)s days", days) % {"count": days}


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A request nobody has answered yet."""

    name: str
    is_protected: bool
    url: str
    beside: str
    text: str


def referral_rows(user: User) -> list[ReferralRow]:
    """The open referrals that have waited longest."""
    found = Referral.objects.visible_to(user).open().select_related("school", "referred_by")
    waiting = found.only(
        *("public_id", "created_at", "protection", "given_name", "family_name", "school__name"),
        *("referred_by__given_name", "referred_by__family_name"),
    )
    return [
        ReferralRow(
            referral.name,
            referral.is_protected,
            reverse("students:referral_detail", args=[referral.public_id]),
            "" if referral.is_protected else referral.school.name,
            joined(relative_day(day_of(referral.created_at)), referral.referred_by.name),
        )
        for referral in waiting.order_by("created_at", "pk")[:A_FEW]
    ]


def memberships_to_confirm(user: User) -> list[Membership]:
    """Roles granted by an administrator that wait for this coordinator."""
    return list(Membership.objects.confirmable_by(user)[:A_FEW])
