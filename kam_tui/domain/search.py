"""Search: every word typed, anywhere in the book; names before texts, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.text import plain, shorten

SNIPPET = 120
"""Characters of context around what was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record in which every word was found."""

    table: str
    """The record's table."""
    id: str
    """The record's id."""
    title: str
    """What to call it: the name, or who an activity was with."""
    snippet: str
    """The text around the first word found; empty where the title says it all."""
    account_id: str | None
    """The account it belongs to."""
    when: Moment | None = None
    """When it happened or is due."""


def search(book: Book, words: str, limit: int = 50) -> list[Hit]:
    """Up to `limit` records that hold every one of the words, without regard to case or accents.

    Accounts and people whose name fits come first, then those that hold the words elsewhere, then
    reminders, promises and contracts, then what happened, newest first. A leading `+` or `#` looks for a tag.
    """
    return list(islice((hit for hit in Finder().hits(book, words) if hit), limit))


class Finder:
    """Searches, and remembers the folded texts of each day: the next time most days need no closer look."""

    def __init__(self) -> None:
        self._days: dict[date, tuple[Sequence[Activity], str]] = {}

    def hits(self, book: Book, words: str) -> Iterator[Hit | None]:
        """The records that hold all of the words, in the order of `search`, and now and then None.

        Whoever has enough, or does not want to know any more, stops asking.
        """
        wanted = [plain(word) for word in words.split()]
        if not wanted:
            return
        parties = [*_accounts(book, wanted), *_contacts(book, wanted)]
        yield from (hit for hit in parties if not hit.snippet)
        yield from (hit for hit in parties if hit.snippet)
        for reminder in book.reminders.values():
            if not reminder.archived and _all_in(wanted, [reminder.text], reminder.tags):
                yield Hit("reminders", reminder.id, reminder.text, "", reminder.account_id, reminder.due)
        yield from _agreed(book, wanted)
        needles = [word.lstrip("+#") or word for word in wanted]
        for activities, text in self._newest_first(book):
            yield None
            if all(needle in text for needle in needles):
                yield from _activities(book, activities, wanted)

    def learn(self, book: Book) -> Iterator[None]:
        """Fold all texts ahead of the first search; None now and then, as with `hits`."""
        for _day in self._newest_first(book):
            yield None

    def _newest_first(self, book: Book) -> Iterator[tuple[Sequence[Activity], str]]:
        """What happened on each day, and everything it may be found by."""
        days = book.days()
        for day in sorted(days, reverse=True):
            known = self._days.get(day)
            if known is None or known[0] is not days[day]:
                said = "\n".join(activity.text for activity in days[day])
                tags = "\n".join(tag for activity in days[day] for tag in activity.tags)
                known = self._days[day] = (days[day], f"{plain(said)}\n{tags}")
            yield known


def _activities(book: Book, activities: Sequence[Activity], wanted: list[str]) -> Iterator[Hit]:
    for activity in sorted(activities, key=lambda a: a.when.sort_key, reverse=True):
        if _all_in(wanted, [activity.text], activity.tags):
            account_id = book.account_of(activity)
            title = book.who(account_id, activity.contact_ids)
            text = snippet(activity.text, wanted)
            yield Hit("activities", activity.id, title, text, account_id, activity.when)


def _accounts(book: Book, wanted: list[str]) -> Iterator[Hit]:
    for account in book.shown_accounts(archived=True):
        if _all_in(wanted, [account.name, *account.aliases]):
            yield Hit("accounts", account.id, account.name, "", account.id)
            continue
        texts = [
            account.name, *account.aliases, account.city, account.country, account.industry, account.unit,
            account.domain, account.address, account.needs, account.about,
            *map(str, account.phones), *map(str, account.links),
        ]  # fmt: skip
        if _all_in(wanted, texts, account.tags):
            yield Hit("accounts", account.id, account.name, snippet("\n".join(texts[1:]), wanted), account.id)


def _contacts(book: Book, wanted: list[str]) -> Iterator[Hit]:
    for contact in book.contacts.values():
        if _all_in(wanted, [contact.name, contact.nickname]):
            yield Hit("contacts", contact.id, contact.name, "", contact.account_id)
            continue
        texts = [
            contact.name, contact.nickname, contact.title, contact.department, contact.address,
            contact.cares_about, contact.gift_ideas, contact.about, *contact.interests,
            *map(str, contact.emails), *map(str, contact.phones), *map(str, contact.links),
        ]  # fmt: skip
        if _all_in(wanted, texts, contact.tags):
            yield Hit(
                "contacts",
                contact.id,
                contact.name,
                snippet("\n".join(texts[1:]), wanted),
                contact.account_id,
            )


def _agreed(book: Book, wanted: list[str]) -> Iterator[Hit]:
    for promise in book.promises.values():
        if _all_in(wanted, [promise.text, promise.note]):
            said = "" if _all_in(wanted, [promise.text]) else snippet(promise.note, wanted)
            account_id = book.account_of(promise)
            yield Hit("promises", promise.id, promise.text, said, account_id, promise.due)
    for contract in book.contracts.values():
        if _all_in(wanted, [contract.name, contract.note]):
            said = "" if _all_in(wanted, [contract.name]) else snippet(contract.note, wanted)
            end = Moment(contract.end) if contract.end else None
            yield Hit("contracts", contract.id, contract.name, said, contract.account_id, end)


def _all_in(wanted: list[str], texts: list[str], tags: tuple[str, ...] = ()) -> bool:
    hay = plain("\n".join(texts) if len(texts) > 1 else texts[0])
    for word in wanted:
        if word[0] in "+#" and len(word) > 1:
            if word[1:] not in tags:
                return False
        elif word not in hay and word not in tags:
            return False
    return True


def snippet(text: str, wanted: list[str]) -> str:
    """The line of `text` that holds the first of the words, shortened around it."""
    for word in wanted:
        for line in text.split("\n"):
            at = plain(line).find(word.lstrip("+#"))
            if at < 0:
                continue
            if at > SNIPPET // 2:
                start = line.rfind(" ", 0, at - SNIPPET // 3) + 1
                line = "…" + line[start:]
            return shorten(line, SNIPPET)
    return shorten(text, SNIPPET)
