"""x"""

from visits.forms.contacts import *  # noqa
