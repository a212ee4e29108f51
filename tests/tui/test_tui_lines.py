from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from builders import activity
from desktop import running
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from small_book import account, day, many
from textual.strip import Strip

from kam_tui.domain.book import Book
from kam_tui.tui.widgets.columns import Column, fit, lay_out
from kam_tui.tui.widgets.rows import Rows


@given(st.text(max_size=40), st.integers(0, 30), st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_cell_is_always_as_wide_as_its_column(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


def test_wide_letters_are_cut_by_the_cells_they_take() -> None:
    assert fit("株式会社さくら", 7) == "株式会…"
    assert fit("株式会社さくら", 8) == "株式会… "
    assert fit("Zoë", 5) == "Zoë  "
    assert fit("42", 5, right=True) == "   42"


def test_control_sequences_do_not_come_out() -> None:
    assert fit("a\x1b[2Jb\x07\u202ec", 8) == "abc     "


def test_columns_share_what_is_left_and_give_way_where_it_is_narrow() -> None:
    columns = [Column("a", str, 10), Column("b", str, 10, grow=1), Column("c", str, 10, needs=60)]
    assert [width for _column, width in lay_out(columns, 80)] == [10, 80 - 2 - 1 - 20 - 4, 10]
    assert [column.title for column, _width in lay_out(columns, 50)] == ["a", "b"]
    assert [width for _column, width in lay_out(columns, 20)] == [10, 5]


async def test_columns_stay_straight_whatever_the_names_are() -> None:
    async with running(size=(100, 24)) as desk:
        await desk.press("2")
        rows = [
            line
            for line in desk.lines
            if line.startswith(("▌", "  ")) and ("Customer" in line or "Prospect" in line)
        ]
        assert len(rows) == 6
        starts = {cell_len(line.partition("Customer")[0].partition("Prospect")[0]) for line in rows}
        assert len(starts) == 1


async def test_of_a_long_list_only_the_lines_that_are_seen_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[int] = Counter()
    render_line = Rows.render_line

    def counted(rows: Rows[object], y: int) -> Strip:
        made[y + rows.scroll_offset.y] += 1
        return render_line(rows, y)

    monkeypatch.setattr(Rows, "render_line", counted)
    async with running(many(1000), size=(80, 24)) as desk:
        await desk.press("2", "G")
        assert "Company 00999" in desk.text
        await desk.press("g", "pagedown", "pagedown")
        assert "Company 00000" not in desk.text
        assert desk.lines[2].endswith("1000")
        assert 20 < len(made) < 100
        await desk.press("f")
        await desk.type("00777")
        assert "1 / 1000" in desk.lines[2]


async def test_the_keys_of_vim_and_the_arrows_move_alike() -> None:
    async with running(many(60)) as desk:
        await desk.press("2", "j", "down", "j")
        assert desk.line("Company 00003").startswith("▌")
        await desk.press("k", "up")
        assert desk.line("Company 00001").startswith("▌")
        await desk.press("G")
        assert desk.line("Company 00059").startswith("▌")
        await desk.press("g")
        assert desk.line("Company 00000").startswith("▌")


async def test_the_wheel_scrolls() -> None:
    async with running(many(60)) as desk:
        await desk.press("2")
        from textual.widgets import Input

        assert desk.app.screen.query_one(Input)
        rows = desk.app.screen.query_one("Rows")
        rows.scroll_to(y=20, animate=False)
        await desk.settle()
        assert "Company 00020" in desk.text
        assert "Account" in desk.lines[4]


async def test_what_looks_the_same_goes_to_the_terminal_as_one_piece() -> None:
    async with running(many(40), size=(120, 40)) as desk:
        await desk.press("2", "j", "j")
        rows = desk.app.screen.query_one(Rows)
        lines = [[segment.style for segment in rows.render_line(y)] for y in range(3, 20)]
        assert max(map(len, lines)) > 1
        for looks in lines:
            assert all(one != next_one for one, next_one in pairwise(looks))


async def test_a_shorter_list_is_measured_anew_without_laying_out_the_screen() -> None:
    async with running(many(300), size=(100, 24)) as desk:
        await desk.press("3", "end")
        rows = desk.app.screen.query_one(Rows)
        laid_out: list[object] = []
        desk.app.screen.screen_layout_refresh_signal.subscribe(desk.app, laid_out.append, immediate=True)
        rows.show(rows.lines[:100])
        await desk.settle()
        assert laid_out == []
        assert rows.virtual_size.height == rows.vertical_scrollbar.window_virtual_size == 101
        assert rows.scroll_offset.y == rows.max_scroll_y == 101 - rows.size.height
        rows.show(rows.lines[:5])
        await desk.settle()
        assert laid_out
        assert not rows.show_vertical_scrollbar


def test_a_column_takes_what_it_needs_before_others_grow_where_there_is_plenty_of_room() -> None:
    columns: list[Column[str]] = [Column("a", str, 10, most=16), Column("b", str, 20, grow=1)]
    assert [width for _column, width in lay_out(columns, 80)] == [16, 80 - 2 - 1 - 2 - 16]
    assert [width for _column, width in lay_out(columns, 53)] == [16, 32]
    assert [width for _column, width in lay_out(columns, 52)] == [10, 37]
    assert [width for _column, width in lay_out(columns, 25)] == [10, 10]


async def test_what_an_empty_list_says_is_wrapped_and_not_cut() -> None:
    async with running(size=(60, 20)) as desk:
        await desk.press("slash")
        told = " ".join(" ".join(desk.lines[3:8]).split())
        assert "cities, anything that was written down. +vip finds what has a tag" in told


async def test_the_longest_kind_is_seen_whole_where_there_is_room() -> None:
    said = activity("They wrote", "t-1", when=day(2), kind="received", account_id="a-1")
    async with running(Book.of(account("Acme", "a-1"), said), size=(80, 24)) as desk:
        await desk.press("2", "enter")
        assert desk.line("They wrote").split("  ")[-2:] == ["Message received", "They wrote"]
    async with running(Book.of(account("Acme", "a-1"), said), size=(100, 24)) as desk:
        await desk.press("slash")
        await desk.type("wrote")
        assert "Message received" in desk.line("They wrote")
