from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import builders
import pytest
from builders import TODAY, activity, reminder
from desktop import Desktop, running
from rich.cells import cell_len
from small_book import account, day, records, small_book

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.settings import Settings
from kam_tui.tui.screens.agenda import WholeAgenda
from kam_tui.tui.widgets.month import Month, begins_on_sunday
from kam_tui.usecases.contacts import edit


def month_of(desk: Desktop) -> Month:
    return desk.app.screen.query_one(Month)


def cell(desk: Desktop, wanted: date, line: int = 0) -> str:
    """What the month says of a day, without the space around it."""
    month = month_of(desk)
    region = month._region(wanted)
    return month.render_line(region.y + line).crop(region.x, region.right).text.strip()


async def test_the_agenda_goes_day_by_day_as_far_as_three_months() -> None:
    far = reminder("Renew the fair stand", "r-far", due=Moment(TODAY + timedelta(days=80)))
    async with running(Book.of(*records(), far), size=(100, 40)) as desk:
        await desk.press("4")
        headings = [line.partition("  ")[0] for line in desk.lines if line[:1].isalpha()]
        assert headings[:3] == ["Late", "Today", "Sat 21 Nov"]
        assert "in 3 days" in desk.line("Sat 21 Nov")
        assert "Sat 6 Feb 2027  in 80 days" in desk.text
        assert "14:00" in desk.line("Ask about the trade fair")
        assert "today 14:00" not in desk.line("Ask about the trade fair")


async def test_what_is_put_off_and_what_was_missed_have_parts_of_their_own() -> None:
    missed = builders.contact("Anna Koe", birthday=PartialDate(None, 10, 20))
    async with running(Book.of(*records(), missed), size=(100, 60)) as desk:
        await desk.press("4", "g", "s", "enter")
        assert desk.line("Snoozed").startswith("Snoozed  1")
        assert desk.line("Missed lately").startswith("Missed lately  1")
        assert "1 snoozed" in desk.lines[2]


async def test_a_line_of_the_agenda_is_done_put_off_and_skipped_there() -> None:
    async with running(size=(100, 40)) as desk:
        await desk.press("4", "g", "d")
        await desk.type("Sent it.\n")
        assert [a.text for a in desk.book.activities.values()][-1] == "Sent it."
        await desk.press("g", "x")
        assert desk.place == "WholeAgenda"
        assert len(desk.keeper.entries) == 2


async def test_an_agenda_with_nothing_on_it_says_what_to_do() -> None:
    async with running(Book.of()) as desk:
        await desk.press("4")
        assert "r     set a reminder" in desk.text
        assert "All is well." in desk.text


async def test_c_shows_the_month_and_c_the_list_again() -> None:
    async with running() as desk:
        await desk.press("4", "c")
        assert "Nov 2026" in desk.text
        assert [name for name in desk.lines[2].split() if name] == "Mon Tue Wed Thu Fri Sat Sun".split()
        assert desk.lines[7].split()[0] == "48"
        await desk.press("c")
        assert "Nov 2026" not in desk.lines[1]
        assert desk.line("in 3 days")


async def test_the_month_stays_shown_when_one_comes_back() -> None:
    async with running() as desk:
        await desk.press("4", "c", "l", "1", "4")
        assert month_of(desk).picked == TODAY + timedelta(days=1)
        assert "Nov 2026" in desk.text


async def test_the_month_is_what_the_screen_remembers() -> None:
    async with running() as desk:
        await desk.press("4")
        screen = desk.app.screen
        assert isinstance(screen, WholeAgenda)
        assert screen.remember() == {}
        await desk.press("c")
        assert screen.remember() == {"shows": "month"}


async def test_a_remembered_month_is_shown_at_once() -> None:
    async with running() as desk:
        await desk.press("4", "1")
        screen = desk.app.get_screen("agenda")
        assert isinstance(screen, WholeAgenda)
        screen.find_again({"shows": "month"})
        await desk.press("4")
        assert "Nov 2026" in desk.text
        await desk.press("l")
        assert month_of(desk).picked == TODAY + timedelta(days=1)


async def test_a_day_says_how_much_is_on_it_and_what_the_strongest_is() -> None:
    async with running() as desk:
        await desk.press("4", "c", "l")
        assert cell(desk, TODAY - timedelta(days=3)) == "15 !1"
        assert cell(desk, TODAY).startswith("18◂◆")
        assert cell(desk, TODAY - timedelta(days=5)) == "13 ·1"
        assert cell(desk, TODAY + timedelta(days=5)) == "23"


async def test_what_is_put_off_stands_on_the_day_it_comes_back() -> None:
    async with running() as desk:
        await desk.press("4", "g", "s")
        await desk.type("24.11.2026\n")
        await desk.press("c")
        assert cell(desk, date(2026, 11, 24)) == "24 ○1"


async def test_keys_go_by_day_by_week_and_by_month() -> None:
    async with running() as desk:
        await desk.press("4", "c")
        for keys, wanted in {
            ("left", "h"): date(2026, 11, 17),
            ("right", "l"): date(2026, 11, 19),
            ("up", "k"): date(2026, 11, 11),
            ("down", "j"): date(2026, 11, 25),
            ("pagedown",): date(2026, 12, 18),
            ("pageup",): date(2026, 10, 18),
        }.items():
            for key in keys:
                await desk.press(key)
                assert month_of(desk).picked == wanted, key
                await desk.press("t")
                assert month_of(desk).picked == TODAY


async def test_a_month_that_is_shorter_has_its_last_day_picked() -> None:
    async with running() as desk:
        await desk.press("4", "c")
        month_of(desk).picked = date(2026, 12, 31)
        await desk.press("pagedown", "pagedown")
        assert month_of(desk).picked == date(2027, 2, 28)


async def test_a_month_ends_where_the_calendar_does() -> None:
    async with running() as desk:
        await desk.press("4", "c")
        for edge in (date(2, 1, 1), date(9997, 12, 31)):
            month_of(desk).picked = edge
            await desk.settle()
            for keys in (("left", "up", "pageup"), ("right", "down", "pagedown")):
                await desk.press(*keys)
        assert desk.lines[2].split()[0] == "Mon"


async def test_enter_goes_to_the_lines_of_the_day_and_escape_back_to_the_month() -> None:
    async with running() as desk:
        await desk.press("4", "c", "l", "l", "l")
        assert "Sat 21 Nov 2026  in 3 days" in desk.text
        await desk.press("enter")
        assert "turns 50" in desk.line("▌  ")
        await desk.press("escape")
        assert month_of(desk).has_focus
        await desk.press("escape")
        assert desk.place == "Today"


async def test_enter_on_a_day_with_nothing_on_it_stays_there() -> None:
    async with running() as desk:
        await desk.press("4", "c", "j", "l", "enter")
        assert month_of(desk).has_focus
        assert "Nothing is due on this day." in desk.text
        await desk.press(*["k"] * 2, "l", "l", "k")
        assert "Nothing happened on this day." in desk.text


async def test_today_has_what_is_late_as_well() -> None:
    async with running() as desk:
        await desk.press("4", "c", "enter", "g")
        assert "Send the offer to Liisa" in desk.line("▌")
        assert "Wed 18 Nov 2026  today" in desk.text


def one_late_and_one_going_quiet() -> Book:
    """A reminder three days late, and an account whose days of silence were over six days ago."""
    acme = account("Acme Oy", "a-acme", cadence_days=60)
    globex = account("Globex", "a-globex", cadence_days=14)
    offer = reminder("Send the offer", "r-offer", due=day(3), account_id="a-acme")
    return Book.of(acme, globex, offer)


async def test_today_and_agenda_count_the_same_as_late_and_as_going_quiet() -> None:
    async with running(one_late_and_one_going_quiet(), size=(100, 30)) as desk:
        for place in ("1", "4"):
            await desk.press(place)
            assert desk.lines[2].strip().startswith("1 late  ·  "), place
            assert "1 going quiet" in desk.lines[2]
            assert desk.line("Late  ").split() == ["Late", "1"]
            assert desk.line("Going quiet  ").split() == ["Going", "quiet", "1"]
            assert desk.text.count("6 days late") == 1


async def test_in_the_month_today_has_who_went_quiet_under_its_own_heading() -> None:
    async with running(one_late_and_one_going_quiet(), size=(100, 40)) as desk:
        await desk.press("4", "c")
        assert desk.text.index("Late  1") < desk.text.index("Going quiet  1") < desk.text.index("6 days late")


async def test_a_day_that_is_over_shows_what_happened_and_enter_goes_there() -> None:
    async with running(size=(80, 30)) as desk:
        await desk.press("4", "c", *"hhhhh")
        assert "What happened  1 activity" in desk.text
        await desk.press("enter", "enter")
        assert desk.place == "AccountPage"
        assert "Fri 13 Nov" in desk.line("▌")


async def test_what_happened_with_nobody_is_edited() -> None:
    lone = activity("Read the report", "t-lone", when=day(1), kind="note")
    async with running(Book.of(lone)) as desk:
        await desk.press("4", "c", "h", "enter", "enter")
        assert "Edit entry" in desk.text


async def test_months_further_ahead_than_what_is_known_are_asked_for() -> None:
    far = reminder("Renew the fair stand", "r-far", due=Moment(date(2027, 5, 12)))
    async with running(Book.of(*records(), far)) as desk:
        await desk.press("4", "c", *["pagedown"] * 6)
        await desk.settle()
        assert "May 2027" in desk.text
        assert cell(desk, date(2027, 5, 12)) == "12 ●1"
        month_of(desk).picked = date(2027, 5, 12)
        await desk.settle()
        assert "Renew the fair stand" in desk.text


async def test_a_note_on_a_day_is_for_that_day() -> None:
    async with running() as desk:
        await desk.press("4", "c", "h", "n")
        await desk.type("@globex Met at the fair\n")
        newest = list(desk.book.activities.values())[-1]
        assert (newest.text, newest.when.day) == ("Met at the fair", TODAY - timedelta(days=1))
        await desk.press("l", "l", "n")
        await desk.type("@globex send the price\n")
        newest_wish = list(desk.book.reminders.values())[-1]
        assert newest_wish.due.day == TODAY + timedelta(days=1)


async def test_a_reminder_on_a_day_is_for_that_day_and_for_nobody_yet() -> None:
    async with running() as desk:
        await desk.press("4", "c", "j", "r")
        assert "Wed 25 Nov 2026" in desk.line("│  Due")
        assert "Acme" not in desk.line("│  Account")
        await desk.type("Send the samples\n")
        assert list(desk.book.reminders.values())[-1].due == Moment(date(2026, 11, 25))


async def test_a_note_on_the_list_is_for_no_day() -> None:
    async with running() as desk:
        await desk.press("4", "g", "n")
        assert "remind:" not in desk.line("▌") + desk.lines[-6]


async def test_a_click_picks_a_day_and_a_second_opens_it() -> None:
    async with running() as desk:
        await desk.press("4", "c")
        month = month_of(desk)
        spot = month._region(date(2026, 11, 21)).offset + month.region.offset + (2, 0)
        await desk.pilot.click(offset=spot)
        await desk.settle()
        assert month.picked == date(2026, 11, 21)
        await desk.pilot.click(offset=spot, times=2)
        await desk.settle()
        assert "▌" in desk.line("turns 50")
        await desk.pilot.click(offset=(1, month.region.y + 3))
        await desk.pilot.click(offset=(40, month.region.y))
        assert month.picked == date(2026, 11, 21)


async def test_the_wheel_turns_the_months() -> None:
    async with running() as desk:
        await desk.press("4", "c")
        month_of(desk).on_mouse_scroll_down()
        assert month_of(desk).picked == date(2026, 12, 18)
        month_of(desk).on_mouse_scroll_up()
        assert month_of(desk).picked == TODAY


async def test_holidays_are_marked_where_a_country_is_set() -> None:
    async with running(settings=Settings(country="FI")) as desk:
        await desk.press("4", "c", "pagedown")
        await desk.settle()
        assert cell(desk, date(2026, 12, 25)) == "25°"
        assert cell(desk, date(2026, 12, 23)) == "23"


async def test_the_week_begins_as_people_there_count() -> None:
    assert begins_on_sunday("US", "")
    assert not begins_on_sunday("FI", "mdy")
    assert begins_on_sunday("", "mdy")
    assert not begins_on_sunday("DE-BY", "")
    async with running(settings=Settings(country="US")) as desk:
        await desk.press("4", "c")
        assert desk.lines[2].split() == "Sun Mon Tue Wed Thu Fri Sat".split()
        assert cell(desk, date(2026, 11, 15)).startswith("15")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40), (200, 60)])
async def test_the_month_fits_every_screen(size: tuple[int, int]) -> None:
    async with running(size=size) as desk:
        await desk.press("4", "c")
        assert max(map(cell_len, desk.lines)) <= size[0]
        month = month_of(desk)
        for number in range(1, 31):
            assert cell(desk, date(2026, 11, number)).lstrip("▌").startswith(str(number))
        assert "Late" in desk.text
        assert "Send the offer" in desk.text
        side_by_side = desk.app.screen.query_one("#side").region.x > 0
        assert side_by_side == (size[0] >= 118)
        assert month.region.height == (7 if size[1] < 34 else month.region.height)


async def test_a_wide_month_says_whom_it_is_about() -> None:
    async with running(size=(200, 60)) as desk:
        await desk.press("4", "c")
        assert cell(desk, date(2026, 11, 21), 1).startswith("Liisa")


async def test_the_day_changes_while_the_month_is_shown() -> None:
    async with running(small_book()) as desk:
        await desk.press("4", "c")
        desk.clock.now += timedelta(days=1)
        await desk.look_again()
        assert cell(desk, TODAY + timedelta(days=1)).startswith("19◂")


async def test_the_agenda_lists_who_is_at_risk_and_whose_name_day_it_is(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text(f"{TODAY:%m-%d},Liisa\n", encoding="utf-8")
    settings = Settings(name_day_calendar=str(names))
    async with running(size=(100, 60), settings=settings) as desk:
        await desk.press("4")
        assert desk.line("At risk").startswith("At risk  1")
        assert "gone cold" in desk.line("since Sun 4 Oct")
        assert desk.line("Name days").startswith("Name days  1")
        assert desk.text.partition("Name days")[2].splitlines()[1].split()[0] == "today"
        assert "1 at risk" in desk.lines[2]


async def test_the_month_tells_risks_name_days_and_what_was_missed(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text(f"{TODAY:%m-%d},Liisa\n", encoding="utf-8")
    settings = Settings(name_day_calendar=str(names))
    missed = builders.contact("Anna Koe", birthday=PartialDate(None, 10, 29))
    async with running(Book.of(*records(), missed), size=(140, 60), settings=settings) as desk:
        await desk.press("4", "c")
        assert cell(desk, TODAY) == "▌18◂◆1☆"
        assert cell(desk, date(2026, 10, 29)) == "29 ✗1"
        assert cell(desk, date(2026, 10, 29), 1).startswith("✗ Anna")
        said = desk.line("  Nov 2026  ")
        assert "☆ name day" in said
        assert "✗ missed" in said
        assert "○ snoozed" not in said, "only the signs that are there are told"
        beside = "\n".join(line[month_of(desk).region.right :] for line in desk.lines)
        for title in ("At risk  1", "Name days  1", "Missed  1"):
            assert title in beside
        await desk.press("pageup")
        assert cell(desk, date(2026, 10, 4)) == "4 ▽1"
        month_of(desk).picked = date(2026, 10, 29)
        await desk.press("enter", "d")
        await desk.type("Called her all the same.\n")
        assert "Called her all the same." in [each.text for each in desk.book.activities.values()]
        assert cell(desk, date(2026, 10, 29)) == "29 ★1"


def celebrating(tmp_path: Path) -> tuple[Book, Settings]:
    """A book without any lead, and a calendar of names, in which somebody has two days in March."""
    names = tmp_path / "names.csv"
    names.write_text("03-15,Anna\n", encoding="utf-8")
    anna = builders.contact("Anna Koe", "c-anna", account_id="a-acme", birthday=PartialDate(1977, 3, 12))
    return Book.of(*records(), anna), Settings(name_day_calendar=str(names), lead=())


@pytest.mark.parametrize(
    ("turns", "year", "told"), [(4, 2027, "turns 50"), (-8, 2026, "turned 49"), (16, 2028, "turns 51")]
)
async def test_a_month_ahead_or_past_tells_every_birthday_and_name_day(
    tmp_path: Path, turns: int, year: int, told: str
) -> None:
    book, settings = celebrating(tmp_path)
    async with running(book, size=(140, 40), settings=settings) as desk:
        await desk.press("4", "c", *["pagedown" if turns > 0 else "pageup"] * abs(turns))
        assert cell(desk, date(year, 3, 12)) == "12 ★1"
        assert cell(desk, date(year, 3, 15)) == "15 ☆1"
        assert cell(desk, date(year, 3, 12), 1).startswith("★ Anna")
        assert "★ occasion   ☆ name day" in desk.line(f"  Mar {year}  ")
        month_of(desk).picked = date(year, 3, 12)
        await desk.settle()
        assert f"Birthday, {told}" in desk.line("Anna Koe")
        assert "Nothing is due" not in desk.text


async def test_an_occasion_is_about_whose_day_it_is_and_opens_their_page(tmp_path: Path) -> None:
    book, settings = celebrating(tmp_path)
    async with running(book, size=(100, 40), settings=settings) as desk:
        await desk.press("4", "c", *["pagedown"] * 4)
        month_of(desk).picked = date(2027, 3, 12)
        await desk.settle()
        await desk.press("enter", "d")
        assert not desk.keeper.entries, "there is nothing to be done"
        screen = desk.app.screen
        assert isinstance(screen, WholeAgenda)
        assert screen.party() == book.contacts["c-anna"]
        await desk.press("enter")
        assert desk.place == "ContactPage"
        assert "Anna Koe" in desk.text


async def test_what_is_to_be_done_on_the_day_is_not_told_twice(tmp_path: Path) -> None:
    anna = builders.contact("Anna Koe", "c-anna", birthday=PartialDate(1977, 11, 19))
    async with running(Book.of(*records(), anna), size=(140, 40)) as desk:
        await desk.press("4", "c", "l")
        assert cell(desk, TODAY + timedelta(days=1)) == "▌19 ●1"
        assert "Occasions" not in desk.text
        await desk.press("enter", "x")
        assert cell(desk, TODAY + timedelta(days=1)) == "19 ★1", "it is their birthday all the same"


async def test_a_corrected_birthday_moves_in_the_month_that_is_shown(tmp_path: Path) -> None:
    book, settings = celebrating(tmp_path)
    async with running(book, size=(140, 40), settings=settings) as desk:
        await desk.press("4", "c", *["pagedown"] * 4)
        desk.app.session.run(edit, "c-anna", {"birthday": "1977-03-20"})
        await desk.look_again()
        assert cell(desk, date(2027, 3, 12)) == "12"
        assert cell(desk, date(2027, 3, 20)) == "20 ★1"


async def test_the_signs_of_the_month_are_told_as_far_as_there_is_room() -> None:
    async with running() as desk:
        await desk.press("4", "c")
        for width in range(44, 90, 5):
            await desk.resize((width, 24))
            assert "Nov 2026   ! late" in desk.lines[1]
            assert cell_len(desk.lines[1]) <= width


async def test_no_day_of_a_wide_month_moves_while_something_is_said() -> None:
    async with running() as desk:
        await desk.press("4", "c")
        for height in range(36, 62, 3):
            await desk.resize((140, height))
            before = [month_of(desk)._region(date(2026, 11, number)) for number in range(1, 31)]
            for text in ("short", "word " * 80):
                desk.app.voice.warn(text)
                await desk.settle()
                assert [month_of(desk)._region(date(2026, 11, number)) for number in range(1, 31)] == before
                assert cell(desk, date(2026, 12, 6)).startswith("6")
            await desk.read_all()


async def test_the_agenda_tells_the_whole_moment_at_which_something_comes_back() -> None:
    async with running(size=(80, 60)) as desk:
        await desk.press("4", "g", "s")
        await desk.press("ctrl+u")
        await desk.type("tue 9:00\n")
        assert "Tue 24 Nov 09:00" in desk.text.partition("Snoozed")[2]
