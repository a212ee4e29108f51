"""What is done with contacts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit
from kam_tui.domain.change import add as added
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.dates.when import show_partial
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.identity import mail_key
from kam_tui.domain.ids import new_id
from kam_tui.domain.lookup import reading
from kam_tui.domain.occasion import learnt
from kam_tui.domain.text import words_of
from kam_tui.i18n import _


def add(book: Book, now: datetime, fields: Mapping[str, str], how: Reading = PLAIN) -> Change:
    """A new contact. Raises Invalid for a field that cannot be taken, or a namesake at the account."""
    values = CONTACT.read_form({"name": "", **fields}, reading(book, now, how))
    _refuse_unlikely(values, now)
    contact = CONTACT.create(id=new_id("c"), created=now.date(), **values)
    for other in book.people(contact.account_id):
        if words_of(other.name) == words_of(contact.name):
            problem = _("{name} is in the book already.").format(name=other.name)
            raise Invalid(
                problem, _("Edit that entry, or give a name that tells them apart."), {"name": problem}
            )
    return Change(_("Added {name}.").format(name=_at(book, contact)), (added(contact),))


def edit(
    book: Book, now: datetime, contact_id: str, fields: Mapping[str, str], how: Reading = PLAIN
) -> Change:
    """Other values for some fields; a field left out keeps its value, an empty text clears it."""
    before = of(book, contact_id)
    values = CONTACT.read_form(fields, reading(book, now, how))
    _refuse_unlikely(values, now, before)
    after = changed(before, values, now.date())
    if after == before:
        return Change(_("Nothing changed for {name}.").format(name=before.name))
    return Change(_("Changed {name}.").format(name=_at(book, after)), (Edit(before, after),))


def changed(before: Contact, values: Mapping[str, Any], today: date) -> Contact:
    """A person with other values for some fields. Raises Invalid where they refuse them."""
    if values.get("reports_to") == before.id:
        raise Invalid.fields({"reports_to": _("Nobody reports to themselves.")})
    after = CONTACT.change(before, **values)
    return CONTACT.change(after, **learnt(before, after, today))


def archive(book: Book, now: datetime, contact_id: str, archived: bool = True) -> Change:  # noqa: ARG001
    """Take a contact out of lists and agenda, or bring them back. Nothing is deleted."""
    before = of(book, contact_id)
    if before.archived == archived:
        return Change(_("Nothing changed for {name}.").format(name=before.name))
    text = _("Archived {name}.") if archived else _("Brought back {name}.")
    after = CONTACT.change(before, archived=archived)
    return Change(text.format(name=_at(book, before)), (Edit(before, after),))


def of(book: Book, contact_id: str) -> Contact:
    """The contact with this id. Raises NotFound where they are gone."""
    contact = book.contacts.get(contact_id)
    if contact is None:
        raise NotFound(_("That person is no longer in the book."))
    return contact


def _refuse_unlikely(values: Mapping[str, Any], now: datetime, before: Contact | None = None) -> None:
    """Raise Invalid for a birthday to come and for mail addresses that are none.

    What is there already stays: files bring in what people had elsewhere.
    """
    problems: dict[str, str] = {}
    born = values.get("birthday")
    if born and born.year and born.in_year(born.year) and born.in_year(born.year) > now.date():
        problems["birthday"] = _("Birthday: {day} is still to come.").format(day=show_partial(born))
    known = {each.value for each in before.emails} if before else set()
    for mail in values.get("emails", ()):
        if mail.value not in known and not mail_key(mail.value):
            problems["emails"] = _("Mail: {text} is no mail address such as anna@acme.example.").format(
                text=mail.value
            )
    if problems:
        raise Invalid.fields(problems)


def _at(book: Book, contact: Contact) -> str:
    account = book.accounts.get(contact.account_id or "")
    return f"{contact.name}, {account.name}" if account else contact.name
