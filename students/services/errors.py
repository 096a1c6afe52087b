"""What a service refuses. Views turn these into words; none carries a name."""

from datetime import date

from django.db import IntegrityError


class Refused(Exception):
    """A rule of the field says no; nothing was changed."""


class EditConflict(Refused):
    """Someone else has saved since the form was shown."""


class AlreadyDecided(Refused):
    """The referral has an answer already."""


class OpenCaseExists(Refused):
    """The pupil has a support period that is not ended."""


class CaseClosed(Refused):
    """The support period is ended."""


class CaseOpen(Refused):
    """The support period is not ended."""


class NotPaused(Refused):
    """The support period is not paused."""


class ContactAfterEnd(Refused):
    """A contact was logged after the day chosen as the last; `day` is when."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class CapacityReached(Refused):
    """The supporter has as many pupils as the time allows, and no reason for more was given."""


class NotAccepting(Refused):
    """The supporter takes no new pupils, or is no longer to be seen."""


class MainSupporterExists(Refused):
    """The pupil has a main supporter in that period."""


class AlreadyEnded(Refused):
    """The assignment has ended."""


class EnrolmentTooEarly(Refused):
    """A later enrolment is on record already."""


def violated_constraint(error: IntegrityError) -> str:
    """The name of the constraint that refused the row."""
    cause = error.__cause__
    return getattr(getattr(cause, "diag", None), "constraint_name", "") or ""
