"""The forms of a group's dates: made by a rule, moved, cancelled."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.dates import NoSuchTime, today
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileRadioSelect
from schools.models import SchoolBreak
from students.forms.fields import DayField
from visits.forms.bookings import EVERY, BookingFields, days_off
from visits.forms.occasions import OTHER_LENGTH, OccasionForm
from visits.forms.planned import FURTHEST
from visits.models import GroupCancelledBecause, GroupDate
from visits.services import MOST_DATES, Rule

# The group's end is no reason to be chosen for one date.
REASONS = [(one.value, one.label) for one in GroupCancelledBecause if one != GroupCancelledBecause.ENDED]


class _Times(BookingFields):
    """When, how long and where: the fields of a booking without what it is."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        del self.fields["kind"]

    def number_of_minutes(self) -> int:
        cleaned = self.cleaned_data
        return int(cleaned["minutes"] if cleaned["length"] == OTHER_LENGTH else cleaned["length"])


class GroupDatesForm(OnceForm, _Times):
    """Dates to be made: one, or by a rule up to a last day."""

    until = DayField(
        label=_("Until"), required=False, help_text=_("Leave it empty when it is this date only.")
    )
    weeks = forms.ChoiceField(label=_("How often?"), choices=EVERY, initial="1", widget=TileRadioSelect)
    without_from = DayField(label=_("But not from"), required=False)
    without_until = DayField(
        label=_("Up to and including"),
        required=False,
        help_text=_("School breaks and public holidays are left out anyhow. You can change every date."),
    )
    # Offered once a time has been refused: the others are enough, perhaps.
    skip_taken = forms.BooleanField(label=_("Leave those times out, and save the others"), required=False)
    field_order = ["on", "at", "length", "minutes", "until", "weeks", "without_from", "without_until"]

    def __init__(self, *args: Any, breaks: Iterable[SchoolBreak], **kwargs: Any) -> None:
        """`breaks`: of the group's school; read only when the form is sent. A single date may lie in one."""
        super().__init__(*args, **kwargs)
        del self.fields["place"]
        self.fields["on"].label = _("First date")
        self.times: list[tuple[datetime, datetime]] = []
        self._breaks = breaks

    @property
    def offers_to_skip(self) -> bool:
        """Whether a time has been refused, among others."""
        return bool(self["skip_taken"].value()) or (len(self.times) > 1 and self.has_error("at", "taken"))

    def refuse(self, lines: Sequence[str]) -> None:
        """Somebody who leads the group has something else: a line for each time."""
        self.add_error("at", [forms.ValidationError(line, code="taken") for line in lines])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        until, begin, end = cleaned.get("until"), cleaned.get("without_from"), cleaned.get("without_until")
        if until and until < cleaned["on"]:
            self.add_error("until", _("The last day lies before the first."))
        elif until and until > today() + FURTHEST:
            self.add_error("until", _("At most a year ahead."))
        elif (begin is None) != (end is None) or (begin and end and end < begin):
            self.add_error("without_until", _("Write the first and the last day without the group."))
        else:
            self._make(until, begin, end)
        return cleaned

    def _make(self, until: date | None, begin: date | None, end: date | None) -> None:
        cleaned = self.cleaned_data
        without = [(begin, end)] if begin and end else []
        if until:
            without += days_off(cleaned["on"], until, self._breaks)
        rule = Rule(
            cleaned["on"],
            until or cleaned["on"],
            cleaned["at"],
            self.number_of_minutes(),
            int(cleaned["weeks"]),
            tuple(without),
        )
        try:
            self.times = rule.times()
        except NoSuchTime:
            self.add_error("at", _("This time does not exist on one of the days: the clock is set forward."))
            return
        if not self.times:
            self.add_error("until" if begin is None else "without_from", _("No date is left."))
        elif len(self.times) > MOST_DATES:
            self.add_error("until", _("At most %(count)s dates at a time.") % {"count": MOST_DATES})


class GroupDateForm(VersionForm, _Times):
    """A date that gets another time or place."""

    def __init__(self, data: Any = None, *, group_date: GroupDate, user: User) -> None:
        start = timezone.localtime(group_date.starts_at)
        values = OccasionForm.length_values(group_date.minutes) | {
            "version": group_date.version,
            "on": start.date(),
            "at": start.time().replace(second=0, microsecond=0),
            "place": group_date.place,
        }
        super().__init__(data, initial=values, user=user)
        self.fields["place"].help_text = _("Empty: where the group usually meets.")

    def moved(self) -> dict[str, Any]:
        """What `move_date` takes."""
        starts_at: datetime = self.cleaned_data["starts_at"]
        ends_at = starts_at + timedelta(minutes=self.number_of_minutes())
        return {"starts_at": starts_at, "ends_at": ends_at, "place": self.cleaned_data["place"]}


class CancelGroupDateForm(forms.Form):
    """What came in between; never who."""

    because = forms.ChoiceField(
        label=_("Why?"),
        choices=REASONS,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why.")},
    )
    note = forms.CharField(
        label=_("A few words"), max_length=200, required=False, help_text=_("No names and no health details.")
    )
