"""A task: what, by when, who."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.dates import today
from peersupport.lib.forms import VersionForm
from students.forms.fields import DayField, is_over
from visits.models import Task
from visits.services import TaskOwner

USUAL_DAYS = 7


def in_a_week() -> date:
    """What a new task starts with."""
    return today() + timedelta(days=USUAL_DAYS)


class TaskFields(forms.Form):
    """The fields of a task; `owners` are those it may be given to."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("What is to be done?"),
        max_length=120,
        help_text=_("Begin with a verb. Write no names here."),
        error_messages={"required": _("Write what is to be done.")},
    )
    due_on = DayField(
        label=_("By when?"), error_messages={"required": _("Write the last day it should be done.")}
    )
    owner = forms.ChoiceField(label=_("Who does it?"), error_messages={"required": _("Choose who does it.")})

    def __init__(self, *args: Any, owners: Sequence[TaskOwner], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owners = {str(owner.public_id): owner for owner in owners}
        first = [(code, gettext("I do")) for code in self._owners if code == str(user.public_id)]
        others = [(code, _label(owner)) for code, owner in self._owners.items() if owner.pk != user.pk]
        self.fields["owner"].choices = [*first, *others]  # type: ignore[attr-defined]

    def chosen_owner(self) -> TaskOwner:
        return self._owners[self.cleaned_data["owner"]]


def _label(owner: TaskOwner) -> str:
    return gettext("%(name)s, coordinator") % {"name": owner.name} if owner.is_coordinator else owner.name


class TaskForm(TaskFields, OnceForm):
    """A new task."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["due_on"].initial = in_a_week
        self.fields["owner"].initial = str(user.public_id)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if is_over(day):
            raise forms.ValidationError(gettext("This day has passed. Choose today or a later day."))
        return day


class TaskEditForm(TaskFields, VersionForm):
    """A task that is changed; its owner may stay though they no longer see it."""

    @staticmethod
    def values_of(task: Task) -> dict[str, Any]:
        """What the form of a saved task starts with."""
        return {
            "title": task.title,
            "due_on": task.due_on,
            "owner": str(task.owner.public_id),
            "version": task.version,
        }

    @staticmethod
    def owners_of(task: Task, owners: Sequence[TaskOwner]) -> list[TaskOwner]:
        """`owners`, with the task's own among them."""
        if task.owner_id in {owner.pk for owner in owners}:
            return list(owners)
        owner_id: UUID = task.owner.public_id
        return [TaskOwner(task.owner_id, owner_id, task.owner.name, is_coordinator=False), *owners]
