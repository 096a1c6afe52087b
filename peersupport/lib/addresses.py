"""Addresses of pages on the web that people may be sent to."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from peersupport.lib.personal_numbers import has_personal_number

LONGEST = 300
# A name with a dot in it and letters last: no number of a machine, nothing on the own network.
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
# The same to the database: what a check constraint of such a column says.
DATABASE_PATTERN = r"^https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](/|\?|#|$)"
INSIDE = (".local", ".internal", ".lan", ".localhost", ".test", ".invalid")


REFUSALS = {
    "scheme": _("Write an address that begins with https://"),
    "invalid": _("This is no address. Copy it from the browser once more."),
    "personal": _("This address could be about a person. Take a page that anyone may see."),
    "host": _("Take a page that everyone can reach, not one inside a network."),
}


def public_address(text: str) -> str:
    """The address as it is stored, its host in lower case and in letters every machine knows.

    Raises ValidationError for anything but https on a public host, and for what could be about a person: a
    user name, an e-mail address or a personal number in it.
    """
    address = text.strip()
    if not address.lower().startswith("https://"):
        raise _refusal("scheme")
    if len(address) > LONGEST or re.search(r"[\s\x00-\x1f\x7f\\<>\"]", address):
        raise _refusal("invalid")
    if _is_personal(address):
        raise _refusal("personal")
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode().lower()
        has_port = parts.port is not None
    except ValueError:  # UnicodeError among them
        raise _refusal("invalid") from None
    if has_port or not HOST.fullmatch(host) or host.endswith(INSIDE):
        raise _refusal("host")
    return f"https://{host}{address.partition('://')[2].partition(parts.netloc)[2]}"


def _is_personal(address: str) -> bool:
    words = re.sub(r"[/=&?.]", " ", address)
    return "@" in address or "%40" in address or has_personal_number(words)


def _refusal(code: str) -> ValidationError:
    return ValidationError(REFUSALS[code], code=code)


def host_of(address: str) -> str:
    """What people read of it: the host, without the "www." before it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
