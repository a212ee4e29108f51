"""A book may hold the first and the last day of all, written by anybody: nothing falls over them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from itertools import product
from typing import Any

import pytest
from builders import NOW, ZONE, account, activity, contact, contract, promise, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.errors import Invalid
from kam_tui.domain.occasion import Occasion
from kam_tui.rules.agenda import agenda
from kam_tui.settings import Settings


@pytest.mark.parametrize(("first", "last"), [*product((date.min, date.max), repeat=2)])
def test_the_agenda_of_such_a_book_can_be_told(first: date, last: date) -> None:
    acme = account("Acme", created=first, customer_since=PartialDate.parse(first.isoformat()))
    days = (
        Occasion("wedding", PartialDate.parse(last.isoformat())),
        Occasion("nameday", PartialDate(None, 1, 1)),
    )
    liisa = contact("Liisa", account_id=acme.id, created=first, occasions=days, cadence_days=3660)
    here = [Moment(last), Moment(last, time(23, 59), "Etc/GMT+12"), Moment(last, time(0), "Etc/GMT-14")]
    book = Book.of(
        acme, liisa,
        *(activity(f"Met {number}", when=each, contact_ids=(liisa.id,)) for number, each in enumerate(here)),
        *(reminder(f"Ring {number}", due=each) for number, each in enumerate(here)),
        *(reminder(f"Turn {number}", due=each, rule="FREQ=YEARLY", zone="Asia/Tokyo")
          for number, each in enumerate(here)),
        promise("Send", created=first, due=Moment(last), contact_ids=(liisa.id,)),
        contract("Frame", account_id=acme.id, created=first,
                 start=min(first, last), end=last, notice=last, renews=True),
    )  # fmt: skip
    assert agenda(book, Settings(), NOW.date(), 30, clock=NOW.timetz())
    assert agenda(book, Settings(timezone=ZONE.key), NOW.date(), 0) is not None


@pytest.mark.parametrize(
    ("table", "fields", "said"),
    [
        ("accounts", {"name": "Acme", "cadence_days": 10**30}, "cadence_days is not a number of days"),
        ("accounts", {"name": "Acme", "cadence_days": -1}, "cadence_days is not a number of days"),
        ("contacts", {"name": "Liisa", "cadence_days": True}, "cadence_days is not a number of days"),
        ("occurrences", {"id": "gift:c-liisa:2026-11-22-x", "state": "done"}, "is not a key of the form"),
        ("occurrences", {"id": "gift:c-liisa:", "state": "done"}, "is not a key of the form"),
    ],
)
def test_what_no_rule_could_count_with_is_not_taken_into_a_book(
    table: str, fields: Mapping[str, Any], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        SCHEMAS[table].decode({"id": "x-1", "created": "2026-11-22", **fields})
