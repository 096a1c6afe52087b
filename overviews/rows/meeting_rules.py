"""What the rules for long since met do to the list, now and if they were changed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from schools import services
from schools.forms.meeting_rules import kinds_of_pupils
from schools.models import Organisation
from visits.queries import count_long_since_met


@dataclass(frozen=True, slots=True)
class Effect:
    """How many pupils are on the list today; `tried`: with rules that are not saved, if any are tried."""

    now: int
    tried: int | None = None
    rule: str = ""  # the tried one's days, in words

    @property
    def text(self) -> str:
        """ "Med 10 skoldagar hamnar 4 elever på listan i dag, nu är det 2."."""
        if self.tried is None:
            said = ngettext(
                "With these rules %(count)s pupil is on the list today.",
                "With these rules %(count)s pupils are on the list today.",
                self.now,
            )
            return said % {"count": self.now}
        said = ngettext(
            "With %(rule)s %(count)s pupil is on the list today, now it is %(now)s.",
            "With %(rule)s %(count)s pupils are on the list today, now it is %(now)s.",
            self.tried,
        )
        return said % {"rule": self.rule, "count": self.tried, "now": self.now}


def effect_now() -> Effect:
    """What the rules that hold do. One query."""
    return Effect(count_long_since_met())


def effect_of(organisation: Organisation, *, by: User) -> Effect:
    """What the rules of `organisation` would do if they were saved: they are, and it is undone.

    So the figure is the one that the list will have. Raises what saving raises. Three queries.
    """
    now = count_long_since_met()
    with transaction.atomic():
        services.change_meeting_rules(organisation=organisation, by=by)
        tried = count_long_since_met()
        transaction.set_rollback(True)
    return Effect(now, tried, days_text(organisation, organisation.days_without_contact))


def facts(organisation: Organisation) -> list[tuple[str, str]]:
    """What the rules are, for who may not change them: what about, and what it is."""
    counted = [one for one in kinds_of_pupils() if one.code not in organisation.uncounted_kinds]
    return [
        (_("Days without a meeting"), days_text(organisation, organisation.days_without_contact)),
        (_("Days before the first meeting"), days_text(organisation, organisation.days_before_first_contact)),
        (_("What counts as a meeting?"), ", ".join(capfirst(str(one.label)) for one in counted)),
    ]


def days_text(organisation: Organisation, days: int) -> str:
    """ "10 skoldagar"."""
    if organisation.counts_school_days:
        return ngettext("%(count)s school day", "%(count)s school days", days) % {"count": days}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
