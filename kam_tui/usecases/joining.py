"""Joining: drafts become part of a book, one after the other, which so knows the ones before.

Who a draft is about, `matching.py` tells; what a record gains by it, `filling.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kam_tui.domain.account import PROSPECT, Account
from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, Record
from kam_tui.domain.contact import Contact
from kam_tui.domain.draft import COLUMNS, Draft
from kam_tui.domain.errors import Ambiguous
from kam_tui.domain.ids import new_id
from kam_tui.domain.occasion import learnt
from kam_tui.domain.progress import Progress
from kam_tui.i18n import _
from kam_tui.usecases.filling import fill
from kam_tui.usecases.import_plan import CONFLICT, NEW, REJECTED, SAME, UPDATED, Line
from kam_tui.usecases.marking import erased, not_brought_back
from kam_tui.usecases.matching import Companies, People
from kam_tui.usecases.references import References


@dataclass(slots=True)
class _Fate:
    """What is known so far about the fate of one draft."""

    draft: Draft
    """The card or row."""
    contact_id: str | None = None
    """The contact it became or was found to be."""
    account_id: str | None = None
    """The account it became or was found to be, for a row about a company alone."""
    is_new: bool = False
    """Whether that record is new in the book."""
    gains: list[str] = field(default_factory=list)
    """What was filled or added."""
    differences: list[str] = field(default_factory=list)
    """What differs and stays as it is in the book."""
    account: str = ""
    """That its company is a new account; empty where it is none."""
    notes: list[str] = field(default_factory=list)
    """What a person may want to look at."""
    refusal: str = ""
    """Why it does not come in."""

    def line(self) -> Line:
        """The line of the report."""
        if self.refusal:
            return Line(self.draft.where, REJECTED, self.draft.name, (self.refusal,))
        outcome = NEW if self.is_new else CONFLICT if self.differences else UPDATED if self.gains else SAME
        remarks = (*self.notes, *self.draft.warnings)
        gains = () if self.is_new else self.gains
        rest = (*filter(None, (self.account,)), *self.draft.passed_over)
        details = (*remarks, *gains, *self.differences, *rest)
        return Line(self.draft.where, outcome, self.draft.name, details, remarks)


class Joining:
    """The book as it becomes while drafts come in, one after the other."""

    def __init__(self, book: Book, today: date, overruling: Collection[str]) -> None:
        self.people, self.companies = People(book), Companies(book)
        self.references = References(self.people, self.companies)
        self.is_erased = erased(book)
        self.book, self.today, self.overruling = book, today, overruling
        self.touched: dict[str, Record | None] = {}
        self.unsaid: set[str] = set()
        """New accounts of which no file has said yet whether they are customers."""
        self.settled: dict[str, set[str]] = {}
        """Record id to the columns that have got their text in this import."""

    @property
    def new_accounts(self) -> int:
        """How many accounts were made."""
        return sum(1 for each, before in self.touched.items() if before is None and each.startswith("a-"))

    def edits(self) -> tuple[Edit, ...]:
        """From what each touched record was to what it is now; accounts first, as people refer to them."""
        now: dict[str, Record] = {**self.companies.records, **self.people.records}
        made = [Edit(before, now[record_id]) for record_id, before in self.touched.items()]
        return tuple(sorted(made, key=lambda edit: not isinstance(edit.after, Account)))

    def lines(self, drafts: list[Draft], progress: Progress) -> list[Line]:
        """Let all drafts in: companies of their own rows first, then people, then who refers to whom."""
        fates = [_Fate(draft) for draft in drafts]
        companies = [fate for fate in fates if fate.draft.account and not fate.draft.contact]
        people = [fate for fate in fates if fate.draft.contact]
        progress.begin(_("Comparing with the book"), len(companies) + len(people))
        for fate in companies:
            fate.account_id = self._company(fate, fate.draft.account)
            progress.step()
        for fate in people:
            self._person(fate)
            progress.step()
        for fate in fates:
            self._refer(fate)
        return [fate.line() for fate in fates] + self._settle_others()

    def _company(self, fate: _Fate, values: Mapping[str, Any]) -> str | None:
        try:
            account, notes = self.companies.find(values)
        except Ambiguous as problem:
            fate.differences.append(str(problem))
            return None
        fate.notes += notes
        if account is None:
            account = Account(**{"id": new_id("a"), "created": self.today, "status": PROSPECT, **values})
            if "status" not in values:
                self.unsaid.add(account.id)
            self._keep(None, account)
            self._settle(account.id, values)
            if fate.draft.contact:
                fate.account = _("{name} is a new account.").format(name=account.name)
            else:
                fate.is_new = True
            return account.id
        self._improve(fate, account, values)
        return account.id

    def _person(self, fate: _Fate) -> None:
        values, company = fate.draft.contact, fate.draft.account
        contact, notes = self.people.find(values)
        if contact is None and (erasure := self.is_erased(fate.draft)):
            fate.refusal = not_brought_back(erasure, fate.draft.name)
            return
        if contact is None:
            fate.notes += notes
            account_id = self._company_of(fate)
            if company and account_id is None:
                values = _with_column(values, _("Company"), company["name"])
            contact = Contact(
                **{"id": new_id("c"), "created": self.today, "account_id": account_id, **values}
            )
            self._keep(None, contact)
            self._settle(contact.id, values)
            fate.is_new = True
        else:
            if contact.account_id is None:
                account_id = self._company_of(fate)
                if account_id:
                    contact = self._keep(contact, replace(contact, account_id=account_id))
                    name = self.companies.records[account_id].name
                    fate.gains.append(_("Account: {name}").format(name=name))
            elif company:
                contact = self._at(fate, contact, company)
            self._improve(fate, contact, values)
        fate.contact_id = contact.id

    def _company_of(self, fate: _Fate) -> str | None:
        """The account of a new person: by its id where the person comes from, else by name."""
        source = fate.draft.refs.get("account_id", "")
        account = self.companies.by_source(source) if source else None
        if account:
            if fate.draft.account:
                self._improve(fate, account, fate.draft.account)
            return account.id
        if fate.draft.account:
            return self._company(fate, fate.draft.account)
        return None

    def _at(self, fate: _Fate, contact: Contact, values: Mapping[str, Any]) -> Contact:
        """A person who is at an account already: improve that one, or tell that the file says another."""
        account = self.companies.records.get(contact.account_id or "")
        if account is None:
            return contact
        source = fate.draft.refs.get("account_id", "")
        said = self.companies.by_source(source) if source else None
        if said is None and account in self.companies.named(values["name"]):
            said = account
        if said == account:
            self._improve(fate, account, values)
            return contact
        if self._overrules(fate) and (account_id := self._company_of(fate)):
            name = self.companies.records[account_id].name
            fate.gains.append(_("Account: {name}").format(name=name))
            moved: Contact = self._keep(contact, replace(contact, account_id=account_id))
            return moved
        fate.differences.append(
            _("Account: the book has {ours}, the file has {theirs}; the book's is kept.").format(
                ours=account.name, theirs=said.name if said else values["name"]
            )
        )
        return contact

    def _overrules(self, fate: _Fate) -> bool:
        return fate.draft.where in self.overruling

    def _refer(self, fate: _Fate) -> None:
        """Fill in whom a record refers to, now that all are in."""
        record: Contact | Account | None = self.people.records.get(fate.contact_id or "")
        record = record or self.companies.records.get(fate.account_id or "")
        if record is not None:
            refs = fate.draft.refs
            named = {name: Draft("", {"sources": (source,)}) for name, source in refs.items()}
            refs = {name: source for name, source in refs.items() if not self.is_erased(named[name])}
            after, gains, notes = self.references.settle(record, refs)
            fate.gains += gains
            fate.notes += notes
            if after != record:
                self._keep(record, after)

    def _settle_others(self) -> list[Line]:
        """Fill in whom records of earlier imports were waiting for."""
        lines: list[Line] = []
        for record in self.references.waiting():
            after, gains, _notes = self.references.settle(record, {})
            if gains:
                self._keep(record, after)
                lines.append(Line(_("in the book"), UPDATED, record.name, tuple(gains)))
        return lines

    def _improve(self, fate: _Fate, record: Account | Contact, values: Mapping[str, Any]) -> None:
        open_fields = ("status",) if record.id in self.unsaid else ()
        index = self.people if isinstance(record, Contact) else self.companies
        free = (each for each in values.get("sources", ()) if not index.is_taken(each, record.id))
        values = {**values, "sources": tuple(free)}
        filling = fill(
            record,
            values,
            self._naming,
            open_fields=open_fields,
            settled=self.settled.get(record.id, ()),
            overrules=self._overrules(fate),
        )
        self._settle(record.id, values)
        if "status" in values:
            self.unsaid.discard(record.id)
        fate.gains += filling.gains
        fate.differences += filling.differences
        if filling.changes:
            after = replace(record, **filling.changes)
            self._keep(record, replace(after, **learnt(record, after, self.today)))

    def _settle(self, record_id: str, values: Mapping[str, Any]) -> None:
        columns = values.get("extra", {}).get(COLUMNS, {})
        self.settled.setdefault(record_id, set()).update(columns)

    def _keep(self, before: Any, after: Any) -> Any:
        self.touched.setdefault(after.id, before)
        (self.people if isinstance(after, Contact) else self.companies).put(after)
        return after

    def _naming(self, table: str, record_id: str) -> str:
        return self.book.name_of(table, record_id)


def _with_column(values: Mapping[str, Any], column: str, text: str) -> Mapping[str, Any]:
    """The values with one more text that no field knows."""
    extra = values.get("extra", {})
    return {**values, "extra": {**extra, COLUMNS: {**extra.get(COLUMNS, {}), column: text}}}
