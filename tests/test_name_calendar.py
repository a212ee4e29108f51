"""The calendar of name days: both forms are read, what is wrong is told by its line, and nothing crashes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.text import clean
from kam_tui.name_calendar import LARGEST, NO_NAMES, NameCalendar, name_calendar

LEMPI = PartialDate(None, 11, 24)
ANNA = PartialDate(None, 12, 9)


def made(tmp_path: Path, text: str | bytes, name: str = "names.csv") -> NameCalendar:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name_calendar(str(file))


def test_no_file_has_no_names() -> None:
    assert name_calendar("") is NO_NAMES


@pytest.mark.parametrize(
    "text",
    [
        "11-24,Lempi,Lemmikki\n12-09,Anna\n",
        "date,name\n11-24,Lempi,Lemmikki\n12-09,Anna",
        "# mine\r\n\r\n11-24;Lempi;Lemmikki\r\n12-09;Anna\r\n",
        '11-24,"Lempi, Lemmikki"\n12-09,"Anna"\n',
        "2026-11-24\tLempi / Lemmikki\n2026-12-09\tAnna\n",
        "24.11.,LEMPI & lemmikki (f)\n9.12.,Anna\n",
        "\ufeff--11-24,Lempi Lemmikki\n--12-09,Anna\n",
    ],
)
def test_lines_of_days_and_names_are_read_as_they_are_usually_written(tmp_path: Path, text: str) -> None:
    assert made(tmp_path, text) == NameCalendar({"lempi": (LEMPI,), "lemmikki": (LEMPI,), "anna": (ANNA,)})


def event(day: str, summary: str) -> str:
    lines = ("BEGIN:VEVENT", "UID:1", f"DTSTART;VALUE=DATE:{day}", summary, "RRULE:FREQ=YEARLY", "END:VEVENT")
    return "".join(f"{line}\r\n" for line in lines)


@pytest.mark.parametrize(
    "summary",
    [
        "SUMMARY:Lempi\\, Lemmikki",
        "SUMMARY;LANGUAGE=fi:Nimipäivä: Lempi ja Lemmikki",
        "SUMMARY:Namnsdag: Lem\r\n pi och Lemmikki",
        "SUMMARY:Lempi\\nLemmikki\\n",
        'SUMMARY;ALTREP="https://days.example/24:11":Lempi, Lemmikki',
        "SUMMARY:Nimipäivät\r\nDESCRIPTION:Lempi\\, Lemmikki",
        "SUMMARY:Lempi Lemmikki\r\nDESCRIPTION:Heimo told me",
        "SUMMARY:Lempi\\; Lemmikki\r\nBEGIN:VALARM\r\nDTSTART:20260101\r\nSUMMARY:Alarm\r\nEND:VALARM",
    ],
)
def test_events_of_a_calendar_are_read_whatever_stands_before_the_names(tmp_path: Path, summary: str) -> None:
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event('20261124', summary)}END:VCALENDAR\r\n"
    for name in ("names.ics", "names"):
        assert made(tmp_path, text, name) == NameCalendar({"lempi": (LEMPI,), "lemmikki": (LEMPI,)})


def test_a_line_that_was_folded_within_a_letter_is_read(tmp_path: Path) -> None:
    text = f"BEGIN:VCALENDAR\r\n{event('20261124', 'SUMMARY:Päivi')}END:VCALENDAR\r\n".encode()
    folded = text.replace("ä".encode(), b"\xc3\r\n \xa4")
    assert made(tmp_path, folded, "names.ics") == NameCalendar({"paivi": (LEMPI,)})


def test_a_day_that_returns_every_year_counts_from_an_event_of_any_year(tmp_path: Path) -> None:
    lines = "DTSTART;VALUE=DATE:20001124\r\nDTEND;VALUE=DATE:20001125\r\nSUMMARY:Lempi\r\n"
    rule = "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24\r\nTRANSP:TRANSPARENT\r\n"
    text = f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Days\r\nBEGIN:VEVENT\r\n{lines}{rule}END:VEVENT\r\n"
    zone = "BEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nDTSTART:19701025T040000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    found = made(tmp_path, f"{text}{zone}END:VCALENDAR\r\n", "names.ics")
    assert found == NameCalendar({"lempi": (LEMPI,)})


def test_the_same_days_of_several_years_are_one_and_two_days_of_a_name_are_two(tmp_path: Path) -> None:
    text = "".join(event(f"{year}1124", "SUMMARY:Lempi") for year in (2025, 2026))
    found = made(tmp_path, f"BEGIN:VCALENDAR\r\n{text}{event('20261209T000000Z', 'SUMMARY:Lempi')}")
    assert found == NameCalendar({"lempi": (LEMPI, ANNA)})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("11-24,Lempi\n13-45,Anna\n", "line 2: 13-45 is no day such as 11-24. It is left out."),
        ("11-24,Lempi\n12-09,\n", "line 2: it has no name. It is left out."),
        (
            "x\n11-24,Lempi\nyes 1\n8\n9\n",
            "line 3: yes 1 is no day such as 11-24. It is left out. So are 2 more",
        ),
        ("11-24,Lempi\n\x1b[2J7,\u202eAnna\n", "line 2: 7 is no day such as 11-24."),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_count(
    tmp_path: Path, text: str, told: str
) -> None:
    found = made(tmp_path, text)
    assert told in found.problem
    assert str(tmp_path) in found.problem
    assert found.days == {"lempi": (LEMPI,)}


def test_an_event_without_a_day_is_told_by_its_first_line(tmp_path: Path) -> None:
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Anna\nEND:VEVENT\n" + event("20261124", "SUMMARY:Lempi")
    found = made(tmp_path, text)
    assert 'line 2: "" is no day such as 11-24.' in found.problem
    assert found.days == {"lempi": (LEMPI,)}


def test_what_is_no_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "huge.csv").write_bytes(b"\n" * (LARGEST + 1))
    told = {
        "gone.csv": "No such file or directory",
        ".": "it is no file",
        "pipe": "it is no file",
        "huge.csv": "it is larger than 4 MB",
    }
    for name, what in told.items():
        problem = name_calendar(str(tmp_path / name)).problem
        assert problem.startswith("Setting name_day_calendar: ")
        assert problem.endswith(f" cannot be read: {what}. No name days come up.")
    assert "there are no names in it" in made(tmp_path, "# nothing\n").problem
    assert name_calendar("nul\0l").problem


def test_a_file_of_an_older_encoding_is_read(tmp_path: Path) -> None:
    assert made(tmp_path, "11-24,Päivi\n".encode("cp1252")).days == {"paivi": (LEMPI,)}


def test_it_is_read_once_and_again_when_it_changes(tmp_path: Path) -> None:
    first = made(tmp_path, "11-24,Lempi\n")
    assert name_calendar(str(tmp_path / "names.csv")) is first
    assert made(tmp_path, "11-24,Lempi,Anna\n").days.keys() == {"lempi", "anna"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(["names.csv", "names.ics"]))
def test_whatever_is_in_the_file_it_is_read_or_told(tmp_path: Path, data: bytes, name: str) -> None:
    found = made(tmp_path, data, name)
    assert found.days or found.problem
    assert found.problem == clean(found.problem)
