"""What a support period is called where it is shown: the one word that lists and pages read."""

from django.utils.translation import gettext as _

from students.models import CaseStatus


def support_word(status: str, *, has_supporter: bool) -> str:
    """How the support stands; empty for a pupil who has none.

    While nobody gives it today, no status but the wait for consent is true of it: the pupil waits.
    """
    if not status:
        return ""
    if not has_supporter and status not in {CaseStatus.AWAITING_CONSENT, CaseStatus.CLOSED}:
        return _("waiting")
    return str(CaseStatus(status).label)
