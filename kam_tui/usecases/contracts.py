"""What is done with contracts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit
from kam_tui.domain.change import add as added
from kam_tui.domain.contract import CONTRACT, Contract
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.errors import NotFound
from kam_tui.domain.ids import new_id
from kam_tui.domain.lookup import reading
from kam_tui.i18n import _
from kam_tui.usecases import accounts


def add(book: Book, now: datetime, fields: Mapping[str, str], how: Reading = PLAIN) -> Change:
    """A new contract; a prospect is a customer by its first.

    Raises Invalid for a field that cannot be taken.
    """
    values = CONTRACT.read_form({"name": "", "account_id": "", **fields}, reading(book, now, how))
    contract = CONTRACT.create(id=new_id("k"), created=now.date(), **values)
    day = min(contract.start or now.date(), now.date())
    reason = _("first contract: {name}").format(name=contract.name)
    return Change(
        _("Added the contract {name} with {account}.").format(
            name=contract.name, account=book.name_of("accounts", contract.account_id)
        ),
        (added(contract), *accounts.won(book, contract.account_id, reason, day)),
    )


def edit(
    book: Book, now: datetime, contract_id: str, fields: Mapping[str, str], how: Reading = PLAIN
) -> Change:
    """Other values for some fields; a field left out keeps its value, an empty text clears it."""
    before = of(book, contract_id)
    after = CONTRACT.change(before, **CONTRACT.read_form(fields, reading(book, now, how)))
    if after == before:
        return Change(_("Nothing changed for {name}.").format(name=before.name))
    return Change(_("Changed the contract {name}.").format(name=after.name), (Edit(before, after),))


def archive(book: Book, now: datetime, contract_id: str, archived: bool = True) -> Change:  # noqa: ARG001
    """Take a contract out of lists and agenda, or bring it back. Nothing is deleted."""
    before = of(book, contract_id)
    if before.archived == archived:
        return Change(_("Nothing changed for {name}.").format(name=before.name))
    text = _("Archived the contract {name}.") if archived else _("Brought back the contract {name}.")
    return Change(text.format(name=before.name), (Edit(before, CONTRACT.change(before, archived=archived)),))


def of(book: Book, contract_id: str) -> Contract:
    """The contract with this id. Raises NotFound where it is gone."""
    contract = book.contracts.get(contract_id)
    if contract is None:
        raise NotFound(_("That contract is no longer in the book."))
    return contract
