"""A group and its dates: what it is called, who leads it, where and when it meets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.dates import NoSuchTime, today
from peersupport.lib.forms import VersionForm
from peersupport.lib.school_days import public_holidays
from peersupport.lib.widgets import TileCheckboxSelectMultiple, TileRadioSelect
from schools.models import School, SchoolBreak
from students.forms.fields import DayField
from supporters.models import PeerSupporter
from visits.forms.bookings import FURTHEST, BookingFields
from visits.forms.occasions import OTHER_LENGTH, OccasionForm
from visits.models import GroupCancelledBecause, GroupDate, GroupSeries
from visits.services import MOST_DATES, Rule

EVERY = [("1", _("Every week")), ("2", _("Every other week"))]


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
            years = range(cleaned["on"].year, until.year + 1)
            without += [(day, day) for year in years for day in public_holidays(year)]
            without += [(one.first_on, one.last_on) for one in self._breaks]
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
        choices=GroupCancelledBecause,
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why.")},
    )
    note = forms.CharField(
        label=_("A few words"), max_length=200, required=False, help_text=_("No names and no health details.")
    )
