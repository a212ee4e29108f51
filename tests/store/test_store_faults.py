"""Whatever happens to the machine in the middle of whatever operation: nothing acknowledged is lost.

Each row of `OPERATIONS` is run with a fault at every single call to the operating system. To have one
more operation tried, add a row.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from itertools import chain
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact, reminder
from fault_kit import ERRORS
from judge_kit import Judge, Operation
from store_kit import put, write

from kam_tui.domain.change import Edit, add
from kam_tui.domain.errors import Unwritable
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)

BOOKS = Path(__file__).parent / "books"
TORN = "what nobody was told is safe"
ACME, BETA = account("Acme"), account("Beta")


def nothing(_folder: Path) -> None:
    """No book."""


def full(folder: Path, at: datetime = NOW) -> Store:
    """A book with tables, a history, and a journal with a new, a changed and a removed record."""
    store = Store(str(folder))
    put(store, ACME, BETA, *(activity(f"Talk {n}", f"t-{n}") for n in range(5)), at=at)
    store.compact()
    put(store, contact("Liisa"), at=at)
    store.compact()
    put(store, reminder(account_id=ACME.id))
    write(store, Edit(ACME, replace(ACME, city="Turku")), Edit(BETA, None))
    return store


def long_ago(folder: Path) -> None:
    full(folder, datetime(2001, 1, 1, tzinfo=NOW.tzinfo))


def torn(folder: Path) -> None:
    full(folder)
    with (folder / "journal.jsonl").open("ab") as journal:
        journal.write(f'{{"c":"0123abcd","n":5,"{TORN}"'.encode() + b"\0" * 2000)


def edited_by_hand(folder: Path) -> None:
    full(folder)
    path = folder / "activities.json"
    path.write_text(json.dumps(json.loads(path.read_text())))


def of_schema(version: int, folder: Path) -> None:
    shutil.copytree(BOOKS / f"schema-{version}", folder)
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.chmod(0o600)


def capture(store: Store) -> None:
    put(store, activity("New", "t-new"))


def edit(store: Store) -> None:
    turku = replace(ACME, city="Turku")
    talk = activity("Talk 1", "t-1")
    write(store, Edit(turku, replace(turku, city="Oulu")), add(contact("Pekka")), Edit(talk, None))


def bring_in(store: Store) -> None:
    people = [contact(f"Person {n}", f"c-{n}", account_id=f"a-firm{n % 20}") for n in range(60)]
    put(store, *(account(f"Firm {n}") for n in range(20)), *people)


def spoiled(folder: Path) -> None:
    """A bit of a line in the middle of the journal is flipped."""
    full(folder)
    path = folder / "journal.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"what":"Added"', b'"what":"Addeb"'))


def backed_up(folder: Path) -> None:
    full(folder).backups().take(NOW)


@cache
def backup() -> bytes:
    """A backup of the full book."""
    with tempfile.TemporaryDirectory() as place:
        kept = full(Path(place) / "book").backups().take(NOW)
        assert kept
        return Path(kept.path).read_bytes()


def put_back(store: Store) -> None:
    store.backups().put_back(backup(), "a.zip", NOW, "anna@cli")


def repair(store: Store) -> None:
    if store.doctor().repair("anna@cli").refused:
        raise Unwritable("It says what it could not do.")


def erase(store: Store) -> None:
    session = Session(store, Settings(), lambda: NOW)
    erased = session.erase(session.erasing("c-liisa"))[1]
    if erased.unfinished or erased.left:
        raise Unwritable("It says where she still is.")


def look_and_close(store: Store) -> None:
    assert store.read().activities
    store.close()


OPERATIONS = [
    Operation("the first capture of a book", nothing, capture),
    Operation("a capture", full, capture),
    Operation("a capture after one that was cut short", torn, capture, kept=TORN),
    Operation("a capture into a file edited by hand", edited_by_hand, capture),
    Operation("an edit of several tables", full, edit),
    Operation("an import", full, bring_in),
    Operation("a compaction", full, Store.compact),
    Operation(
        "a compaction that lets go", long_ago, Store.compact, partial(Store, keep_days=30), partly=True
    ),
    Operation("closing", edited_by_hand, look_and_close),
    Operation("a backup", full, lambda store: store.backups().take(NOW)),
    Operation("a restore into no book", nothing, put_back, partly=True, again=True),
    Operation("a restore into a damaged book", spoiled, put_back, partly=True, again=True),
    Operation("a repair", spoiled, repair, partly=True, again=True),
    Operation("an erasure, backups included", backed_up, erase, partly=True, gone="Liisa"),
    # Of the oldest schema: the way from it leads through all that came after.
    Operation("the first change to an old book", partial(of_schema, 1), capture, keeps=True),
    Operation("a compaction of an old book", partial(of_schema, 1), Store.compact, keeps=True),
]


@pytest.fixture(params=OPERATIONS, ids=lambda operation: operation.name)
def judge(request: pytest.FixtureRequest) -> Iterator[Judge]:
    memory = Path("/dev/shm")  # hundreds of small folders are made there in no time
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        yield Judge(request.param, Path(place))


def test_it_may_be_killed_and_lose_its_power_and_be_refused_at_any_call(judge: Judge) -> None:
    """All three in one go: where two of them leave the same behind, it is looked at once."""
    trial = judge.trial
    for left in chain(trial.killed(few=5), trial.cut(), trial.refused(ERRORS, few=100)):
        judge.look_at(left)
