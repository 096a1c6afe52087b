"""Invented figures for the page that shows every piece of the look."""

from django import template

from peersupport.lib.charts import Bar, Chart, stacked_bars

register = template.Library()
WEEKS = ((51, 3, 1), (52, 0, 0), (53, 1, 0), (1, 0, 2), (2, 6, 1), (3, 8, 2))


@register.simple_tag
def sample_chart() -> Chart:
    """Stacked bars over the turn of a year that has a week 53."""
    return stacked_bars(
        name="guide-weeks",
        title="Kontakter per vecka",
        description="Sex veckor: 18 genomförda och 6 försök.",
        x_word="vecka",
        y_word="antal kontakter",
        series=["Genomförda", "Försök"],
        bars=[Bar(str(week), str(week), (held, tried)) for week, held, tried in WEEKS],
    )
