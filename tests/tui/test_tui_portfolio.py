"""The portfolio on the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import NOW, TODAY, activity, promise
from desktop import Desktop, running
from small_book import account, day, small_book

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Record, add
from kam_tui.settings import Settings
from kam_tui.usecases.capture import capture


def demo_of_sales() -> Book:
    sales: list[Record] = [
        activity("Sold", f"t-sale{at}", kind="sale", when=day(ago), account_id="a-acme", amount=amount)
        for at, (ago, amount) in enumerate(((3, "1200 EUR"), (40, "300 EUR"), (300, "2400 EUR")))
    ]
    late = promise("Send the drawings", account_id="a-acme", due=day(2), created=TODAY - timedelta(days=9))
    return small_book().after(Change("more", tuple(map(add, [*sales, late]))).edits)


async def to(desk: Desktop, label: str) -> str:
    """Go down to the line that begins with this."""
    for _line in range(20):
        line = next((each for each in desk.lines if each.startswith(f"▌ {label}")), "")
        if line:
            return line
        await desk.press("j")
    raise AssertionError(desk.text)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40), (200, 60)])
async def test_it_shows_who_needs_what_now_the_figures_and_the_tiers(size: tuple[int, int]) -> None:
    async with running(demo_of_sales(), size=size) as desk:
        await desk.press("6")
        assert desk.place == "PortfolioDesk"
        assert "6 customers and prospects" in desk.text
        assert (await to(desk, "Late")).split()[2] == "4"
        assert (await to(desk, "Touches")).split()[2:5] == ["2", "+1", "▁▅▁▁▁▁▁▁▅▁▅█"]
        assert (await to(desk, "Sold")).split()[2:6] == ["1200", "EUR", "+900", "▁█▁▁▁▁▁▁▁▁▂▅"]
        assert "2 in touch" in await to(desk, "Key account")


async def test_the_highlighted_figure_is_drawn_large_with_its_days_and_how_it_is_counted() -> None:
    async with running(demo_of_sales(), size=(140, 40)) as desk:
        await desk.press("6")
        await to(desk, "Sold")
        assert "1200 EUR in the last 30 days, 300 EUR in the 30 before" in desk.text
        assert "2400 EUR" in desk.text
        assert "Sun 23 Nov 2025" not in desk.text
        assert "Mon 24 Nov 2025" in desk.text
        assert "The amounts of the sales" in desk.text
        drawn = [line.partition("│")[2] for line in desk.lines]
        columns = [line for line in drawn if "███" in line]
        assert len(columns) == 12, "the largest one is as tall as the plot"


async def test_on_a_small_screen_there_is_a_smaller_plot_below_the_list() -> None:
    async with running(demo_of_sales()) as desk:
        await desk.press("6")
        await to(desk, "Sold")
        assert sum("████" in line for line in desk.lines) == 4
        assert "The amounts of the sales" in desk.text


async def test_the_lines_behind_a_count_are_named() -> None:
    async with running(demo_of_sales(), size=(140, 40)) as desk:
        await desk.press("6")
        await to(desk, "Late")
        assert "2 days late  Acme Oy: Send the drawings" in desk.text
        await to(desk, "Going quiet")
        assert "Nobody." in desk.text
        await to(desk, "At risk")
        assert "Globex GmbH: Be in touch: gone cold" in desk.text


async def test_enter_on_a_count_goes_to_its_first_line_on_today() -> None:
    async with running(demo_of_sales()) as desk:
        await desk.press("6")
        await to(desk, "Today")
        await desk.press("enter")
        assert desk.place == "Today"
        assert "Ask about the trade fair" in desk.line("▌")


async def test_enter_on_a_tier_goes_to_its_accounts() -> None:
    async with running(demo_of_sales()) as desk:
        await desk.press("6")
        await to(desk, "Growth account")
        await desk.press("enter")
        assert desk.place == "Accounts"
        assert "tier:growth" in desk.text
        assert "Globex GmbH" in desk.text
        assert "Acme Oy" not in desk.text


async def test_enter_on_a_figure_leads_nowhere_and_says_so() -> None:
    async with running(demo_of_sales()) as desk:
        await desk.press("6")
        await to(desk, "Touches")
        await desk.press("enter")
        assert desk.place == "PortfolioDesk"
        assert desk.notices == ["There is nothing here that this could be done with."]


@pytest.mark.parametrize("beneath", [False, True], ids=["seen", "beneath a dialog"])
async def test_a_plot_is_drawn_anew_for_another_size(beneath: bool) -> None:
    async with running(demo_of_sales(), size=(140, 40)) as desk:
        await desk.press("6")
        await to(desk, "Sold")
        wide = desk.lines
        await desk.press(*["n"] * beneath)
        await desk.resize((80, 24))
        await desk.press(*["escape"] * beneath)
        assert "The amounts of the sales" in desk.text
        assert sum("████" in line for line in desk.lines) == 4
        await desk.resize((140, 40))
        assert desk.lines == wide


async def test_the_highlight_is_found_again_and_follows_what_others_write() -> None:
    async with running(demo_of_sales()) as desk:
        await desk.press("6")
        await to(desk, "Touches")
        await desk.press("2", "6")
        assert desk.line("▌ Touches").split()[2] == "2"
        desk.keeper.update(
            lambda b: capture(b, NOW, "call @acme from afar", Settings(), "call"), NOW, "o@cli"
        )
        await desk.look_again()
        assert desk.line("▌ Touches").split()[2] == "3"


async def test_without_customers_it_says_what_to_do_next() -> None:
    async with running(Book.of(account("Gone Oy", "a-gone", status="former"))) as desk:
        await desk.press("6")
        assert "There are no customers yet." in desk.text
        assert "add one" in desk.text


async def test_the_day_stands_beside_all_places_on_eighty_columns() -> None:
    async with running(demo_of_sales()) as desk:
        await desk.press("6")
        assert desk.lines[0].endswith(" 6 Portfolio Wed 18 Nov 2026")
    async with running(demo_of_sales(), is_demo=True) as desk:
        assert desk.lines[0].endswith(" 6 Portfolio Wed 18 Nov")
        await desk.pilot.resize_terminal(100, 30)
        await desk.settle()
        assert desk.lines[0].endswith("Wed 18 Nov 2026")
        await desk.pilot.resize_terminal(60, 20)
        await desk.settle()
        assert desk.lines[0].endswith(" 5 History 6")
