"""Who joins a group, and who leaves it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from operations.forms import OnceForm
from peersupport.lib.dates import today
from peersupport.lib.widgets import TileCheckboxSelectMultiple
from students.forms.fields import DayField
from students.models import Student
from visits.models import GroupMember


class MembersForm(OnceForm):
    """Who joins, and from which day."""

    use_required_attribute = False
    students = forms.MultipleChoiceField(
        label=_("Who joins?"),
        widget=TileCheckboxSelectMultiple(wide=True),
        error_messages={"required": _("Choose at least one.")},
    )
    starts_on = DayField(
        label=_("From which day?"), initial=today, error_messages={"required": _("Write from which day.")}
    )

    def __init__(self, *args: Any, students: Sequence[Student], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._students = {str(one.public_id): one for one in students}
        choices = [(key, one.name) for key, one in self._students.items()]
        self.fields["students"].choices = choices  # type: ignore[attr-defined]

    def chosen_students(self) -> list[Student]:
        return [self._students[key] for key in self.cleaned_data["students"]]


class LeaveForm(forms.Form):
    """The last day. Nobody asks why."""

    use_required_attribute = False
    last_day = DayField(
        label=_("Last day in the group"), error_messages={"required": _("Write the last day.")}
    )

    def __init__(self, *args: Any, member: GroupMember, **kwargs: Any) -> None:
        # One who has not begun leaves before the first day.
        last = today() if member.starts_on <= today() else member.starts_on - timedelta(days=1)
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = last
        self.member = member

    def clean_last_day(self) -> date:
        last_day: date = self.cleaned_data["last_day"]
        if last_day < self.member.starts_on - timedelta(days=1):
            raise forms.ValidationError(gettext("The last day lies before the first."))
        return last_day
