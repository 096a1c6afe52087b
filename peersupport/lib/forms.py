"""What forms that change something share: the version that finds a lost update, and the page about it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext


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
    return [value.replace("\r\n", "\n").strip() for value in values if value.strip()]


def _saved(form: forms.BaseForm, name: str) -> list[str]:
    value = form.fields[name].prepare_value(form.get_initial_for_field(form.fields[name], name))
    if isinstance(value, bool):
        return ["on"] if value else []
    values = value if isinstance(value, (list, tuple)) else [value]
    return [str(one).replace("\r\n", "\n").strip() for one in values if one not in (None, "")]


def _both(name: str, field: forms.Field, mine: str, theirs: str) -> dict[str, Any]:
    if isinstance(field, forms.BooleanField):
        words = {"on": gettext("Yes"), "": gettext("No")}
    else:
        words = {str(key): str(word) for key, word in getattr(field, "choices", ())}
    return {
        "name": name,
        "label": capfirst(str(field.label or name)),
        "mine": mine,
        "theirs": theirs,
        "mine_text": words.get(mine, mine),
        "theirs_text": words.get(theirs, theirs),
    }
