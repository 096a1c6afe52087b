"""Choices as tiles, and words that follow the chosen kind of contact."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class TileRadioSelect(forms.RadioSelect):
    """One of a few: radio buttons as tiles large enough for a thumb.

    The first `visible` ones are seen and the rest lie under "More …"; None shows them all.
    `wide` gives a tile the room of a sentence.
    """

    template_name = "widgets/tiles.html"
    is_tiles = True  # read by bootstrap5/layout/radio_checkbox_select.html

    def __init__(self, *args: Any, visible: int | None = None, wide: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visible, self.wide = visible, wide

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _group, group, _index in context["widget"]["optgroups"] for option in group]
        cut = len(options) if self.visible is None else self.visible
        context["widget"] |= {
            "seen": options[:cut],
            "folded": options[cut:],
            "wide": self.wide,
            "is_open": any(option["selected"] for option in options[cut:]),
        }
        return context


class TileCheckboxSelectMultiple(TileRadioSelect, forms.CheckboxSelectMultiple):
    """Any of a few: check boxes as tiles. With `most` a script counts what is chosen (js/at_most.js)."""

    most: int | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.most is not None:
            context["widget"] |= {"most": self.most, "counts": _counts(self.most)}
        return context


def _counts(most: int) -> list[tuple[int, str]]:
    """How many are chosen, and how that is said; one more than `most` stands for all that are too many."""
    some = [
        (count, _("%(count)s of at most %(most)s chosen.") % {"count": count, "most": most})
        for count in range(most)
    ]
    return [
        *some,
        (most, _("%(most)s chosen. To choose another, take one away first.") % {"most": most}),
        (most + 1, _("More than %(most)s are chosen. Take one away.") % {"most": most}),
    ]


def _words_by_kind(words: Mapping[str, Any], fallback: Any) -> SafeString:
    """A label whose word follows the radio buttons named `kind` in the same form, by CSS alone (choices.css).

    `words` maps a kind, or several with spaces between, to its word; `fallback` is seen while none fits.
    """
    return format_html_join("", '<span data-kind="{}">{}</span>', [*words.items(), ("", fallback)])


# Lazy, so that choices made when a module is read are translated when a page is.
words_by_kind = lazy(_words_by_kind, SafeString)
