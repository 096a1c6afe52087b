"""Numbers with their signs, in the reader's language."""

from django.utils.translation import gettext as _


def percent(number: object) -> str:
    """ "50 %"; in English "50%"."""
    return _("%(number)s%%") % {"number": number}
