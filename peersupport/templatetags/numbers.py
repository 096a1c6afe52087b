"""Numbers in pages, worded by peersupport.lib.numbers."""

from django import template

from peersupport.lib import numbers

register = template.Library()


@register.filter
def percent(number: int) -> str:
    return numbers.percent(number)
