"""What forms that change something share: the version that finds a lost update, and the page about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext


class SeveralField(forms.MultipleChoiceField):
    """Any of a few, at most `most` of them; None for no limit.

    Also takes several in one text with commas between, which is how the page of two texts sends a choice.
    """

    def __init__(self, *, most: int | None = None, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        self.most = most
        self.widget.most = most  # said before saving, by a script

    def to_python(self, value: Any) -> list[str]:
        return [token for text in super().to_python(value) for token in text.split(",") if token]

    def validate(self, value: Sequence[str]) -> None:
        super().validate(value)
        if self.most is not None and len(value) > self.most:
            raise ValidationError(
                self.error_messages["too_many"], code="too_many", params={"most": self.most}
            )


class VersionForm(forms.Form):
    """A form that changes something: the hidden version is that of what its writer has read (TRUST T24)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


def conflict(
    request: HttpRequest, *, form: forms.BaseForm, stored: forms.BaseForm, version: int, cancel_url: str
) -> HttpResponse:
    """The page that shows both texts, status 409; nothing typed is lost (TRUST T24).

    `form` is what was sent, `stored` the unbound form of what is saved now, in its `version`.
    """
    fields, hidden = [], [("version", str(version))]
    for name, field in form.fields.items():
        if name == "version":
            continue
        mine, theirs = _posted(form, name), _saved(stored, name)
        if mine == theirs or len(mine) > 1 or len(theirs) > 1:
            hidden += [(name, value) for value in mine]
        else:
            fields.append(_both(name, field, "".join(mine), "".join(theirs)))
    context = {"fields": fields, "hidden": hidden, "cancel_url": cancel_url}
    return render(request, "conflict.html", context, status=409)


def _posted(form: forms.BaseForm, name: str) -> list[str]:
    values = form.data.getlist(form.add_prefix(name)) if hasattr(form.data, "getlist") else []
    filled = [value.replace("\r\n", "\n").strip() for value in values if value.strip()]
    return _in_one(form.fields[name], filled)


def _saved(form: forms.BaseForm, name: str) -> list[str]:
    value = form.fields[name].prepare_value(form.get_initial_for_field(form.fields[name], name))
    if isinstance(value, bool):
        return ["on"] if value else []
    values = value if isinstance(value, (list, tuple)) else [value]
    filled = [str(one).replace("\r\n", "\n").strip() for one in values if one not in (None, "")]
    return _in_one(form.fields[name], filled)


def _in_one(field: forms.Field, values: list[str]) -> list[str]:
    """Several choices as one text, which is how a `SeveralField` takes them back; in the form's order."""
    if not isinstance(field, SeveralField) or not values:
        return values
    chosen = {token for value in values for token in value.split(",")}
    offered: Any = field.choices
    return [",".join(str(key) for key, _word in offered if str(key) in chosen)]


def _both(name: str, field: forms.Field, mine: str, theirs: str) -> dict[str, Any]:
    if isinstance(field, forms.BooleanField):
        words = {"on": gettext("Yes"), "": gettext("No")}
    else:
        words = {str(key): str(word) for key, word in getattr(field, "choices", ())}
    if isinstance(field, SeveralField):
        words = {
            text: ", ".join(words.get(token, token) for token in text.split(",")) for text in (mine, theirs)
        }
    return {
        "name": name,
        "label": capfirst(str(field.label or name)),
        "mine": mine,
        "theirs": theirs,
        "mine_text": words.get(mine, mine),
        "theirs_text": words.get(theirs, theirs),
    }
