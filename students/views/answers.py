"""Answers that several views give: sent already, two texts, and where to go back to."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services import record_reads
from operations.services import answer_form_key, claim_form_key
from peersupport.lib.http import AuthenticatedHttpRequest
from students.models import Student


def save_once(request: AuthenticatedHttpRequest, key: UUID, save: Callable[[], str]) -> str:
    """The path to go to: what `save` returned, now or when the same form was sent before (TRUST T23).

    When `save` raises, the key is free again. Raises SameKeyOtherForm.
    """
    with transaction.atomic():
        answer = claim_form_key(key=key, by=request.user, body=request.POST)
        if answer is None:
            answer = save()
            answer_form_key(key=key, by=request.user, answer=answer)
    return answer


def sent_already(request: AuthenticatedHttpRequest, back: str) -> HttpResponse:
    """The same form was sent with another content: nothing is saved (409)."""
    return render(request, "students/sent_already.html", {"back_url": back}, status=409)


def both_texts(
    request: AuthenticatedHttpRequest,
    *,
    student: Student,
    mine: forms.BaseForm,
    saved: forms.BaseForm,
    version: int,
    back: str,
    only_mine: tuple[str, ...] = (),
) -> HttpResponse:
    """The second writer chooses field by field (409), and is logged as having read what the first one wrote.

    What is the same in both goes along unseen. `only_mine` names fields that belong to the act and not to
    what is saved.
    """
    fields: list[dict[str, Any]] = []
    hidden: list[tuple[str, Any]] = [("version", version)]
    for bound in mine.visible_fields():
        own, other = _posted(bound), _posted(saved[bound.name])
        if own == other or bound.name in only_mine:
            hidden += [(bound.name, value) for value in own]
            continue
        fields.append(_choice(bound, own, other))
    record_reads(by=request.user, page="students:conflict", students=[student], request_id=request.request_id)
    context = {"fields": fields, "hidden": hidden, "cancel_url": back}
    return render(request, "conflict.html", context, status=409)


def _choice(bound: Any, own: list[str], other: list[str]) -> dict[str, Any]:
    """A field as the page shows it; several values travel as one, with commas."""
    return {
        "name": bound.name,
        "label": bound.field.label,
        "mine": ",".join(own),
        "theirs": ",".join(other),
        "mine_text": _in_words(bound, own),
        "theirs_text": _in_words(bound, other),
    }


def _posted(bound: Any) -> list[str]:
    """What the field sends, as the browser would: nothing for an unticked box."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return ["on"] if value else []
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one).replace("\r\n", "\n") for one in values if one not in (None, "")]


def _in_words(bound: Any, values: list[str]) -> str:
    if isinstance(bound.field, forms.BooleanField):
        return _("yes") if values else _("no")
    choices = {str(value): label for value, label in getattr(bound.field, "choices", [])}
    return ", ".join(str(choices.get(value, value)) for value in values)


def student_page(student: Student) -> str:
    return reverse("overviews:student_detail", args=[student.public_id])
