"""One effect for each form, however often it is sent (TRUST T23)."""

import hashlib
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from operations.models import FormKey

# They differ between two sends of the same form without changing what it says.
NOT_CONTENT = {"csrfmiddlewaretoken", "form_key"}


class SameKeyOtherForm(Exception):
    """The key has been used for a form with another content; the answer is 409."""


def claim_form_key(*, key: UUID, by: Any, body: QueryDict, answer: str = "") -> str | None:
    """Claim `key` for this form: None means go on and save; a path means it is saved, send the user there.

    A simultaneous second send waits here until the first has committed. `answer`: where the user will be
    sent, for a form that is saved or else rolled back with its key; without it `answer_form_key` notes that.
    Raises SameKeyOtherForm. One query, two when the form was sent before.
    """
    digest = _digest(body)
    if _insert(key=key, user_id=by.pk, digest=digest, answer=answer):
        return None
    before = FormKey.objects.visible_to(by).filter(pk=key).values_list("body_digest", "answer")
    seen = before.first()
    if seen is None or seen[0] != digest:  # another user's key, or another form
        raise SameKeyOtherForm
    return seen[1] or None


def _insert(*, key: UUID, user_id: int, digest: str, answer: str) -> bool:
    """Whether the key was free. Django would not say whether it inserted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into operations_formkey (key, user_id, body_digest, answer, at)"
            " values (%s, %s, %s, %s, %s) on conflict do nothing",
            [key, user_id, digest, answer, timezone.now()],
        )
        return bool(cursor.rowcount)


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
