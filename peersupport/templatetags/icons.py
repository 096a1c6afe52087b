"""Bootstrap's icons as inline SVG, read once in the life of a process."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
MARK = '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">'


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon of that name, hidden from screen readers: a word always stands beside it.

    An empty name gives nothing; an unknown one raises TemplateDoesNotExist.
    """
    return drawing(name) if name else SafeString("")


@register.simple_tag
def icon_once(name: str, place: int) -> SafeString:
    """The icon of the place of that number in the main menu, for `icon_again` to point at."""
    return mark_safe(drawing(name).replace("<svg", f'<svg id="i{place}"', 1))  # noqa: S308 the package's own drawing


@register.simple_tag
def icon_again(place: int) -> SafeString:
    """What `icon_once` has drawn in this page, once more: a page holds each drawing once."""
    return mark_safe(f'{MARK}<use href="#i{place}" /></svg>')  # noqa: S308 a number


@cache
def drawing(name: str) -> SafeString:
    """The SVG without what only its own file needs; a page holds a dozen of them."""
    paths = render_to_string(f"bs_icon/{name}.svg").partition(">")[2]
    return mark_safe(MARK + "".join(line.strip() for line in paths.splitlines()))  # noqa: S308 the package's own drawing
