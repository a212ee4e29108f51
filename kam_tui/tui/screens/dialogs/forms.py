"""The forms of each kind of record: what is asked, and the verb that the answer goes to."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from textual.app import App

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Record, table_of
from kam_tui.domain.completing import Names
from kam_tui.domain.contact import Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_day, show_moment
from kam_tui.domain.day_kinds import When
from kam_tui.domain.fields import Field
from kam_tui.domain.kinds import Choice, Flag
from kam_tui.domain.lookup import reading_about
from kam_tui.i18n import N_, _
from kam_tui.session import Session
from kam_tui.tui.messages import Do
from kam_tui.tui.screens.dialogs.form import Form
from kam_tui.usecases import accounts, activities, contacts, contracts, promises, reminders

FormVerb = Callable[..., Change]
"""A verb that takes texts by field."""


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of record that has a form."""

    adding: str
    """Title of the form for a new one."""
    editing: str
    """Title of the form for one there is."""
    add: FormVerb
    """Takes book, now, texts, how they are read."""
    edit: FormVerb
    """Takes book, now, id, texts, how they are read."""
    opens: bool
    """Whether a new one is opened."""


NOUNS: Mapping[str, Noun] = {
    "accounts": Noun(N_("New account"), N_("Edit account"), accounts.add, accounts.edit, True),
    "contacts": Noun(N_("New person"), N_("Edit person"), contacts.add, contacts.edit, True),
    "activities": Noun(N_("What happened"), N_("Edit entry"), activities.log, activities.edit, False),
    "reminders": Noun(N_("New reminder"), N_("Edit reminder"), reminders.add, reminders.edit, False),
    "promises": Noun(N_("New promise"), N_("Edit promise"), promises.make, promises.edit, False),
    "contracts": Noun(N_("New contract"), N_("Edit contract"), contracts.add, contracts.edit, False),
}
"""Table to what its form says and does."""


DATED = {"activities": "when", "reminders": "due", "promises": "due"}
"""Table to the field that says when, where a day is picked for a new record."""


async def ask_new(
    app: App[Any],
    session: Session,
    book: Book,
    table: str,
    party: Account | Contact | None,
    day: date | None = None,
) -> Do | None:
    """Ask for a new record of a table, for whom and for the day that the screen is about; None where it is
    left."""
    noun = NOUNS[table]
    given = _given(book, table, party)
    if day is not None and table in DATED:
        given[DATED[table]] = show_day(day)
    how = session.settings.reading

    def add(book: Book, now: datetime, texts: Mapping[str, str]) -> Change:
        return noun.add(book, now, {**given, **texts}, how)

    texts = await app.push_screen_wait(_form(session, book, table, _(noun.adding), given, add))
    if texts is None:
        return None
    wanted = Do(noun.add, {**given, **texts}, how)
    return wanted.then_open() if noun.opens else wanted


async def ask_edit(
    app: App[Any], session: Session, book: Book, record: Record, *, at: str = "", only: str = ""
) -> Do | None:
    """Ask for changes to a record, beginning `at` a field, or to one field `only`; None where it is left."""
    table = table_of(record)
    noun = NOUNS[table]
    how = session.settings.reading

    def edit(book: Book, now: datetime, texts: Mapping[str, str]) -> Change:
        return noun.edit(book, now, record.id, texts, how)

    shown = _shown(book, table, record)
    form = _form(session, book, table, _(noun.editing), shown, edit, only)
    if only:
        form.add_class("bottom")
    elif at:
        form.begin_at(at)
    texts = await app.push_screen_wait(form)
    return Do(noun.edit, record.id, texts, how) if texts else None


REMOVALS: Mapping[str, FormVerb] = {
    "activities": activities.remove,
    "reminders": reminders.remove,
    "promises": promises.remove,
}
"""Table to the verb that takes one of its records away."""


def removal(record: Record) -> Do:
    """Archive a party, bring an archived one back, take anything else away."""
    if isinstance(record, Account):
        return Do(accounts.archive, record.id, not record.archived)
    if isinstance(record, Contact):
        return Do(contacts.archive, record.id, not record.archived)
    if isinstance(record, Contract):
        return Do(contracts.archive, record.id, not record.archived)
    return Do(REMOVALS[table_of(record)], record.id)


def _form(
    session: Session,
    book: Book,
    table: str,
    title: str,
    texts: Mapping[str, str],
    verb: Callable[[Book, datetime, Mapping[str, str]], Change],
    only: str = "",
) -> Form:
    """The form of a table, or of one field `only`."""
    schema: Any = SCHEMAS[table]
    defaults = {f.name: f.default for f in dataclasses.fields(schema.record)}
    chosen = {
        field.name: str(defaults[field.name])
        for field in schema.form
        if isinstance(field.kind, Choice) and defaults[field.name] in field.kind.options
    }
    past = table == "activities"
    how = reading_about(book, session.now(), texts, session.settings.reading).at(session.now(), past=past)
    return Form(
        title,
        [field for field in schema.form if only in ("", field.name)],
        {**chosen, **texts},
        lambda field, text: schema.read_field(field, text, how),
        lambda values: verb(book, session.now(), values),
        lambda: Names(book, session.now().date()),
    )


def _given(book: Book, table: str, party: Account | Contact | None) -> dict[str, str]:
    """What is known of a new record before anything is typed."""
    if party is None or table == "accounts":
        return {}
    account_id = party.id if isinstance(party, Account) else party.account_id
    given = {"account_id": book.name_of("accounts", account_id)} if account_id else {}
    if isinstance(party, Contact) and table not in ("contacts", "contracts"):
        given["contact_ids"] = party.name
    return given


def _shown(book: Book, table: str, record: Record) -> dict[str, str]:
    """The texts of a record's form: choices by their word, days as they are read."""
    schema: Any = SCHEMAS[table]
    return {field.name: _text(book, schema, record, field) for field in schema.form}


def _text(book: Book, schema: Any, record: Record, field: Field) -> str:
    value = getattr(record, field.name)
    if isinstance(field.kind, Choice):
        return str(value or "")
    if isinstance(field.kind, Flag):
        return "" if value is None else "yes" if value else "no"
    if isinstance(field.kind, When) and isinstance(value, Moment):
        return show_moment(value)
    return str(schema.show(record, field, book.name_of))
