"""When a pupil is long since met, by the rules of the organisation."""

from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import User
from schools.models import Organisation
from schools.services.errors import ChangedMeanwhile


def change_meeting_rules(*, organisation: Organisation, by: User) -> None:
    """Save the four rules of `organisation`, if it is still at its version. Raises ChangedMeanwhile.

    By the owner's function, which changes nothing else of the row. Raises PermissionDenied for whoever does
    not coordinate all schools.
    """
    if not organisation.has_rules_kept_by(by):
        raise PermissionDenied
    with connection.cursor() as cursor:
        cursor.execute(
            "select change_meeting_rules(%s, %s, %s, %s, %s)",
            [
                organisation.version,
                organisation.days_without_contact,
                organisation.days_before_first_contact,
                organisation.counts_school_days,
                organisation.uncounted_kinds,
            ],
        )
        if cursor.fetchone() != (True,):
            raise ChangedMeanwhile
