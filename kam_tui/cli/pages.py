"""Accounts and people on the page: a list of them, and everything about one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from kam_tui.cli import agreed, timeline
from kam_tui.cli.agenda_lines import GIVE, row_of
from kam_tui.cli.output import Output, Part, Styled
from kam_tui.cli.records import record_json
from kam_tui.cli.shell import Shell
from kam_tui.domain.account import ACCOUNT, STATUSES, TIERS, Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.contact import CONTACT, ROLES, STANDINGS, Contact
from kam_tui.domain.contract import Contract
from kam_tui.domain.promise import Promise
from kam_tui.formats.agenda_words import item_json
from kam_tui.formats.gifts_json import spending_json
from kam_tui.i18n import _, ngettext
from kam_tui.rules import gifts
from kam_tui.rules.agenda import Agenda, AgendaItem, agenda
from kam_tui.rules.contracts import contracts_of
from kam_tui.rules.promises import in_order, keeping, promises_of, show_keeping
from kam_tui.settings import Settings

AHEAD = 30
"""Days of the agenda that a page shows."""

ACCOUNTS_GIVE = ((5, 12), (0, 30), (5, 0), (3, 0), (0, 20), (1, 8), (2, 0), (1, 0))
"""How a list of accounts gives way: tags, names, town, tier, status."""

PEOPLE_GIVE = ((2, 16), (4, 24), (1, 18), (4, 0), (2, 0), (0, 20), (1, 12), (6, 8), (5, 0))
"""How a list of people gives way: title, mail and account, then mail and title for good."""


def accounts(shell: Shell, book: Book, some: Sequence[Account], today: date) -> None:
    """A list of accounts."""
    if shell.out.as_json:
        shell.out.json({"accounts": [party_json(book, account, today) for account in some]})
        return
    shell.out.table((_account_row(book, account, today) for account in some), give=ACCOUNTS_GIVE)
    if not some and shell.out.is_terminal:
        shell.out.line(_("No accounts. kam account add NAME adds one, kam import FILE brings them in."))


def contacts(shell: Shell, book: Book, some: Sequence[Contact], today: date) -> None:
    """A list of people."""
    if shell.out.as_json:
        shell.out.json({"contacts": [party_json(book, contact, today) for contact in some]})
        return
    shell.out.table((_contact_row(book, contact, today) for contact in some), give=PEOPLE_GIVE)
    if not some and shell.out.is_terminal:
        shell.out.line(_("No people. kam contact add NAME adds one, kam import FILE brings them in."))


class _Page(NamedTuple):
    """What there is to be told about one account or person."""

    people: Sequence[Contact]
    spent: gifts.Spending | None
    coming: Sequence[AgendaItem]
    given: Sequence[Promise]
    held: Sequence[Contract]
    past: Sequence[Activity]


def show(shell: Shell, book: Book, party: Account | Contact, limit: int) -> None:
    """Everything about one: facts, people, agenda, promises, contracts, timeline."""
    now, settings = shell.session.now(), shell.session.settings
    today = now.date()
    page = _Page(
        book.people(party.id) if isinstance(party, Account) else [],
        gifts_of(book, settings, party, today),
        _coming(agenda(book, settings, today, AHEAD, clock=now.timetz()), party),
        _given(book, party),
        _held(book, party, today),
        book.timeline(party.id)[:limit],
    )
    if shell.out.as_json:
        shell.out.json(_json(book, party, page, today))
    else:
        _lines(shell.out, book, party, page, today)


def _json(book: Book, party: Account | Contact, page: _Page, today: date) -> dict[str, Any]:
    return {
        "account" if isinstance(party, Account) else "contact": party_json(book, party, today),
        "people": [party_json(book, contact, today) for contact in page.people],
        "gifts": spending_json(page.spent),
        "agenda": [item_json(item, today) for item in page.coming],
        "promises": [agreed.promise_json(book, each, today) for each in page.given if each.is_open],
        "keeping": agreed.keeping_json(keeping(page.given, today)),
        "contracts": [agreed.contract_json(book, each) for each in page.held],
        "timeline": [record_json(book, activity) for activity in page.past],
    }


def _lines(out: Output, book: Book, party: Account | Contact, page: _Page, today: date) -> None:
    schema: Any = ACCOUNT if isinstance(party, Account) else CONTACT
    marks = [_("archived")] if party.archived else []
    marks += [_since(book, party, today), party.id]
    out.line(Styled(party.name, "bold"), Styled("· " + " · ".join(marks), "dim"))
    timeline.facts(out, book, schema, party, {"name", "gift_budget"}, indent=2)
    if page.spent and (said := gifts.show_spending(page.spent)):
        out.line(Styled(gifts.label_of(page.spent), "dim"), said, indent=2)
    if page.people:
        _title(out, _("People"))
        rows = (_contact_row(book, contact, today, at=False) for contact in page.people)
        out.table(rows, indent=2, give=PEOPLE_GIVE)
    if page.coming:
        _title(out, _("Agenda"))
        out.table((row_of(item, today) for item in page.coming), indent=2, give=GIVE)
    if page.given:
        _title(out, _("Promises"), show_keeping(keeping(page.given, today)))
        agreed.promises(out, book, [each for each in page.given if each.is_open], today, indent=2)
    if page.held:
        _title(out, _("Contracts"))
        agreed.contracts(out, book, page.held, today, indent=2)
    if page.past:
        _title(out, _("Timeline"))
        timeline.rows(out, book, page.past, indent=2, about=party.id)


def _title(out: Output, title: str, more: str = "") -> None:
    out.line()
    out.line(Styled(title, "bold"), Styled(more, "dim"))


def gifts_of(book: Book, settings: Settings, party: Account | Contact, today: date) -> gifts.Spending | None:
    """What was given to an account this year, and what is left; None for a person."""
    return gifts.spending(book, settings, today, party) if isinstance(party, Account) else None


def party_json(book: Book, party: Account | Contact, today: date) -> dict[str, Any]:
    """An account or person for scripts, with the last real touch."""
    touch = book.last_touch(party.id, today)
    return record_json(book, party) | {
        "last_touch": touch.when.day.isoformat() if touch else None,
        "days_since_touch": (today - touch.when.day).days if touch else None,
    }


def _given(book: Book, party: Account | Contact) -> list[Promise]:
    """The promises to an account and its people, or to one person."""
    if isinstance(party, Account):
        return promises_of(book, party.id)
    return in_order(each for each in book.promises.values() if party.id in each.contact_ids)


def _held(book: Book, party: Account | Contact, today: date) -> list[Contract]:
    """The contracts with an account that have not ended."""
    some = contracts_of(book, party.id) if isinstance(party, Account) else []
    return [each for each in some if each.end is None or each.end >= today]


def _coming(found: Agenda, party: Account | Contact) -> list[AgendaItem]:
    standing = (*found.quiet, *found.at_risk, *found.listed)
    items = (*found.open, *found.upcoming, *standing, *found.snoozed)
    once = {item.key: item for item in items if party.id in (item.account_id, *item.contact_ids)}
    return list(once.values())


def _account_row(book: Book, account: Account, today: date) -> tuple[Part, ...]:
    return (
        Styled(account.name, "bold"),
        _(TIERS[account.tier]),
        _(STATUSES[account.status]),
        account.city,
        _since(book, account, today),
        " ".join(f"#{tag}" for tag in account.tags),
        _("archived") if account.archived else "",
    )


def _contact_row(book: Book, contact: Contact, today: date, *, at: bool = True) -> tuple[Part, ...]:
    account = book.name_of("accounts", contact.account_id) if at and contact.account_id else ""
    return (
        Styled(contact.name, "bold"),
        account,
        contact.title or _(ROLES.get(contact.role, "")) if contact.title or contact.role else "",
        contact.phones[0].value if contact.phones else "",
        contact.emails[0].value if contact.emails else "",
        _since(book, contact, today),
        "" if contact.reachable else _("archived") if contact.archived else _(STANDINGS[contact.standing]),
    )


def _since(book: Book, party: Account | Contact, today: date) -> str:
    touch = book.last_touch(party.id, today)
    if touch is None:
        return _("never in touch")
    days = (today - touch.when.day).days
    if days == 0:
        return _("in touch today")
    return ngettext("in touch {count} day ago", "in touch {count} days ago", days).format(count=days)
