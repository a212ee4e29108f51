"""Contracts: the last day to give notice, and the day a contract ends or renews, each with notice.

They are two series, so that what is decided about one leaves the other open. What was long past when the
contract came into the book is not made up for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kam_tui.domain.book import Book
from kam_tui.domain.contract import Contract
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.spans import days_before
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.reminder import occurrence_key
from kam_tui.domain.text import fold
from kam_tui.i18n import _
from kam_tui.rules.item import AgendaItem
from kam_tui.rules.question import Question, put_off

NOTICE, RENEWAL = "contract.notice", "contract.renewal"
"""First parts of the keys; the subject is the contract."""


def contracts(question: Question) -> Iterator[AgendaItem]:
    """The days of contracts that are near, or have passed and nobody has dealt with."""
    for contract in question.book.contracts.values():
        if contract.archived or question.silent(contract.account_id):
            continue
        if contract.notice_by:
            yield from _due(question, contract, NOTICE, contract.notice_by, _notice(contract))
        if contract.end:
            yield from _due(question, contract, RENEWAL, contract.end, _renewal(contract))


def _due(question: Question, contract: Contract, rule: str, day: date, what: str) -> Iterator[AgendaItem]:
    settings = question.settings
    through = question.of(rule, contract.id).through
    shows_from = days_before(day, settings.lead_contract)
    if through and day <= through:
        return
    if day < days_before(contract.created, settings.belated_days):
        return
    if not question.is_near(rule, contract.id, day) and shows_from > question.today:
        return
    key = occurrence_key(rule, contract.id, day)
    why = why_of(contract)
    item = AgendaItem(
        key=key,
        rule=rule,
        due=Moment(day),
        who=question.who(contract.account_id),
        what=what,
        why=why,
        action="call",
        account_id=contract.account_id,
        contact_ids=(),
        shows_from=shows_from,
        facts=(why,),
        rests_on=tuple((contract.id, field) for field in _fields(contract, rule)),
    )
    yield put_off(question, item, question.book.occurrences.get(key))


def proposal(book: Book, item: AgendaItem, today: date) -> date | None:
    """Until when a contract of whose end a line tells holds once it is renewed; None where nobody knows."""
    contract = book.contracts.get(item.key.split(":")[1]) if item.rule == RENEWAL else None
    return contract.renewed_until(today) if contract else None


def agreed(book: Book, item: AgendaItem, today: date) -> date | None:
    """The same of a contract that goes on unless notice is given; None for any other line."""
    contract = book.contracts.get(item.key.split(":")[1]) if item.rule == RENEWAL else None
    return contract.renewed_until(today) if contract and contract.renews else None


def _notice(contract: Contract) -> str:
    pattern = (
        _("Last day to give notice, or {name} renews")
        if contract.renews
        else _("Last day to give notice on {name}")
    )
    return pattern.format(name=contract.name)


def _renewal(contract: Contract) -> str:
    pattern = _("{name} renews") if contract.renews else _("{name} ends: agree on what follows")
    return pattern.format(name=contract.name)


def _fields(contract: Contract, rule: str) -> tuple[str, ...]:
    """The fields that a day follows from."""
    if rule == RENEWAL:
        return ("end",)
    return ("notice",) if contract.notice else ("notice_period", "end")


def why_of(contract: Contract) -> str:
    """What is agreed, as two sentences: from when to when, for how much; notice and renewal."""
    said = [contract.name, span_of(contract), contract.value]
    why = _("Contract: {what}.").format(what=", ".join(filter(None, said)))
    if contract.notice_by:
        why += " " + _("Notice by {day}.").format(day=show_day(contract.notice_by))
    if contract.renews:
        why += " " + _("It renews unless notice is given.")
    return why


def span_of(contract: Contract) -> str:
    """From when to when it holds; empty where neither is known."""
    if contract.start and contract.end:
        return _("{start} to {end}").format(start=show_day(contract.start), end=show_day(contract.end))
    if contract.start:
        return _("since {day}").format(day=show_day(contract.start))
    return _("until {day}").format(day=show_day(contract.end)) if contract.end else ""


def contracts_of(book: Book, account_id: str = "", *, archived: bool = False) -> list[Contract]:
    """The contracts with an account, else all: by when they end, those without an end last."""
    some = [
        each
        for each in book.contracts.values()
        if account_id in ("", each.account_id) and (archived or not each.archived)
    ]
    return sorted(some, key=lambda each: (each.end or date.max, fold(each.name), each.id))
