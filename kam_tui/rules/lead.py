"""Leads: which are for somebody's occasion. Their own come first, then the account's, then the settings'."""

from __future__ import annotations

from collections.abc import Iterable

from kam_tui.domain.account import Account
from kam_tui.domain.contact import Contact
from kam_tui.domain.lead import ANY, MOST_DAYS, Lead, read_leads
from kam_tui.i18n import _
from kam_tui.rules.question import Question


class Leads:
    """The leads of everybody in a book."""

    def __init__(self, question: Question) -> None:
        rows = question.settings.lead
        self._rows = [(row, question.meant(row.where)) for row in rows]
        self._usual = max((row.days for row in rows), default=0)

    def widest(self, contact: Contact | None, account: Account | None) -> int:
        """The most days before an occasion of theirs that something may be due."""
        own = any(owner and owner.leads for owner in (contact, account))
        return MOST_DAYS if own else self._usual

    def of(self, kind: str, contact: Contact | None, account: Account | None) -> list[tuple[Lead, str]]:
        """What is done for an occasion of this kind, each with where that is said."""
        for owner in (contact, account):
            if owner and owner.leads:
                try:
                    own = read_leads(owner.leads)
                except ValueError:
                    continue  # A book edited by hand: the occasion must not vanish with its leads.
                said = _("For occasions of {name}: {leads}.").format(name=owner.name, leads=owner.leads)
                return _firsts(kind, ((lead, said) for lead in own))
        party = contact or account
        return _firsts(
            kind,
            (
                (row, _said(row, number))
                for number, (row, fits) in enumerate(self._rows, 1)
                if party and fits(party)
            ),
        )


def _firsts(kind: str, found: Iterable[tuple[Lead, str]]) -> list[tuple[Lead, str]]:
    """Of those for this kind of occasion, the first of each action: what is particular stands on top."""
    chosen: dict[str, tuple[Lead, str]] = {}
    for lead, said in found:
        if lead.on in (ANY, kind):
            chosen.setdefault(lead.action, (lead, said))
    return list(chosen.values())


def _said(row: Lead, number: int) -> str:
    if row.where:
        return _("Setting lead, row {number}: {lead}, where {where}.").format(
            number=number, lead=row, where=row.where
        )
    return _("Setting lead, row {number}: {lead}.").format(number=number, lead=row)
