from django import forms
from django.utils.translation import gettext_lazy as _

from peersupport.lib.widgets import TileCheckboxSelectMultiple, TileRadioSelect, words_by_kind

KINDS = [("home_visit", "Home visit"), ("phone", "Phone"), ("video", "Video")]


class KindForm(forms.Form):
    kind = forms.ChoiceField(choices=KINDS, widget=TileRadioSelect(visible=2))
    purposes = forms.MultipleChoiceField(choices=KINDS, widget=TileCheckboxSelectMultiple())


def test_tiles_are_real_radio_buttons_with_labels():
    html = str(KindForm(initial={"kind": "phone"})["kind"])

    assert html.count('type="radio"') == 3
    assert 'value="phone" required id="id_kind_1" checked' in html
    assert '<label for="id_kind_1">Phone</label>' in html


def test_tiles_beyond_the_visible_ones_are_folded_until_one_is_chosen():
    folded = str(KindForm(initial={"kind": "phone"})["kind"]).partition("<details")[2]
    assert folded.count('type="radio"') == 1
    assert not folded.startswith(' class="choices-more" open')

    opened = str(KindForm(initial={"kind": "video"})["kind"]).partition("<details")[2]
    assert opened.startswith(' class="choices-more" open')


def test_tiles_for_several_are_check_boxes_and_take_several():
    form = KindForm({"kind": "phone", "purposes": ["phone", "video"]})

    assert str(form["purposes"]).count('type="checkbox"') == 3
    assert form.is_valid()
    assert form.cleaned_data["purposes"] == ["phone", "video"]


def test_words_by_kind_escape_and_end_with_the_fallback():
    html = str(words_by_kind({"phone video": _("<We talked>")}, "We met"))

    assert html == '<span data-kind="phone video">&lt;We talked&gt;</span><span data-kind="">We met</span>'
