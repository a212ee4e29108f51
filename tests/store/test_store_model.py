"""A book under any sequence of events holds what a plain dict would."""

from __future__ import annotations

import tempfile
from pathlib import Path

from builders import NOW, activity
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store_kit import put, write

from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Edit
from kam_tui.store.store import Store

IDS = st.integers(0, 12).map(lambda number: f"t-{number}")
TEXTS = st.text(min_size=1, max_size=30).map(lambda text: f"x{text.encode('ascii', 'replace').hex()}")


class Book(RuleBasedStateMachine):
    """Two stores on one folder, one of them a screen that only refreshes, beside a plain dict."""

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name) / "book"
        self.store = Store(str(self.folder))
        self.screen = Store(str(self.folder))
        self.shown = self.screen.read()
        self.model: dict[str, Activity] = {}
        self.states: list[dict[str, Activity]] = [{}]

    def teardown(self) -> None:
        self.store.close()
        self.screen.close()
        self.temporary.cleanup()

    @rule(record_id=IDS, text=TEXTS)
    def set(self, record_id: str, text: str) -> None:
        new = activity(text, record_id)
        write(self.store, Edit(self.model.get(record_id), new))
        if self.model.get(record_id) != new:
            self.model[record_id] = new
            self.states.append(dict(self.model))

    @precondition(lambda self: self.model)
    @rule(place=st.integers(0, 12))
    def remove(self, place: int) -> None:
        record_id = sorted(self.model)[place % len(self.model)]
        write(self.store, Edit(self.model.pop(record_id), None))
        self.states.append(dict(self.model))

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def undo_the_last(self) -> None:
        entry = next(iter(self.store.history()))
        assert entry.number == len(self.states) - 1
        self.store.update(lambda _book: entry.change.inverse("Undone", entry.number), NOW, "anna@cli")
        self.model = dict(self.states[-2])
        self.states.append(dict(self.model))

    @rule()
    def compact(self) -> None:
        self.store.compact()

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store(str(self.folder))

    @precondition(lambda self: len(self.states) > 1)
    @rule(tail=st.binary(min_size=1, max_size=20))
    def tear_the_tail(self, tail: bytes) -> None:
        journal = self.folder / "journal.jsonl"
        journal.write_bytes(journal.read_bytes() + tail)

    @rule()
    def refresh(self) -> None:
        self.shown = self.screen.refresh(self.shown)
        assert dict(self.shown.activities) == self.model

    @rule(record_id=IDS, text=TEXTS)
    def write_elsewhere(self, record_id: str, text: str) -> None:
        if record_id not in self.model:
            self.model[record_id] = activity(text, record_id)
            put(self.screen, self.model[record_id])
            self.states.append(dict(self.model))

    @invariant()
    def holds_what_the_dict_holds(self) -> None:
        assert dict(self.store.read().activities) == self.model


TestBook = Book.TestCase
TestBook.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
