"""The link library as rows: on its own page, and beside the purposes of a contact."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from peersupport.lib.addresses import host_of
from peersupport.lib.dates import day_of, short_date
from peersupport.lib.urls import prefix
from schools.codes import SUPPORT_PURPOSE, Words, words_of
from schools.models import LibraryLink, LibraryLinkKind

A_FEW = 8  # beside a form; the rest on the page of links


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link: what it is, where it leads, and how to pass it on."""

    title: str
    url: str
    host: str
    kind: str
    text: str
    purposes: str  # in words, or that it fits any
    purpose_codes: list[str]
    sms_url: str
    mail_url: str
    changed: str  # who and when; empty for those who do not keep the library
    edit_url: str


def link_rows(links: Iterable[LibraryLink], user: User, *, is_keeper: bool) -> list[LinkRow]:
    """Rows of links loaded with `changed_by` where `is_keeper`."""
    edit, words = prefix("schools:library_link_edit"), words_of(user.acting)
    return [_row(link, words, edit(link.public_id) if is_keeper else "") for link in links]


def links_for_purposes(user: User, purposes: Collection[str] = ()) -> list[LinkRow]:
    """A few links that fit any of `purposes` (national codes), for components/purpose_links.html. One query.

    Without purposes: a few of all. Nobody but supporters and coordinators has any.
    """
    links = LibraryLink.objects.visible_to(user).by_title()
    if purposes:
        links = links.fitting(purposes)
    return link_rows(links[:A_FEW], user, is_keeper=False)


def _row(link: LibraryLink, words: Words, edit_url: str) -> LinkRow:
    shared = quote(f"{link.title}: {link.url}")
    names = [words.label(SUPPORT_PURPOSE, code) for code in link.purposes]
    return LinkRow(
        title=link.title,
        url=link.url,
        host=host_of(link.url),
        kind=str(LibraryLinkKind(link.kind).label),
        text=link.text,
        purposes=capfirst(", ".join(names)),
        purpose_codes=link.purposes,
        sms_url=f"sms:?&body={shared}",  # no number: whoever sends it chooses to whom
        mail_url=f"mailto:?body={shared}",
        changed=_changed(link) if edit_url else "",
        edit_url=edit_url,
    )


def _changed(link: LibraryLink) -> str:
    who = {"name": link.changed_by.name, "day": short_date(day_of(link.changed_at))}
    return _("changed %(day)s by %(name)s") % who
