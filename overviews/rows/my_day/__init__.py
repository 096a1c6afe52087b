"""Min dag: a supporter's pupils and bookings, groups, today's contacts, load and hours. Four queries."""

from overviews.rows.my_day.groups import group_date_rows
from overviews.rows.my_day.load import own_load
from overviews.rows.my_day.noted import noted_today, today_rows
from overviews.rows.my_day.pupils import booked_rows, my_pupils

__all__ = ["booked_rows", "group_date_rows", "my_pupils", "noted_today", "own_load", "today_rows"]
