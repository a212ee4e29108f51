"""A small book for the screen: enough of everything, and names that break columns and markup."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import builders
from builders import TODAY, activity, reminder

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.kinds import Labeled

NASTY = "[/bold] [red]sale[/red] \x1b[2J\x1b]52;c;AAAA\x07100%"
"""Markup, a screen wipe and a clipboard write, in one text."""


NEW = TODAY - timedelta(days=20)
"""The day all of it came into the book: nothing from before is made up for."""


def account(name: str, record_id: str, **fields: Any) -> Account:
    return builders.account(name, record_id, **{"created": NEW} | fields)


def contact(name: str, record_id: str, **fields: Any) -> Contact:
    return builders.contact(name, record_id, **{"created": NEW} | fields)


def day(ago: int) -> Moment:
    return Moment(TODAY - timedelta(days=ago))


def records() -> list[Record]:
    return [
        account("Acme Oy", "a-acme", tier="key", city="Tampere", stage="expansion", industry="Machinery",
                phones=(Labeled("+358 3 555 0100", "switchboard"),), tags=("vip", "machines"),
                customer_since=PartialDate(2019, 5, 2), about="Builds harvesters.\nOwned by the family."),
        account("Globex GmbH", "a-globex", tier="growth", city="Köln", country="Germany"),
        account("株式会社さくら商事", "a-sakura", tier="key", city="東京", country="Japan"),
        account("Łódzkie Zakłady Włókiennicze", "a-lodz", city="Łódź", status="prospect"),
        account("IT department", "a-it", scope="internal", unit="IT", city="Helsinki"),
        account("[/bold] Brothers", "a-bold", city="[red]"),
        contact("Liisa Korhonen", "c-liisa", account_id="a-acme", title="Purchasing director",
                role="decision-maker", phones=(Labeled("+358 40 555 0101", "mobile"),),
                emails=(Labeled("liisa@acme.example", "work"),),
                birthday=PartialDate(1976, 11, 21), leads="call"),
        contact("Matti Näätänen", "c-matti", account_id="a-acme", title="Plant manager", role="champion"),
        contact("山田 花子", "c-hanako", account_id="a-sakura", title="部長"),
        contact("Zoë 👩‍🔬 Müller", "c-zoe", account_id="a-globex", emails=(Labeled("zoe@globex.example"),)),
        activity("Talked about the spring order; she wants a firm date.", "t-1", when=day(2), kind="call",
                 account_id="a-acme", contact_ids=("c-liisa",)),
        activity(NASTY, "t-2", when=day(5), kind="note", account_id="a-acme"),
        activity("Visited the plant.\nSecond line of the visit.", "t-3", when=day(40), kind="visit",
                 contact_ids=("c-matti",)),
        activity("New year's card", "t-4", when=day(320), kind="card", account_id="a-acme"),
        activity("Asked for references", "t-5", when=day(90), kind="mail", account_id="a-globex"),
        activity("展示会で話した", "t-6", when=day(3), kind="meeting", account_id="a-sakura",
                 contact_ids=("c-hanako",)),
        reminder("Send the offer to Liisa", "r-offer", due=day(3), account_id="a-acme",
                 contact_ids=("c-liisa",), action="mail"),
        reminder("Ask about the trade fair", "r-fair", account_id="a-sakura",
                 due=Moment(TODAY, time(14), "Europe/Helsinki")),
        reminder("[/bold] [b]quarterly[/b] review", "r-review", due=day(-4), account_id="a-globex",
                 action="meeting"),
    ]  # fmt: skip


def small_book() -> Book:
    return Book.of(*records())


def many(count: int) -> Book:
    """A book of many accounts, each with a contact."""
    some = [account(f"Company {i:05d}", f"a-{i:05d}", city=f"Town {i % 50}") for i in range(count)]
    people = [contact(f"Person {i:05d}", f"c-{i:05d}", account_id=f"a-{i:05d}") for i in range(count)]
    return Book.of(*some, *people)
