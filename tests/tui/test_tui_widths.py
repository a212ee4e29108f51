"""Columns keep straight, whatever the names are made of; and no letter is ever cut in two."""

from __future__ import annotations

import pytest
from desktop import running
from hypothesis import example, given
from hypothesis import strategies as st
from pyte.screens import wcwidth
from rich.cells import cell_len
from small_book import account

from kam_tui.domain.book import Book
from kam_tui.tui.widgets.columns import fit
from kam_tui.tui.widgets.steady import clusters, cut, steady

NAMES = [
    "Acme Oy", "株式会社さくら商事", "한국전자 주식회사", "Łódź e\u0301tude", "שלום בע״מ", "شركة النور",
    "नमस्ते क्षितिज",
    "ไทยน้ำทิพย์", "👩‍🔬 Lab", "❤️ Heart", "🇫🇮 Suomi 🇸🇪", "👍🏽 Thumbs", "1️⃣ First",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 England", "👨‍👩‍👧‍👦 Family",
    "می‌خواهم", "Z̷̢͇a̵l̶g̴o̷",
]  # fmt: skip

ANY = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("".join(NAMES))), max_size=30)


@given(ANY, st.integers(0, 40), st.booleans())
@example("👩‍🔬🇫🇮❤️", 3, False)
@example("क्षि", 1, False)
def test_a_text_has_exactly_as_many_cells_as_its_column(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


@given(ANY, st.integers(0, 40))
def test_a_cut_is_between_letters(text: str, width: int) -> None:
    text = steady(text)
    kept = cut(text, width)
    assert text.startswith(kept)
    parts = list(clusters(text))
    assert "".join(parts) == text
    assert kept in {"".join(parts[:count]) for count in range(len(parts) + 1)}
    assert cell_len(kept) <= width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🇫🇮 Suomi", "FI Suomi"), ("👩‍🔬 Lab", "👩 Lab"), ("❤️", "❤"), ("👍🏽", "👍"),
        ("1️⃣", "1"), ("👨‍👩‍👧‍👦", "👨"),
        ("👩🏽‍🔬!", "👩!"), ("क्‍ष", "क्‍ष"), ("می‌خواهم", "می‌خواهم"),
        ("שלום", "שלום"), ("株式", "株式"), ("Ł", "Ł"),
    ],
)  # fmt: skip
def test_signs_that_terminals_disagree_on_are_told_plainly(text: str, shown: str) -> None:
    assert steady(text) == shown


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("e\u0301a", ["e\u0301", "a"]),
        ("क्षि", ["क्षि"]),
        ("नमस्ते", ["न", "म", "स्ते"]),
        ("น้ำ", ["น้", "ำ"]),
        ("株式", ["株", "式"]),
    ],
)
def test_a_letter_is_what_a_person_takes_for_one(text: str, letters: list[str]) -> None:
    assert list(clusters(text)) == letters


async def test_a_terminal_shows_the_columns_of_all_names_in_line() -> None:
    """A terminal that knows the widths of single signs alone, by the table of another library."""
    book = Book.of(*(account(name, f"a-{at:02d}", city="|Tampere") for at, name in enumerate(NAMES)))
    async with running(book, size=(120, 40)) as desk:
        await desk.press("2")
        before = [line.partition("|Tampere")[0] for line in desk.lines if "|Tampere" in line]
    assert len(before) == len(NAMES)
    assert len({sum(map(wcwidth, text)) for text in before}) == 1


def test_the_terminal_of_this_test_would_show_the_unsteady_ones_out_of_line() -> None:
    assert sum(map(wcwidth, "👩‍🔬")) != cell_len("👩‍🔬")
    assert sum(map(wcwidth, steady("👩‍🔬"))) == cell_len(steady("👩‍🔬"))
