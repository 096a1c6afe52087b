"""Elevsida: one pupil, the support period, who supports, what is booked. With the rest of it six queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery, UUIDField, Value
from django.db.models.functions import Concat, JSONObject
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.students import listed
from overviews.rows.tasks import with_open_tasks
from overviews.rows.words import last_met
from peersupport.lib.dates import day_of, relative_day, short_date, short_moment, today
from safety.models import ConcernReport
from schools.codes import CONTACT_KIND, SUPPORT_PURPOSE, ContactKind, Words, words_of
from schools.models import Role
from students.models import (
    Assignment,
    Case,
    CaseEndReason,
    CaseStatus,
    CaseStatusChange,
    Referral,
    Student,
)
from visits.models import Booking, GroupDate
from visits.queries import group_place, with_next_step


def with_page_facts(user: User) -> Any:
    """Visible pupils with all that the page's header says."""
    reports = ConcernReport.objects.visible_to(user).filter(student=OuterRef("pk"))
    facts = with_open_tasks(with_next_step(listed(user), user=user, student="pk"), user)
    return facts.annotate(has_concern_reports=Exists(reports))


def beside(student: Any) -> tuple[str, date | None]:
    """Who supports the pupil today and since when, of `with_page_facts`."""
    if student.beside is None:
        return "", None
    return student.beside["name"], date.fromisoformat(student.beside["since"])


REFERRERS_WORDS = ("works_well", "has_been_tried", "student_wants", "guardians_say", "wishes")


def latest_case(student: Student, user: User) -> Any:
    """The open support period, else the latest, with `seen_referral` and `ending` as dicts, or None.

    Subqueries, no joins: to a supporter, and after a change of school, the referral that opened it is not
    there to see, and a join would take the support period away with it.
    """
    who = Concat("referred_by__given_name", Value(" "), "referred_by__family_name")
    seen = Referral.objects.visible_to(user).filter(pk=OuterRef("referral"))
    words = {name: F(name) for name in REFERRERS_WORDS}
    ended = CaseStatusChange.objects.visible_to(user).filter(case=OuterRef("pk"), after=CaseStatus.CLOSED)
    by = Concat("by__given_name", Value(" "), "by__family_name")
    ending = JSONObject(end_reason="end_reason", reason="reason", learnt="learnt", by=by)
    cases = Case.objects.visible_to(user).filter(student=student)
    cases = cases.annotate(
        seen_referral=Subquery(seen.values(content=JSONObject(public_id="public_id", who=who, **words))[:1]),
        ending=Subquery(ended.order_by("-at", "-pk").values(content=ending)[:1]),
    )
    return cases.order_by(F("closed_at").desc(nulls_first=True), "-pk").first()


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """Someone who supports the pupil, will, or did."""

    name: str
    url: str
    kind: str
    period: str
    is_now: bool
    trial: str
    end_url: str


SUPPORT = (
    *("public_id", "kind", "starts_on", "ends_on", "ended_at", "trial_until"),
    *("supporter__public_id", "supporter__user__given_name", "supporter__user__family_name"),
)


def supporter_rows(student: Student, user: User) -> list[SupporterRow]:
    """Whoever the user may know of: a coordinator all of them, a supporter themselves."""
    assignments = Assignment.objects.visible_to(user).filter(student=student)
    loaded = assignments.select_related("supporter__user").only(*SUPPORT).order_by("-starts_on", "-pk")
    return [_supporter_row(assignment, user) for assignment in loaded]


def _supporter_row(assignment: Assignment, user: User) -> SupporterRow:
    is_over = assignment.ended_at is not None or (
        assignment.ends_on is not None and assignment.ends_on < today()
    )
    last = assignment.ends_on
    if assignment.ended_at is not None:
        ended_on = day_of(assignment.ended_at)
        last = min(ended_on, last or ended_on)
    is_trial = assignment.trial_until is not None and not is_over
    may_end = user.acting.role == Role.COORDINATOR and not is_over
    return SupporterRow(
        name=assignment.supporter.user.name,
        url=reverse("overviews:supporter_detail", args=[assignment.supporter.public_id]),
        kind=str(assignment.get_kind_display()),
        period=_period(assignment, last),
        is_now=not is_over and assignment.starts_on <= today(),
        trial=_("trial until %(day)s") % {"day": short_date(assignment.trial_until)}
        if is_trial and assignment.trial_until
        else "",
        end_url=reverse("students:assignment_end", args=[assignment.public_id]) if may_end else "",
    )


def _period(assignment: Assignment, last: Any) -> str:
    first = short_date(assignment.starts_on)
    if last is None:
        return _("from %(day)s") % {"day": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": short_date(last)}


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A time that is planned and not over: with a supporter, or with a group the pupil is in."""

    when: str
    kind: str
    place: str
    who: str  # the supporter, or what the group is called
    contact_url: str
    move_url: str
    group_url: str  # empty: a booking


BOOKED = ("public_id", "kind", "starts_at", "place", "who", "group")
MOST_BOOKINGS = 20


def booking_rows(student: Student, user: User, contact_url: str) -> list[BookingRow]:
    """What is booked with the pupil, the next time first. Today's can be noted as contacts at once."""
    who = Concat("supporter__user__given_name", Value(" "), "supporter__user__family_name")
    booked = Booking.objects.visible_to(user).filter(student=student).coming().order_by()
    booked = booked.annotate(who=who, group=Value(None, UUIDField()))
    groups = GroupDate.objects.visible_to(user).of_student(student, user).coming().order_by()
    groups = groups.annotate(
        kind=Value(ContactKind.GROUP.value),
        where=group_place(),
        who=F("series__name"),
        group=F("series__public_id"),
    )
    both: Any = booked.values(*BOOKED).union(groups.values(*_in_place_of("place", "where")), all=True)
    words = words_of(user.acting)
    return [
        _booking_row(line, words, contact_url)
        for line in both.order_by("starts_at", "public_id")[:MOST_BOOKINGS]
    ]


def _in_place_of(name: str, other: str) -> list[str]:
    return [other if column == name else column for column in BOOKED]


def _booking_row(line: dict[str, Any], words: Words, contact_url: str) -> BookingRow:
    is_today = day_of(line["starts_at"]) <= today()
    return BookingRow(
        when=short_moment(line["starts_at"]),
        kind=words.label(CONTACT_KIND, line["kind"]),
        place=line["place"],
        who=line["who"],
        contact_url=f"{contact_url}&booking={line['public_id']}" if is_today and not line["group"] else "",
        move_url="" if line["group"] else reverse("visits:booking_move", args=[line["public_id"]]),
        group_url=reverse("visits:group_detail", args=[line["group"]]) if line["group"] else "",
    )


def case_facts(case: Case, user: User) -> list[tuple[str, str]]:
    """What holds of the support period: words and what they say."""
    words = words_of(user.acting)
    chosen = words.ticked(SUPPORT_PURPOSE, case.purposes, case.local_purposes)
    purposes = ", ".join(words.label(SUPPORT_PURPOSE, one.code, one.local_id) for one in chosen)
    facts = [
        (_("Support since"), short_date(day_of(case.opened_at))),
        (_("Reason"), str(case.get_reason_display())),
        (_("Purposes"), purposes),
        (_("Next review"), short_date(case.review_on) if case.review_on else ""),
        (_("Ended"), short_date(day_of(case.closed_at)) if case.closed_at else ""),
    ]
    return [(word, text) for word, text in facts if text]


def ending_texts(case: Any) -> list[tuple[str, str, bool]]:
    """Why the support ended, who ended it, and what was learnt, each with whether it is a text to read."""
    if case.closed_at is None or not case.ending:
        return []
    ending = case.ending
    facts = [
        (_("Why it ended"), capfirst(str(CaseEndReason(ending["end_reason"]).label)), False),
        (_("Ended by"), ending["by"], False),
        (_("In own words"), ending["reason"], True),
        (_("What we learnt"), ending["learnt"], True),
    ]
    return [fact for fact in facts if fact[1]]


def paused_text(case: Case) -> str:
    """ "Stödet vilar till fre 9 jan", or since when the pause is over; empty for one that is not paused."""
    if case.status != CaseStatus.PAUSED:
        return ""
    if case.paused_until is None:
        return _("The support rests.")
    day = {"day": short_date(case.paused_until)}
    if case.paused_until < today():
        return _("The pause was to last until %(day)s.") % day
    return _("The support rests until %(day)s.") % day


def met_text(student: Any) -> str:
    """When the pupil was last met, in a sentence; nothing for one without support."""
    _name, since = beside(student)
    if student.last_contact_at is None and since is None:
        return ""
    return last_met(student.last_contact_at, since)


def waiting_text(case: Case) -> str:
    """ "Väntar på en peer supporter sedan tis 3 nov"."""
    return _("Waiting for a peer supporter since %(day)s, %(ago)s") % {
        "day": short_date(case.waiting_since),
        "ago": relative_day(case.waiting_since),
    }


def referral_texts(referral: dict[str, str] | None) -> list[tuple[str, str]]:
    """The referrer's own words, heading and text; what was left empty is left out."""
    if referral is None:
        return []
    labels = {name: str(Referral._meta.get_field(name).verbose_name) for name in REFERRERS_WORDS}  # type: ignore[union-attr]
    return [(label, referral[name]) for name, label in labels.items() if referral[name]]
