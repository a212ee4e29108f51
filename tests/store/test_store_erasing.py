"""Erasing: whatever happens on the way, the person is wholly there or gone for all who read; and in the end
no file of the book holds them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, TODAY, account, activity, contact, reminder
from store_kit import Disk, Stopped, contents, on_disk, put, write

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, Entry, add
from kam_tui.domain.errors import Busy, Conflict, Damaged, Unwritable
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.reminder import Occurrence
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.store import erasing, files
from kam_tui.store.database import KamDB
from kam_tui.store.lock import Hold
from kam_tui.store.store import Store
from kam_tui.usecases.erasing import Erased, Erasing
from kam_tui.usecases.redacting import Reach
from kam_tui.usecases.undo import undo, undoable

pytest_plugins = ("store_fixtures",)

ACME = account("Acme Oy", "a-1")
THEN = contact("Liisa Virta", "c-1", account_id="a-1", emails=(Labeled("lvirta@acme.example"),))
LIISA = replace(THEN, name="Liisa Korhonen", phones=(Labeled("+358 40 123 4567"),), about="fond of boats")
PEKKA = contact("Pekka Koe", "c-2", account_id="a-1", reports_to="c-1", about="knows Liisa Korhonen")
ALONE = activity("a talk about the divorce", "t-alone", contact_ids=("c-1",))
GONE = activity("a talk about the house", "t-gone", contact_ids=("c-1",))
BOTH = activity("Liisa Korhonen and Pekka, 040 1234567", "t-both", contact_ids=("c-1", "c-2"))
AT_ACME = activity("the offer", "t-acme", contact_ids=("c-1",), account_id="a-1")
CALL = reminder("Call Liisa Korhonen", "r-1", contact_ids=("c-1", "c-2"))
DAY = Occurrence("birthday:c-1:2026-11-24", TODAY, "done")
TRACES = (
    "korhonen",
    "virta",
    "040 1234567",
    "40 123 4567",
    "boats",
    "divorce",
    "house",
    "c-1",
    "t-alone",
    "t-gone",
)


def session_on(folder: Path, keep_days: int = 0) -> Session:
    return Session(Store(str(folder), keep_days=keep_days), Settings(), lambda: NOW)


def erase(folder: Path, reach: Reach | None = None) -> Erased:
    """Erase Liisa."""
    session = session_on(folder)
    return session.erase(session.erasing("c-1", reach))[1]


def traces(folder: Path) -> list[str]:
    """What is left of her in the files of the book, with the file it is in."""
    texts = {path.name: path.read_text("utf-8").casefold() for path in folder.iterdir() if path.is_file()}
    return [f"{name}: {trace}" for name, text in texts.items() for trace in TRACES if trace in text]


def numbers(folder: Path) -> list[int]:
    return [entry.number for entry in Store(str(folder)).history()]


@pytest.fixture
def full(folder: Path) -> Path:
    """A book with Liisa in tables, history and journal, under two names."""
    store = Store(str(folder))
    put(store, ACME, THEN, what="Added Liisa Virta, Acme Oy.")
    put(store, GONE, what="Call with Liisa Virta: a talk about the house")
    write(store, Edit(GONE, None), what="Removed: Call with Liisa Virta: a talk about the house")
    store.compact()
    write(store, Edit(THEN, LIISA), what="Changed Liisa Korhonen, Acme Oy.")
    put(store, PEKKA, ALONE, what="Call with Liisa Korhonen: a talk about the divorce")
    put(store, BOTH, AT_ACME, CALL, DAY, what="Three things")
    return folder


def without_her() -> dict[str, set[str]]:
    return {
        "accounts": {"a-1"}, "contacts": {"c-2"}, "activities": {"t-both", "t-acme"}, "reminders": {"r-1"},
    }  # fmt: skip


def ids(folder: Path) -> dict[str, set[str]]:
    found = {table: set(records) for table, records in on_disk(folder).items()}
    assert len(found.pop("erasures")) <= 1
    return {table: some for table, some in found.items() if some}


def test_no_file_of_the_book_holds_a_trace(full: Path) -> None:
    assert len(traces(full)) > 10
    erased = erase(full)
    assert (erased.unfinished, erased.cleared, erased.left) == ("", (), ())
    assert traces(full) == []
    assert ids(full) == without_her()
    book = Store(str(full)).read()
    assert book.contacts["c-2"] == replace(PEKKA, reports_to=None, about="knows (erased)")
    assert book.activities["t-both"] == replace(
        BOTH, text="(erased) and Pekka, (erased)", contact_ids=("c-2",)
    )
    assert book.activities["t-acme"] == replace(AT_ACME, contact_ids=())
    assert list(book.erasures.values()) == [erased.erasing.erasure]
    assert Store(str(full)).check() == []
    assert sorted(path.name for path in full.glob("history*")) == ["history-2.jsonl"]
    assert (full / "history-2.jsonl").stat().st_mode & 0o777 == 0o600


def test_the_history_keeps_every_number_time_and_author(full: Path) -> None:
    before = list(Store(str(full)).history())
    erase(full)
    newest, *told = Store(str(full)).history()
    assert [(e.number, e.at, e.by) for e in told] == [(e.number, e.at, e.by) for e in before]
    assert [entry.change.summary for entry in told] == [
        "Three things", "(erased)", "(erased)", "(erased)", "(erased)", "Added (erased), Acme Oy.",
    ]  # fmt: skip
    assert [[edit.record.id for edit in entry.change.edits] for entry in told] == [
        ["t-both", "t-acme", "r-1"], ["c-2"], [], [], [], ["a-1"],
    ]  # fmt: skip
    assert (newest.number, newest.final) == (7, True)
    assert [edit.record.id[0] for edit in newest.change.edits] == ["x"]


def test_a_line_that_does_not_speak_of_them_stays_byte_for_byte(full: Path) -> None:
    other = Store(str(full))
    put(other, account("Globex", "a-9"))
    other.compact()
    lines = (full / "history.jsonl").read_bytes().splitlines()
    erase(full)
    assert lines[-1] in (full / "history-2.jsonl").read_bytes().splitlines()


def test_what_was_removed_or_about_them_alone_once_is_not_told(full: Path) -> None:
    store = Store(str(full))
    lonely = activity("once about her alone", "t-once", contact_ids=("c-1",))
    put(store, lonely)
    later = replace(lonely, text="now of Acme", account_id="a-1")
    write(store, Edit(lonely, later))
    write(store, Edit(later, replace(later, tags=("x",))))
    erase(full)
    assert "once about" not in (full / "history-2.jsonl").read_text()
    told = [e for entry in Store(str(full)).history() for e in entry.change.edits if e.record.id == "t-once"]
    left = replace(later, contact_ids=())
    assert told == [Edit(left, replace(left, tags=("x",)))]
    assert Store(str(full)).check() == []


def test_a_summary_does_not_quote_what_is_gone(full: Path) -> None:
    store = Store(str(full))
    private = activity("what she said of her boss, word for word", "t-private", contact_ids=("c-1",))
    put(store, private, account("New Oy", "a-5"), what="Note: what she said of her boss, word for…")
    put(store, replace(private, id="t-other"), account("Newer Oy", "a-6"), what="Import: 2 new")
    erase(full)
    summaries = [entry.change.summary for entry in Store(str(full)).history()]
    assert "(erased)" in summaries
    assert "Import: 2 new" in summaries
    assert "boss" not in (full / "history-2.jsonl").read_text()


def test_more_goes_where_that_is_said(full: Path) -> None:
    put(Store(str(full)), activity("Liisa waved", "t-wave", account_id="a-1"), what="Note: Liisa waved")
    erase(full, Reach(names=True, entries=True))
    assert not [path for path in full.glob("*.json*") if "liisa" in path.read_text().casefold()]
    assert set(Store(str(full)).read().activities) == {"t-both", "t-wave"}


def test_a_book_that_is_open_elsewhere_shows_it_at_the_next_look(full: Path) -> None:
    beside = Store(str(full))
    book = beside.read()
    assert {"c-1", "t-alone"} <= book.contacts.keys() | book.activities.keys()
    assert book.timeline("c-1")
    beside.database.table("contacts").all()
    erase(full)
    after = beside.refresh(book)
    assert contents(after) == on_disk(full)
    assert not after.timeline("c-1")
    assert [row["id"] for row in beside.database.table("contacts").all()] == ["c-2"]
    put(beside, account("Later", "a-later"))
    assert "a-later" in on_disk(full)["accounts"]


def test_undo_does_not_bring_them_back_and_says_why(full: Path) -> None:
    erase(full)
    session = session_on(full)
    with pytest.raises(Conflict, match="erased a person"):
        session.run(undo, undoable(session.history()))
    for entry in list(session.history()):
        with suppress(Conflict):
            session.run(undo, entry)
    assert "c-1" not in session.read().contacts
    assert not [trace for trace in traces(full) if "c-1" not in trace]


def test_other_tables_are_without_them_too(full: Path) -> None:
    notes = KamDB(str(full)).table("my notes")
    notes.insert({"text": "Liisa Korhonen likes tea", "list": ["lvirta@acme.example", "x"]})
    notes.insert({"text": "nothing"})
    erase(full)
    assert traces(full) == []
    left = [dict(row) for row in KamDB(str(full)).table("my notes").all()]
    assert left == [{"text": "(erased) likes tea", "list": ["x"]}, {"text": "nothing"}]


def test_two_people_can_be_erased_one_after_the_other(full: Path) -> None:
    erase(full)
    session = session_on(full)
    session.erase(session.erasing("c-2"))
    assert set(session.read().contacts) == set()
    assert len(session.read().erasures) == 2
    assert "pekka" not in "".join(path.read_text().casefold() for path in full.glob("*.json*"))
    assert Store(str(full)).check() == []
    assert numbers(full) == [8, 7, 6, 5, 4, 3, 2, 1]


def test_a_short_history_stays_short(folder: Path) -> None:
    real = datetime.now(UTC)
    store = Store(str(folder))
    put(store, ACME, LIISA, at=real - timedelta(300))
    put(store, PEKKA, at=real)
    session = session_on(folder, keep_days=100)
    session.erase(session.erasing("c-1"))
    assert numbers(folder)[-1] == 2
    assert traces(folder) == []


def test_a_busy_book_is_left_alone(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_on(full)
    plan = session.erasing("c-1")
    given = on_disk(full)
    monkeypatch.setattr("kam_tui.store.lock.PATIENCE", 0.01)
    other = Store(str(full))
    other._rows.folder.lock.patience = 0.01
    session.store._rows.folder.lock.patience = 0.01  # type: ignore[attr-defined]
    with other._rows.folder.lock.exclusive("ben@cli"), pytest.raises(Busy, match="ben@cli"):
        session.erase(plan)
    assert on_disk(full) == given


def test_a_damaged_history_stops_it_before_anything_is_written(full: Path) -> None:
    history = full / "history.jsonl"
    history.write_bytes(history.read_bytes().replace(b"Added", b"Addad"))
    session = session_on(full)
    with pytest.raises(Damaged, match=r"Line 1 of .*history"):
        session.erasing("c-1")
    assert "c-1" in on_disk(full)["contacts"]


def test_a_document_of_the_history_that_cannot_be_read_goes_when_it_speaks_of_them(full: Path) -> None:
    database = KamDB(str(full))
    store = Store(str(full))
    bad = activity("Liisa Korhonen at sea", "t-bad")
    put(store, bad)
    store.compact()
    lines = (full / "history.jsonl").read_bytes()
    assert lines.count(b"t-bad")
    write(store, Edit(bad, None))
    store.compact()
    _reseal(
        full / "history.jsonl",
        lambda line: line.replace('"t-bad","created"', '"t-bad","kind":"crawl","created"'),
    )
    database.close()
    erase(full)
    assert traces(full) == []


def _reseal(path: Path, change: Callable[[str], str]) -> None:
    """Change the lines of a history, each sealed as if kam had written it so."""
    from kam_tui.store.journal import seal

    lines = [json.loads(change(line)) for line in path.read_text().splitlines()]
    for line in lines:
        line.pop("c")
    data = b"".join(seal(line) + b"\n" for line in lines)
    journal = path.parent / "journal.jsonl"
    head, *rest = journal.read_text().splitlines()
    told = json.loads(head)
    told.pop("c")
    told["past"]["size"] = len(data)
    path.write_bytes(data)
    journal.write_bytes(b"\n".join([seal(told), *(line.encode() for line in rest)]) + b"\n")


def finished(folder: Path) -> None:
    """What comes after, however it went: at the latest the next compaction leaves no trace."""
    store = Store(str(folder))
    assert store.check() == [] or all("erased" in finding for finding in store.check())
    put(store, account("Later", "a-later"))
    store.compact()
    wanted = without_her()
    if "c-1" in store.read().contacts:
        erase(folder)
    assert traces(folder) == []
    assert ids(folder) == wanted | {"accounts": {"a-1", "a-later"}}
    assert numbers(folder)[0] == len(numbers(folder)) == 8
    assert Store(str(folder)).check() == []
    assert not [path for path in folder.iterdir() if path.suffix == ".tmp"]


def test_the_machine_may_stop_at_any_step_of_it(full: Path, tmp_path: Path, disk: Disk) -> None:
    given = on_disk(full)
    told = list(Store(str(full)).history())
    shutil.copytree(full, tmp_path / "whole")
    disk.back()
    erase(tmp_path / "whole")
    steps = len(disk.steps)
    outcomes = set()
    for stop in range(0, steps, 3):  # every step of it is stopped in test_store_faults as well
        trial = tmp_path / f"stop-{stop}"
        shutil.copytree(full, trial)
        disk.back()
        disk.stop_at = stop
        with pytest.raises(Stopped):
            erase(trial)
        disk.back()
        outcomes.add(_wholly(trial, given, told))
        finished(trial)
    assert outcomes == {"before", "after"}


def _wholly(folder: Path, given: object, told: list[Entry]) -> str:
    """Whether the book is as it was, or wholly without her."""
    store = Store(str(folder))
    if "c-1" in store.read().contacts:
        assert on_disk(folder) == given
        assert list(store.history()) == told
        return "before"
    assert ids(folder) == without_her()
    entries = repr([(e.change.summary, e.change.edits) for e in store.history()]).casefold()
    assert not [trace for trace in TRACES if trace in entries]
    return "after"


def test_the_disk_may_refuse_at_any_step_of_it(full: Path, tmp_path: Path, disk: Disk) -> None:
    given = on_disk(full)
    told = list(Store(str(full)).history())
    shutil.copytree(full, tmp_path / "whole")
    disk.back()
    erase(tmp_path / "whole")
    steps = len(disk.steps)
    unfinished = 0
    for refuse in range(0, steps, 2):
        trial = tmp_path / f"refuse-{refuse}"
        shutil.copytree(full, trial)
        disk.back()
        session = session_on(trial)
        plan = session.erasing("c-1")
        disk.steps = []
        disk.refuse_at = refuse
        erased = _attempt(session, plan)
        disk.back()
        state = _wholly(trial, given, told)
        assert (state == "after") == (erased is not None)
        unfinished += bool(erased and erased.unfinished)
        finished(trial)
    assert unfinished > 5


def _attempt(session: Session, plan: Erasing) -> Erased | None:
    try:
        return session.erase(plan)[1]
    except Unwritable:
        return None


def test_while_the_lock_is_held_the_person_is_decided_on_anew(full: Path) -> None:
    session = session_on(full)
    plan = session.erasing("c-1")
    put(Store(str(full)), activity("last words", "t-last", contact_ids=("c-1",)))
    renamed = replace(LIISA, emails=(Labeled("new@acme.example"),))
    write(Store(str(full)), Edit(LIISA, renamed), add(activity("to new@acme.example", "t-mail")))
    book, erased = session.erase(plan)
    assert "t-last" not in book.activities
    assert book.activities["t-mail"].text == "to (erased)"
    assert erased.erasing.person.versions[:2] == (LIISA, THEN)
    assert renamed in erased.erasing.person.versions


def test_an_older_history_is_brought_up_to_date_where_it_is_changed(folder: Path) -> None:
    shutil.copytree(Path(__file__).parent / "books" / "schema-1", folder)
    store = Store(str(folder))
    book = store.read()
    someone = next(iter(book.contacts.values()))
    session = session_on(folder)
    session.erase(session.erasing(someone.id))
    again = Store(str(folder))
    assert someone.id not in again.read().contacts
    assert again.check() == [] or not [f for f in again.check() if "Others on this" not in f]
    own = [path for path in folder.iterdir() if path.is_file()]
    assert not [path for path in own if someone.name in path.read_text("utf-8")]


def test_erasing_somebody_unknown_to_a_book_takes_out_what_speaks_of_them(folder: Path, full: Path) -> None:
    session = session_on(full)
    plan = session.erasing("c-1")
    elsewhere = folder.parent / "elsewhere"
    put(Store(str(elsewhere)), activity("met Liisa Korhonen", "t-9"), what="Note: met Liisa Korhonen")
    from kam_tui.store.folder import Folder
    from kam_tui.usecases.erasing import again

    erasing.erase(Folder(str(elsewhere)), again(plan, NOW), NOW, "anna@cli")
    assert traces(elsewhere) == []
    assert Store(str(elsewhere)).read().activities["t-9"].text == "met (erased)"
    assert contents(Store(str(elsewhere)).read())["erasures"]


def test_an_empty_history_is_no_hindrance(folder: Path) -> None:
    put(Store(str(folder)), LIISA)
    erase(folder)
    assert Store(str(folder)).read().erasures
    assert contents(Store(str(folder)).read())["contacts"] == contents(Book.of())["contacts"]
    assert files.stamp(str(folder / "history-2.jsonl"))


def test_what_takes_long_is_done_before_the_lock(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    ready, taken = erasing._ready, Hold.__enter__

    def readying(*given: Any) -> Any:
        done.append("ready")
        return ready(*given)

    def taking(hold: Hold) -> Hold:
        done.extend(["lock"] * hold._exclusive)
        return taken(hold)

    Store(str(full)).compact()
    monkeypatch.setattr(erasing, "_ready", readying)
    monkeypatch.setattr(Hold, "__enter__", taking)
    assert not erase(full).unfinished
    assert done == ["ready", "lock"]
    assert not traces(full)


@pytest.mark.parametrize("folded", [False, True])
def test_what_others_write_while_it_is_made_ready_is_seen(
    full: Path, monkeypatch: pytest.MonkeyPatch, folded: bool
) -> None:
    Store(str(full)).compact()
    ready, left = erasing._ready, iter([True])

    def late(*given: Any) -> Any:
        found = ready(*given)
        if next(left, False):
            other = Store(str(full))
            put(other, activity("a talk about the boats", "t-late", contact_ids=("c-1",)))
            put(other, activity("of nobody", "t-kept"))
            assert not folded or other.compact()
        return found

    monkeypatch.setattr(erasing, "_ready", late)
    erased = erase(full)
    assert "t-late" in {record.id for record in erased.erasing.removed}
    assert "t-kept" in on_disk(full)["activities"]
    assert not traces(full)
    assert not [name for name in files.names(str(full)) if name.endswith(".tmp")]


def test_what_was_made_ready_goes_where_the_book_is_in_use(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(str(full))
    store.compact()
    store.database.rows.folder.lock.patience = 0
    session = Session(store, Settings(), lambda: NOW)
    plan, before = session.erasing("c-1"), files.names(str(full))
    writing, ready = Store(str(full)).database.transaction("ben@tui"), erasing._ready

    def late(*given: Any) -> Any:
        found = ready(*given)
        assert files.names(str(full)) != before
        writing.__enter__()
        return found

    monkeypatch.setattr(erasing, "_ready", late)
    with pytest.raises(Busy, match="ben@tui"):
        session.erase(plan)
    writing.__exit__(None, None, None)
    assert files.names(str(full)) == before
    assert "c-1" in on_disk(full)["contacts"]
