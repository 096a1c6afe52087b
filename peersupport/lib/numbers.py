"""Numbers with their signs, in the reader's language."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def percent(number: object) -> str:
    """ "50 %"; in English "50%"."""
    return _("%(number)s%%") % {"number": number}


def tenths(number: Decimal) -> str:
    """ "12,5", and "12" rather than "12,0"."""
    return number_format(number, 0 if number == int(number) else 1)
