"""Dates in pages, worded by peersupport.lib.dates. Not for rows of long lists: those get texts."""

from datetime import date, datetime

from django import template

from peersupport.lib import dates

register = template.Library()


@register.filter
def short_date(day: date | None) -> str:
    return dates.short_date(day) if day else ""


@register.filter
def short_moment(moment: datetime | None) -> str:
    return dates.short_moment(moment) if moment else ""


@register.filter
def relative_day(day: date | None) -> str:
    return dates.relative_day(day) if day else ""


@register.filter
def clock(moment: datetime | None) -> str:
    return dates.clock(moment) if moment else ""
