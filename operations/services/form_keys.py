"""One effect for each form, however often it is sent (TRUST T23)."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import QueryDict

from operations.models import FormKey

# They differ between two sends of the same form without changing what it says.
NOT_CONTENT = {"csrfmiddlewaretoken", "form_key"}


class SameKeyOtherForm(Exception):
    """The key has been used for a form with another content; the answer is 409."""


def claim_form_key(*, key: UUID, by: Any, body: QueryDict) -> str | None:
    """Claim `key` for this form: None means go on and save; a path means it is saved, send the user there.

    A simultaneous second send waits here until the first has committed. Raises SameKeyOtherForm.
    """
    digest = _digest(body)
    mine = FormKey(key=key, user_id=by.pk, body_digest=digest)
    before = FormKey.objects.visible_to(by).filter(pk=key).values_list("body_digest", "answer")
    if FormKey.objects.bulk_create([mine], ignore_conflicts=True) and (seen := before.first()):
        if seen[0] != digest:
            raise SameKeyOtherForm
        return seen[1] or None
    raise SameKeyOtherForm  # another user's key


def answer_given(*, key: UUID, by: Any, body: QueryDict) -> str | None:
    """Where the user was sent when this same form was saved before; None when it was not."""
    saved = FormKey.objects.visible_to(by).filter(pk=key, body_digest=_digest(body))
    return saved.values_list("answer", flat=True).first() or None


def answer_form_key(*, key: UUID, by: Any, answer: str) -> None:
    """Note where the user was sent after saving, for whoever sends the same form again."""
    FormKey.objects.visible_to(by).filter(pk=key).update(answer=answer)


def _digest(body: QueryDict) -> str:
    pairs = sorted((name, tuple(values)) for name, values in body.lists() if name not in NOT_CONTENT)
    return hashlib.sha256(repr(pairs).encode()).hexdigest()
