"""Kalender: a week of bookings, groups' dates and days off, of one person or of everybody one coordinates."""

from overviews.rows.calendar.days import Day, days_of
from overviews.rows.calendar.entries import MOST, Entry, entries_of
from overviews.rows.calendar.weeks import week_name, week_of, week_token

__all__ = ["MOST", "Day", "Entry", "days_of", "entries_of", "week_name", "week_of", "week_token"]
