"""Chart: one key figure over a year, drawn in the room that there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from textual.content import Content

from kam_tui.domain.dates.when import show_day
from kam_tui.formats.portfolio_words import columns, full, show_value
from kam_tui.i18n import _
from kam_tui.rules.portfolio import SPAN, Figure
from kam_tui.tui.wording import plain

TALLEST = 12
"""Lines that a plot takes at most."""

WIDEST = 5
"""Cells of one column, with the gap behind it, at most."""


def chart(figure: Figure, spans: Sequence[tuple[date, date]], width: int, height: int) -> Content:
    """What the figure is, its plot with what it goes up to, the days that it is of, and how it is counted."""
    how = plain(figure.how, "$quiet").wrap(max(10, width))
    tall = min(TALLEST, height - 2 - len(how))
    lines = [_headline(figure)]
    if tall > 0:
        lines += [*_plot(figure, width, tall), _days(spans, width, figure)]
    return Content("\n").join([*lines, *how])


def _headline(figure: Figure) -> Content:
    now, before = (show_value(each, figure.unit) for each in (figure.values[-1], figure.values[-2]))
    said = _("{now} in the last {days} days, {before} in the {days} before").format(
        now=now, before=before, days=SPAN
    )
    return Content.assemble((figure.label, "bold"), "  ", (said, "$quiet"))


def _step(figure: Figure, width: int) -> int:
    return max(1, min(WIDEST, (width - _margin(figure)) // len(figure.values)))


def _margin(figure: Figure) -> int:
    """Cells that the scale takes."""
    return cell_len(show_value(full(figure), figure.unit)) + 1


def _plot(figure: Figure, width: int, tall: int) -> list[Content]:
    step, margin = _step(figure, width), _margin(figure)
    bar = max(1, step - 1)
    top = show_value(full(figure), figure.unit)
    drawn = columns(figure.values, full(figure), tall)
    return [
        Content.assemble(
            (f"{'' if at else top:>{margin - 1}} ", "$quiet"),
            ("".join((sign * bar).ljust(step) for sign in line).rstrip(), "$primary"),
        )
        for at, line in enumerate(drawn)
    ]


def _days(spans: Sequence[tuple[date, date]], width: int, figure: Figure) -> Content:
    """The first day on the left of the plot, the last on its right."""
    first, last = show_day(spans[0][0]), show_day(spans[-1][1])
    gap = _step(figure, width) * len(spans) - cell_len(first) - cell_len(last)
    return Content.styled(" " * _margin(figure) + first + " " * max(1, gap) + last, "$quiet")
