"""The form of a booking: what, when, how long, where, and for a coordinator with whom."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from operations.forms import OnceForm
from peersupport.lib.dates import NoSuchTime
from peersupport.lib.forms import VersionForm
from peersupport.lib.school_days import public_holidays
from peersupport.lib.widgets import TileRadioSelect
from schools.codes import CONTACT_KIND, CONTACT_KIND_TILES, words_of
from schools.models import SchoolBreak
from students.forms.fields import DayField
from students.models import Assignment
from visits.forms.occasions import OccasionForm
from visits.forms.planned import FURTHEST, PlannedFields
from visits.models import KINDS_WITHOUT_NAMES, Booking, BookingCancelledBecause
from visits.services import MOST_DATES, Plan, Rule

EVERY = [("1", _("Every week")), ("2", _("Every other week"))]
BY_PEOPLE = [
    BookingCancelledBecause.STUDENT,
    BookingCancelledBecause.GUARDIAN,
    BookingCancelledBecause.SCHOOL,
    BookingCancelledBecause.US,
]


def asked_day(text: str) -> date | None:
    """The day in an address (`?on=2027-01-04`); None for what is no day."""
    try:
        return parse_date(text)
    except ValueError:  # well written, and not in any calendar
        return None


def days_off(first: date, last: date, breaks: Iterable[SchoolBreak]) -> list[tuple[date, date]]:
    """First and last day of what a rule passes over: the public holidays of those years, and `breaks`."""
    years = range(first.year, last.year + 1)
    holidays = [(day, day) for year in years for day in public_holidays(year)]
    return holidays + [(one.first_on, one.last_on) for one in breaks]


class BookingFields(PlannedFields):
    """What every booking says."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=TileRadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    field_order = ["kind", "on", "at", "length", "minutes", "place"]

    def __init__(self, *args: Any, user: User, kept_kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = words_of(user.acting).national_choices(CONTACT_KIND, [kept_kind])
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, CONTACT_KIND_TILES.get(code, word))
            for code, word in kinds
            if code not in KINDS_WITHOUT_NAMES
        ]

    def plan(self) -> Plan:
        """What was filled in."""
        starts_at, ends_at = self.span()
        return Plan(self.cleaned_data["kind"], starts_at, ends_at, self.cleaned_data["place"])


class NewBookingForm(OnceForm, BookingFields):
    """A booking to be made; with whom, where there is a choice."""

    who = forms.ChoiceField(
        label=_("With which peer supporter?"),
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose with whom.")},
    )
    until = DayField(
        label=_("Until"),
        required=False,
        help_text=_("Leave it empty for this time only. School breaks and public holidays are left out."),
    )
    weeks = forms.ChoiceField(
        label=_("How often?"), choices=EVERY, initial="1", required=False, widget=TileRadioSelect
    )
    field_order = ["who", "kind", "on", "at", "length", "minutes", "place", "until", "weeks"]

    def __init__(
        self,
        *args: Any,
        assignments: Sequence[Assignment],
        breaks: Iterable[SchoolBreak] = (),
        **kwargs: Any,
    ) -> None:
        """`breaks`: of the pupil's school; read only when a rule is sent."""
        super().__init__(*args, **kwargs)
        self.times: list[tuple[datetime, datetime]] = []  # more than one: by a rule
        self._breaks = breaks
        self.assignments = {str(one.public_id): one for one in assignments}
        if len(assignments) == 1:
            del self.fields["who"]
        else:
            choices = [(key, one.supporter.user.name) for key, one in self.assignments.items()]
            self.fields["who"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and (until := cleaned.get("until")):
            if until < cleaned["on"]:
                self.add_error("until", _("The last day lies before the first."))
            elif until > timezone.localdate() + FURTHEST:
                self.add_error("until", _("At most a year ahead."))
            else:
                self._make_times(until)
        return cleaned

    def _make_times(self, until: date) -> None:
        cleaned, plan = self.cleaned_data, self.plan()
        minutes = int((plan.ends_at - plan.starts_at).total_seconds()) // 60
        without = tuple(days_off(cleaned["on"], until, self._breaks))
        weeks = int(cleaned.get("weeks") or 1)
        try:
            self.times = Rule(cleaned["on"], until, cleaned["at"], minutes, weeks, without).times()
        except NoSuchTime:
            self.add_error("at", _("This time does not exist on one of the days: the clock is set forward."))
            return
        if not self.times:
            self.add_error("until", _("No date is left."))
        elif len(self.times) > MOST_DATES:
            self.add_error("until", _("At most %(count)s dates at a time.") % {"count": MOST_DATES})

    @property
    def assignment(self) -> Assignment:
        if "who" in self.fields:
            return self.assignments[self.cleaned_data["who"]]
        return next(iter(self.assignments.values()))


class BookingForm(VersionForm, BookingFields):
    """A booking that is moved or changed."""

    def __init__(self, data: Any = None, *, booking: Booking, user: User, following: int = 0) -> None:
        super().__init__(data, initial=_of_booking(booking), user=user, kept_kind=booking.kind)
        if following:
            self.fields["following"] = following_field(following)


def _of_booking(booking: Booking) -> dict[str, Any]:
    start: datetime = timezone.localtime(booking.starts_at)
    values = OccasionForm.length_values(booking.minutes)
    return values | {
        "version": booking.version,
        "kind": booking.kind,
        "on": start.date(),
        "at": start.time().replace(second=0, microsecond=0),
        "place": booking.place,
    }


def following_field(count: int) -> forms.BooleanField:
    """Whether those that follow in the series go along."""
    text = ngettext("Also the %(count)s that follows", "Also the %(count)s that follow", count)
    return forms.BooleanField(label=text % {"count": count}, required=False)


class CancelBookingForm(forms.Form):
    """Who could not. That the pupil does not want to is reason enough."""

    because = forms.ChoiceField(
        label=_("Why?"),
        choices=[(one.value, one.label) for one in BY_PEOPLE],
        widget=TileRadioSelect(wide=True),
        error_messages={"required": _("Choose why.")},
    )
    note = forms.CharField(
        label=_("A few words"), max_length=200, required=False, help_text=_("No health details.")
    )

    def __init__(self, *args: Any, following: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if following:
            self.fields["following"] = following_field(following)
