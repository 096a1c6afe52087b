"""Elevsida: one pupil, the support period, the people, what has happened. Five queries, or six."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from overviews.rows.feedback import Said, SaidUrls, said_about, with_feedback
from overviews.rows.students import listed
from overviews.rows.tasks import with_open_tasks
from overviews.rows.words import duration, last_met
from peersupport.lib.dates import day_of, relative_day, short_date, short_moment, today
from peersupport.lib.pages import Page, keyset_page
from peersupport.lib.urls import prefix
from schools.models import Role
from students.models import Assignment, Case, Guardian, Referral, Student, SupportPurpose
from visits.models import ContactKind, ContactOutcome, Participation
from visits.queries import with_next_step
from visits.words import outcome_word

ENTRIES = 20
TOKEN = "contact__public_id"  # noqa: S105  a row's id for paths, no secret


def with_page_facts(user: User) -> Any:
    """Visible pupils with all that the page's header says."""
    return with_open_tasks(with_next_step(listed(user), user=user, student="pk"), user)


def beside(student: Any) -> tuple[str, date | None]:
    """Who supports the pupil today and since when, of `with_page_facts`."""
    if student.beside is None:
        return "", None
    return student.beside["name"], date.fromisoformat(student.beside["since"])


REFERRERS_WORDS = ("works_well", "has_been_tried", "student_wants", "guardians_say", "wishes")


def latest_case(student: Student, user: User) -> Any:
    """The open support period, else the latest, with `seen_referral`: what opened it as a dict, or None.

    A subquery, no join: to a supporter, and after a change of school, the referral is not there to see, and a
    join would take the support period away with it.
    """
    who = Concat("referred_by__given_name", Value(" "), "referred_by__family_name")
    seen = Referral.objects.visible_to(user).filter(pk=OuterRef("referral"))
    words = {name: F(name) for name in REFERRERS_WORDS}
    as_dict = seen.values(content=JSONObject(public_id="public_id", who=who, **words))[:1]
    cases = Case.objects.visible_to(user).filter(student=student).annotate(seen_referral=Subquery(as_dict))
    return cases.order_by("-opened_at", "-pk").first()


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


def guardians_of(student: Student, user: User) -> list[Any]:
    """The guardians. One who is not to be contacted only a coordinator sees, without the means to."""
    found = Guardian.objects.visible_to(user).filter(student=student)
    if user.acting.role != Role.COORDINATOR:
        found = found.filter(not_to_be_contacted=False)
    return list(found.order_by("pk"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact in the timeline: this pupil's part of it and nothing of anyone else's."""

    title: str
    detail: str
    when: str
    who: str
    is_tried: bool
    note: str
    is_together: bool
    next_step: str
    edit_url: str
    said: Said | None


# What an entry says; the other half of these rows would be loaded for nothing.
TIMELINE = (
    *(
        "occurred_at",
        "kind",
        "outcome",
        "next_step",
        "contact__public_id",
        "contact__supporter",
        "contact__minutes",
    ),
    *("contact__place", "author__given_name", "author__family_name", "note__text", "note__written_together"),
)


def timeline(student: Student, user: User, *, kind: str, after: str | None) -> Page[Participation]:
    """What has happened, the latest first; of one `kind` only, if it is one."""
    parts = Participation.objects.visible_to(user).filter(student=student)
    if kind in ContactKind.values:
        parts = parts.filter(kind=kind)
    loaded = with_feedback(parts.select_related("contact", "author", "note").only(*TIMELINE))
    return keyset_page(loaded, after, size=ENTRIES, key=("-occurred_at", "-pk"), token_field=TOKEN)


def entries(parts: Iterable[Participation], student: Student, user: User) -> list[Entry]:
    """The timeline's rows as texts."""
    kinds = {code: str(label) for code, label in ContactKind.choices}
    edit_url, said_urls = prefix("visits:contact_edit"), SaidUrls(student.public_id)
    return [
        _entry(part, kinds[part.kind], user, edit_url, said_about(part, user, said_urls)) for part in parts
    ]


def _entry(
    part: Participation, kind: str, user: User, edit_url: Callable[[Any], str], said: Said | None
) -> Entry:
    note = getattr(part, "note", None)
    is_held = part.outcome == ContactOutcome.MET
    minutes = duration(part.contact.minutes) if part.contact.minutes else ""
    is_mine = part.author_id == user.pk
    is_of_this_role = (part.contact.supporter_id is None) == (user.acting.role == Role.COORDINATOR)
    return Entry(
        title=kind if is_held else outcome_word(part.kind, part.outcome),
        detail=", ".join(
            text
            for text in ("" if is_held else kind[:1].lower() + kind[1:], minutes, part.contact.place)
            if text
        ),
        when=short_moment(part.occurred_at),
        who="" if is_mine else part.author.name,
        is_tried=not is_held,
        note=note.text if note else "",
        is_together=bool(note and note.written_together),
        next_step=part.next_step,
        edit_url=edit_url(part.contact.public_id) if is_mine and is_of_this_role else "",
        said=said,
    )


def case_facts(case: Case) -> list[tuple[str, str]]:
    """What holds of the support period: words and what they say."""
    purposes = ", ".join(str(SupportPurpose(code).label) for code in case.purposes)
    facts = [
        (_("Support since"), short_date(day_of(case.opened_at))),
        (_("Reason"), str(case.get_reason_display())),
        (_("Purposes"), purposes),
        (_("Next review"), short_date(case.review_on) if case.review_on else ""),
        (_("Ended"), short_date(day_of(case.closed_at)) if case.closed_at else ""),
    ]
    return [(word, text) for word, text in facts if text]


def met_text(student: Any) -> str:
    """When the pupil was last met, in a sentence; nothing for one without support."""
    _name, since = beside(student)
    if student.last_contact_at is None and since is None:
        return ""
    return last_met(student.last_contact_at, since)


def waiting_text(case: Case) -> str:
    """ "Väntar på en peer supporter sedan tis 3 nov"."""
    return _("Waits for a peer supporter since %(day)s, %(ago)s") % {
        "day": short_date(case.waiting_since),
        "ago": relative_day(case.waiting_since),
    }


def referral_texts(referral: dict[str, str] | None) -> list[tuple[str, str]]:
    """The referrer's own words, heading and text; what was left empty is left out."""
    if referral is None:
        return []
    labels = {name: str(Referral._meta.get_field(name).verbose_name) for name in REFERRERS_WORDS}  # type: ignore[union-attr]
    return [(label, referral[name]) for name, label in labels.items() if referral[name]]
