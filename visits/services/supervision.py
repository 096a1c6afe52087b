"""What one wants to bring up in supervision: one's own list."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from peersupport.lib.names import search_words
from visits.models import SupervisionTopic
from visits.services.contacts import Overtaken
from visits.services.pupils import Pupil

SHORTEST_NAME = 3


def add_topic(*, by: User, text: str) -> SupervisionTopic:
    """Save a topic of one's own; row security asks whose."""
    topic = SupervisionTopic(author=by, text=text)
    topic.organisation_id = by.acting.organisation_id  # type: ignore[assignment]
    topic.save(force_insert=True)
    return topic


@transaction.atomic
def edit_topic(*, topic: SupervisionTopic, by: User, version: int, text: str) -> None:
    """Write it anew, if it is still at `version`. Raises Overtaken."""
    same = SupervisionTopic.objects.visible_to(by).filter(pk=topic.pk, version=version)
    if not same.update(text=text, version=F("version") + 1):
        raise Overtaken


def finish_topic(*, topic: SupervisionTopic, by: User) -> None:
    """It has been talked about; twice is the same as once."""
    undone = SupervisionTopic.objects.visible_to(by).open().filter(pk=topic.pk)
    undone.update(done_at=timezone.now(), version=F("version") + 1)


def reopen_topic(*, topic: SupervisionTopic, by: User) -> None:
    """It is to be talked about after all."""
    done = SupervisionTopic.objects.visible_to(by).filter(pk=topic.pk, done_at__isnull=False)
    done.update(done_at=None, version=F("version") + 1)


def delete_topic(*, topic: SupervisionTopic, by: User) -> None:
    """Take it away for good: it is its author's alone."""
    SupervisionTopic.objects.visible_to(by).filter(pk=topic.pk).delete()


def names_a_pupil(text: str, pupils: Sequence[Pupil]) -> bool:
    """Whether a word of `text` is a name of one of `pupils`, also with the s of the genitive.

    Of a pupil whose name is sealed nobody can tell.
    """
    said = set(search_words_of(text))
    return any(name in said or f"{name}s" in said for pupil in pupils for name in _names_of(pupil))


def search_words_of(text: str) -> list[str]:
    """Every word of a text, folded; `search_words` alone stops at five."""
    return [folded for word in text.split() for folded in search_words(word)]


def _names_of(pupil: Pupil) -> list[str]:
    identity = getattr(pupil.student, "identity", None)
    if identity is None:
        return []
    names = f"{identity.given_name} {identity.called} {identity.family_name}"
    return [name for name in search_words_of(names) if len(name) >= SHORTEST_NAME]
