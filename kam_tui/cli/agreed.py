"""Promises and contracts as lines of text and as JSON: in lists of them, and on the page of an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kam_tui.cli.output import Output, Part, Styled
from kam_tui.cli.records import plain, record_json
from kam_tui.domain.book import Book
from kam_tui.domain.contract import Contract
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.promise import BROKEN, Promise
from kam_tui.i18n import _
from kam_tui.rules.promises import Keeping, show_standing


def promises(out: Output, book: Book, some: Sequence[Promise], today: date, indent: int = 0) -> None:
    """Promises as lines: id, how it stands, to whom, what."""

    def row(promise: Promise) -> tuple[Part, ...]:
        who = book.who(book.account_of(promise), promise.contact_ids)
        late = promise.is_open and promise.due.day < today
        look = "late" if late or promise.state == BROKEN else ""
        return (
            Styled(promise.id, "mark"),
            Styled(show_standing(promise, today), look),
            Styled(who, "bold"),
            promise.text,
        )

    out.table(map(row, some), indent, give=((3, 24), (2, 20), (3, 0), (2, 10)))


def promise_json(book: Book, promise: Promise, today: date) -> dict[str, Any]:
    """A promise for scripts, with what follows from its days."""
    overdue = promise.is_open and promise.due.day < today
    return record_json(book, promise) | {"overdue": overdue, "kept_late": promise.kept_late}


def keeping_json(kept: Keeping) -> dict[str, Any]:
    """How promises were kept, for scripts; the rate from 0 to 1, null where none is settled."""
    return {
        "in_time": kept.in_time,
        "late": kept.late,
        "broken": kept.broken,
        "open": kept.open,
        "overdue": kept.overdue,
        "rate": None if kept.rate is None else round(kept.rate, 4),
    }


def contracts(out: Output, book: Book, some: Sequence[Contract], today: date, indent: int = 0) -> None:
    """Contracts as lines: id, name, with whom, until when, notice, value."""

    def row(contract: Contract) -> tuple[Part, ...]:
        end, notice = contract.end, contract.notice_by
        over = end is not None and end < today
        until = (_("until {day}") if not over else _("ended {day}")).format(day=show_day(end)) if end else ""
        return (
            Styled(contract.id, "mark"),
            Styled(contract.name, "bold"),
            book.name_of("accounts", contract.account_id),
            until,
            _("notice by {day}").format(day=show_day(notice)) if notice and not over else "",
            _("renews") if contract.renews else "",
            contract.value,
            _("archived") if contract.archived else "",
        )

    out.table(map(row, some), indent, give=((4, 0), (6, 0), (5, 0), (2, 14), (1, 18)))


def contract_json(book: Book, contract: Contract) -> dict[str, Any]:
    """A contract for scripts, with the last day to give notice."""
    return record_json(book, contract) | {"notice_by": plain(contract.notice_by)}
