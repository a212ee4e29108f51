"""The agenda as a whole: its order, and how a person names a line of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import ZONE, account, activity, contact, contract, promise, reminder

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record, add
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.errors import Ambiguous, NotFound
from kam_tui.domain.reminder import Occurrence, Reminder
from kam_tui.rules.agenda import Agenda, agenda
from kam_tui.rules.finding import find_item
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy")
KEY = account("Kallio Oy", tier="key")
LIISA = contact(
    "Liisa Korhonen", account_id=ACME.id, birthday=PartialDate(1976, 11, 27), created=date(2026, 11, 1)
)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def call(text: str, day: date, clock: time | None = None, **fields: Any) -> Reminder:
    due = Moment(day, clock, "Europe/Helsinki" if clock else "")
    known: dict[str, Any] = {"due": due, "account_id": ACME.id}
    return reminder(text, **known | fields)


def whats(found: Agenda, group: str) -> list[str]:
    return [item.what for item in getattr(found, group)]


def test_an_empty_book_has_an_empty_agenda() -> None:
    assert agenda(Book.of(), Settings(), TODAY) == Agenda()


def test_everything_is_in_one_group_by_its_day() -> None:
    records = [call("late", ahead(-1)), call("now", TODAY), call("next", ahead(7)), call("far", ahead(8))]
    asleep = call("asleep", TODAY)
    put_off = Occurrence(f"reminder:{asleep.id}:{TODAY}", TODAY, "snoozed", Moment(ahead(1)))
    found = agenda(Book.of(ACME, *records, asleep, put_off), CALM, TODAY)
    assert whats(found, "overdue") == ["late"]
    assert whats(found, "today") == ["now"]
    assert whats(found, "upcoming") == ["next"]
    assert whats(found, "snoozed") == ["asleep"]
    assert [item.what for item in found.open] == ["late", "now"]
    assert whats(agenda(Book.of(ACME, *records), CALM, TODAY, days=0), "upcoming") == []


def test_the_latest_come_first_and_key_accounts_before_others_of_the_same_day() -> None:
    records = [
        call("b", ahead(-3)),
        call("a", ahead(-1)),
        call("c", ahead(-1), account_id=KEY.id),
        call("d", ahead(-9)),
    ]
    assert whats(agenda(Book.of(ACME, KEY, *records), CALM, TODAY), "overdue") == ["d", "b", "c", "a"]


def test_today_goes_by_the_clock_and_then_the_whole_day_with_key_accounts_first() -> None:
    records = [
        call("all day", TODAY),
        call("at two", TODAY, time(14)),
        call("key, all day", TODAY, account_id=KEY.id),
        call("at nine", TODAY, time(9)),
        call("key at two", TODAY, time(14), account_id=KEY.id),
    ]
    assert whats(agenda(Book.of(ACME, KEY, *records), CALM, TODAY), "today") == [
        "at nine", "key at two", "at two", "key, all day", "all day"
    ]  # fmt: skip


def test_snoozed_are_listed_by_when_they_come_back() -> None:
    two = [call("first", TODAY), call("second", TODAY)]
    put_off = [
        Occurrence(f"reminder:{one.id}:{TODAY}", TODAY, "snoozed", Moment(ahead(days)))
        for one, days in zip(two, (5, 2), strict=True)
    ]
    assert whats(agenda(Book.of(ACME, *two, *put_off), CALM, TODAY), "snoozed") == ["second", "first"]


def test_the_agenda_is_the_same_whatever_order_the_records_are_in() -> None:
    records: list[Record] = [ACME, KEY, LIISA, call("a", TODAY), call("b", TODAY), call("c", ahead(-2))]
    assert agenda(Book.of(*records), Settings(), TODAY) == agenda(
        Book.of(*reversed(records)), Settings(), TODAY
    )


BOOK = Book.of(
    ACME,
    KEY,
    LIISA,
    contact("Åsa Öberg", account_id=KEY.id, birthday=PartialDate(None, 6, 1), created=ahead(-1)),
    call("Ask Liisa about the offer", TODAY),
    call("Send drawings", ahead(-2), account_id=KEY.id),
    call("Send drawings again", ahead(200), account_id=KEY.id),
)


def test_a_line_is_found_by_its_key_its_handle_or_its_words() -> None:
    for item in agenda(BOOK, CALM, TODAY, 366).open:
        assert find_item(BOOK, CALM, TODAY, item.key) == item
        assert find_item(BOOK, CALM, TODAY, item.handle) == item
        assert find_item(BOOK, CALM, TODAY, f" {item.handle.upper()} ") == item
        assert find_item(BOOK, CALM, TODAY, item.word[:3]) == item
        assert find_item(BOOK, CALM, TODAY, item.word) == item
    assert find_item(BOOK, CALM, TODAY, "offer").what == "Ask Liisa about the offer"
    assert find_item(BOOK, CALM, TODAY, "acme OFFER").what == "Ask Liisa about the offer"
    assert find_item(BOOK, CALM, TODAY, "korhonen birth").rule == "birthday"


def test_what_is_due_is_meant_before_what_is_ahead() -> None:
    assert find_item(BOOK, CALM, TODAY, "drawings").due.day == ahead(-2)
    assert find_item(BOOK, CALM, TODAY, "drawings again").due.day == ahead(200)
    assert find_item(BOOK, CALM, TODAY, "liisa").what == "Ask Liisa about the offer"
    assert find_item(BOOK, CALM, TODAY, "asa gift").due.day == date(2027, 5, 21)


def test_a_line_of_the_week_that_says_these_very_words_is_asked_about_beside_what_is_due() -> None:
    book = Book.of(KEY, reminder("Ask if it renews", "r-1", due=Moment(ahead(-2))))
    soon = book.after([add(reminder("It renews", "r-2", due=Moment(ahead(3))))])
    later = book.after([add(reminder("It renews", "r-2", due=Moment(ahead(30))))])
    assert find_item(later, CALM, TODAY, "it renews").what == "Ask if it renews"
    assert find_item(soon, CALM, TODAY, "ask renews").what == "Ask if it renews"
    with pytest.raises(Ambiguous, match="it renews names 2 reminders"):
        find_item(soon, CALM, TODAY, "it renews")


def test_a_line_that_is_put_off_is_found_too() -> None:
    item = find_item(BOOK, CALM, TODAY, "offer")
    asleep = Occurrence(item.key, TODAY, "snoozed", Moment(ahead(3)))
    book = Book.of(
        *(r for t in ("accounts", "contacts", "reminders") for r in BOOK.table(t).values()), asleep
    )
    assert find_item(book, CALM, TODAY, "offer").snoozed_until == Moment(ahead(3))


def test_several_lines_are_listed_with_their_handles() -> None:
    book = Book.of(ACME, call("Call about the offer", TODAY), call("Mail the offer", TODAY, action="mail"))
    with pytest.raises(Ambiguous, match="offer names 2 reminders") as caught:
        find_item(book, CALM, TODAY, "offer")
    handles = [item.handle for item in agenda(book, CALM, TODAY).today]
    assert sorted(line[:4] for line in caught.value.candidates) == sorted(handles)
    assert all(handle in caught.value.hint for handle in handles)
    assert all(line.endswith(show_day(TODAY)) for line in caught.value.candidates)


@pytest.mark.parametrize("text", ["", "  ", "zzzz", "nobody at all", "qx", "offer zebra", "\x1b[31m"])
def test_nothing_that_answers_is_said_so(text: str) -> None:
    with pytest.raises(NotFound, match="No open reminder answers to"):
        find_item(BOOK, CALM, TODAY, text)


def test_a_key_that_is_handled_by_now_is_told_as_such() -> None:
    with pytest.raises(NotFound, match="no longer open"):
        find_item(BOOK, CALM, TODAY, "birthday:c-gone:2026-11-24")


def test_all_rules_are_asked() -> None:
    acme = replace(ACME, customer_since=PartialDate(2016, 11, 24))
    day = Moment(ahead(-1))
    sale = activity("Sold", "t-1", kind="sale", account_id=ACME.id, when=day, created=day)
    born = replace(LIISA, birthday=PartialDate(1976, 11, 24))
    found = agenda(Book.of(acme, born, sale, call("x", TODAY)), Settings(), TODAY)
    assert {item.rule for item in found.open} == {"birthday", "customer", "thank-you", "cadence", "reminder"}
    assert len({item.key for item in found.open}) == len(found.open)


def test_what_is_known_early_asks_for_no_activity_and_is_part_of_the_whole() -> None:
    class NoActivities(Book):
        @property
        def activities(self) -> Mapping[str, Activity]:
            raise AssertionError("an activity was asked for")

    people = (ACME, KEY, LIISA, call("Ring them", TODAY))
    told = activity("Talked", when=Moment(ahead(-400)), account_id=KEY.id)
    early = agenda(NoActivities(tables=Book.of(*people)._tables), Settings(), TODAY, early=True)
    whole = agenda(Book.of(*people, told), Settings(), TODAY)
    assert [item.what for item in early.today] == ["Ring them"]
    assert {item.key for item in early.upcoming} <= {item.key for item in whole.upcoming}
    assert any(item.rule == "birthday" for item in early.upcoming)
    assert not early.quiet
    assert [item.account_id for item in whole.quiet if item.account_id == KEY.id]


def test_what_was_given_a_day_years_ahead_can_still_be_named() -> None:
    far = Moment(TODAY.replace(year=TODAY.year + 5))
    book = Book.of(
        account("Acme Oy"),
        reminder("Ask about the lease", "r-lease", due=far),
        reminder("Look again", "r-again", due=far, rule="FREQ=MONTHLY"),
        promise("Drawings", "p-drawings", due=far),
        contract(end=far.day),
    )
    for text, key in (
        ("lease", f"reminder:r-lease:{far.day}"),
        ("look again", f"reminder:r-again:{far.day}"),
        ("drawings", f"promise:p-drawings:{far.day}"),
        (f"promise:p-drawings:{far.day}", f"promise:p-drawings:{far.day}"),
    ):
        item = find_item(book, Settings(), TODAY, text)
        assert (item.key, find_item(book, Settings(), TODAY, item.handle)) == (key, item)
    with pytest.raises(NotFound, match="No open reminder answers to nobody"):
        find_item(book, Settings(), TODAY, "nobody")


def test_who_has_travelled_is_told_by_the_clock_of_where_they_are() -> None:
    at_two = Moment(TODAY, time(2), "Europe/Helsinki")
    book = Book.of(
        account("Acme Oy", timezone="Asia/Tokyo"),
        reminder("Call", "r-call", due=at_two, account_id="a-acmeoy"),
        reminder("Daily", "r-daily", due=at_two, rule="FREQ=DAILY"),
        reminder("Later", "r-later", due=Moment(TODAY, time(16), "Europe/Helsinki")),
        Occurrence(f"reminder:r-later:{TODAY}", TODAY, "snoozed", Moment(TODAY, time(18), "Europe/Helsinki")),
    )
    at_home = agenda(book, CALM, TODAY, clock=time(1, tzinfo=ZONE))
    assert [(item.due, item.there) for item in at_home.today] == [(at_two, ""), (at_two, "09:00 in Tokyo")]
    the_day_before, new_york = TODAY - timedelta(days=1), ZoneInfo("America/New_York")
    away = agenda(book, CALM, the_day_before, clock=time(17, tzinfo=new_york))
    assert [(str(item.due), item.there) for item in away.today] == [
        ("2026-11-23T19:00[America/New_York]", "Tue 02:00 in Helsinki"),
        ("2026-11-23T19:00[America/New_York]", "Tue 09:00 in Tokyo"),
    ]
    (asleep,) = agenda(book, CALM, TODAY, clock=time(10, 59, tzinfo=new_york)).snoozed
    assert str(asleep.snoozed_until) == "2026-11-24T11:00[America/New_York]"
    assert not agenda(book, CALM, TODAY, clock=time(11, tzinfo=new_york)).snoozed
    words = {item.what: item.word for item in (*at_home.today, *at_home.snoozed)}
    assert {item.what: item.word for item in (*away.today, asleep)} == words
    assert all(find_item(book, CALM, the_day_before, word).what == what for what, word in words.items())


def test_told_apart_each_line_stands_in_one_part_alone() -> None:
    settings = Settings(cadence_key=30, cadence_growth=20, cadence_standard=15)
    book = Book.of(
        account("Late", created=ahead(-20)),
        account("Soon", created=ahead(-20), tier="growth", cadence_days=24),
        account("Far", created=ahead(-20), tier="key"),
        account("Risky", created=ahead(-400)),
        call("Call Late", ahead(-2)),
        call("Call today", TODAY),
    )
    found = agenda(book, settings, TODAY, 30)
    told = found.told_apart(TODAY)
    assert [item.what for item in told.open] == ["Call Late", "Call today"]
    assert [item.who for item in told.quiet] == ["Late", "Soon"]
    assert [item.who for item in told.at_risk] == ["Risky"]
    assert [item.who for item in told.upcoming] == ["Far"]
    parts = (told.overdue, told.today, told.upcoming, told.quiet, told.at_risk)
    keys = [(item.who, item.what) for part in parts for item in part]
    assert len(keys) == len(set(keys)) == 6
