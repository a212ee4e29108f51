from __future__ import annotations

from datetime import timedelta

import pytest
from builders import TODAY, account, contact, promise, reminder
from desktop import running

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.occasion import Occasion
from kam_tui.tui.widgets.agenda_list import AgendaList


async def test_today_shows_what_is_late_due_and_ahead_and_who_is_at_risk() -> None:
    async with running(size=(140, 40)) as desk:
        headings = [line[:20].strip() for line in desk.lines if line[:1].isalpha()]
        assert [heading.split("  ")[0] for heading in headings] == [
            "Late",
            "Today",
            "Next 7 days",
            "At risk",
        ]
        assert "Globex GmbH" in desk.line("since Sun 4 Oct")
        assert "Be in touch: gone cold" in desk.line("since Sun 4 Oct")
        assert "Send the offer to Liisa" in desk.line("3 days late")
        assert "today 14:00" in desk.line("Ask about the trade fair")
        assert "Sun 22 Nov" in desk.line("quarterly")


async def test_an_overdue_promise_is_the_first_line() -> None:
    old = reminder("Older", due=Moment(TODAY - timedelta(days=30)), account_id="a-acmeoy")
    late = promise("Drawings", account_id="a-acmeoy", due=Moment(TODAY - timedelta(days=1)))
    async with running(Book.of(account(), old, late)) as desk:
        assert "Drawings" in desk.line("▌")
        assert desk.text.index("Drawings") < desk.text.index("Older")


async def test_the_highlighted_line_says_why_it_is_there_and_how_to_reach_whom() -> None:
    async with running() as desk:
        await desk.press("g")
        assert "Reminder set on" in desk.text
        assert "Liisa Korhonen · mobile: +358 40 555 0101" in desk.text


async def test_a_wide_screen_tells_what_happened_last() -> None:
    async with running(size=(140, 40)) as desk:
        await desk.press("g")
        assert "Talked about the spring order" in desk.text


async def test_what_gives_notice_early_and_what_was_missed_have_parts_of_their_own() -> None:
    wedding = Occasion("wedding", PartialDate(2010, (TODAY + timedelta(days=20)).month, 8), lead_days=30)
    ahead = contact("Pekka Koe", occasions=(wedding,))
    missed = contact("Anna Koe", birthday=PartialDate(None, 10, 20))
    async with running(Book.of(ahead, missed)) as desk:
        titles = [line.split("  ")[0] for line in desk.lines if line[:1].isalpha()]
        assert titles == ["Later", "Missed lately"]
        assert "Wedding anniversary" in desk.line("Tue 8 Dec")
        assert desk.line("1 missed")
        await desk.press("g", "down", "d", "enter")
        assert [(a.text, a.contact_ids) for a in desk.book.activities.values()] == [
            ("Birthday", (missed.id,))
        ]
        assert not any("Missed lately" in line for line in desk.lines)


async def test_done_asks_how_it_went_and_takes_the_line_away() -> None:
    async with running() as desk:
        assert desk.line("Send the offer to Liisa")
        await desk.press("g", "d")
        assert "It goes on the timeline as: Mail." in desk.text
        await desk.type("Sent it.\n")
        assert "3 days late" not in desk.text
        assert [a.text for a in desk.book.activities.values() if a.kind == "mail"][-1] == "Sent it."
        assert "u undoes it" in desk.notices[-1]


async def test_done_with_nothing_to_say_takes_what_the_line_says() -> None:
    async with running() as desk:
        await desk.press("g", "d", "enter")
        assert "Send the offer to Liisa" in [a.text for a in desk.book.activities.values()]


async def test_done_can_be_left_with_escape() -> None:
    async with running() as desk:
        await desk.press("g", "d", "escape")
        assert desk.place == "Today"
        assert not desk.keeper.entries


async def test_undo_brings_the_line_back() -> None:
    async with running() as desk:
        await desk.press("g", "d", "enter", "u")
        assert "Send the offer to Liisa" in desk.line("3 days late")
        assert desk.notices[-1].startswith("Undid:")


async def test_undo_with_nothing_to_undo_says_so() -> None:
    async with running() as desk:
        await desk.press("u")
        assert desk.notices == ["There is nothing to undo."]


async def test_skip_takes_the_line_away_and_writes_nothing_on_the_timeline() -> None:
    async with running() as desk:
        before = len(desk.book.activities)
        await desk.press("g", "x")
        assert "Send the offer to Liisa" not in "\n".join(desk.lines[3:16])
        assert len(desk.book.activities) == before


@pytest.mark.parametrize(
    ("keys", "days"), [(["enter"], 1), (["down", "enter"], 7), (["down", "down", "enter"], 14)]
)
async def test_snooze_offers_days(keys: list[str], days: int) -> None:
    async with running() as desk:
        await desk.press("g", "s", *keys)
        (occurrence,) = desk.book.occurrences.values()
        assert occurrence.until
        assert occurrence.until.day == TODAY + timedelta(days=days)


async def test_snooze_takes_a_day_in_words_and_says_it_back() -> None:
    async with running() as desk:
        await desk.press("g", "s")
        await desk.type("tue 14:00")
        assert "until Tue 24 Nov 2026 14:00" in desk.text
        await desk.press("enter")
        (occurrence,) = desk.book.occurrences.values()
        assert str(occurrence.until).startswith("2026-11-24T14:00")
        assert "Snoozed" in desk.text


async def test_snooze_refuses_words_that_are_no_day_and_keeps_them() -> None:
    async with running() as desk:
        await desk.press("g", "s")
        await desk.type("whenever\n")
        assert desk.place == "Snooze"
        assert "is not a day that can be read" in desk.text


async def test_what_was_put_off_comes_back_on_its_day() -> None:
    async with running() as desk:
        await desk.press("g", "s", "enter")
        assert "Snoozed" in desk.text
        desk.clock.now += timedelta(days=1)
        await desk.look_again()
        assert "Snoozed  " not in desk.text
        assert "4 days late" in desk.text


async def test_what_was_put_off_until_later_today_comes_back_at_its_time() -> None:
    async with running() as desk:
        await desk.press("g", "s")
        await desk.type("today 14:00\n")
        assert desk.line("Snoozed  ")
        assert "3 days late" not in desk.text
        desk.clock.now += timedelta(hours=4)
        await desk.look_again()
        assert not desk.line("Snoozed  ")
        assert desk.line("3 days late")


async def test_midnight_makes_what_was_due_today_late() -> None:
    async with running() as desk:
        assert "today 14:00" in desk.line("Ask about the trade fair")
        desk.clock.now += timedelta(days=1)
        await desk.look_again()
        assert "1 day late" in desk.line("Ask about the trade fair")
        assert "Thu 19 Nov 2026" in desk.lines[0]


async def test_enter_opens_whom_the_line_is_about() -> None:
    async with running() as desk:
        await desk.press("g", "enter")
        assert desk.place == "AccountPage"
        assert "Acme Oy" in desk.lines[2]


async def test_a_double_click_opens_and_one_click_highlights() -> None:
    async with running() as desk:
        agenda = desk.app.screen.query_one(AgendaList)
        row = next(y for y, line in enumerate(desk.lines) if "Ask about the trade fair" in line)
        await desk.pilot.click(offset=(30, row))
        await desk.settle()
        assert agenda.highlighted
        assert agenda.highlighted.what == "Ask about the trade fair"
        await desk.pilot.click(offset=(30, row), times=2)
        await desk.settle()
        assert desk.place == "AccountPage"


async def test_a_book_with_nothing_due_says_so() -> None:
    async with running(Book.of(account("Quiet Oy", created=TODAY))) as desk:
        assert "Nothing needs you today." in desk.text
        assert "All is well." in desk.text


async def test_after_putting_off_the_highlight_goes_on_to_the_next_line() -> None:
    async with running() as desk:
        await desk.press("g", "s", "enter")
        highlighted = desk.app.screen.query_one(AgendaList).highlighted
        assert highlighted
        assert highlighted.what == "Send the summary"
        await desk.press("u")
        assert "Send the summary" in desk.line("▌")


async def test_edit_and_remind_on_a_birthday_are_about_the_person() -> None:
    async with running() as desk:
        assert desk.app.screen.query_one(AgendaList).highlight("birthday:c-liisa:2026-11-21")
        await desk.press("e")
        assert "Edit person" in desk.text
        assert "Liisa Korhonen" in desk.line("Name")
        await desk.press("escape", "r")
        assert "Liisa Korhonen" in desk.line("│  People")
        assert "Acme Oy" in desk.line("│  Account")


async def test_the_headline_takes_a_second_line_only_while_it_needs_one() -> None:
    missed = [
        contact(f"Person {n}", f"c-{n}", birthday=PartialDate(None, 10, 10 + n), account_id="a-acmeoy")
        for n in range(12)
    ]
    dues = [reminder(f"Call {n}", f"r-{n}", due=Moment(TODAY + timedelta(days=n - 12))) for n in range(24)]
    cold = account("Koe Oy", "a-koe", tier="key", created=TODAY.replace(year=2025))
    still = account("Hiljainen Oy", "a-still", created=TODAY - timedelta(days=110))
    async with running(Book.of(account(), cold, still, *missed, *dues), size=(80, 24)) as desk:
        assert "missed" in desk.lines[3]
        assert desk.lines[5].startswith("Late  12")
        await desk.press("asterisk", "d", "enter")
        assert "All is well." in desk.lines[2]
        assert "Nothing needs you today." in desk.lines[5]
