"""Time zones of people: named by their city, and their clock beside one's own."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from builders import ZONE, account, contact, reminder

from kam_tui.domain.account import ACCOUNT
from kam_tui.domain.book import Book
from kam_tui.domain.contact import CONTACT
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.dates.when import read_leading, read_when, show_moment
from kam_tui.domain.dates.zone import at_home, brought, city_of, over_there, zone_of
from kam_tui.domain.errors import Invalid
from kam_tui.domain.reminder import REMINDER
from kam_tui.domain.residence import zone_for

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=ZONE)
"""A Tuesday in Helsinki; in Tokyo it is 17:15, in New York 3:15."""


def at(text: str) -> Moment:
    return Moment.parse(text)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("tokyo", "Asia/Tokyo"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("buenos aires", "America/Buenos_Aires"),
        ("Istanbul", "Europe/Istanbul"),
        ("UTC", "UTC"),
        ("nowhere", ""),
        ("GMT+3", ""),
        ("time", ""),
        ("", ""),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(typed: str, zone: str) -> None:
    assert zone_of(typed) == zone


def test_every_zone_of_this_computer_is_found_by_its_own_name() -> None:
    for name in available_timezones():
        # Of Etc/GMT the sign is the other way round from what people mean.
        if "/" in name and not name.startswith("Etc/GMT"):
            assert zone_of(name) == name


def test_a_form_takes_a_city_and_refuses_what_is_none() -> None:
    assert CONTACT.read_form({"timezone": "tokyo"}, PLAIN) == {"timezone": "Asia/Tokyo"}
    assert ACCOUNT.read_form({"timezone": ""}, PLAIN) == {"timezone": ""}
    with pytest.raises(Invalid, match="Time zone: Atlantis is no time zone: write it like Europe/Helsinki"):
        ACCOUNT.read_form({"timezone": "Atlantis"}, PLAIN)


def test_a_zone_that_this_computer_does_not_know_stays_in_the_book() -> None:
    document = {"id": "c-1", "created": "2026-11-24", "name": "Ada", "timezone": "Mars/Olympus"}
    read = CONTACT.decode(document)
    assert CONTACT.encode(read) == document
    assert over_there(at("2026-11-24T14:00[Europe/Helsinki]"), read.timezone) is None


def test_where_people_are_is_their_own_zone_or_their_accounts_and_one_for_all() -> None:
    acme = account("Acme Oy", timezone="Asia/Tokyo")
    mori, smith = contact("Mori", account_id=acme.id), contact("Smith", timezone="Europe/London")
    book = Book.of(acme, mori, smith)
    assert zone_for(book, acme.id) == "Asia/Tokyo"
    assert zone_for(book, acme.id, [mori.id]) == "Asia/Tokyo"
    assert zone_for(book, acme.id, [smith.id]) == "Europe/London"
    assert zone_for(book, acme.id, [mori.id, smith.id]) == ""
    assert zone_for(book, None) == ""
    assert zone_for(book, "gone", ["gone"]) == ""


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        ("2026-11-24T14:00[Europe/Helsinki]", "Asia/Tokyo", "Tue 24 Nov 2026 14:00 (21:00 in Tokyo)"),
        ("2026-11-24T20:00[Europe/Helsinki]", "Asia/Tokyo", "Tue 24 Nov 2026 20:00 (Wed 03:00 in Tokyo)"),
        ("2026-11-24T02:00[Europe/Helsinki]", "America/New_York",
         "Tue 24 Nov 2026 02:00 (Mon 19:00 in New York)"),
        ("2026-11-24T14:00[Europe/Helsinki]", "Europe/Athens", "Tue 24 Nov 2026 14:00"),
        ("2026-11-24T14:00[Europe/Helsinki]", "", "Tue 24 Nov 2026 14:00"),
        ("2026-11-24T14:00[Europe/Helsinki]", "+05:30", "Tue 24 Nov 2026 14:00 (17:30 in UTC+05:30)"),
        ("2026-11-24", "Asia/Tokyo", "Tue 24 Nov 2026"),
    ],
)  # fmt: skip
def test_their_clock_stands_beside_ones_own_where_it_says_otherwise(
    moment: str, zone: str, shown: str
) -> None:
    assert show_moment(at(moment), zone) == shown


def test_a_city_is_told_without_its_continent() -> None:
    assert (city_of("America/Argentina/Buenos_Aires"), city_of("UTC")) == ("Buenos Aires", "UTC")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("tue 9:00 Tokyo time", "2026-12-01T09:00[Asia/Tokyo]"),
        ("tomorrow 9am New York time", "2026-11-25T09:00[America/New_York]"),
        ("9:00 Tokyo time", "2026-11-25T09:00[Asia/Tokyo]"),
        ("18:00 Tokyo time", "2026-11-24T18:00[Asia/Tokyo]"),
        ("fri 14:00 Europe/London", "2026-11-27T14:00[Europe/London]"),
        ("27.11. klo 14 lontoo aikaa", None),
        ("fri 14:00 UTC", "2026-11-27T14:00[UTC]"),
        ("fri 14:00 their time", "2026-11-27T14:00[America/Los_Angeles]"),
        ("pe klo 14 heidän aikaa", "2026-11-27T14:00[America/Los_Angeles]"),
        ("fri Tokyo time", None),
        ("in 2 hours Tokyo time", None),
        ("2026-11-24T14:00Z Tokyo time", None),
        ("fri 14:00 Atlantis time", None),
    ],
)
def test_a_time_may_be_said_on_another_clock(text: str, read: str | None) -> None:
    how = Reading(now=NOW).about("America/Los_Angeles")
    if read is None:
        with pytest.raises(Invalid, match="is not a day that can be read"):
            read_when(text, how)
    else:
        assert str(read_when(text, how)) == read


def test_their_time_is_refused_where_nobody_knows_where_they_are() -> None:
    with pytest.raises(Invalid, match="Nobody knows what time it is there") as caught:
        read_when("fri 14:00 their time", Reading(now=NOW))
    assert "tue 9:00 Tokyo time" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tue 9:00 New York time call him", 5),
        ("fri their time is short", 1),
        ("tue 9:00 ask about time", 2),
        ("tue 9:00 London calling", 2),
    ],
)
def test_of_a_line_no_more_words_are_taken_than_say_the_time(text: str, words: int) -> None:
    found = read_leading(text.split(), Reading(now=NOW))
    assert found
    assert found[1] == words


def test_a_moment_comes_home_by_the_clock_of_that_day() -> None:
    summer, winter = at("2026-07-01T09:00[Asia/Tokyo]"), at("2026-12-01T09:00[Asia/Tokyo]")
    assert at_home(summer, NOW) == (at("2026-07-01T03:00[Europe/Helsinki]"), "Asia/Tokyo")
    assert at_home(winter, NOW) == (at("2026-12-01T02:00[Europe/Helsinki]"), "Asia/Tokyo")
    assert at_home(at("2026-12-01"), NOW) == (at("2026-12-01"), "")
    assert brought(winter, "Mars/Olympus") == winter


@pytest.mark.parametrize("there", ["Asia/Tokyo", "America/New_York", "Africa/Cairo", "Europe/Athens"])
def test_what_comes_again_keeps_to_the_clock_that_it_was_said_on(there: str) -> None:
    due, zone = at_home(Moment(date(2026, 12, 1), time(9), there), NOW)
    call = reminder(due=due, zone=zone, rule="FREQ=WEEKLY")
    for day in (date(2026, 12, 8), date(2027, 3, 16), date(2027, 4, 6), date(2027, 7, 6), date(2027, 10, 26)):
        here = call.on(day)
        assert here.zone == "Europe/Helsinki"
        assert here.instant(None).astimezone(ZoneInfo(there)).time() == time(9)
    assert REMINDER.decode(REMINDER.encode(call)) == call
