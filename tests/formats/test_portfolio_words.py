from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from builders import TODAY, account, activity
from hypothesis import given
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.formats.portfolio_words import (
    BARS,
    columns,
    portfolio_json,
    show_change,
    show_value,
    sparkline,
)
from kam_tui.rules.agenda import agenda
from kam_tui.rules.portfolio import Figure, Number, portfolio
from kam_tui.settings import Settings


def figure(*values: Number | None, unit: str = "") -> Figure:
    return Figure("x", "X", values, unit, "How.")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (36, "", "36"),
        (0, "", "0"),
        (None, "%", "–"),
        (76, "%", "76 %"),
        (Decimal("31500"), "EUR", "31500 EUR"),
        (Decimal("12.5"), "SEK", "12.50 SEK"),
        (Decimal(0), "EUR", "0 EUR"),
    ],
)
def test_a_value_is_told_with_its_unit(value: Number | None, unit: str, shown: str) -> None:
    assert show_value(value, unit) == shown


@pytest.mark.parametrize(
    ("values", "told"), [((1, 10), "+9"), ((10, 1), "-9"), ((4, 4), "0"), ((None, 4), ""), ((4, None), "")]
)
def test_a_change_is_told_with_its_sign(values: tuple[Number | None, ...], told: str) -> None:
    assert show_change(figure(*values)) == told


def test_only_nothing_is_drawn_as_nothing() -> None:
    assert sparkline(figure(0, 1, 500, 1000)) == "▁▂▅█"
    assert sparkline(figure(Decimal(0), Decimal("0.01"), Decimal(500), Decimal(1000))) == "▁▂▅█"


def test_what_is_unknown_is_a_blank() -> None:
    assert sparkline(figure(None, 1)) == " █"


def test_percentages_are_drawn_up_to_a_hundred() -> None:
    assert sparkline(figure(50, 100, unit="%")) == "▅█"
    assert sparkline(figure(20, 20, unit="%")) == "▃▃"


def test_where_there_was_nothing_at_all_all_is_drawn_as_nothing() -> None:
    assert sparkline(figure(0, 0)) == "▁▁"
    assert columns([0, 0], 1, 2) == ["  ", "  "]


def test_a_column_is_as_high_as_its_share() -> None:
    assert columns([8, 4, 2, 1, None], 8, 2) == ["█    ", "██▄▂ "]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12), st.integers(1, 12))
def test_every_plot_is_as_wide_and_high_as_asked_for_and_the_most_fills_it(
    values: list[int], height: int
) -> None:
    most = max(values) or 1
    lines = columns(values, most, height)
    assert [len(line) for line in lines] == [len(values)] * height
    assert set("".join(lines)) <= set(BARS + " ")
    for at, value in enumerate(values):
        heights = [BARS.find(line[at]) + 1 for line in lines]
        assert (sum(heights) == 8 * height) == (value == most) or value > most - most / (8 * height)
        assert (sum(heights) == 0) == (value == 0)


def test_scripts_get_numbers_and_ids() -> None:
    old = activity(when=Moment(TODAY - timedelta(days=200)), account_id="a-acme", kind="sale", amount="9 EUR")
    book = Book.of(account("Acme", "a-acme", tier="key"), old)
    due = agenda(book, Settings(), TODAY)
    told = portfolio_json(portfolio(book, Settings(), due, TODAY), due)
    assert told["day"] == TODAY.isoformat()
    assert told["at_risk"] == ["a-acme"]
    assert told["spans"][-1] == {"from": (TODAY - timedelta(days=29)).isoformat(), "to": TODAY.isoformat()}
    sold = next(each for each in told["figures"] if each["name"] == "sold_eur")
    assert (sold["unit"], sold["values"][5], sold["values"][-1]) == ("EUR", 9.0, 0.0)
    assert told["tiers"][0]["tier"] == "key"
    assert (told["tiers"][0]["with_cadence"], told["tiers"][0]["in_touch"]) == (1, 0)
