"""The form of time planned without a pupil."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileCheckboxSelectMultiple, TileRadioSelect
from schools.codes import OTHER_TIME_KIND, words_of
from supporters.models import PeerSupporter
from visits.forms.occasions import OccasionForm
from visits.forms.other_time import TILE_WORDS
from visits.forms.planned import PlannedFields
from visits.models import Appointment
from visits.services import Meeting


class AppointmentFields(PlannedFields):
    """What it is, and when."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=TileRadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    field_order = ["who", "kind", "on", "at", "length", "minutes", "place"]

    def __init__(self, *args: Any, user: User, kept_kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [kept_kind] if kept_kind else []
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, TILE_WORDS.get(code, word))
            for code, word in words_of(user.acting).national_choices(OTHER_TIME_KIND, kept)
        ]

    def meeting(self) -> Meeting:
        starts_at, ends_at = self.span()
        return Meeting(self.cleaned_data["kind"], starts_at, ends_at, self.cleaned_data["place"])


class NewAppointmentForm(OnceForm, AppointmentFields):
    """Time to be planned; for whom, where there is a choice."""

    who = forms.MultipleChoiceField(
        label=_("For whom?"),
        widget=TileCheckboxSelectMultiple,
        error_messages={"required": _("Choose for whom.")},
    )

    def __init__(self, *args: Any, supporters: Sequence[PeerSupporter], **kwargs: Any) -> None:
        """`supporters`: those to choose among; one alone is not asked about."""
        super().__init__(*args, **kwargs)
        self.supporters = {str(one.public_id): one for one in supporters}
        if len(supporters) == 1:
            del self.fields["who"]
        else:
            choices = [(key, one.user.name) for key, one in self.supporters.items()]
            self.fields["who"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[PeerSupporter]:
        if "who" in self.fields:
            return [self.supporters[key] for key in self.cleaned_data["who"]]
        return list(self.supporters.values())


class AppointmentForm(VersionForm, AppointmentFields):
    """Time that is moved or changed."""

    @staticmethod
    def values_of(row: Appointment) -> dict[str, Any]:
        """What the form of a saved row starts with."""
        local = timezone.localtime(row.starts_at)
        return OccasionForm.length_values(row.minutes) | {
            "version": row.version,
            "kind": row.kind,
            "on": local.date(),
            "at": local.time().replace(second=0, microsecond=0),
            "place": row.place,
        }
