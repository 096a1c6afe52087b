import pytest
from django.template import TemplateDoesNotExist

from peersupport.templatetags.icons import icon


def test_icon_is_hidden_from_screen_readers_and_takes_the_colour_of_its_text():
    html = icon("three-dots")

    assert html.startswith('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path')
    assert "fill=" not in html


def test_icon_without_a_name_is_nothing_and_an_unknown_one_is_an_error():
    assert icon("") == ""
    with pytest.raises(TemplateDoesNotExist):
        icon("no-such-drawing")
