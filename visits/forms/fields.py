"""Fields that only the forms of visits have."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from visits.models import MOST_MINUTES


class DateField(forms.DateField):
    """The day of something, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Date"))
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": _("Write the date."),
                "invalid": _("Write the date as year-month-day, for example 2026-11-24."),
            },
            **kwargs,
        )


class ClockField(forms.TimeField):
    """The time of something, in hours and minutes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time"))
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={
                "required": _("Write the time."),
                "invalid": _("Write the time as hours and minutes, for example 14:30."),
            },
            **kwargs,
        )


class MinutesField(forms.IntegerField):
    """How many minutes, half a day at most.

    `too_few` is said below `min_value`; `missing` when it is left out. Without those words it may be.
    """

    def __init__(self, *, too_few: Any, missing: Any = None, min_value: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Number of minutes"))
        errors = {
            "min_value": too_few,
            "max_value": _("At most 720 minutes, which is twelve hours."),
            "invalid": _("Write the minutes in digits, for example 45."),
        }
        super().__init__(
            required=missing is not None,
            min_value=min_value,
            max_value=MOST_MINUTES,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages=errors | ({"required": missing} if missing else {}),
            **kwargs,
        )


class SeveralField(forms.MultipleChoiceField):
    """Any of a few, at most `most` of them; None for no limit.

    Also takes several in one text with commas between, which is how the page of two texts sends a choice.
    """

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.most = most
        self.widget.most = most

    def to_python(self, value: Any) -> list[str]:
        return [token for text in super().to_python(value) for token in text.split(",") if token]

    def validate(self, value: Sequence[str]) -> None:
        super().validate(value)
        if self.most is not None and len(value) > self.most:
            raise ValidationError(
                self.error_messages["too_many"], code="too_many", params={"most": self.most}
            )


class KilometresField(forms.DecimalField):
    """Kilometres to the tenth, with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_value=Decimal("999.9"),
            decimal_places=1,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
            error_messages={
                "invalid": _("Write the kilometres in digits, for example 4,5."),
                "min_value": _("Write 0 or more kilometres."),
                "max_value": _("At most 999 kilometres."),
                "max_decimal_places": _("At most one decimal."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)
