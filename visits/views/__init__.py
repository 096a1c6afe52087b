"""x"""

from visits.views.contacts import *  # noqa
