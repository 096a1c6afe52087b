"""Links that ring or write to a pupil from the phone one holds."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

NOT_DIALLED = re.compile(r"[^0-9+]")


@dataclass(frozen=True, slots=True)
class ReachLinks:
    """`tel:` (RFC 3966) and `sms:` (RFC 5724); empty without a number."""

    ring: str
    write: str


def links_to(phone: str, *, sender: str) -> ReachLinks:
    """Links to `phone`; the message is a greeting that tells nobody who else reads it what it is about."""
    number = NOT_DIALLED.sub("", phone)
    if not number:
        return ReachLinks("", "")
    text = _("Hi! How are things? Get in touch when you feel like it. /%(name)s") % {"name": sender}
    return ReachLinks(f"tel:{number}", f"sms:{number}?body={quote(text)}")
