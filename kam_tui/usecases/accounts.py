"""What is done with accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kam_tui.domain.account import ACCOUNT, CUSTOMER, PROSPECT, Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit
from kam_tui.domain.change import add as added
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.ids import new_id
from kam_tui.domain.lookup import reading
from kam_tui.domain.occasion import learnt
from kam_tui.domain.text import words_of
from kam_tui.i18n import _


def add(book: Book, now: datetime, fields: Mapping[str, str], how: Reading = PLAIN) -> Change:
    """A new account. Raises Invalid for a field that cannot be taken, or a name already in use."""
    values = ACCOUNT.read_form({"name": "", **fields}, reading(book, now, how))
    account = ACCOUNT.create(id=new_id("a"), created=now.date(), **values)
    _refuse_namesake(book, account)
    return Change(_("Added the account {name}.").format(name=account.name), (added(account),))


def edit(
    book: Book, now: datetime, account_id: str, fields: Mapping[str, str], how: Reading = PLAIN
) -> Change:
    """Other values for some fields; a field left out keeps its value, an empty text clears it."""
    before = of(book, account_id)
    values = ACCOUNT.read_form(fields, reading(book, now, how))
    after = changed(before, values, now.date())
    if after == before:
        return Change(_("Nothing changed for {name}.").format(name=before.name))
    if after.name != before.name:
        _refuse_namesake(book, after)
    return Change(_("Changed the account {name}.").format(name=after.name), (Edit(before, after),))


def changed(before: Account, values: Mapping[str, Any], today: date) -> Account:
    """An account with other values for some fields. Raises Invalid where it refuses them."""
    if values.get("via") == before.id:
        raise Invalid.fields({"via": _("An account cannot be reached through itself.")})
    after = ACCOUNT.change(before, **values)
    return ACCOUNT.change(after, **learnt(before, after, today))


def archive(book: Book, now: datetime, account_id: str, archived: bool = True) -> Change:  # noqa: ARG001
    """Take an account out of lists and agenda, or bring it back. Nothing is deleted."""
    before = of(book, account_id)
    if before.archived == archived:
        return Change(_("Nothing changed for {name}.").format(name=before.name))
    text = _("Archived the account {name}.") if archived else _("Brought back the account {name}.")
    return Change(text.format(name=before.name), (Edit(before, ACCOUNT.change(before, archived=archived)),))


def won(book: Book, account_id: str | None, reason: str, day: date) -> tuple[Edit, ...]:
    """A prospect is a customer from its first sale or contract on; the day and the reason are kept.

    Nothing for whoever is no prospect.
    """
    account = book.accounts.get(account_id or "")
    if account is None or account.status != PROSPECT:
        return ()
    since = account.customer_since or PartialDate.of(day)
    after = ACCOUNT.change(account, status=CUSTOMER, status_reason=reason, customer_since=since)
    return (Edit(account, after),)


def of(book: Book, account_id: str) -> Account:
    """The account with this id. Raises NotFound where it is gone."""
    account = book.accounts.get(account_id)
    if account is None:
        raise NotFound(_("That account is no longer in the book."))
    return account


def _refuse_namesake(book: Book, account: Account) -> None:
    name = words_of(account.name)
    for other in book.accounts.values():
        if other.id != account.id and words_of(other.name) == name:
            raise Invalid(
                _("There is an account {name} already.").format(name=other.name),
                _("Edit that one, or give the new one a name that tells them apart."),
                {"name": _("There is an account {name} already.").format(name=other.name)},
            )
