"""Min dag: a supporter's pupils and bookings, groups, today's contacts, load and hours."""

from overviews.rows.my_day.appointments import appointment_rows
from overviews.rows.my_day.groups import group_date_rows
from overviews.rows.my_day.load import own_load, own_profile
from overviews.rows.my_day.noted import noted_today, today_rows
from overviews.rows.my_day.pupils import booked_rows, my_pupils
from overviews.rows.my_day.visits import apart_from, by_booking, my_visits

__all__ = [
    "appointment_rows",
    "apart_from",
    "booked_rows",
    "by_booking",
    "group_date_rows",
    "my_pupils",
    "my_visits",
    "noted_today",
    "own_load",
    "own_profile",
    "today_rows",
]
