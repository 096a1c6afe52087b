"""How long is long since a pupil was met, in words (ADR 27)."""

from typing import Protocol

from django.utils.translation import ngettext


class Limit(Protocol):
    """What an organisation has decided; whoever acts there carries it."""

    @property
    def days_without_contact(self) -> int: ...

    @property
    def counts_school_days(self) -> bool: ...


def limit_text(limit: Limit) -> str:
    """ "mer än 10 skoldagar": how long is long, as the organisation has it."""
    days = limit.days_without_contact
    if limit.counts_school_days:
        said = ngettext("more than %(count)s school day", "more than %(count)s school days", days)
    else:
        said = ngettext("more than %(count)s day", "more than %(count)s days", days)
    return said % {"count": days}
