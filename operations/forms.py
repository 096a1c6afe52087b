"""Forms that create something: sent twice, they have one effect (TRUST T23)."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from operations.services import SameKeyOtherForm, answer_form_key, answer_given, claim_form_key
from peersupport.lib.http import uuid_or_none


class OnceForm(forms.Form):
    """A form with a hidden key of its own; the view saves by `save_once`."""

    data: QueryDict
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def saved_before(self, *, by: Any) -> str | None:
        """Where to go when this form was saved before; asked first, for what it made may rule it out now."""
        key = uuid_or_none(self.data.get("form_key"))
        return answer_given(key=key, by=by, body=self.data) if key else None

    def save_once(self, *, by: Any, save: Callable[[], str]) -> str | None:
        """Run `save` unless this form has been saved before; returns the path to go to next.

        None when the key was used for another content: the form then says so, with a new key (answer 409).
        """
        key = self.cleaned_data["form_key"]
        try:
            with transaction.atomic():  # a refusal by `save` gives the key back
                return self._claim_and_save(key, by=by, save=save)
        except SameKeyOtherForm:
            self.data = self.data.copy()
            self.data["form_key"] = str(uuid.uuid4())
            self.add_error(None, _("This form has been saved once already. Save again if you want one more."))
            return None

    def _claim_and_save(self, key: uuid.UUID, *, by: Any, save: Callable[[], str]) -> str:
        answer = claim_form_key(key=key, by=by, body=self.data)
        if answer is None:
            answer = save()
            answer_form_key(key=key, by=by, answer=answer)
        return answer
