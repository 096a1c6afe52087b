"""What events say, as people read it: which fields, what they are called, what they hold."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from overviews.rows.changes.names import OTHERS, Names
from overviews.rows.changes.sources import SUBJECTS
from peersupport.lib.dates import short_date, short_moment
from peersupport.lib.history import tracking_of
from schools.models import School
from supporters.models import PeerSupporter
from visits.words import outcome_word

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOTHING = "–"
SUBJECT_WORDS: dict[str, "StrOrPromise"] = {
    "student": gettext_lazy("Pupil"),
    "identity": gettext_lazy("Name"),
    "whereabouts": gettext_lazy("Address and phone"),
    "enrolment": gettext_lazy("School placement"),
    "guardian": gettext_lazy("Guardian"),
    "named_person": gettext_lazy("May open the name"),
    "person_around": gettext_lazy("Around the pupil"),
    "referral": gettext_lazy("Referral"),
    "case": gettext_lazy("Support period"),
    "assignment": gettext_lazy("Assignment"),
    "contact": gettext_lazy("Contact"),
    "participation": gettext_lazy("Contact"),
    "booking": gettext_lazy("Booking"),
    "task": gettext_lazy("Task"),
    "group_member": gettext_lazy("Group"),
    "school_break": gettext_lazy("School break"),
    "organisation": gettext_lazy("Organisation"),
    "note": gettext_lazy("Note"),
}
# Of what is kept, what says nothing that the rest of the page does not say: who and when, and copies.
UNSAID = {
    "identity": ("student",),
    "whereabouts": ("student",),
    "enrolment": ("student", "school", "school_form", "grade"),
    "guardian": (),
    "named_person": ("student", "chosen_at", "chosen_by"),
    "person_around": ("student", "added_by"),
    "referral": ("student", "referred_by"),
    "case": ("referral", "opened_at", "opened_by", "closed_at", "closed_by"),
    "assignment": ("case", "made_by", "ended_by"),
    "contact": ("author", "supporter", "withdrawn_by"),
    "participation": ("contact", "case", "step_done_by"),
    "booking": ("student", "case", "supporter", "made_by", "cancelled_at", "cancelled_by"),
    "task": ("organisation", "student", "made_by", "done_by"),
    "group_member": ("series", "student", "added_by", "ended_at", "ended_by"),
    "school_break": ("organisation",),
}
# By what a row is told apart from others of its kind.
NAMED_BY = {"assignment": "supporter", "guardian": "relation", "school_break": "kind"}
# Where the model's own word is none, or a question of a form.
FIELD_WORDS: dict[tuple[str, str], "StrOrPromise"] = {
    ("student", "left_on"): gettext_lazy("left the school"),
    ("student", "merged_into"): gettext_lazy("merged into"),
    ("contact", "withdrawn_at"): gettext_lazy("withdrawn at"),
    ("contact", "withdrawn_reason"): gettext_lazy("why it is withdrawn"),
    ("contact", "withdrawn_words"): gettext_lazy("withdrawn: in one's own words"),
    ("contact", "mode"): gettext_lazy("in which way"),
    ("enrolment", "valid_from"): gettext_lazy("from"),
    ("named_person", "user"): gettext_lazy("person"),
    ("guardian", "student"): gettext_lazy("pupil"),
    ("case", "student"): gettext_lazy("pupil"),
    ("assignment", "student"): gettext_lazy("pupil"),
    ("participation", "student"): gettext_lazy("pupil"),
    ("assignment", "supporter"): gettext_lazy("peer supporter"),
    ("assignment", "ended_at"): gettext_lazy("ended"),
    ("case", "local_purposes"): gettext_lazy("own purposes"),
    ("contact", "local_kind"): gettext_lazy("own kind"),
    ("contact", "local_mode"): gettext_lazy("own way to meet"),
    ("contact", "kind"): pgettext_lazy("contact", "kind"),
    ("contact", "occurred_at"): gettext_lazy("time"),
    ("contact", "minutes"): gettext_lazy("minutes"),
    ("contact", "place"): gettext_lazy("place"),
    ("contact", "topics"): gettext_lazy("what was done"),
    ("contact", "local_topics"): gettext_lazy("what was done, own words"),
    ("contact", "is_planned"): gettext_lazy("planned"),
    ("contact", "head_count"): gettext_lazy("how many came"),
    ("contact", "travel_minutes"): gettext_lazy("travel, minutes"),
    ("contact", "travel_km"): gettext_lazy("travel, km"),
    ("participation", "local_purposes"): gettext_lazy("own purposes"),
    ("participation", "outcome"): gettext_lazy("how it went"),
    ("participation", "next_step"): gettext_lazy("next step"),
    ("participation", "step_done_at"): gettext_lazy("step ticked off"),
    ("participation", "step_done_by"): gettext_lazy("step ticked off by"),
    ("booking", "kind"): pgettext_lazy("contact", "kind"),
    ("booking", "place"): gettext_lazy("place"),
    ("booking", "cancelled_because"): gettext_lazy("why it is cancelled"),
    ("booking", "cancel_note"): gettext_lazy("a few words"),
    ("school_break", "school"): gettext_lazy("school"),
    ("school_break", "kind"): gettext_lazy("which break"),
    ("school_break", "first_on"): gettext_lazy("first day off"),
    ("school_break", "last_on"): gettext_lazy("last day off"),
    ("task", "title"): gettext_lazy("what is to be done"),
    ("task", "owner"): gettext_lazy("who does it"),
    ("task", "due_on"): gettext_lazy("by when"),
    ("task", "done_at"): gettext_lazy("done"),
}
# Ids of an organisation's own values in code lists, one or several.
OWN_VALUES = {"local_purposes", "local_kind", "local_mode", "local_topics"}
# What a new row holds because nobody has said anything yet; the number 0 is something.
UNTOLD: tuple[Any, ...] = ("", [], "none", "not_stated")
# Of a new row nothing to tell while nobody has said otherwise.
USUAL: dict[str, Any] = {"is_planned": True, "travel_minutes": 0, "travel_km": 0}


def said_fields(subject: str) -> list[str]:
    """The fields of a subject that the page tells of, in the order of the model.

    Not ids of what has no name to say.
    """
    tracked = tracking_of(SUBJECTS[subject])
    said = {*tracked.kept, *tracked.noticed} - set(UNSAID.get(subject, ()))
    return [
        field.name
        for field in SUBJECTS[subject]._meta.concrete_fields
        if field.name in said and (field.name in OWN_VALUES or field.related_model in {None, *OTHERS})
    ]


def is_kept(subject: str, name: str) -> bool:
    """Whether history holds what was in the field, or only that it was changed."""
    return name in tracking_of(SUBJECTS[subject]).kept


def is_told(name: str, value: Any) -> bool:
    """Whether somebody has said something by it."""
    if name in USUAL:
        return bool(value != USUAL[name])
    return value is not None and value is not False and value not in UNTOLD


def field_word(subject: str, name: str) -> str:
    """What the field is called, in the middle of a line."""
    word = FIELD_WORDS.get((subject, name)) or SUBJECTS[subject]._meta.get_field(name).verbose_name
    return str(word)


def subject_word(change: dict[str, Any], names: Names, *, with_time: bool) -> str:
    """ "Uppdrag Kim Påhittsson", "Kontakt tis 24 nov 14:00" (`with_time`), "Uppgift (Ring skolan)"."""
    subject, now, beside = change["subject"], change["now"], change["beside"]
    more = ""
    if subject == "assignment":
        more = names.name(PeerSupporter, now["supporter"])
    if subject == "guardian":
        more = f"({value_word(change, 'relation', now['relation'], names)})"
    if subject == "school_break":
        more = f"({value_word(change, 'kind', now['kind'], names)})"
    if beside.get("called"):
        more = f"({beside['called']})"
    if with_time and beside.get("at"):
        more = short_moment(parse_datetime(beside["at"]))  # type: ignore[arg-type]
    return f"{SUBJECT_WORDS[subject]} {more}".strip()


def points_at(subject: str, name: str) -> Any:
    """The model whose rows a field's ids are of; None when it holds none, or own values of a code list."""
    if name in OWN_VALUES:
        return None
    field = SUBJECTS[subject]._meta.get_field(name)
    return field.related_model if isinstance(field, models.ForeignKey) else None


def value_word(change: dict[str, Any], name: str, value: Any, names: Names) -> str:
    """What a field held, as pages write it: label, name, day; a dash for nothing."""
    subject = change["subject"]
    if (subject, name) == ("school_break", "school") and value is None:
        return _("all schools")
    if value is None or value in ("", []):
        return NOTHING
    field: Any = SUBJECTS[subject]._meta.get_field(name)
    if (target := points_at(subject, name)) is not None:
        return names.name(target, value)
    if name in OWN_VALUES:
        ids = value if isinstance(value, list) else [value]
        return ", ".join(names.own.get(pk, _("another organisation's own")) for pk in ids)
    if name == "grade" and value == 0:
        return _("preschool class")
    if (subject, name) == ("participation", "outcome"):
        return outcome_word(change["beside"]["kind"], value)
    return _plain_word(field, value)


def _plain_word(field: Any, value: Any) -> str:
    if isinstance(field, ArrayField):
        return ", ".join(_plain_word(field.base_field, one) for one in value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return _("Yes") if value else _("No")
    read = field.to_python(value)
    if isinstance(field, models.DateTimeField):
        return short_moment(read)
    if isinstance(field, models.DecimalField):
        return number_format(read.normalize())
    return short_date(read) if isinstance(field, models.DateField) else str(read)


def tells_the_school(subject: str, name: str) -> bool:
    """Whether the field would say where a protected pupil goes to school."""
    return points_at(subject, name) is School
