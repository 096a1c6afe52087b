"""Charts as inline SVG: the numbers that templates/components/chart.html draws, and its table."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# In units of the drawing, which grows and shrinks with its card: text of 11 must be read on a phone.
WIDTH, HEIGHT = 360, 196
LEFT, TOP, BOTTOM = 24, 40, 156
BAR = 0.7  # of the room a bar has
LETTER = 6.4  # the width of an average letter
MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label on the axis, its name in the table, and a value for each series."""

    label: str
    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place; texts, so that no decimal comma finds its way into a drawing."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of the series with this number (0: filled, 1: hatched)."""

    x: str
    y: str
    width: str
    height: str
    series: int


@dataclass(slots=True)
class Chart:
    """Stacked bars, ready to draw. `name` begins every id, so several charts fit on a page."""

    name: str
    title: str
    description: str
    x_word: str
    y_word: str
    series: Sequence[str]
    bars: Sequence[Bar]
    parts: list[Part] = field(default_factory=list)
    values: list[Text] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)
    lines: list[Text] = field(default_factory=list)
    key: list[tuple[Part, Text]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(sum(bar.values) for bar in self.bars)


def stacked_bars(
    *,
    name: str,
    title: str,
    description: str,
    x_word: str,
    y_word: str,
    series: Sequence[str],
    bars: Sequence[Bar],
) -> Chart:
    """A chart of `bars` from left to right, the first of `series` at the bottom; at most two series."""
    chart = Chart(name, title, description, x_word, y_word, series, bars)
    highest = max((sum(bar.values) for bar in bars), default=0)
    step = step_for(highest)
    top = step * max(1, -(-highest // step))
    for value in range(0, top + 1, step):
        chart.lines.append(Text(_n(LEFT), _n(_height(value, top)), str(value)))
    room = (WIDTH - LEFT) / max(len(bars), 1)
    for number, bar in enumerate(bars):
        _draw(chart, bar, LEFT + room * number, room, top)
    _write_key(chart)
    return chart


def step_for(highest: int) -> int:
    """The distance of the lines: 1, 2 or 5 times a power of ten, so that there are at most MOST_LINES."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= size * factor * MOST_LINES:
                return size * factor
        size *= 10


def _draw(chart: Chart, bar: Bar, left: float, room: float, top: int) -> None:
    middle, below = left + room / 2, 0
    for number, value in enumerate(bar.values):
        if value:
            upper = _height(below + value, top)
            width, height = room * BAR, _height(below, top) - upper
            chart.parts.append(Part(_n(middle - width / 2), _n(upper), _n(width), _n(height), number))
        below += value
    if below:
        chart.values.append(Text(_n(middle), _n(_height(below, top) - 4), str(below)))
    chart.labels.append(Text(_n(middle), _n(BOTTOM + 15), bar.label))


def _write_key(chart: Chart) -> None:
    """What the fillings mean, in one line above the bars."""
    x = 0.0
    for number, word in enumerate(chart.series):
        chart.key.append((Part(_n(x), "2", "12", "12", number), Text(_n(x + 17), "12", word)))
        x += 17 + LETTER * len(word) + 18


def _height(value: int, top: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
