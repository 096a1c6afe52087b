"""Logging and correcting contacts, bookings, next steps. Everything that changes data is here."""

from visits.services.contacts import *  # noqa
