"""Brief: what one needs to know before one picks up the telephone, for one line of the agenda."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from kam_tui.domain.account import STAGES, STATUSES, TIERS, Account
from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.book import Book
from kam_tui.domain.contact import ROLES, Contact
from kam_tui.domain.money import with_amount
from kam_tui.domain.text import shorten
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.gifts import giving, told_of
from kam_tui.settings import Settings
from kam_tui.tui.widgets.columns import fit
from kam_tui.tui.wording import plain, show_ago

RECENT = 4
"""How many of the last entries of the timeline are shown."""

PEOPLE = 4
"""How many people of an account are shown."""


def short_brief(item: AgendaItem, book: Book, settings: Settings, today: date, width: int) -> Content:
    """The same in four or five lines, for a small screen: what, why, whom to reach, what happened last; of a
    gift, what is left of the budget, and what was given before."""
    contact = book.contacts.get(item.contact_ids[0]) if item.contact_ids else None
    account = book.accounts.get(item.account_id or "")
    reach: list[str] = []
    if contact:
        reach = [contact.name, *map(str, contact.phones[:1]), *map(str, contact.emails[:1])]
    elif account:
        reach = [account.name, account.city, *map(str, account.phones[:1])]
    lines = [
        Content.styled(fit(_what(item), width), "bold"),
        plain(item.why, "$quiet"),
        Content(fit(" · ".join(filter(None, reach)), width)),
    ]
    if known := _giving(item, book, settings, today):
        told = " · ".join(_("{label}: {text}").format(label=label, text=text) for label, text in known[:2])
        return Content("\n").join([*lines, Content.styled(fit(told, width), "$quiet")])
    subject = item.account_id or (item.contact_ids[0] if item.contact_ids else "")
    for activity in book.timeline(subject)[:1]:
        kind = ACTIVITY_KINDS[activity.kind]
        when = f"{kind.mark} {_(kind.label)} {show_ago(activity.when.day, today)}"
        said = ": ".join(filter(None, [when, with_amount(shorten(activity.text, 200), activity.amount)]))
        lines.append(Content.styled(fit(said, width), "$quiet"))
    return Content("\n").join(lines)


def brief(item: AgendaItem, book: Book, settings: Settings, today: date) -> Content:
    """What it is, why it is there, whom to reach and how, and what happened last."""
    parts: list[Content] = [plain(_what(item), "bold"), plain(item.why, "$quiet")]
    if known := _giving(item, book, settings, today):
        parts += [Content("")]
        parts += [Content.assemble((f"{label} ", "$quiet"), plain(text)) for label, text in known]
    account = book.accounts.get(item.account_id or "")
    if account:
        parts += [Content(""), *_standing(account)]
    for contact_id in item.contact_ids[:3]:
        contact = book.contacts.get(contact_id)
        if contact:
            parts += [Content(""), *_reach(contact)]
    subject = item.contact_ids[0] if len(item.contact_ids) == 1 and not account else item.account_id
    return Content("\n").join([*parts, *_recent(book, subject or "", today)])


def party_brief(party: Account | Contact, book: Book, today: date) -> Content:
    """The same of an account or a person in a list: how they stand, whom to reach and how, what happened."""
    if isinstance(party, Account):
        parts, people = _standing(party), book.people(party.id)
    else:
        account = book.accounts.get(party.account_id or "")
        parts, people = _standing(account) if account else [], [party]
    for contact in people[:PEOPLE]:
        parts += [Content("")] * bool(parts) + _reach(contact)
    if len(people) > PEOPLE:
        parts.append(plain(_("and {count} more").format(count=len(people) - PEOPLE), "$quiet"))
    return Content("\n").join([*parts, *_recent(book, party.id, today)])


def _standing(account: Account) -> list[Content]:
    words = [_(TIERS[account.tier]), _(STATUSES[account.status])]
    if account.stage:
        words.append(_(STAGES[account.stage]))
    where = plain(" · ".join([*words, account.city]).rstrip(" ·"), "$quiet")
    return [plain(account.name, "bold $primary"), where]


def _recent(book: Book, subject: str, today: date) -> list[Content]:
    """The last of the timeline, under a heading; nothing, where nothing has happened."""
    recent = book.timeline(subject)[:RECENT]
    parts = [Content(""), Content.styled(_("Last"), "bold $primary")] if recent else []
    for activity in recent:
        kind = ACTIVITY_KINDS[activity.kind]
        parts.append(
            Content.assemble(
                (f"{kind.mark} {_(kind.label)} ", "$foreground"),
                (show_ago(activity.when.day, today), "$quiet"),
                "\n",
                plain(with_amount(shorten(activity.text, 160), activity.amount)),
            )
        )
    return parts


def _giving(item: AgendaItem, book: Book, settings: Settings, today: date) -> list[tuple[str, str]]:
    """What is good to know before a gift; nothing for any other line."""
    known = giving(book, settings, today, item)
    return list(told_of(known, today)) if known else []


def _what(item: AgendaItem) -> str:
    """What to do, and at what time, where their clock says another."""
    if not item.there:
        return item.what
    return f"{item.what} · {item.due.clock:%H:%M} ({item.there})"


def _reach(contact: Contact) -> list[Content]:
    title = ", ".join(filter(None, [contact.title, _(ROLES[contact.role]) if contact.role else ""]))
    lines = [plain(contact.name, "bold")]
    if title:
        lines.append(plain(title, "$quiet"))
    lines += [plain(str(phone)) for phone in contact.phones[:2]]
    lines += [plain(str(mail)) for mail in contact.emails[:1]]
    return lines
