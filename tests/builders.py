"""Records for tests: everything that a test does not care about is filled in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kam_tui.domain.account import Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.contact import Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder

ZONE = ZoneInfo("Europe/Helsinki")
NOW = datetime(2026, 11, 18, 10, 30, tzinfo=ZONE)
"""A Wednesday."""
TODAY = NOW.date()
LONG_AGO = date(2020, 1, 1)


def account(name: str = "Acme Oy", record_id: str = "", **fields: Any) -> Account:
    values: dict[str, Any] = {"id": record_id or f"a-{_slug(name)}", "created": LONG_AGO, "name": name}
    return Account(**values | fields)


def contact(name: str = "Liisa Korhonen", record_id: str = "", **fields: Any) -> Contact:
    values: dict[str, Any] = {"id": record_id or f"c-{_slug(name)}", "created": LONG_AGO, "name": name}
    return Contact(**values | fields)


def activity(text: str = "Talked", record_id: str = "", **fields: Any) -> Activity:
    values: dict[str, Any] = {
        "id": record_id or f"t-{_slug(text)}",
        "created": Moment(TODAY),
        "kind": "call",
        "text": text,
    }
    return Activity(**values | {"when": Moment(TODAY)} | fields)


def reminder(text: str = "Call back", record_id: str = "", **fields: Any) -> Reminder:
    values: dict[str, Any] = {
        "id": record_id or f"r-{_slug(text)}",
        "created": TODAY,
        "text": text,
        "due": Moment(TODAY),
    }
    return Reminder(**values | fields)


def promise(text: str = "Send the drawings", record_id: str = "", **fields: Any) -> Promise:
    values: dict[str, Any] = {
        "id": record_id or f"p-{_slug(text)}",
        "created": TODAY,
        "text": text,
        "due": Moment(TODAY),
    }
    return Promise(**values | fields)


def contract(name: str = "Frame agreement", record_id: str = "", **fields: Any) -> Contract:
    values: dict[str, Any] = {
        "id": record_id or f"k-{_slug(name)}",
        "created": LONG_AGO,
        "name": name,
        "account_id": "a-acmeoy",
    }
    return Contract(**values | fields)


def _slug(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())[:20] or "x"
