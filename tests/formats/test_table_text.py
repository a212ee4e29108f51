"""Bytes become rows, each with its line; one bad row loses no other."""

from __future__ import annotations

import pytest

from kam_tui.domain.errors import Invalid
from kam_tui.formats import table_text
from kam_tui.formats.table_text import choose_delimiter, decode, read_rows


def cells(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_rows(text)[0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_told_by_the_bytes(encoding: str) -> None:
    text = "Nimi;Sähköposti\nÄijälä;a@b.example\n" * 3
    assert decode(text.encode(encoding)).lstrip("\ufeff") == text


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_text, "LARGEST_FILE", 1024 * 1024)
    with pytest.raises(Invalid, match="larger than 1 MB"):
        decode(b"a" * (1024 * 1024 + 1))


@pytest.mark.parametrize("delimiter", list(table_text.DELIMITERS))
def test_the_delimiter_is_the_one_that_makes_rows_equally_wide(delimiter: str) -> None:
    rows = [["Name", "Mail", "Note"], ["Anna", "a@x", "tea, milk; sugar | cups"], ["Bo", "b@x", ""]] * 4
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert choose_delimiter(text.splitlines(keepends=True)) == delimiter


def test_a_table_may_say_its_delimiter() -> None:
    assert cells("sep=;\nName,First;Mail\nA,B;c") == [("Name,First", "Mail"), ("A,B", "c")]


def test_rows_know_the_line_they_begin_on() -> None:
    rows, rejects = read_rows('A,B\n"one\ntwo",x\n\n3,4\n')
    assert [(row.line, row.is_blank) for row in rows] == [(1, False), (2, False), (4, True), (5, False)]
    assert not rejects


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_alone() -> None:
    rows, rejects = read_rows('A,B\n1,2\n"open,4\n5,6\n"seven",8\n')
    assert [row.cells for row in rows] == [("A", "B"), ("1", "2"), ("5", "6"), ("seven", "8")]
    assert [(each.where, each.reason) for each in rejects] == [
        ("line 3", "A quotation mark is opened or closed in the wrong place.")
    ]


def test_text_after_a_closing_quotation_mark_is_taken_where_the_row_keeps_its_width() -> None:
    assert cells('A,B\n"5"" pipe" steel,2\n') == [("A", "B"), ('5" pipe steel', "2")]


def test_a_cell_without_end_is_refused_by_its_line() -> None:
    rows, rejects = read_rows("A,B\n1," + "x" * 140_000 + "\n3,4\n")
    assert [row.cells for row in rows] == [("A", "B"), ("3", "4")]
    assert rejects[0].reason == "A cell is longer than 128 KB."


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_text, "MOST_ROWS", 10)
    with pytest.raises(Invalid, match="more than 10 rows"):
        read_rows("a,b\n" * 11)


def test_a_file_of_broken_rows_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_text, "MOST_BROKEN", 5)
    with pytest.raises(Invalid, match="from line 2 on; this is not a table"):
        read_rows("a,b\n" + '"x"y"z\n' * 9)


def test_noughts_are_left_out() -> None:
    assert decode(b"Na\0me,Mail\n" + b"x" * 200) == "Name,Mail\n" + "x" * 200
