"""Ending a role."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from peersupport.lib.dates import today
from peersupport.lib.forms import VersionForm
from peersupport.lib.widgets import TileRadioSelect
from schools import services
from schools.models import Membership
from schools.refusals import refusal_text

NOW, LATER = "now", "later"


class MembershipEndForm(VersionForm):
    """At once, or after a last day."""

    when = forms.ChoiceField(
        label=_("When does it end?"),
        choices=[(NOW, _("Now, at once")), (LATER, _("After a last day"))],
        widget=TileRadioSelect,
        initial=LATER,
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, membership: Membership, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership, self.by = membership, by
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("when") != LATER or "last_day" in self.errors:
            return cleaned
        if not cleaned.get("last_day"):
            self.add_error("last_day", _("Choose the last day."))
            return cleaned
        try:
            services.refuse_last_day(membership=self.membership, by=self.by, last_day=cleaned["last_day"])
        except services.MembershipRefused as refused:
            self.add_error("last_day", str(refusal_text(refused)))
        return cleaned
