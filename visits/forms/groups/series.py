"""A group: what it is called, who leads it, where it meets, and its end."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm
from peersupport.lib.dates import today
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileCheckboxSelectMultiple, TileRadioSelect
from schools.models import School
from students.forms.fields import DayField
from supporters.models import PeerSupporter
from visits.forms.planned import FURTHEST
from visits.models import GroupEndReason, GroupSeries


class GroupFields(forms.Form):
    """What a group is called, where it meets, and who leads it."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("What is the group called?"),
        max_length=60,
        help_text=_(
            "A name anyone may hear, after what you do: the game group, the Tuesday café. Nothing about"
            " health or absence, no names of pupils."
        ),
        error_messages={"required": _("Write what the group is called.")},
    )
    place = forms.CharField(label=_("Where?"), max_length=80, required=False)
    leaders = forms.MultipleChoiceField(
        label=_("Who leads it?"),
        widget=TileCheckboxSelectMultiple(wide=True),
        help_text=_("Peer supporters placed at the school today."),
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(
        self, *args: Any, leaders: Sequence[PeerSupporter], at: Mapping[int, str] | None = None, **kwargs: Any
    ) -> None:
        """`at` says where each is placed, by id, when there is a choice of schools."""
        super().__init__(*args, **kwargs)
        self._users = {str(one.public_id): one.user_id for one in leaders}
        self.fields["leaders"].choices = [  # type: ignore[attr-defined]
            (str(one.public_id), f"{one.user.name} ({at[one.pk]})" if at else one.user.name)
            for one in leaders
        ]

    def leader_ids(self) -> list[int]:
        """Ids of the users who are to lead."""
        return [self._users[key] for key in self.cleaned_data["leaders"]]


class NewGroupForm(OnceForm, GroupFields):
    """A group to be made; at which school, where there is a choice."""

    school = forms.ChoiceField(label=_("School"), error_messages={"required": _("Choose the school.")})
    field_order = ["school", "name", "place", "leaders"]

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._schools = {str(one.public_id): one for one in schools}
        choices = [(key, one.name) for key, one in self._schools.items()]
        self.fields["school"].choices = choices if len(choices) == 1 else [("", "–"), *choices]  # type: ignore[attr-defined]

    def chosen_school(self) -> School:
        return self._schools[self.cleaned_data["school"]]


class AgainForm(NewGroupForm):
    """A new series of a group that has ended."""

    bring = forms.BooleanField(
        label=_("Those who were in the group come along"),
        required=False,
        initial=True,
        help_text=_("From today. Whose support has ended, or who has left, does not."),
    )


class GroupForm(VersionForm, GroupFields):
    """A group that is changed; who leads it is the coordinator's to say."""

    def __init__(
        self,
        data: Any = None,
        *,
        group: GroupSeries,
        leading: Sequence[UUID],
        says_who_leads: bool,
        **kwargs: Any,
    ) -> None:
        values = {"version": group.version, "name": group.name, "place": group.place}
        super().__init__(data, initial=values | {"leaders": [str(one) for one in leading]}, **kwargs)
        if not says_who_leads:
            del self.fields["leaders"]


class EndGroupForm(VersionForm):
    """The last day, and why; never because of whom."""

    use_required_attribute = False
    last_day = DayField(
        label=_("Last day"),
        initial=today,
        error_messages={"required": _("Write the last day.")},
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=GroupEndReason,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why.")},
    )
    note = forms.CharField(
        label=_("A few words"), max_length=200, required=False, help_text=_("No names and no health details.")
    )

    def clean_last_day(self) -> date:
        last_day: date = self.cleaned_data["last_day"]
        if last_day > today() + FURTHEST:
            raise forms.ValidationError(gettext("At most a year ahead."))
        return last_day
