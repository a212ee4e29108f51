"""A book under any sequence of events holds what a plain dict would."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, account
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store_kit import on_disk, write
from tinydb import Query, TinyDB, where

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.change import Change, Edit, Entry, add
from kam_tui.domain.errors import Conflict
from kam_tui.domain.text import clean
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.store.layout import key_of
from kam_tui.store.store import Store
from kam_tui.usecases import accounts

HANDLES = st.integers(0, 1)
IDS = st.integers(0, 9).map(lambda number: f"a-{number}")
WORDS = st.text("abcåäö€\u2028\"\\{}[]:,'\n\t🦉", min_size=1, max_size=8).map(lambda text: f"x{clean(text)}x")
NUMBERS = st.integers(0, 5)


class Stop(Exception):
    """What makes a change fail that was under way."""


class Book(RuleBasedStateMachine):
    """Two processes' handles on one folder, each with a screen's book, beside plain dicts."""

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.mkdtemp()
        self.folder = Path(self.temporary) / "book"
        self.stores = [Store(str(self.folder)), Store(str(self.folder))]
        self.shown = [store.read() for store in self.stores]
        self.records: dict[str, Account] = {}
        self.rows: dict[int, dict[str, Any]] = {}
        self.changes = 0
        self.is_torn = False

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        shutil.rmtree(self.temporary)

    def changed(self, *, when: bool = True) -> None:
        self.changes += when

    # Changes of records

    @rule(handle=HANDLES, record_id=IDS, word=WORDS)
    def put(self, handle: int, record_id: str, word: str) -> None:
        new = account(word, record_id)
        before = self.records.get(record_id)
        write(self.stores[handle], Edit(before, new))
        self.changed(when=before != new)
        self.records[record_id] = new

    @rule(handle=HANDLES, ids=st.sets(IDS, max_size=5), word=WORDS)
    def put_and_remove_many(self, handle: int, ids: set[str], word: str) -> None:
        edits = [
            Edit(old, None) if (old := self.records.get(each)) else add(account(word, each)) for each in ids
        ]
        write(self.stores[handle], *edits)
        self.changed(when=bool(edits))
        for edit in edits:
            self.records.pop(edit.record.id, None)
            if isinstance(edit.after, Account):
                self.records[edit.after.id] = edit.after

    @precondition(lambda self: self.records)
    @rule(handle=HANDLES, number=NUMBERS, word=WORDS)
    def edit_by_a_verb(self, handle: int, number: int, word: str) -> None:
        record = self.some(number)
        session = Session(self.stores[handle], Settings(), lambda: NOW)
        book, change = session.run(accounts.edit, record.id, {"city": word})
        self.changed(when=bool(change.edits))
        self.records[record.id] = book.accounts[record.id]
        assert book.accounts[record.id] == replace(record, city=book.accounts[record.id].city)

    @precondition(lambda self: self.records)
    @rule(handle=HANDLES, number=NUMBERS)
    def edit_what_is_no_longer_so(self, handle: int, number: int) -> None:
        record = self.some(number)
        with pytest.raises(Conflict):
            write(self.stores[handle], add(account("New", "a-new")), Edit(replace(record, city="Else"), None))

    @rule(handle=HANDLES, word=WORDS)
    def fail_in_the_middle(self, handle: int, word: str) -> None:
        def decide(book: Any) -> Change:
            raise Stop

        database = self.stores[handle].database
        with suppress(Stop), database.transaction():
            database.table("rows").insert({"word": word})
            database.table("accounts").truncate()
            assert not len(database.table("accounts"))
            raise Stop
        with pytest.raises(Stop):
            self.stores[handle].update(decide, NOW, "anna@cli")

    @precondition(lambda self: self.changes)
    @rule(handle=HANDLES)
    def undo_the_last(self, handle: int) -> None:
        entry: Entry = next(iter(self.stores[handle].history()))
        assert entry.number == self.changes
        inverse = entry.change.inverse("Undone", entry.number)
        fits = all(self.records.get(edit.record.id) == edit.before for edit in inverse.edits)
        with nullcontext() if fits else pytest.raises(Conflict):  # a file was edited by hand since
            self.stores[handle].update(lambda _book: inverse, NOW, "anna@cli")
        if fits:
            self.changed(when=bool(inverse.edits))
            for edit in inverse.edits:
                self.records.pop(edit.record.id, None)
                if isinstance(edit.after, Account):
                    self.records[edit.after.id] = edit.after

    # TinyDB's own calls

    @rule(handle=HANDLES, words=st.lists(WORDS, min_size=1, max_size=3), number=NUMBERS)
    def insert_rows(self, handle: int, words: list[str], number: int) -> None:
        rows = [{"word": word, "n": number, "deep": {"list": [word]}} for word in words]
        ids = self.stores[handle].database.table("rows").insert_multiple(rows)
        assert not self.rows.keys() & set(ids)
        assert len(set(ids)) == len(ids)
        self.rows |= dict(zip(ids, rows, strict=True))
        self.changed()

    @rule(handle=HANDLES, number=NUMBERS, word=WORDS)
    def update_rows(self, handle: int, number: int, word: str) -> None:
        wanted = [key for key, row in self.rows.items() if row["n"] <= number]
        differs = any(self.rows[key]["word"] != word for key in wanted)
        found = self.stores[handle].database.table("rows").update({"word": word}, where("n") <= number)
        assert sorted(found) == sorted(wanted)
        self.rows |= {key: self.rows[key] | {"word": word} for key in wanted}
        self.changed(when=differs)

    @rule(handle=HANDLES, number=NUMBERS)
    def remove_rows(self, handle: int, number: int) -> None:
        wanted = [key for key, row in self.rows.items() if row["n"] == number]
        found = self.stores[handle].database.table("rows").remove(where("n") == number)
        assert sorted(found) == sorted(wanted)
        self.rows = {key: row for key, row in self.rows.items() if key not in wanted}
        self.changed(when=bool(wanted))

    @precondition(lambda self: self.records)
    @rule(handle=HANDLES, number=NUMBERS, word=WORDS)
    def update_a_record_as_a_row(self, handle: int, number: int, word: str) -> None:
        record = self.some(number)
        table = self.stores[handle].database.table("accounts")
        assert table.update({"city": word}, Query().id == record.id) == [key_of(record.id)]
        after = ACCOUNT.decode(ACCOUNT.encode(record) | {"city": word})
        self.changed(when=ACCOUNT.encode(record).get("city") != word)
        self.records[record.id] = after

    # What happens besides

    @rule(handle=HANDLES)
    def compact(self, handle: int) -> None:
        self.stores[handle].compact()

    @rule(handle=HANDLES)
    def reopen(self, handle: int) -> None:
        self.stores[handle].close()
        self.stores[handle] = Store(str(self.folder))
        self.shown[handle] = self.stores[handle].read()

    @precondition(lambda self: self.changes)
    @rule(tail=st.binary(min_size=1, max_size=20))
    def tear_the_tail(self, tail: bytes) -> None:
        with (self.folder / "journal.jsonl").open("ab") as journal:
            journal.write(tail)
        self.is_torn = True

    @precondition(lambda self: self.records)
    @rule(number=NUMBERS, word=WORDS)
    def edit_a_file_with_stock_tinydb(self, number: int, word: str) -> None:
        self.stores[0].compact()
        record = self.some(number)
        with TinyDB(self.folder / "accounts.json", encoding="utf-8") as stock:
            stock.table("accounts").update({"city": word}, Query().id == record.id)
            self.records[record.id] = ACCOUNT.decode(ACCOUNT.encode(record) | {"city": word})

    @rule(handle=HANDLES)
    def refresh(self, handle: int) -> None:
        self.shown[handle] = self.stores[handle].refresh(self.shown[handle])
        assert dict(self.shown[handle].accounts) == self.records
        assert self.stores[handle].refresh(self.shown[handle]) is self.shown[handle]

    @rule()
    def look_over(self) -> None:
        assert on_disk(self.folder)["accounts"] == self.records
        told = [entry.number for entry in Store(str(self.folder)).history()]
        assert told == list(range(self.changes, 0, -1))
        known = ["torn", "something else than kam", "does not say", "There is no book"]
        known += ["journal.jsonl is damaged"] * self.is_torn
        odd = [said for said in self.stores[0].check() if not any(each in said for each in known)]
        assert odd == []

    @invariant()
    def both_hold_what_the_dicts_hold(self) -> None:
        for store in self.stores:
            assert dict(store.read().accounts) == self.records
            assert {row.doc_id: dict(row) for row in store.database.table("rows")} == self.rows

    def some(self, number: int) -> Account:
        return self.records[sorted(self.records)[number % len(self.records)]]


TestBook = Book.TestCase
TestBook.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
