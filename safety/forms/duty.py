"""Turns of duty, days away, rules, drills and one's own number."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.dates import NoSuchTime, moment_at, today
from peersupport.lib.forms import VersionForm
from safety.models import DutyAway, DutyTurn, SafetyRules
from schools.models import Membership, Role
from supporters.models import PeerSupporter

CALLED = (Role.PEER_SUPPORTER, Role.COORDINATOR, Role.SUPERVISOR, Role.LEAD)
DAY = {"type": "date"}


def _plain() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def colleagues(by: User) -> Any:
    """Who may be called: those who work here today in a role that visits or leads."""
    here = Membership.objects.visible_to(by).holding_today()
    holders = here.filter(organisation=by.acting.organisation_id, role__in=CALLED)
    return User.objects.visible_to(by).filter(pk__in=holders.values("user"), is_active=True).by_name()


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class WeekdaysField(forms.TypedMultipleChoiceField):
    """ISO: 1 is Monday."""

    def __init__(self, **options: Any) -> None:
        days = [(number + 1, name) for number, name in WEEKDAYS.items()]
        super().__init__(choices=days, coerce=int, widget=forms.CheckboxSelectMultiple, **options)

    def prepare_value(self, value: Any) -> Any:
        return [str(day) for day in value] if isinstance(value, (list, tuple)) else value


class TurnForm(forms.ModelForm):
    """Who, as what, which days and hours."""

    use_required_attribute = False
    user = PersonField(
        label=_("Who?"), queryset=User.objects.none(), to_field_name="public_id",
        error_messages={"required": _("Choose who it is.")},
    )  # fmt: skip
    weekdays = WeekdaysField(
        label=_("Which days?"), error_messages={"required": _("Choose at least one day.")}
    )

    class Meta:
        model = DutyTurn
        fields = ["user", "step", "weekdays", "starts", "ends", "first_on", "last_on", "phone"]
        help_texts = {
            "ends": _("Earlier than the beginning means the next morning; the same means around the clock."),
            "last_on": _("Empty means until further notice."),
            "phone": _("Empty means the person's own work number."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["user"]
        who.queryset = colleagues(user)
        self.fields["step"].error_messages["required"] = _("Choose as what.")
        for name in ("starts", "ends"):
            self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            self.fields[name].error_messages["required"] = _("Write a time, such as 08:00.")
        for name in ("first_on", "last_on"):
            self.fields[name].widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
        self.fields["phone"].widget.input_type = "tel"
        self.helper = _plain()


class NewTurnForm(OnceForm, TurnForm):
    """A turn that is not there yet."""


class ChangedTurnForm(VersionForm, TurnForm):
    """A turn someone else may be changing too; whose it is stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["user"]


class AwayForm(OnceForm, forms.ModelForm):
    """Days on which somebody is not called."""

    use_required_attribute = False
    user = PersonField(
        label=_("Who?"), queryset=User.objects.none(), to_field_name="public_id",
        error_messages={"required": _("Choose who it is.")},
    )  # fmt: skip

    class Meta:
        model = DutyAway
        fields = ["user", "first_on", "last_on"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["user"]
        who.queryset = colleagues(user)
        for name in ("first_on", "last_on"):
            self.fields[name].widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
            self.fields[name].error_messages["required"] = _("Choose a day.")
        self.helper = _plain()


class RulesForm(VersionForm, forms.ModelForm):
    """Whole minutes, each with what it means in words."""

    use_required_attribute = False

    class Meta:
        model = SafetyRules
        fields = ["grace_minutes", "step_minutes", "start_minutes"]
        labels = {
            "grace_minutes": _("Minutes after the expected end until the supporter is asked"),
            "step_minutes": _("Minutes until the next is called, when nobody takes it"),
            "start_minutes": _("Minutes after a planned start without check-in until the supporter is asked"),
        }
        help_texts = {
            "grace_minutes": _("Short enough that help comes, long enough to say goodbye in peace."),
            "step_minutes": _("First a colleague, then the coordinator, then whoever is on duty."),
            "start_minutes": _("A quiet question. Without an answer the coordinator is asked."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].error_messages["required"] = _("Write how many minutes, 1 to 60.")
        self.helper = _plain()


class WorkPhoneForm(forms.Form):
    """One's own number."""

    use_required_attribute = False
    phone = forms.CharField(
        label=_("Work phone"), required=False, max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("Coordinators see it, and whoever is called when a visit of yours is not ended."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _plain()


class SupporterField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user.name)


class DrillForm(OnceForm):
    """For whom, and when."""

    use_required_attribute = False
    supporter = SupporterField(
        label=_("As if who had not ended a visit?"), queryset=PeerSupporter.objects.none(),
        to_field_name="public_id", error_messages={"required": _("Choose who it is.")},
    )  # fmt: skip
    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    starts = forms.TimeField(
        label=_("At what time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["supporter"]
        who.queryset = PeerSupporter.objects.visible_to(user).with_people()
        self.helper = _plain()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("day") and found.get("starts"):
            if found["day"] < today():
                self.add_error("day", _("The day has passed."))
            try:
                found["at"] = moment_at(found["day"], found["starts"])
            except NoSuchTime:
                self.add_error("starts", _("There is no such time on that day: the clock is set forward."))
        return found


class RemarksForm(forms.Form):
    """What a drill taught."""

    remarks = forms.CharField(
        label=_("What did you learn?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What worked, what will you change? No names."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _plain()
