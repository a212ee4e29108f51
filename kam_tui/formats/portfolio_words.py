"""The portfolio in words, small plots and JSON: the same in the shell and on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from kam_tui.domain.money import show_sum
from kam_tui.i18n import _
from kam_tui.rules.agenda import Agenda
from kam_tui.rules.portfolio import PERCENT, Figure, Number, Portfolio

BARS = "▁▂▃▄▅▆▇█"
"""From nothing to the most; a blank is what nothing is known of."""


def show_value(value: Number | None, unit: str) -> str:
    """A figure as a person reads it: `36`, `76 %`, `31500 EUR`; a dash where nothing is known."""
    if value is None:
        return "–"
    if unit == PERCENT:
        return _("{percent} %").format(percent=value)
    return show_sum(Decimal(value), unit) if unit else str(value)


def show_change(figure: Figure) -> str:
    """What a figure is more than 30 days before: `+9`, `-16`, `0`; empty where that is unknown."""
    change = figure.change
    if change is None:
        return ""
    return f"{change:+.0f}" if change else "0"


def full(figure: Figure) -> Number:
    """What a plot of it goes up to: a hundred for percentages, else the most there was; 1 where there was
    nothing."""
    if figure.unit == PERCENT:
        return 100
    return max((each for each in figure.values if each is not None), default=0) or 1


def sparkline(figure: Figure) -> str:
    """A character for each span. Only nothing is drawn as nothing: the least there is, is a step higher."""
    steps, most = len(BARS) - 1, full(figure)
    return "".join(
        " " if each is None else BARS[min(steps, max(0, ceil(each * steps / most)))] for each in figure.values
    )


def columns(values: Sequence[Number | None], most: Number, height: int) -> list[str]:
    """Lines of a plot with a column of one character for each value, the top line first."""
    eighths = [0 if each is None else max(0, ceil(each * 8 * height / most)) for each in values]
    return [
        "".join(
            " " if above <= 0 else BARS[min(above, 8) - 1]
            for above in (all_of - 8 * row for all_of in eighths)
        )
        for row in reversed(range(height))
    ]


def portfolio_json(found: Portfolio, due: Agenda) -> dict[str, Any]:
    """All of it for scripts. Percentages are whole, and sums are numbers."""
    due = due.told_apart(found.today)
    return {
        "day": found.today.isoformat(),
        "late": len(due.overdue),
        "today": len(due.today),
        "going_quiet": [line.account_id or line.contact_ids[0] for line in due.quiet],
        "at_risk": [line.account_id for line in due.at_risk],
        "spans": [{"from": first.isoformat(), "to": last.isoformat()} for first, last in found.spans],
        "figures": [
            {
                "name": figure.name,
                "label": figure.label,
                "unit": figure.unit,
                "values": [float(each) if isinstance(each, Decimal) else each for each in figure.values],
                "how": figure.how,
            }
            for figure in found.figures
        ],
        "tiers": [
            {
                "tier": group.tier,
                "accounts": group.accounts,
                "with_cadence": group.awaited,
                "in_touch": group.in_touch,
                "late": group.late,
                "going_quiet": group.quiet,
                "at_risk": group.at_risk,
            }
            for group in found.groups
        ],
    }
