import pytest
from django.template.loader import render_to_string

from peersupport.lib.charts import BOTTOM, TOP, Bar, stacked_bars, step_for


def drawn(*values):
    bars = [Bar(str(number), f"{number}", pair) for number, pair in enumerate(values)]
    words = {"title": "Titel", "description": "Text", "x_word": "vecka", "y_word": "antal"}
    return stacked_bars(name="x", series=["Ja", "Nej"], bars=bars, **words)


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (4, 1), (5, 2), (8, 2), (9, 5), (20, 5), (21, 10), (400, 100)]
)
def test_step_gives_at_most_four_lines(highest, step):
    assert step_for(highest) == step


def test_bars_stand_on_each_other_and_fill_the_height():
    chart = drawn((3, 1), (0, 0), (0, 2))

    lower, upper, alone = chart.parts
    assert float(lower.y) + float(lower.height) == BOTTOM
    assert float(upper.y) + float(upper.height) == float(lower.y)
    assert float(upper.y) == TOP  # four of four
    assert float(alone.y) + float(alone.height) == BOTTOM
    assert [text.text for text in chart.values] == ["4", "2"]  # nothing above an empty week
    assert len(chart.labels) == 3


def test_an_empty_chart_draws_and_says_that_it_is():
    assert drawn((0, 0)).is_empty and drawn().is_empty and not drawn((0, 1)).is_empty


def test_chart_has_words_patterns_and_a_table():
    page = render_to_string("components/chart.html", {"chart": drawn((3, 1))})

    assert 'aria-labelledby="x-title x-text"' in page and "url(#x-hatch)" in page
    assert "<table" in page and page.count('<td class="number">') == 2
    assert "," not in page.split("<details>")[0].replace("Titel", "")  # no decimal comma in a drawing
