"""Keeping the link library: coordinators of the whole organisation (ADR 0024)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from schools.models import LibraryLink, LibraryLinkQuerySet, Organisation, Role
from schools.services.errors import ChangedMeanwhile


class LinkIsThere(Exception):
    """The library has this address already."""


@dataclass(frozen=True, slots=True)
class LinkWords:
    """What a link says. `url` as `public_address` gives it; no purposes: it fits any."""

    kind: str
    title: str
    url: str
    text: str = ""
    purposes: Sequence[str] = ()


def keeps_library(user: User) -> bool:
    """Whether `user` keeps the library: it is one for the whole organisation, and so are they."""
    return user.acting.role == Role.COORDINATOR and user.acting.school_id is None


def all_links(*, by: User) -> LibraryLinkQuerySet:
    """What `by` may see, for coordinators also what is taken out: to take out and to put back."""
    return LibraryLink.objects.with_withdrawn(by)


def add_link(*, by: User, words: LinkWords) -> LibraryLink:
    """A new link. Raises LinkIsThere."""
    link = LibraryLink(
        organisation=Organisation.objects.visible_to(by).get(), changed_by=by, **_columns(words)
    )
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError:
        raise LinkIsThere from None
    return link


def edit_link(*, link: LibraryLink, by: User, version: int, words: LinkWords) -> None:
    """Change it, if it is still at `version`. Raises ChangedMeanwhile, LinkIsThere."""
    same = LibraryLink.objects.visible_to(by).filter(pk=link.pk, version=version)
    stamp = {"changed_at": timezone.now(), "changed_by": by, "version": F("version") + 1}
    try:
        with transaction.atomic():
            changed = same.update(**_columns(words), **stamp)
    except IntegrityError:
        raise LinkIsThere from None
    if not changed:
        raise ChangedMeanwhile


def _columns(words: LinkWords) -> dict[str, object]:
    return asdict(words) | {"purposes": list(words.purposes)}


def withdraw_link(*, link: LibraryLink, by: User) -> None:
    """Take it out of the library; twice is the same as once."""
    standing = LibraryLink.objects.visible_to(by).filter(pk=link.pk)
    standing.update(withdrawn_at=timezone.now(), withdrawn_by=by, version=F("version") + 1)


def put_back_link(*, link: LibraryLink, by: User) -> None:
    """Put it in again, as it was; twice is the same as once. Raises LinkIsThere."""
    withdrawn = LibraryLink.objects.with_withdrawn(by).filter(pk=link.pk, withdrawn_at__isnull=False)
    try:
        with transaction.atomic():
            withdrawn.update(withdrawn_at=None, withdrawn_by=None, version=F("version") + 1)
    except IntegrityError:
        raise LinkIsThere from None
