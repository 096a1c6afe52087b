"""The form of what all pupils of a contact share."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from peersupport.lib.dates import NoSuchTime, moment_at
from peersupport.lib.forms import SeveralField
from peersupport.lib.widgets import TileCheckboxSelectMultiple, TileRadioSelect
from schools.codes import (
    CONTACT_KIND,
    CONTACT_KIND_TILES,
    CONTACT_MODE,
    CONTACT_TOPIC,
    Chosen,
    ContactKind,
    Words,
    words_of,
)
from schools.models import Role
from visits import services
from visits.forms.fields import ClockField, DateField, KilometresField, MinutesField
from visits.models import KINDS_WITHOUT_NAMES, LONGEST_TOPIC, MOST_TOPICS, Booking, Contact
from visits.services import Occasion

OTHER_LENGTH = "other"
# Seen at once on a phone; the others lie under "More …".
COMMON_KINDS = (
    ContactKind.HOME_VISIT,
    ContactKind.AT_SCHOOL,
    ContactKind.ACTIVITY,
    ContactKind.PHONE,
    ContactKind.MESSAGE,
)
LENGTHS = [("30", _("30 min")), ("60", _("60 min")), (OTHER_LENGTH, _("Another length"))]
# What lies under "More" unless it says something.
SELDOM = ("place", "mode", "unplanned", "travel_minutes", "travel_km", "supervision")


def tiles_of_kinds(words: Words, *, with_names: bool, kept: Chosen | None = None) -> tuple[list[Any], int]:
    """The kinds that a form offers, the common ones first, and how many those are."""
    offered = [
        (token, CONTACT_KIND_TILES.get(token, word))
        for token, word in words.choices(CONTACT_KIND, [kept] if kept else ())
        if (token.partition(":")[0] not in KINDS_WITHOUT_NAMES) is with_names
    ]
    common = [choice for choice in offered if choice[0].partition(":")[0] in COMMON_KINDS]
    folded = [choice for choice in offered if choice not in common]
    # One or two under "More …" would only cost a tap.
    return [*common, *folded], len(common) if len(folded) > 2 and common else len(offered)


class LengthField(forms.ChoiceField):
    """Not said to be optional, and yet it may be left: a closed door takes no minutes."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class OccasionForm(forms.Form):
    """What, how long, when and where."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("What was it?"),
        widget=TileRadioSelect,
        error_messages={"required": _("Choose what it was.")},
    )
    length = LengthField(label=_("How long?"), choices=LENGTHS, widget=TileRadioSelect)
    minutes = MinutesField(too_few=_("Write 0 or more minutes."))
    on = DateField()
    at = ClockField()
    place = forms.CharField(label=_("Where?"), max_length=80, required=False)
    mode = forms.ChoiceField(
        label=_("In which way?"),
        required=False,
        help_text=_("Only if it was another way than usual, such as a video call."),
    )
    topics = SeveralField(
        label=_("What did you do?"),
        most=MOST_TOPICS,
        widget=TileCheckboxSelectMultiple,
        help_text=_("At most three."),
        error_messages={
            "too_many": ngettext_lazy("Choose at most %(most)s.", "Choose at most %(most)s.", "most"),
        },
    )
    unplanned = forms.BooleanField(label=_("It was not planned"), required=False)
    travel_minutes = MinutesField(label=_("Travel, minutes"), too_few=_("Write 0 or more minutes."))
    travel_km = KilometresField(label=_("Travel, km"))
    supervision = forms.CharField(
        label=_("Bring up in supervision"),
        max_length=LONGEST_TOPIC,
        required=False,
        help_text=_("Only you see it, in your own list. Write no names."),
    )
    is_with_names = True

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        user: User,
        initial: Mapping[str, Any] | None = None,
        before: Contact | None = None,
    ) -> None:
        """`before`: the contact that is being corrected; its own moment is accepted however old it is, and
        its kind and way are offered also where the organisation has left them out since.
        """
        super().__init__(data, initial=dict(initial or {}))
        self.before, self.words = before, words_of(user.acting)
        kept = Chosen(before.kind, before.local_kind_id) if before else None
        kinds, visible = tiles_of_kinds(self.words, with_names=self.is_with_names, kept=kept)
        self._offer("kind", kinds)
        self.fields["kind"].widget.visible = visible
        modes = [Chosen(before.mode, before.local_mode_id)] if before else ()
        self._offer("mode", [("", _("As usual")), *self.words.choices(CONTACT_MODE, modes)])
        self._offer("topics", self.words.choices(CONTACT_TOPIC, _topics_of(before, self.words)))
        if before or user.acting.role != Role.PEER_SUPPORTER:  # a list that only supporters have
            del self.fields["supervision"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def values_now(kind: str = "") -> dict[str, Any]:
        """What a new form starts with."""
        return OccasionForm.moment_values() | {"kind": kind if kind in ContactKind.values else None}

    @staticmethod
    def moment_values() -> dict[str, Any]:
        """Now, by the clock in Stockholm."""
        now = timezone.localtime().replace(second=0, microsecond=0)
        return {"on": now.date(), "at": now.time()}

    @staticmethod
    def values_of_booking(booking: Booking) -> dict[str, Any]:
        """What the form of a booked contact starts with; one that has not begun is logged as of now."""
        local = timezone.localtime(min(booking.starts_at, timezone.now()))
        return OccasionForm.length_values(booking.minutes) | {
            "kind": booking.kind,
            "on": local.date(),
            "at": local.time().replace(second=0, microsecond=0),
            "place": booking.place,
        }

    @staticmethod
    def length_values(minutes: int) -> dict[str, Any]:
        """A length as the tiles and the field for another one say it."""
        is_tile = str(minutes) in dict(LENGTHS)
        return {
            "length": str(minutes) if is_tile else OTHER_LENGTH,
            "minutes": None if is_tile else minutes,
        }

    @staticmethod
    def values_of(contact: Contact, user: User) -> dict[str, Any]:
        """What the form of a saved contact starts with."""
        words = words_of(user.acting)
        local = timezone.localtime(contact.occurred_at)
        is_usual = contact.local_mode_id is None and contact.mode == services.usual_mode(contact.kind)
        return OccasionForm.length_values(contact.minutes) | {
            "kind": words.token(CONTACT_KIND, contact.kind, contact.local_kind_id),
            "mode": "" if is_usual else words.token(CONTACT_MODE, contact.mode, contact.local_mode_id),
            "on": local.date(),
            "at": local.time().replace(second=0, microsecond=0),
            "place": contact.place,
            "topics": words.tokens(CONTACT_TOPIC, _topics_of(contact, words)),
            "unplanned": not contact.is_planned,
            "travel_minutes": contact.travel_minutes or None,
            "travel_km": number_format(contact.travel_km.normalize()) if contact.travel_km else None,
        }

    @staticmethod
    def values_to_copy(contact: Contact, user: User) -> dict[str, Any]:
        """What the form starts with when it is like `contact`, but now."""
        return OccasionForm.values_of(contact, user) | OccasionForm.moment_values()

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("on") and cleaned.get("at") is not None:
            try:
                cleaned["occurred_at"] = self._moment(cleaned["on"], cleaned["at"])
            except ValidationError as error:
                self.add_error("on", error)
        return cleaned

    def _moment(self, day: date, clock_time: time) -> datetime:
        """The moment by the clock in Stockholm, if a contact may be logged then."""
        try:
            moment = moment_at(day, clock_time)
        except NoSuchTime:
            raise ValidationError(
                _("This time did not exist: the clock was set forward that night. Choose another.")
            ) from None
        if self.before and moment == self.before.occurred_at.replace(second=0, microsecond=0):
            return self.before.occurred_at
        try:
            services.check_moment(moment)
        except services.InTheFuture:
            raise ValidationError(_("This time has not come yet. Write when it was.")) from None
        except services.TooLongAgo:
            raise ValidationError(
                _("More than 60 days ago. Ask your coordinator whether it should be written down anyway.")
            ) from None
        return moment

    def check_length(self, *, was_held: bool) -> None:
        """Fill in `minutes`, or say what is missing. A try without a length is 0 minutes."""
        length, minutes = self.cleaned_data.get("length"), self.cleaned_data.get("minutes")
        if length and length != OTHER_LENGTH:
            self.cleaned_data["minutes"] = int(length)
        elif minutes is None and not self.has_error("minutes"):
            if was_held or length == OTHER_LENGTH:
                field = "minutes" if length == OTHER_LENGTH else "length"
                self.add_error(field, _("Write how many minutes it took."))
            else:
                self.cleaned_data["minutes"] = 0

    @property
    def kind_code(self) -> str:
        """The national kind of what was chosen, or "" when nothing was."""
        chosen = self.words.read(CONTACT_KIND, self.cleaned_data.get("kind", ""))
        return chosen.code if chosen else ""

    def occasion(self) -> Occasion:
        cleaned = self.cleaned_data
        kind = self.words.read(CONTACT_KIND, cleaned["kind"]) or Chosen(cleaned["kind"])
        return Occasion(
            kind.code,
            cleaned["occurred_at"],
            cleaned["minutes"],
            cleaned["place"],
            local_kind=kind.local_id,
            mode=self.words.read(CONTACT_MODE, cleaned.get("mode", "")),
            topics=tuple(self.words.read_all(CONTACT_TOPIC, cleaned["topics"])),
            is_planned=not cleaned["unplanned"],
            travel_minutes=cleaned["travel_minutes"] or 0,
            travel_km=cleaned["travel_km"] or Decimal(0),
        )

    @property
    def is_more_open(self) -> bool:
        """Whether something that lies under "More" says something, or is wrong."""
        return any(self[name].errors or self[name].value() for name in SELDOM if name in self.fields)


def _topics_of(contact: Contact | None, words: Words) -> list[Chosen]:
    if contact is None:
        return []
    return words.ticked(CONTACT_TOPIC, contact.topics, contact.local_topics)
