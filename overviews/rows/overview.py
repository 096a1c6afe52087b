"""Översikt: what needs a coordinator's decision. Three queries however much there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from overviews.rows.support import supported
from overviews.rows.words import joined, last_met, tries_since
from peersupport.lib.dates import day_of, days_since, monday_of, relative_day, short_date, start_of_day, today
from peersupport.lib.statements import rows_around
from peersupport.lib.urls import prefix
from schools.models import UNOPENED, Membership, Organisation
from students.models import Case, Referral, SchoolMove, Student
from visits.models import Participation
from visits.queries import QUIET_SINCE, TRIES, in_vain, with_last_contact

A_FEW = 6  # rows in a card; "all" is one click away
TRIAL_AHEAD = timedelta(days=7)  # a trial is to be checked within a week, or should have been
WAITING, QUIET, TRIAL = "waiting", "quiet", "trial"

# The figures stand on every line; without anybody to show there is one line with no section.
OVERVIEW = f"""
with supported as materialized ({{supported}}), waiting as materialized ({{waiting}}),
figures as (
  select o.days_without_contact,
         (select count(*) from supported) as supported_count,
         (select count(*) from waiting) as waiting_count,
         (select count(*) from ({{referrals}}) r) as referral_count,
         (select count(*) from ({{moves}}) m) as move_count,
         invitations_to_look_at(%(unopened_since)s) as invitation_count,
         (select count(distinct p.contact_id) from ({{last_week}}) p) as contact_count
    from ({{organisation}}) o),
counted as (select a.*, {QUIET_SINCE} as quiet_since from supported a),
shown as (
  (select 'waiting' as section, student_id, id as case_id, null::bigint as supporter_id,
          waiting_since as on_day, waiting_since as starts_on, null::timestamptz as last_contact_at
     from waiting order by waiting_since, id limit %(a_few)s)
  union all
  (select 'quiet', student_id, case_id, supporter_id, quiet_since, starts_on, last_contact_at::timestamptz
     from counted, figures where quiet_since < %(today)s - days_without_contact
      and (paused_until is null or paused_until < %(today)s)
    order by quiet_since, id limit %(a_few)s)
  union all
  (select 'trial', student_id, case_id, supporter_id, trial_until, starts_on, null::timestamptz
     from counted where trial_until <= %(trial_ahead)s order by trial_until, id limit %(a_few)s))
select f.*, a.section, a.student_id, a.on_day, a.starts_on, a.last_contact_at, c.public_id as case_uuid,
       s.public_id, s.school_id, s.alias, s.is_protected, s.grade, s.school_form, o.name as school_name,
       i.given_name, i.family_name, u.given_name as who, p.public_id as who_uuid,
       case when a.section = 'quiet' then {TRIES} end as tries
  from figures f
  left join (
    (select *, on_day as quiet_since from shown) a
    join students_student s on s.id = a.student_id
    join students_case c on c.id = a.case_id
    join schools_school o on o.id = s.school_id
    left join students_identity i on i.student_id = s.id
    left join supporters_peersupporter p on p.id = a.supporter_id
    left join accounts_user u on u.id = p.user_id) on true
 order by a.on_day, a.student_id
"""  # noqa: S608  our own texts


def lines(user: User) -> list[Any]:
    """The page's figures and pupils in one query: figures on every line, `section` None when there is nobody.

    Who is quiet follows the organisation's own `days_without_contact`.
    """
    monday = monday_of(today())
    last_week = Participation.objects.visible_to(user).filter(
        occurred_at__gte=start_of_day(monday - timedelta(days=7)), occurred_at__lt=start_of_day(monday)
    )
    columns = ("id", "student_id", "case_id", "supporter_id", "starts_on", "trial_until", "last_contact_at")
    paused_until = F("case__paused_until")
    return rows_around(
        OVERVIEW,
        {
            "today": today(),
            "trial_ahead": today() + TRIAL_AHEAD,
            "a_few": A_FEW,
            "unopened_since": timezone.now() - UNOPENED,
        },
        supported=with_last_contact(supported(user), user=user)
        .order_by()
        .values(*columns, paused_until=paused_until),
        waiting=Case.objects.visible_to(user)
        .waiting()
        .order_by()
        .values("id", "student_id", "waiting_since"),
        referrals=Referral.objects.visible_to(user).open().order_by().values("id"),
        last_week=last_week.order_by().values("contact_id"),
        moves=SchoolMove.objects.for_answer_by(user).order_by().values("id"),
        organisation=Organisation.objects.visible_to(user).order_by().values("days_without_contact"),
        in_vain=in_vain(user).order_by().values("student_id", "occurred_at"),
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


def student_rows(found: list[Any]) -> dict[str, list[Row]]:
    """The first few of WAITING, QUIET and TRIAL each, the longest first, of `lines`."""
    page_of = prefix("overviews:student_detail")
    match_of, supporter_of = prefix("students:match"), prefix("overviews:supporter_detail")
    rows: dict[str, list[Row]] = {WAITING: [], QUIET: [], TRIAL: []}
    for line in found:
        if line.section is not None:
            rows[line.section].append(_row(line, page_of, match_of, supporter_of))
    return rows


def _row(line: Any, page_of: Callable[[Any], str], *acts: Callable[[Any], str]) -> Row:
    student = Student(alias=line.alias, grade=line.grade, school_form=line.school_form)
    name = student.alias_label if line.given_name is None else f"{line.given_name} {line.family_name}"
    place = "" if line.is_protected else ", ".join(filter(None, (student.grade_label, line.school_name)))
    text, act, act_url = _words_of_section(line, *acts)
    return Row(
        line.student_id,
        line.school_id,
        name,
        line.is_protected,
        page_of(line.public_id),
        line.who or place,
        text,
        act,
        act_url,
    )


def _words_of_section(
    line: Any, match_of: Callable[[Any], str], supporter_of: Callable[[Any], str]
) -> tuple[str, str, str]:
    """The second line, the button's words and where it leads."""
    if line.section == WAITING:
        return waited(line.on_day), _("Match"), match_of(line.case_uuid)
    act = _("Ask %(name)s") % {"name": line.who}
    url = supporter_of(line.who_uuid)
    if line.section == TRIAL:
        day = {"day": short_date(line.on_day)}
        text = _("Trial until %(day)s") if line.on_day >= today() else _("Trial ended %(day)s")
        return text % day, act, url
    return joined(last_met(line.last_contact_at, line.starts_on), tries_since(line.tries)), act, url


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
