"""Översikt: what needs a coordinator's decision. Five queries however much there is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from overviews.rows.support import quiet, supported
from overviews.rows.words import joined, last_met, tries_since
from peersupport.lib.dates import day_of, days_since, monday_of, relative_day, short_date, start_of_day, today
from schools.models import Membership, Organisation
from students.models import Assignment, Case, Referral, Student
from supporters.models import PeerSupporter
from visits.models import Participation
from visits.queries import with_tries

A_FEW = 6  # rows in a card; "all" is one click away
TRIAL_AHEAD = timedelta(days=7)
WAITING, QUIET, TRIAL = "waiting", "quiet", "trial"


def _trials(user: User) -> QuerySet[Assignment]:
    """The `supported` whose trial is to be checked within a week, or should have been."""
    return supported(user).filter(trial_until__lte=today() + TRIAL_AHEAD)


def _count(rows: QuerySet[Any], of: str = "pk") -> Coalesce:
    """How many different `of` the rows have, as one number inside another query."""
    together = rows.order_by().annotate(all_alike=Value(1)).values("all_alike")
    number = together.annotate(total=Count(of, distinct=of != "pk")).values("total")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def figures(user: User) -> Any:
    """The organisation acted in, with its settings and the page's figures. One query.

    `quiet_count` follows the organisation's own `days_without_contact`.
    """
    monday = monday_of(today())
    last_week = Participation.objects.visible_to(user).filter(
        occurred_at__gte=start_of_day(monday - timedelta(days=7)), occurred_at__lt=start_of_day(monday)
    )
    return (
        Organisation.objects.visible_to(user)
        .annotate(
            supported_count=_count(supported(user)),
            waiting_count=_count(Case.objects.visible_to(user).waiting()),
            referral_count=_count(Referral.objects.visible_to(user).open()),
            contact_count=_count(last_week, "contact"),
        )
        .first()
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


def student_rows(user: User, *, days: int) -> dict[str, list[Row]]:
    """The first few of WAITING, QUIET and TRIAL each, the longest first. One query for all three."""
    nobody: dict[str, Any] = {"who": Value(""), "who_id": Value(None, UUIDField())}
    nothing: dict[str, Any] = {"met_at": Value(None, DateTimeField()), "times": Value(None, IntegerField())}
    waiting = Case.objects.visible_to(user).waiting()
    no_meeting = with_tries(quiet(user, days), user=user)
    supporter: dict[str, Any] = {
        "who": F("supporter__user__given_name"),
        "who_id": F("supporter__public_id"),
    }
    last: dict[str, Any] = {"met_at": F("last_contact_at"), "times": F("tries")}
    found = _section(WAITING, waiting, "waiting_since", case="", **nobody, **nothing).union(
        _section(QUIET, no_meeting, "quiet_since", **supporter, **last),
        _section(TRIAL, _trials(user), "trial_until", **supporter, **nothing),
        all=True,
    )
    rows: dict[str, list[Row]] = {WAITING: [], QUIET: [], TRIAL: []}
    for line in sorted(found, key=lambda line: (line["on"], line["student_id"])):
        rows[line["section"]].append(_row(line))
    return rows


def _section(section: str, rows: QuerySet[Any], day: str, *, case: str = "case__", **more: Any) -> Any:
    """`rows` (support periods or assignments) in the columns that all three sections share."""
    columns = {
        "section": Value(section, CharField()),
        "public": F("student__public_id"),
        "case_public": F(f"{case}public_id"),
        "on": F(day),
        "since": F("waiting_since" if case == "" else "starts_on"),
        "alias": F("student__alias"),
        "is_protected": F("student__is_protected"),
        "grade": F("student__grade"),
        "form": F("student__school_form"),
        "school_name": F("school__name"),
        "given": F("student__identity__given_name"),
        "family": F("student__identity__family_name"),
        **more,
    }
    return rows.order_by(day, "pk").values("student_id", "school_id", **columns)[:A_FEW]


def _row(line: dict[str, Any]) -> Row:
    student = Student(alias=line["alias"], grade=line["grade"], school_form=line["form"])
    name = f"{line['given']} {line['family']}" if line["given"] is not None else student.alias_label
    place = "" if line["is_protected"] else f"{student.grade_label} {line['school_name']}".strip()
    text, act, act_url = _words_of_section(line)
    return Row(
        line["student_id"],
        line["school_id"],
        name,
        line["is_protected"],
        reverse("overviews:student_detail", args=[line["public"]]),
        line["who"] or place,
        text,
        act,
        act_url,
    )


def _words_of_section(line: dict[str, Any]) -> tuple[str, str, str]:
    """The second line, the button's words and where it leads."""
    if line["section"] == WAITING:
        return waited(line["on"]), _("Match"), reverse("students:match", args=[line["case_public"]])
    act = _("Ask %(name)s") % {"name": line["who"]}
    url = reverse("overviews:supporter_detail", args=[line["who_id"]])
    if line["section"] == TRIAL:
        day = {"day": short_date(line["on"])}
        text = _("Trial until %(day)s") if line["on"] >= today() else _("Trial ended %(day)s")
        return text % day, act, url
    return joined(last_met(line["met_at"], line["since"]), tries_since(line["times"])), act, url


def waited(since: date) -> str:
    """ "Väntat 16 dagar"."""
    days = days_since(since)
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
    waiting = Referral.objects.visible_to(user).open().select_related("school", "referred_by")
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


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """A supporter with more pupils than the norm gives room for."""

    name: str
    url: str
    load: str


def over_capacity(user: User) -> list[SupporterRow]:
    """All supporters with more pupils than their capacity."""
    supporters: Any = PeerSupporter.objects.visible_to(user).with_capacity().with_open_assignments()
    found = supporters.filter(open_assignments__gt=F("capacity")).select_related("user")
    return [
        SupporterRow(
            supporter.user.name,
            reverse("overviews:supporter_detail", args=[supporter.public_id]),
            _("%(pupils)s pupils, room for %(capacity)s")
            % {"pupils": supporter.open_assignments, "capacity": supporter.capacity},
        )
        for supporter in found.order_by("user__family_name", "user__given_name")
    ]


def memberships_to_confirm(user: User) -> list[Membership]:
    """Roles granted by an administrator that wait for this coordinator."""
    return list(Membership.objects.confirmable_by(user)[:A_FEW])
