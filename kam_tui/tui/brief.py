"""Brief: what one needs to know before one picks up the telephone, for one line of the agenda."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from kam_tui.domain.account import STAGES, STATUSES, TIERS
from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.book import Book
from kam_tui.domain.contact import ROLES, Contact
from kam_tui.domain.text import shorten
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.tui.widgets.columns import fit
from kam_tui.tui.wording import plain, show_ago

RECENT = 4
"""How many of the last entries of the timeline are shown."""


def short_brief(item: AgendaItem, book: Book, today: date, width: int) -> Content:
    """The same in four or five lines, for a small screen: what, why, whom to reach, what happened last."""
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
    subject = item.account_id or (item.contact_ids[0] if item.contact_ids else "")
    for activity in book.timeline(subject)[:1]:
        kind = ACTIVITY_KINDS[activity.kind]
        when = f"{kind.mark} {_(kind.label)} {show_ago(activity.when.day, today)}"
        said = ": ".join(filter(None, [when, shorten(activity.text, 200)]))
        lines.append(Content.styled(fit(said, width), "$quiet"))
    return Content("\n").join(lines)


def brief(item: AgendaItem, book: Book, today: date) -> Content:
    """What it is, why it is there, whom to reach and how, and what happened last."""
    parts: list[Content] = [plain(_what(item), "bold"), plain(item.why, "$quiet")]
    account = book.accounts.get(item.account_id or "")
    if account:
        words = [_(TIERS[account.tier]), _(STATUSES[account.status])]
        if account.stage:
            words.append(_(STAGES[account.stage]))
        parts += [
            Content(""),
            plain(account.name, "bold $primary"),
            plain(" · ".join([*words, account.city]).rstrip(" ·"), "$quiet"),
        ]
    for contact_id in item.contact_ids[:3]:
        contact = book.contacts.get(contact_id)
        if contact:
            parts += [Content(""), *_reach(contact)]
    subject = item.contact_ids[0] if len(item.contact_ids) == 1 and not account else item.account_id
    recent = book.timeline(subject or "")[:RECENT]
    if recent:
        parts += [Content(""), Content.styled(_("Last"), "bold $primary")]
    for activity in recent:
        kind = ACTIVITY_KINDS[activity.kind]
        parts.append(
            Content.assemble(
                (f"{kind.mark} {_(kind.label)} ", "$foreground"),
                (show_ago(activity.when.day, today), "$quiet"),
                "\n",
                plain(shorten(activity.text, 160)),
            )
        )
    return Content("\n").join(parts)


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
