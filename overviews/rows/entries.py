"""What the events of a pupil's timeline say, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from overviews.rows.feedback import Said, SaidUrls, said_about
from overviews.rows.words import duration, joined
from peersupport.lib.dates import day_of, short_date, short_moment
from peersupport.lib.urls import prefix
from schools.codes import CONTACT_KIND, CONTACT_MODE, CONTACT_TOPIC, SUPPORT_PURPOSE, Words, words_of
from schools.models import Role
from students.models import AssignmentKind, CaseEndReason, CaseStatus, Protection, Student
from visits.models import (
    MODE_OF_KIND,
    BookingCancelledBecause,
    BookingStatus,
    ContactOutcome,
    GroupCancelledBecause,
    GroupEndReason,
)
from visits.words import outcome_word


@dataclass(slots=True)
class Entry:
    """One event: a contact is this pupil's part of it and nothing of anyone else's."""

    title: str
    when: str
    detail: str = ""
    who: str = ""
    look: str = ""  # a class of its own for tries and milestones
    note: str = ""
    is_together: bool = False
    pupils_words: str = ""
    did: str = ""  # what was done, and what it was good for
    next_step: str = ""
    is_step_done: bool = False
    url: str = ""
    act: str = ""
    said: Said | None = None


def entries(lines: Iterable[Any], student: Student, user: User, contact_url: str) -> list[Entry]:
    """The lines of `timeline` as texts. `contact_url` begins the address of a new contact with the pupil."""
    words, said_urls = words_of(user.acting), SaidUrls(student.public_id)
    writers: dict[str, Callable[[Any, Entry], None]] = {
        "contact": partial(_contact, user, words, prefix("visits:contact_edit")),
        "booking": partial(_booking, words, contact_url),
        "step": _step,
        "step_done": _step_done,
        "opened": _opened,
        "status": _status,
        "begun": _begun,
        "left": _left,
        "protection": _protection,
        "group_cancelled": _group_cancelled,
        "group_moved": _group_moved,
        "group_ended": _group_ended,
    }
    found = []
    for line in lines:
        is_mine = line.who_id == user.pk
        name = f"{line.given_name} {line.family_name}".strip() if line.who_id else ""
        when = short_date(day_of(line.at)) if line.what in {"begun", "left"} else short_moment(line.at)
        entry = Entry(title="", when=when, who="" if is_mine else name)
        writers[line.what](line, entry)
        if line.what == "contact":
            entry.said = said_about(line, user, said_urls)
        found.append(entry)
    return found


def _contact(user: User, words: Words, edit_url: Callable[[Any], str], line: Any, entry: Entry) -> None:
    kind = words.label(CONTACT_KIND, line.kind, line.local_kind)
    mode = _mode(line, words)
    is_held = line.outcome == ContactOutcome.MET
    minutes = duration(line.minutes) if line.minutes else ""
    unplanned = "" if line.is_planned else _("not planned")
    entry.title = kind if is_held else outcome_word(line.kind, line.outcome)
    entry.detail = ", ".join(
        text
        for text in ("" if is_held else kind[:1].lower() + kind[1:], mode, minutes, line.place, unplanned)
        if text
    )
    entry.look = "" if is_held else "is-tried"
    entry.note, entry.is_together = line.note or "", bool(line.written_together)
    entry.pupils_words, entry.did = line.pupils_words or "", _did(line, words)
    entry.next_step, entry.is_step_done = line.next_step, line.step_done_at is not None
    is_of_this_role = (line.contact_supporter is None) == (user.acting.role == Role.COORDINATOR)
    if line.who_id == user.pk and is_of_this_role:
        entry.url, entry.act = edit_url(line.contact), _("Edit")


def _did(line: Any, words: Words) -> str:
    """ "Spelade spel, gick ut och gick · för trivsel"."""
    topics = words.ticked(CONTACT_TOPIC, line.topics, line.local_topics)
    purposes = words.ticked(SUPPORT_PURPOSE, line.purposes, line.local_purposes)
    did = ", ".join(words.label(CONTACT_TOPIC, one.code, one.local_id) for one in topics)
    good_for = ", ".join(words.label(SUPPORT_PURPOSE, one.code, one.local_id) for one in purposes)
    purpose = _("purpose: %(purposes)s") % {"purposes": good_for} if good_for else ""
    return capfirst(joined(did, purpose))


def _mode(line: Any, words: Words) -> str:
    """In which way, where the kind does not say it already."""
    is_usual = line.local_mode is None and line.mode == MODE_OF_KIND.get(line.kind, "")
    if is_usual or not line.mode:
        return ""
    return words.label(CONTACT_MODE, line.mode, line.local_mode)


def _booking(words: Words, contact_url: str, line: Any, entry: Entry) -> None:
    kind = words.label(CONTACT_KIND, line.kind)
    entry.look = "is-tried"
    if line.booking_status == BookingStatus.PLANNED:
        entry.look = "is-tried is-open"
        entry.title = _("Booked, not noted yet")
        entry.detail = ", ".join(text for text in (kind[:1].lower() + kind[1:], line.place) if text)
        if contact_url:
            entry.url, entry.act = f"{contact_url}&booking={line.booking}", _("Note the contact")
        return
    because = str(BookingCancelledBecause(line.cancelled_because).label)
    entry.title = _("Cancelled")
    booked = _("%(kind)s booked for %(when)s")
    entry.detail = booked % {"kind": kind[:1].lower() + kind[1:], "when": short_moment(line.starts_at)}
    entry.note = "\n".join(text for text in (because, line.cancel_note) if text)


def _step(line: Any, entry: Entry) -> None:
    entry.title, entry.detail = _("Next step"), line.step


def _step_done(line: Any, entry: Entry) -> None:
    entry.title, entry.detail, entry.look = _("Step taken"), line.step, "is-milestone"


def _opened(line: Any, entry: Entry) -> None:
    entry.title, entry.look = _("The support began"), "is-milestone"


def _status(line: Any, entry: Entry) -> None:
    entry.look = "is-milestone"
    entry.note = line.reason
    until = short_date(line.until) if line.until else ""
    if line.after == CaseStatus.CLOSED:
        entry.title = _("The support ended")
        entry.detail = str(CaseEndReason(line.end_reason).label)
        if until and until != short_date(day_of(line.at)):
            entry.detail += ", " + _("last day %(day)s") % {"day": until}
        entry.note = "\n\n".join(text for text in (line.reason, line.learnt) if text)
    elif line.after == CaseStatus.PAUSED:
        entry.title = _("The support was paused")
        entry.detail = _("until %(day)s") % {"day": until} if until else ""
    elif line.before == CaseStatus.CLOSED:
        entry.title = _("The support was opened again")
    elif line.before == CaseStatus.PAUSED:
        entry.title = _("The support goes on after the pause")
    else:
        entry.title = _("The support: %(status)s") % {"status": CaseStatus(line.after).label}


def _begun(line: Any, entry: Entry) -> None:
    entry.title, entry.look = _("Peer supporter from this day"), "is-milestone"
    entry.detail = _assignment_kind(line)


def _left(line: Any, entry: Entry) -> None:
    entry.title, entry.look = _("Peer supporter until this day"), "is-milestone"
    entry.detail, entry.note = _assignment_kind(line), line.left_reason


def _assignment_kind(line: Any) -> str:
    return (
        "" if line.assignment_kind == AssignmentKind.MAIN else str(AssignmentKind(line.assignment_kind).label)
    )


def _protection(line: Any, entry: Entry) -> None:
    entry.title, entry.look = _("The protection was changed"), "is-milestone"
    entry.detail = _("from %(before)s to %(after)s") % {
        "before": Protection(line.protection_before).label,
        "after": Protection(line.protection_after).label,
    }


def _group_cancelled(line: Any, entry: Entry) -> None:
    """Neutral: which group, when and why, and neither who else was to come nor what anybody wrote."""
    entry.title, entry.look = _("Cancelled"), "is-tried"
    entry.detail = _("%(group)s, booked for %(when)s") % {
        "group": line.called,
        "when": short_moment(line.group_at),
    }
    entry.note = _said_to_pupil(str(GroupCancelledBecause(line.because).label), line)


def _group_moved(line: Any, entry: Entry) -> None:
    entry.title, entry.look = pgettext("timeline", "Moved"), "is-tried"
    entry.detail = joined_by_comma(
        _("%(group)s meets %(when)s") % {"group": line.called, "when": short_moment(line.group_at)},
        line.group_place,
    )
    entry.note = _said_to_pupil("", line)


def _group_ended(line: Any, entry: Entry) -> None:
    entry.title, entry.look = _("The group ended"), "is-tried"
    entry.detail = joined_by_comma(line.called, _("last day %(day)s") % {"day": short_date(line.last_day)})
    entry.note = _said_to_pupil(str(GroupEndReason(line.because).label), line)


def _said_to_pupil(text: str, line: Any) -> str:
    """With whether the pupil has been told, where that is somebody's task."""
    told = ""
    if line.told_at:
        told = _("Told to the pupil %(when)s.") % {"when": short_moment(line.told_at)}
    elif line.is_to_be_told:
        told = _("Not told to the pupil yet.")
    return "\n".join(part for part in (text, told) if part)


def joined_by_comma(*texts: str) -> str:
    return ", ".join(text for text in texts if text)


def contact_url_of(student: Any) -> str:
    """Where a new contact with the pupil begins."""
    return f"{reverse('visits:contact_create')}?student={student.public_id}"
