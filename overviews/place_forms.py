"""Filters of the lists of supporters, schools and reads; they stand in the address, so no names of pupils."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.ordering import swedish_order
from schools.codes import NATIONAL, SCHOOL_FORM
from schools.models import School, SchoolStatus


class FilterForm(forms.Form):
    """A GET form in which a wrong value is as good as none."""

    @property
    def chosen(self) -> dict[str, Any]:
        """The fields filled in with something that can be used."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class SupporterFilterForm(FilterForm):
    """`?school=<uuid>&taking=yes`."""

    school = forms.ChoiceField(label=_("School"), required=False)
    taking = forms.ChoiceField(
        label=_("New pupils"),
        required=False,
        choices=[
            ("", _("Everyone")),
            ("room", _("Has room")),
            ("yes", _("Takes new pupils")),
            ("no", _("Takes no new pupils")),
        ],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.visible_to(user).open().by_name().values_list("public_id", "name")
        self.fields["school"].choices = [  # type: ignore[attr-defined]
            ("", _("All schools")),
            *((str(public_id), name) for public_id, name in schools),
        ]

    def apply(self, supporters: Any) -> Any:
        """Those placed at the school today, and those who take new pupils, have room for one, or do not."""
        chosen = self.chosen
        if "school" in chosen:
            supporters = supporters.placed_today_at(chosen["school"])
        if "taking" in chosen:
            supporters = supporters.filter(is_accepting=chosen["taking"] != "no")
        if chosen.get("taking") == "room":
            supporters = supporters.filter(open_assignments__lt=F("capacity"))
        return supporters


def all_forms() -> list[tuple[str, Any]]:
    """Asked when a page is made, so that it is in the reader's language."""
    return [("", _("All forms")), *NATIONAL.every(SCHOOL_FORM)]


class SchoolFilterForm(FilterForm):
    """`?q=lind&form=GR&status=closed`; closed schools only when asked for."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    form = forms.ChoiceField(label=_("School form"), required=False, choices=all_forms)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Not closed")), *SchoolStatus.choices, ("all", _("All"))],
    )

    def apply(self, schools: Any) -> Any:
        """Those whose name holds the words, of the form and status."""
        chosen = self.chosen
        if "q" in chosen:
            schools = schools.filter(name__icontains=chosen["q"])
        if "form" in chosen:
            schools = schools.filter(forms__contains=[chosen["form"]])
        if "status" not in chosen:
            return schools.open()
        return schools if chosen["status"] == "all" else schools.filter(status=chosen["status"])


class AccessLogFilterForm(FilterForm):
    """`?person=<uuid>&day=2026-11-23`."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.visible_to(user).order_by(swedish_order("family_name", "given_name"), "pk")
        self.people = {str(person.public_id): person for person in colleagues}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Everyone")),
            *((public_id, person.name) for public_id, person in self.people.items()),
        ]

    def apply(self, rows: Any) -> Any:
        """What the person did, on the day."""
        chosen = self.chosen
        if "person" in chosen:
            rows = rows.filter(user_id=self.people[chosen["person"]].pk)
        if "day" in chosen:
            day: date = chosen["day"]
            rows = rows.on(day)
        return rows
