"""The demo book: whatever the day, it is whole, in order, and has something to show."""

from __future__ import annotations

import json
import re
import runpy
import unicodedata
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import cast

import pytest

from kam_tui.domain.account import Account
from kam_tui.domain.activity import GIFT, SALE, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Record
from kam_tui.domain.contact import STANDINGS, Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.workdays import is_workday, next_workday
from kam_tui.domain.ids import ALPHABET, LENGTH
from kam_tui.domain.money import with_amount
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder
from kam_tui.formats.demo import demo_book
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.rules.gifts import spending
from kam_tui.rules.promises import keeping
from kam_tui.settings import Settings

DEMO = Path(__file__).parents[2] / "data" / "demo"
ZONE = "Europe/Helsinki"

DAYS = [
    *(date(2026, 11, 16) + timedelta(days=n) for n in range(7)),  # each weekday
    *(date(2026, 12, 9) + timedelta(days=n) for n in range(5)),  # around the Christmas parties
    *(date(2026, 12, 29) + timedelta(days=n) for n in range(6)),  # a year's end
    *(date(2027, 2, 26) + timedelta(days=n) for n in range(5)),  # a February without a 29th
    *(date(2028, 2, 26) + timedelta(days=n) for n in range(5)),  # and one with it
    *(date(2027, 1, 5) + timedelta(days=37 * n) for n in range(12)),  # all through a year
]
"""Forty days to open the book on."""

LETTERS: dict[type, str] = {
    Account: "a", Contact: "c", Activity: "t", Reminder: "r", Promise: "p", Contract: "k",
}  # fmt: skip
"""What the id of a record begins with."""

WEEK = timedelta(days=7)
every_day = pytest.mark.parametrize("today", DAYS, ids=str)


@cache
def records_on(today: date) -> list[Record]:
    return demo_book(today, ZONE)


@cache
def book_on(today: date) -> Book:
    return Book.of(*records_on(today))


@cache
def agenda_on(today: date) -> Agenda:
    return agenda(book_on(today), Settings(), today)


def of_rule(items: tuple[AgendaItem, ...], rule: str) -> list[AgendaItem]:
    return [item for item in items if item.rule == rule]


def test_it_is_tried_on_forty_different_days_with_every_weekday_and_a_29_february() -> None:
    assert len(set(DAYS)) == 40
    assert {day.weekday() for day in DAYS} == set(range(7))
    assert date(2028, 2, 29) in DAYS


@every_day
def test_it_holds_a_believable_number_of_everything_each_under_an_id_of_its_own(today: date) -> None:
    book, records = book_on(today), records_on(today)
    assert len(book.accounts) == 26
    assert Counter(account.scope for account in book.accounts.values()) == {"external": 21, "internal": 5}
    assert len(book.contacts) == 120
    assert 1450 <= len(book.activities) <= 1550
    assert 30 <= len(book.reminders) <= 35
    assert len({record.id for record in records}) == len(records)
    for record in records:
        letter = LETTERS.get(type(record))
        if letter:
            assert re.fullmatch(f"{letter}-[{ALPHABET}]{{{LENGTH}}}", record.id)


@every_day
def test_every_reference_leads_to_a_record(today: date) -> None:
    book = book_on(today)
    subjects = {record.id for record in records_on(today)}
    for account in book.accounts.values():
        assert account.via is None or account.via in book.accounts
    for contact in book.contacts.values():
        assert contact.account_id in book.accounts
        assert contact.reports_to is None or contact.reports_to in book.contacts
    told: list[Activity | Reminder | Promise] = [
        *book.activities.values(),
        *book.reminders.values(),
        *book.promises.values(),
    ]
    assert all(each.account_id in book.accounts for each in book.contracts.values())
    for record in told:
        assert record.account_id is None or record.account_id in book.accounts
        for contact_id in record.contact_ids:
            assert book.contacts[contact_id].account_id == record.account_id
    for occurrence in book.occurrences.values():
        assert occurrence.series[1] in subjects, occurrence.id
    for activity in book.activities.values():
        assert not activity.because or activity.because in book.occurrences


@every_day
def test_three_years_of_working_days_are_told_none_before_its_people_came_or_after_yesterday(
    today: date,
) -> None:
    book = book_on(today)
    for activity in book.activities.values():
        assert activity.when.day < today
        assert is_workday(activity.when.day)
        assert activity.created.day == activity.when.day
        assert activity.when.day >= book.accounts[activity.account_id or ""].created
        assert all(activity.when.day >= book.contacts[one].created for one in activity.contact_ids)
        assert activity.when.zone == (ZONE if activity.when.clock else "")
    assert 1060 <= (today - min(a.when.day for a in book.activities.values())).days <= 1200
    assert all(occurrence.created < today for occurrence in book.occurrences.values())
    for reminder in book.reminders.values():
        assert reminder.created <= today
        assert reminder.due.zone == (ZONE if reminder.due.clock else "")
    for contact in book.contacts.values():
        if contact.birthday and contact.birthday.year and contact.standing == "active":
            assert 18 <= today.year - contact.birthday.year <= 80


@every_day
def test_a_late_promise_leads_the_day_and_an_account_has_kept_some_and_not_others(today: date) -> None:
    book, shown = book_on(today), agenda_on(today)
    assert shown.overdue[0].rule == "promise"
    assert len(of_rule(shown.overdue + shown.today + shown.upcoming, "promise")) >= 2
    kept = keeping(book.promises.values(), today)
    assert (kept.in_time, kept.late, kept.broken, kept.overdue) == (2, 1, 1, 1)
    assert {item.what for item in of_rule(agenda(book, Settings(), today, 60).upcoming, "contract.renewal")}
    assert all(each.created <= min(today, each.due.day) for each in book.promises.values())


@every_day
def test_birthdays_come_up_today_and_in_the_week_ahead_one_is_round_and_one_was_missed(today: date) -> None:
    shown = agenda_on(today)
    assert any(item.milestone for item in of_rule(shown.today, "birthday"))
    ahead = [
        item for item in of_rule(shown.today + shown.upcoming, "birthday") if item.due.day <= today + WEEK
    ]
    assert 4 <= len(ahead) <= 12
    assert any(item.milestone for item in of_rule(shown.upcoming, "customer"))
    (missed,) = of_rule(shown.overdue, "birthday")
    assert missed.days_late(today) == 2


@every_day
def test_two_thank_you_calls_wait_the_last_sale_being_of_the_last_working_day(today: date) -> None:
    shown = agenda_on(today)
    waiting = of_rule(shown.overdue + shown.today + shown.upcoming, "thank-you")
    last = max(a.when.day for a in book_on(today).activities.values() if a.kind == SALE)
    assert [item.due.day for item in waiting] == [max_workday_before(today), next_workday(last)]
    assert last == max_workday_before(today)
    assert len(of_rule(shown.today, "thank-you")) == (1 if is_workday(today) else 0)


def max_workday_before(day: date) -> date:
    return next(d for n in range(1, 5) if is_workday(d := day - timedelta(days=n)))


@every_day
def test_a_few_accounts_went_quiet_a_key_account_and_a_unit_of_our_own_among_them(today: date) -> None:
    book, shown = book_on(today), agenda_on(today)
    late = of_rule(shown.overdue, "cadence")
    assert 5 <= len(late) <= 8
    accounts = [book.accounts[item.account_id or ""] for item in late]
    assert "key" in {account.tier for account in accounts}
    assert "internal" in {account.scope for account in accounts}
    assert all(item in shown.quiet for item in late)


@every_day
def test_the_day_is_full_but_not_hopeless_with_calls_late_due_at_a_time_ahead_and_put_off(
    today: date,
) -> None:
    shown = agenda_on(today)
    assert 4 <= len(of_rule(shown.overdue, "reminder")) <= 7
    assert len([item for item in of_rule(shown.today, "reminder") if item.due.clock]) >= 4
    assert len(of_rule(shown.upcoming, "reminder")) >= 3
    assert len(shown.snoozed) == 2
    promised = {r.id for r in book_on(today).reminders.values() if "promise" in r.tags}
    assert any(item.key.split(":")[1] in promised for item in shown.today)
    assert 10 <= len(shown.overdue) <= 20
    assert 6 <= len(shown.today) <= 13


def test_the_call_promised_at_the_christmas_party_waits_until_early_in_the_new_year() -> None:
    def promise(today: date) -> list[AgendaItem]:
        shown = agenda(book_on(today), Settings(), today, days=40)
        return [i for i in shown.overdue + shown.today + shown.upcoming if "Christmas party" in i.what]

    assert not promise(date(2026, 12, 1))
    (waiting,) = promise(date(2026, 12, 15))
    assert waiting.due.day == date(2027, 1, 8)
    (due,) = promise(date(2027, 1, 8))
    assert due in agenda_on(date(2027, 1, 8)).today
    assert not promise(date(2027, 1, 11))


@every_day
def test_gifts_have_their_amounts_and_a_budget_is_kept_or_overdrawn(today: date) -> None:
    book = book_on(today)
    gifts = [each for each in book.activities.values() if each.kind == GIFT]
    assert len(gifts) >= 8
    assert all(each.amount.endswith(" EUR") for each in gifts)
    assert any(contact.gift_ideas for contact in book.contacts.values())
    spent = [spending(book, Settings(), today, account) for account in book.accounts.values()]
    assert sum(bool(each.budget) for each in spent) >= 5
    given = [each for each in gifts if each.when.day.year == today.year]
    assert any(each.given not in ("", "0 EUR") or each.others for each in spent) is bool(given)


def test_what_is_sold_and_billed_says_its_amount_as_its_text_does() -> None:
    sales = [each for each in book_on(DAYS[0]).activities.values() if each.amount and each.kind != GIFT]
    assert len(sales) > 100
    told = [each for each in sales if "€" in each.text]
    assert len(told) > 90
    assert all(with_amount(each.text, each.amount) == each.text for each in told)


def test_29_february_stays_29_february() -> None:
    for today in (date(2026, 11, 22), date(2028, 2, 29)):
        birthdays = [contact.birthday for contact in book_on(today).contacts.values()]
        assert PartialDate(1984, 2, 29) in birthdays


def test_people_of_many_languages_and_every_standing_are_in_it() -> None:
    book = book_on(DAYS[0])
    people = book.contacts.values()
    assert len({contact.language for contact in people}) >= 15
    assert {contact.standing for contact in people} == set(STANDINGS)
    scripts = {unicodedata.name(contact.name[0]).split()[0] for contact in people}
    assert scripts == {"LATIN", "CJK", "ARABIC", "HEBREW", "DEVANAGARI", "CYRILLIC", "GREEK"}
    assert {o.kind for contact in people for o in contact.occasions} >= {"wedding", "nameday", "work"}
    assert any(contact.birthday and contact.birthday.year is None for contact in people)


def test_accounts_of_every_tier_status_and_stage_are_in_it() -> None:
    accounts = book_on(DAYS[0]).accounts.values()
    assert {a.tier for a in accounts} == {"key", "growth", "standard"}
    assert {a.status for a in accounts} == {"customer", "prospect", "former"}
    assert {a.stage for a in accounts} == {
        "awareness", "exploration", "expansion", "commitment", "dissolution"
    }  # fmt: skip
    assert any(a.via for a in accounts)


def test_the_texts_are_not_a_few_templates() -> None:
    texts = [a.text for a in book_on(DAYS[0]).activities.values() if a.kind != "newsletter"]
    assert len(set(texts)) > 0.97 * len(texts)
    openings = Counter(" ".join(text.split()[:4]) for text in texts)
    assert openings.most_common(1)[0][1] < 0.02 * len(texts)


def test_nothing_in_it_reaches_a_real_address() -> None:
    for contact in book_on(DAYS[0]).contacts.values():
        assert all(mail.value.endswith(".example") for mail in contact.emails)
    for account in book_on(DAYS[0]).accounts.values():
        assert account.domain.endswith(".example")


def test_a_book_without_a_zone_has_times_without_one() -> None:
    records = demo_book(DAYS[0])
    assert {r.due.zone for r in Book.of(*records).reminders.values()} == {""}


def test_the_files_are_what_their_generator_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DEMO))
    made = cast("dict[str, str]", runpy.run_path(str(DEMO / "make.py"))["book"]())
    assert made.keys() == SCHEMAS.keys() - {"erasures"}
    for table, text in made.items():
        assert (DEMO / f"{table}.jsonl").read_text(encoding="utf-8") == text, f"run make.py: {table}"


def test_no_file_holds_a_day_of_the_calendar() -> None:
    for table, names in {"activities": ("when", "created"), "reminders": ("due", "created")}.items():
        for line in (DEMO / f"{table}.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            assert all(document[name].startswith("@") for name in names)
