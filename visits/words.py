"""What outcomes are called, by the kind of contact: the one table that form, pages and lists read."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schools.codes import ContactKind
from visits.models import ContactOutcome

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MET, NO_ANSWER, NO_SHOW = ContactOutcome.MET, ContactOutcome.NO_ANSWER, ContactOutcome.NO_SHOW
STUDENT_CANCELLED, WE_CANCELLED = ContactOutcome.STUDENT_CANCELLED, ContactOutcome.WE_CANCELLED
MOVED = ContactOutcome.MOVED

# The outcomes that a kind with named pupils can have; a number of heads has none. The second is the try that
# its form offers.
OUTCOMES: dict[str, dict[str, "StrOrPromise"]] = {
    ContactKind.HOME_VISIT: {
        MET: _("We met"),
        NO_ANSWER: _("Nobody opened"),
        STUDENT_CANCELLED: _("The pupil did not want to today"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We moved the visit"),
    },
    ContactKind.AT_SCHOOL: {
        MET: _("We met"),
        NO_SHOW: _("Did not come this time"),
        STUDENT_CANCELLED: _("The pupil did not want to today"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We changed the time"),
    },
    ContactKind.ACTIVITY: {
        MET: _("We met"),
        NO_SHOW: _("Did not come this time"),
        STUDENT_CANCELLED: _("The pupil did not want to today"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We changed the time"),
    },
    ContactKind.ACCOMPANY: {
        MET: _("I went along"),
        NO_SHOW: _("Did not come this time"),
        STUDENT_CANCELLED: _("The pupil did not want to today"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We changed the time"),
    },
    ContactKind.PHONE: {
        MET: _("We talked"),
        NO_ANSWER: _("Nobody answered"),
        STUDENT_CANCELLED: _("The pupil did not want to today"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We moved the call"),
    },
    ContactKind.VIDEO: {
        MET: _("We talked"),
        NO_ANSWER: _("Nobody answered"),
        STUDENT_CANCELLED: _("The pupil did not want to today"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We moved the call"),
    },
    ContactKind.MESSAGE: {
        MET: _("We wrote to each other"),
        NO_ANSWER: _("No answer"),
        STUDENT_CANCELLED: _("The pupil did not want to today"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We will write later"),
    },
    ContactKind.GROUP: {
        MET: _("Was there"),
        NO_SHOW: _("Did not come this time"),
        STUDENT_CANCELLED: _("The pupil did not want to today"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We changed the time"),
    },
    ContactKind.GUARDIAN_CONTACT: {
        MET: _("We talked"),
        NO_ANSWER: _("Nobody answered"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We moved the talk"),
    },
    ContactKind.STAFF_CONTACT: {
        MET: _("We talked"),
        NO_ANSWER: _("Nobody answered"),
        WE_CANCELLED: _("We cancelled"),
        MOVED: _("We moved the talk"),
    },
}
TRIED = "tried"  # what the form sends for a try; the kind says which outcome that is


def outcome_word(kind: str, outcome: str) -> str:
    """How it went, in the words of the kind: "Ingen öppnade" for a home visit nobody answered."""
    return str(OUTCOMES.get(kind, {}).get(outcome) or ContactOutcome(outcome).label)


def heads_words(count: int) -> str:
    """How many came, where nobody's name is written: "12 personer"."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def outcome_of(kind: str, answer: str) -> str | None:
    """The outcome behind a form's answer ("met", "tried" …), or None when the kind has none such."""
    outcome = try_of(kind) if answer == TRIED else answer
    return outcome if outcome in OUTCOMES.get(kind, {}) else None


def answer_of(outcome: str) -> str:
    """The form's answer for a stored outcome."""
    return TRIED if outcome in {NO_ANSWER, NO_SHOW} else outcome


def try_of(kind: str) -> str | None:
    """What a try is for this kind; None for a kind we do not know."""
    return next((code for code in OUTCOMES.get(kind, {}) if code in {NO_ANSWER, NO_SHOW}), None)


def words_for(answer: str) -> dict[str, "StrOrPromise"]:
    """Kind → the word for a form's `answer`, for the kinds that have it; what `words_by_kind` takes."""
    found = {kind: outcome_of(kind, answer) for kind in OUTCOMES}
    return {kind: OUTCOMES[kind][outcome] for kind, outcome in found.items() if outcome is not None}
