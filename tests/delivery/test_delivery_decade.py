"""Ten years on the demo book, day by day: two channels that run on days of their own, and a person who does
some of what they say. Every occurrence is told on its day or with the first run after it, by each channel,
until it is handled; what is missed for good is told so once; and who is not to be heard of is not.

What is expected is worked out beforehand from the dates in the book, without the rules.
"""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from memory_keeper import MemoryKeeper

from kam_tui.cli.sending import send_digest
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.delivery.outbox import Outbox
from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.letter import Letter
from kam_tui.domain.occasion import OCCASION_KINDS, Occasion
from kam_tui.domain.reminder import Occurrence
from kam_tui.formats.demo import demo_book
from kam_tui.rules.digest import Digest, digest
from kam_tui.rules.digest_line import DigestLine, sort_of
from kam_tui.session import Session
from kam_tui.settings import Settings

START = date(2026, 11, 24)
END = date(2036, 11, 24)
ZONE = ZoneInfo("Europe/Helsinki")
SETTINGS = Settings()
CHANNELS = {"stdout": 0.12, "file": 0.07}
"""Channel to how likely it runs on a day: both are silent for weeks now and then."""

Expected = defaultdict[date, set[str]]

FORGOTTEN = timedelta(days=400)
"""What was handled so long ago decides about nothing any more, but for the last day of a series."""


@dataclass
class Life:
    """The book over the years, and what was told of it."""

    book: Book
    dice: random.Random
    handled: dict[str, date] = field(default_factory=dict)
    """Key to the day it was handled."""
    open: defaultdict[str, dict[str, date]] = field(default_factory=lambda: defaultdict(dict))
    """Channel to what it has told as open, each with the first day."""
    closed: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Channel to what it has told as missed for good, and how often."""
    runs: defaultdict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    """Channel to the days on which it sent something."""

    def told(self, channel: str, today: date, found: Digest, expected: Expected) -> None:
        """One digest, which has all that is expected, once."""
        keys = Counter(line.item.key for line in found)
        assert set(keys.values()) <= {1}, today
        shown = {line.item.key for line in found if not line.closed}
        assert self.handled.keys().isdisjoint(shown), today
        for number in range(SETTINGS.grace_days + 1):
            due = expected[today - timedelta(days=number)]
            assert not [key for key in due if key not in shown and key not in self.handled], today
        for line in found:
            if line.closed:
                self.closed[channel][line.item.key] += 1
            else:
                self.open[channel].setdefault(line.item.key, today)
        self.runs[channel].append(today)

    def does(self, today: date, lines: tuple[DigestLine, ...]) -> None:
        """Some of the lines are done, skipped, kept or touched."""
        edits: list[Edit] = []
        for line in lines:
            item = line.item
            if not line.asks or item.due.day > today or self.dice.random() < 0.4:
                continue
            subject = item.key.split(":")[1]
            if item.rule == "promise":
                promise = self.book.promises[subject]
                edits.append(Edit(promise, replace(promise, state="kept", settled=today)))
                continue
            state = self.dice.choice(["done", "skipped"])
            edits.append(Edit(self.book.occurrences.get(item.key), Occurrence(item.key, today, state)))
            self.handled[item.key] = today
            if item.every_days or item.signs:
                now, number = Moment(today), len(self.book.activities) + len(edits)
                called = Activity(
                    f"t-{number}", now, "call", now, "Talked",
                    account_id=item.account_id, contact_ids=item.contact_ids,
                )  # fmt: skip
                edits.append(Edit(None, called))
        self.book = self.book.after(edits)

    def forgets(self, today: date) -> None:
        """What was handled long ago goes, so that ten years take no longer than ten times one."""
        known = self.book.occurrences.values()
        last = {each.series: each.id for each in sorted(known, key=lambda each: each.day)}
        old = [each for each in known if today - each.created > FORGOTTEN and last[each.series] != each.id]
        self.book = self.book.after([Edit(each, None) for each in old])


def occasions_of(book: Book) -> Iterator[tuple[str, Occasion]]:
    """Whose occasions are to come up."""
    for contact in book.contacts.values():
        account = book.accounts[contact.account_id or ""]
        if contact.standing == "active" and not (contact.archived or account.archived):
            yield from ((contact.id, occasion) for occasion in contact.dates)
    for each in book.accounts.values():
        if each.status != "former" and not each.archived:
            yield from ((each.id, occasion) for occasion in each.dates)


def expected_in(book: Book) -> Expected:
    """Day to the keys of every occasion, single reminder and end of a contract in ten years."""
    found: Expected = defaultdict(set)
    for subject, occasion in occasions_of(book):
        rule = ".".join(filter(None, (occasion.kind, "-".join(occasion.label.casefold().split()))))
        if occasion.on.month is None or occasion.on.day is None:
            continue
        for year in range(START.year, END.year + 1):
            leap = (occasion.on.month, occasion.on.day) == (2, 29) and year % 4
            day = date(year, occasion.on.month, 28 if leap else occasion.on.day)
            if START <= day <= END and (occasion.on.year or 0) < year:
                found[day].add(f"{rule}:{subject}:{day}")
    for each in book.reminders.values():
        snoozed = [o.until for o in book.occurrences.values() if each.id in o.id and o.until]
        if not (each.rule or each.archived or snoozed) and each.due.day >= START:
            found[each.due.day].add(f"reminder:{each.id}:{each.due.day}")
    for contract in book.contracts.values():
        if contract.end and contract.end >= START:
            found[contract.end].add(f"contract.renewal:{contract.id}:{contract.end}")
    return found


def test_in_ten_years_nothing_is_lost_nothing_comes_twice_and_who_is_silent_stays_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _file: None)  # a power cut is tried elsewhere
    life = Life(Book.of(*demo_book(START, str(ZONE))), random.Random(1))
    first = life.book
    expected = expected_in(first)
    outbox = Outbox(str(tmp_path / "state"), str(tmp_path / "book"))
    clock = [datetime.combine(START, time(7, 30), ZONE)]
    keeper = MemoryKeeper(first)
    shell = Shell(Arguments(book="", json=False, no_color=True))
    shell._session = Session(keeper, SETTINGS, lambda: clock[0], posting=lambda: outbox)
    for number in range((END - START).days + 1):
        today = START + timedelta(days=number)
        if number % 100 == 0:
            life.forgets(today)
        clock[0] = datetime.combine(today, time(7, 30), ZONE)
        for channel, likely in CHANNELS.items():
            if life.dice.random() < likely:
                _run(life, shell, channel, tmp_path, today, expected)
    assert sum(map(len, expected.values())) > 1000
    silent = {each.id for each in first.contacts.values() if not each.reachable}
    assert len(silent) == 7
    for channel in CHANNELS:
        told, missed, runs = life.open[channel], life.closed[channel], life.runs[channel]
        assert len(set(runs)) == len(runs) > 200
        assert set(missed.values()) <= {1}
        assert len(missed) > 20
        for day, keys in expected.items():
            run = next((each for each in runs if each >= day), None)
            late = {key for key in keys if run and life.handled.get(key, date.max) > run}
            assert told.keys() | missed.keys() >= late
        heard_of = {
            key.split(":")[1] for key in (*told, *missed) if sort_of(key.partition(":")[0]) in OCCASION_KINDS
        }
        assert heard_of.isdisjoint(silent)


def _run(life: Life, shell: Shell, channel: str, folder: Path, today: date, expected: Expected) -> None:
    """A timer that fires twice: the digest goes once, and then a person acts on it."""
    found: list[Digest] = []

    def write(since: date | None) -> Letter:
        found.append(digest(life.book, SETTINGS, today, 0, since))
        return Letter("Digest", "\n".join(line.item.key for line in found[-1]))

    name = channel if channel != "file" else f"file:{folder / 'digest.txt'}"
    for _twice in range(2):
        send_digest(shell, Arguments(send=name, date="", force=False), write)
    assert len(found) == 1
    life.told(channel, today, found[0], expected)
    life.does(today, tuple(found[0]))
