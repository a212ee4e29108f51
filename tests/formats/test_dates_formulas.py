"""Dates are read without guessing; formulas are marked and the mark comes off again."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kam_tui.formats.dates import Doubtful, column_order, is_blank, read_date
from kam_tui.formats.formulas import guarded, is_formula, unguarded


@pytest.mark.parametrize(
    ("text", "order", "found"),
    [
        ("1980-03-22", "", "1980-03-22"),
        ("19800322", "", "1980-03-22"),
        ("1991-4-5", "", "1991-04-05"),
        ("2024-03-12 09:14", "", "2024-03-12"),
        ("19531015T231000Z", "", "1953-10-15"),
        ("2019-12-31T23:30:00-08:00", "", "2019-12-31"),
        (" --05-10", "", "--05-10"),
        ("--0415", "", "--04-15"),
        ("--12", "", "--12"),
        ("2006-06", "", "2006-06"),
        ("1604-02-29", "", "--02-29"),
        ("16040101", "", "--01-01"),
        ("4.3.1604", "", "--03-04"),
        ("1604", "", "1604"),
        ("1604-03", "", "1604-03"),
        ("22.3.1980", "", "1980-03-22"),
        ("22.3.", "", "--03-22"),
        ("3/4/1980", "dmy", "1980-04-03"),
        ("3/4/1980", "mdy", "1980-03-04"),
        ("3/4", "mdy", "--03-04"),
        ("3/3/1980", "", "1980-03-03"),
        ("3/15/2024 2:30 PM", "mdy", "2024-03-15"),
        ("15 Jun 2026", "", "2026-06-15"),
        ("June 5, 2026", "", "2026-06-05"),
    ],
)
def test_a_date_as_files_write_it(text: str, order: str, found: str) -> None:
    assert str(read_date(text, order)) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3/4/1980", "could be two dates, and was kept as text"),
        ("70-7-14", "the year has no century"),
        ("1/2/75", "the year has no century"),
        ("206-12-15", "is not a date"),
        ("31.2.1970", "is in no calendar"),
        ("0000-00-00", "is in no calendar"),
        ("NaN-NaN-NaN", "is not a date"),
        ("circa 1800", "is not a date"),
        ("---30", "is not a date"),
        ("12 Foo 1980", "is not a date"),
    ],
)
def test_what_is_no_certain_date_is_told(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_date(text)


def test_the_year_1900_is_doubted_and_the_day_is_kept() -> None:
    with pytest.raises(Doubtful) as doubt:
        read_date("1900-05-06")
    assert str(doubt.value.found) == "--05-06"


def test_how_programs_write_that_there_is_no_date() -> None:
    assert all(map(is_blank, ["", " ", "0/0/00", "00/00/0000", "0.0.0000"]))
    assert not is_blank("1/1/00")


def test_a_column_shows_its_order_only_by_a_part_above_twelve_and_without_a_contradiction() -> None:
    assert column_order(["3/4/1980", "13/4/1980"]) == "dmy"
    assert column_order(["3/4/1980", "4/13/1980"]) == "mdy"
    assert column_order(["3/4/1980", "5/6/1980", "22.3.1980"]) == ""
    assert column_order(["13/4/1980", "4/13/1980"]) == ""


@pytest.mark.parametrize(
    "text",
    ["=1+1", " =1", "@x", "\t=1", "\rx", "+1-1", "-x", "+358-40-1", "- bullet", "\uff1d1+1", "\uff0b1-1"],
)
def test_what_a_spreadsheet_may_run_is_marked(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["+358401234567", "+358 40 123 4567", "-5", "+2,5", "-1.25", "a=1", "", "'t"]
)
def test_numbers_phone_numbers_and_plain_text_are_left_alone(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(st.text(alphabet="'=+-@ \t1a", max_size=8))
@example("'=1")
@example("''=1")
@settings(max_examples=300)
def test_every_text_comes_back_and_nothing_goes_out_that_runs(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not is_formula(guarded(text))
