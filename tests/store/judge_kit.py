"""Who judges what a fault left of a book: what may be found there, and that all goes on from there."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from builders import NOW, activity
from fault_kit import Left, Trial
from store_kit import contents, put

from kam_tui.domain.backup import DAMAGED, MIGRATION, Backup
from kam_tui.domain.change import Entry, Record
from kam_tui.domain.errors import Damaged
from kam_tui.store.store import Store


@dataclass(frozen=True)
class Operation:
    """Something that is done to a book."""

    name: str
    given: Callable[[Path], object]
    """Makes the book in a folder that is not there yet."""
    act: Callable[[Store], object]
    """What is done: it is acknowledged when this returns."""
    opened: Callable[[str], Store] = Store
    """How the book is opened for it."""
    partly: bool = False
    """Whether it may be done when it is refused: what comes after the change is not all done then."""
    again: bool = False
    """Whether it may leave a book that is damaged until it is done again."""
    keeps: bool = False
    """Whether the book as it was is in a backup before anything is changed."""
    kept: str = ""
    """What some file holds at any moment."""
    gone: str = ""
    """What no file holds any more when it is done, and the next compaction."""


Records = dict[str, dict[str, Record]]

State = tuple[Records, list[Entry]] | None
"""All that a book holds and all that it tells of; None where it is damaged."""


def state_of(store: Store) -> State:
    try:
        return contents(store.read()), list(store.history())
    except Damaged:
        return None


LEFTOVERS = (".torn-", ".tmp", "still in files")
"""What is told of what was left on the way, and is gone or kept aside after the next compaction."""


def findings_of(store: Store) -> list[str]:
    """What `check` tells, wherever the book is."""
    none = f"There is no book at {store.folder}."
    return [said.replace(store.folder, "BOOK") for said in store.check() if said != none]


class Judge:
    """Knows what an operation was given and what it makes, and looks at what was left of it."""

    def __init__(self, operation: Operation, place: Path) -> None:
        given = place / "given"
        given.mkdir()
        operation.given(given / "book")
        opened = operation.opened(str(given / "book"))
        self.operation = operation
        self.before = state_of(opened)
        self.findings = set(findings_of(opened))
        self.trial = Trial(given, operation.act, operation.opened, place)
        whole, _calls = self.trial.whole()
        self.after = state_of(whole)

    def look_at(self, left: Left) -> None:
        """Raise AssertionError for what must never be found."""
        found = state_of(left.store)
        assert found in self._wanted(left.acknowledged), left.how
        if left.is_new:
            journal = Path(left.store.folder) / "journal.jsonl"
            assert not left.acknowledged or journal.read_bytes().endswith(b"\n"), left.how
            assert self.operation.kept in everything_in(Path(left.store.folder)), left.how
            fresh = Store(left.store.folder)
            assert state_of(fresh) == found, left.how
            if found is None:
                self.operation.act(left.store)
                found = state_of(fresh)
                assert found == self.after, left.how
            assert found is not None
            told = [entry.number for entry in found[1]]
            assert (
                told == list(range(told[0], told[0] - len(told), -1)) if told else not any(found[0].values())
            )
            self._goes_on(left, fresh, *found)

    def _wanted(self, acknowledged: bool | None) -> list[State]:
        if acknowledged:
            return [self.after]
        refused = acknowledged is False and not self.operation.partly
        return [self.before, *([] if refused else [self.after]), *([None] if self.operation.again else [])]

    def _goes_on(self, left: Left, fresh: Store, found: Records, told: list[Entry]) -> None:
        folder = Path(fresh.folder)
        odd = set(findings_of(fresh)) - self.findings
        assert not [said for said in odd if not any(each in said for each in LEFTOVERS)], left.how
        later = activity("Later", "t-later")
        put(left.store, later)
        assert fresh.compact(), left.how
        if (folder / "backups").exists():
            fresh.backups().take(NOW)
        again = state_of(Store(fresh.folder))
        wanted = found | {"activities": found["activities"] | {later.id: later}}
        assert again is not None
        assert again[0] == wanted, left.how
        assert again[1][1:] == told, left.how
        assert not [said for said in findings_of(fresh) if ".torn-" not in said], left.how
        assert not [path for path in folder.rglob("*") if ".tmp" in path.name], left.how
        assert all(each.is_good for each in fresh.backups().all() if each.reason != DAMAGED), left.how
        assert len(list(folder.glob("history*"))) <= 1, left.how
        assert not self.operation.keeps or self._is_kept(fresh), left.how
        if self.operation.gone and (found, told) == self.after and left.acknowledged is not False:
            assert self.operation.gone not in everything_in(folder), left.how

    def _is_kept(self, store: Store) -> bool:
        wanted = records_of(self.before[0]) if self.before else {}
        return any(records_in(store, each) == wanted for each in store.backups().all())


def records_of(tables: Records) -> dict[str, Record]:
    return {record_id: record for table in tables.values() for record_id, record in table.items()}


def records_in(store: Store, backup: Backup) -> dict[str, Record]:
    found = store.backups().read(Path(backup.path).read_bytes(), backup.name)
    return {record.id: record for record in found} if backup.reason == MIGRATION else {}


def everything_in(folder: Path) -> str:
    """The text of all files in a folder, those in zips too."""
    texts: list[bytes] = []
    for path in folder.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as backup:
                texts += [backup.read(name) for name in backup.namelist()]
        elif path.is_file():
            texts.append(path.read_bytes())
    return b"\n".join(texts).decode("utf-8", "replace")
