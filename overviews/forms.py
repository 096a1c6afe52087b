"""Filters and search of the pages that several rooms share."""

from html import escape
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from overviews.rows.students import ALL, BY_THE_RULE, PROTECTED, SUPPORTED, WAITING, Filters
from peersupport.lib.names import sort_key
from peersupport.scope import Acting
from schools.models import Role, School
from students.models import CaseStatus
from supporters.models import PeerSupporter
from visits.limits import limit_text

Choices = list[tuple[str, str]]
DAYS = (7, 14, 30, 60)
GRADES = ["0", *(str(grade) for grade in range(1, 11)), *(f"gy{grade}" for grade in range(1, 5))]
LIMIT = "limit"  # in the address: the organisation's rule, whatever it is on the day the link is opened
LONGEST = 400  # days; a filter typed into the address is no reason for an error


class PlainSelect(forms.Select):
    """A select drawn at one go: Django's template for each option costs more than the list it filters."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = "".join(_option(str(code), str(label), str(code) in chosen) for code, label in self.choices)
        attributes = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html("<select{}>{}</select>", attributes, mark_safe(options))  # noqa: S308  escaped below


def _option(code: str, label: str, is_selected: bool) -> str:
    selected = " selected" if is_selected else ""
    return f'<option value="{escape(code)}"{selected}>{escape(label)}</option>'


def days_of(choice: str) -> int:
    """What a choice of days means to `Filters`."""
    return BY_THE_RULE if choice == LIMIT else int(choice)


class StudentFilterForm(forms.Form):
    """Narrows Elever; everything stands in the address."""

    school = forms.ChoiceField(label=gettext_lazy("School"), required=False, widget=PlainSelect)
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False, widget=PlainSelect)
    supporter = forms.ChoiceField(label=gettext_lazy("Peer supporter"), required=False, widget=PlainSelect)
    status = forms.ChoiceField(label=gettext_lazy("Support"), required=False, widget=PlainSelect)
    days = forms.TypedChoiceField(
        label=gettext_lazy("Not met for"),
        required=False,
        coerce=days_of,
        empty_value=None,
        widget=PlainSelect,
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        is_coordinator = user.acting.role == Role.COORDINATOR
        if is_coordinator:
            schools, supporters = scope_choices(user)
            self._offer("school", _("All schools"), schools)
            self._offer("supporter", _("All"), supporters)
        else:
            del self.fields["school"], self.fields["supporter"]
        self._offer("grade", _("All grades"), [(grade, _grade_word(grade)) for grade in GRADES])
        statuses = _statuses() if is_coordinator else _case_statuses()
        # Most support of a year has ended. "All" has a code of its own, so that whoever chooses it keeps it.
        self._offer("status", _("Not ended"), [*statuses, (ALL, _("All"))])
        self._offer("days", _("Any time"), _day_choices(user.acting, str(self.data.get("days", ""))))

    def _offer(self, name: str, empty: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *((code, capfirst(label)) for code, label in choices)]

    def filters(self) -> Filters:
        """What was chosen; a value that is none of the choices counts as not chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        supporter = chosen.get("supporter")
        return Filters(
            school=chosen.get("school", ""),
            grade=chosen.get("grade", ""),
            supporter=UUID(supporter) if supporter else None,
            status=chosen.get("status", ""),
            days=chosen.get("days"),
        )


def scope_choices(user: User) -> tuple[Choices, Choices]:
    """Schools and supporters of the scope as choices, each by name. One query."""
    schools = School.objects.visible_to(user).open().order_by()
    supporters = PeerSupporter.objects.visible_to(user).order_by()
    who = Concat("user__given_name", Value(" "), "user__family_name")
    found = schools.values_list(Value("school", CharField()), "public_id", F("name")).union(
        supporters.values_list(Value("supporter", CharField()), "public_id", who), all=True
    )
    of: dict[str, Choices] = {"school": [], "supporter": []}
    for kind, public_id, name in found:
        of[kind].append((str(public_id), name))
    for choices in of.values():
        choices.sort(key=lambda choice: sort_key(choice[1]))
    return [*of["school"], (PROTECTED, _("Protected details, school not shown"))], of["supporter"]


def _statuses() -> Choices:
    return [
        (SUPPORTED, _("with a peer supporter")),
        (WAITING, _("waiting for a peer supporter")),
        *_case_statuses(),
    ]


def _case_statuses() -> Choices:
    return [(code, str(label)) for code, label in CaseStatus.choices]


def _grade_word(grade: str) -> str:
    if grade == "0":
        return _("preschool class")
    if grade.startswith("gy"):
        return _("gy %(grade)s") % {"grade": grade.removeprefix("gy")}
    return _("grade %(grade)s") % {"grade": grade}


def _day_choices(acting: Acting, sent: str) -> Choices:
    """The organisation's own rule, the usual numbers, and the one in the address."""
    days = set(DAYS)
    if sent.isdecimal() and len(sent) < 4 and 0 < int(sent) <= LONGEST:
        days.add(int(sent))
    by_rule = _("Long since met · %(limit)s") % {"limit": limit_text(acting)}
    more_than = (
        _("more than %(count)s school days") if acting.counts_school_days else _("more than %(count)s days")
    )
    return [(LIMIT, by_rule), *((str(number), more_than % {"count": number}) for number in sorted(days))]
