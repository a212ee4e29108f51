"""Check: a sound book has no findings; what is wrong is told in whole sentences, and nothing changes."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact, reminder
from damage_kit import ACME, GONE, numbers, small_book, spoil, without_line
from store_kit import put, write

from kam_tui.domain.change import Edit
from kam_tui.store import files
from kam_tui.store.journal import DUE, Past, seal
from kam_tui.store.layout import key_of, render
from kam_tui.store.migrations import SCHEMA
from kam_tui.store.store import Store
from kam_tui.store.vault import rescue

pytest_plugins = ("store_fixtures",)


@pytest.fixture
def sound(store: Store) -> Store:
    acme = account("Acme", "a-acme")
    put(store, acme, contact("Liisa", account_id="a-acme"), reminder(account_id="a-acme"))
    put(store, activity("Talk", account_id="a-acme", contact_ids=("c-liisa",)))
    store.compact()
    write(store, Edit(acme, replace(acme, city="Turku")))
    return store


@pytest.fixture
def book(folder: Path) -> Store:
    return small_book(folder)


def remarks(store: Store, **later: float) -> tuple[str, ...]:
    """What is said of a book that is no finding, so much later."""
    return store.doctor().look_over(NOW + timedelta(**later)).remarks


def test_a_sound_book_has_no_findings(sound: Store, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sound.check() == []
    assert remarks(sound) == ()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_no_book_is_a_finding(folder: Path) -> None:
    (finding,) = Store(str(folder)).check()
    assert finding == f"There is no book at {folder}."


def test_files_that_others_may_read_are_told(sound: Store, folder: Path) -> None:
    (folder / "accounts.json").chmod(0o644)
    folder.chmod(0o755)
    backup = folder / "backups" / "kam-20261118-103000-by-hand.zip"
    backup.parent.mkdir(mode=0o700)
    backup.write_bytes(b"")
    backup.chmod(0o640)
    assert sound.check() == [
        f"Others on this computer may read or write {path}."
        for path in (folder, folder / "accounts.json", backup)
    ]


def test_references_to_nobody_are_told(sound: Store) -> None:
    put(sound, contact("Pekka", account_id="a-gone"), activity("Met", contact_ids=("c-liisa", "c-gone")))
    assert sound.check() == [
        "contacts c-pekka: account_id names a-gone, which is not in the book.",
        "activities t-met: contact_ids names c-gone, which is not in the book.",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "accounts (Anna's conflicted copy 2026-01-02).json",
        "journal.sync-conflict-20260102-101500-ABC.jsonl",
        "journal (Annas in Konflikt stehende Kopie).jsonl",
        "contacts_conf(1).json",
        "activities 2.json",
        "reminders-ANNAS-PC.json",
        "history (1).jsonl",
    ],
)
def test_copies_of_sync_tools_are_told(sound: Store, folder: Path, name: str) -> None:
    copy = folder / name
    copy.write_bytes((folder / "accounts.json").read_bytes())
    copy.chmod(0o600)
    (finding,) = sound.check()
    assert finding.startswith(f"{copy} is a copy")
    assert "kam doctor --merge" in finding
    assert sound.read().accounts
    assert sound.doctor().copies() == [str(copy)]


def test_a_key_of_another_id_is_told(sound: Store, folder: Path) -> None:
    spoil(folder / "contacts.json", '"id":"c-liisa"', '"id":"c-niisa"')
    assert any("c-niisa stands at the key of another id" in finding for finding in sound.check())


def test_several_refused_documents_are_told_at_once(sound: Store, folder: Path) -> None:
    for name in ("contacts.json", "reminders.json"):
        spoil(folder / name, '"created":"2', '"created":"x')
    findings = sound.check()
    assert [name for name in ("contacts.json", "reminders.json") if any(name in f for f in findings)] == [
        "contacts.json",
        "reminders.json",
    ]


def test_what_is_damaged_in_one_file_hides_nothing_in_the_others(book: Store, folder: Path) -> None:
    spoil(folder / "accounts.json", '{"id":"a-beta"', '{"id"#"a-beta"')
    spoil(folder / "activities.json", '{"id":"t-2"', '{"id"#"t-2"')
    spoil(folder / "history.jsonl", "Noted talk 1", "Noted walk 1")
    spoil(folder / "journal.jsonl", "Noted talk 4", "Noted walk 4")
    places = {"journal.jsonl": "Noted walk 4", "history.jsonl": "Noted walk 1"}
    places |= {"accounts.json": "Beta", "activities.json": "Talk 2"}
    expected = []
    for name, text in places.items():
        lines = (folder / name).read_text().split("\n")
        row = next(at for at, line in enumerate(lines, 1) if text in line)
        expected.append(f"Line {row} of {folder / name} is damaged: {text}")
    assert book.check() == expected


def test_a_table_file_that_is_damaged_beside_a_journal_that_holds_all_is_told(folder: Path) -> None:
    store = small_book(folder, compacted=False)
    (folder / "accounts.json").write_text("{")
    (folder / "accounts.json").chmod(0o600)
    (finding,) = store.check()
    assert "accounts.json cannot be read: it is damaged at line 1" in finding


def test_a_line_whose_key_is_damaged_is_told(book: Store, folder: Path) -> None:
    key = str(key_of("c-liisa"))
    spoil(folder / "contacts.json", f'"{key}"', f'"{key[:-1]}x"')
    assert book.check() == [f"Line 3 of {folder / 'contacts.json'} is damaged: Liisa"]


def test_a_file_that_is_not_in_order_is_told(book: Store, folder: Path) -> None:
    head, name, one, two, *rest = (folder / "accounts.json").read_bytes().split(b"\n")
    swapped = [head, name, two + b",", one.removesuffix(b","), *rest]
    (folder / "accounts.json").write_bytes(b"\n".join(swapped))
    assert book.check() == [
        f"{folder / 'accounts.json'} is not in order: some of its documents may not be found."
    ]


def test_a_document_that_stands_there_twice_is_told(book: Store, folder: Path) -> None:
    document = b'{"id":"c-liisa","created":"2020-01-01","name":"Liisa"}'
    rows = [(key_of("c-liisa"), document), (key_of("c-liisa") + 1, document)]
    (folder / "contacts.json").write_bytes(b"".join(render("contacts", 6, SCHEMA, rows)))
    assert f"{folder / 'contacts.json'} holds c-liisa twice." in book.check()


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda path: path.unlink(), "is missing."),
        (lambda path: path.write_bytes(b""), "does not begin as a journal does."),
        (lambda path: spoil(path, '"book":"b-', '"book":"c-'), "Line 1 of {path} is damaged."),
        (lambda path: without_line(path, "Noted talk 4"), "Change 8 cannot be read in {path}."),
        (
            lambda path: path.write_bytes(path.read_bytes() + path.read_bytes().split(b"\n")[1] + b"\n"),
            "Line 5 of {path} is change 7, which does not belong there.",
        ),
        (
            lambda path: path.write_bytes(path.read_bytes()[:-1]),
            "Line 4 of {path} does not end as it should.",
        ),
    ],
)
def test_what_is_wrong_with_the_journal_is_told(
    book: Store, folder: Path, change: Callable[[Path], None], finding: str
) -> None:
    journal = folder / "journal.jsonl"
    change(journal)
    assert any(finding.format(path=journal) in said for said in book.check())


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda path: path.unlink(), "{path} has 0 bytes, "),
        (lambda path: path.write_bytes(path.read_bytes()[:-30]), "Line 6 of {path} is damaged"),
        (lambda path: without_line(path, "Noted talk 1"), "Change 4 cannot be read in {path}."),
    ],
)
def test_what_is_wrong_with_the_history_is_told(
    book: Store, folder: Path, change: Callable[[Path], None], finding: str
) -> None:
    history = folder / "history.jsonl"
    change(history)
    assert any(finding.format(path=history) in said for said in book.check())


def test_a_history_that_begins_late_is_nothing_wrong(folder: Path) -> None:
    store = small_book(folder)
    Store(str(folder), keep_days=1).compact()
    put(store, contact("Later"))
    assert numbers(store) == [10]
    assert store.check() == []
    assert remarks(store) == ()


def test_a_change_that_cannot_be_taken_is_told(book: Store, folder: Path) -> None:
    journal = folder / "journal.jsonl"
    bad = {"n": 10, "v": SCHEMA, "at": NOW.isoformat(), "by": "x", "what": "?"}
    edits = [["accounts", str(key_of("a-new")), None, {"id": "a-new", "created": "x", "name": "New"}]]
    journal.write_bytes(journal.read_bytes() + seal(bad | {"edits": edits}) + b"\n")
    (said, again) = book.check()
    assert "accounts a-new: created" in said
    assert "accounts a-new: created" in again


@pytest.mark.parametrize("number", [3, 20])
def test_a_table_of_another_day_than_the_journal_is_told(book: Store, folder: Path, number: int) -> None:
    path = folder / "activities.json"
    rows = [
        (key_of("t-1"), b'{"id":"t-1","created":"2026-11-18","kind":"call","when":"2026-11-18","text":"x"}')
    ]
    path.write_bytes(b"".join(render("activities", number, SCHEMA, rows)))
    assert any(
        f"{path} holds the changes up to {number}, but the journal says" in said for said in book.check()
    )


def test_a_missing_table_is_told(book: Store, folder: Path) -> None:
    (folder / "contacts.json").unlink()
    findings = book.check()
    assert findings[0] == f"{folder / 'contacts.json'} is missing."


def test_a_file_that_only_has_the_name_of_a_table_is_told(book: Store, folder: Path) -> None:
    stray = folder / "accounts-old.json"
    stray.write_bytes((folder / "accounts.json").read_bytes())
    stray.chmod(0o600)
    (finding,) = book.check()
    assert finding.startswith(f"{stray} has the name of a table and is none")


def test_what_was_left_over_is_told_and_what_is_being_written_is_not(book: Store, folder: Path) -> None:
    for process in (GONE, os.getpid()):
        left = folder / f"accounts.json.{process}.tmp"
        left.write_bytes(b"")
        left.chmod(0o600)
    (finding,) = book.check()
    assert finding == f"{folder / f'accounts.json.{GONE}.tmp'} was left over by something that was cut short."


def test_a_restore_that_was_cut_short_is_told_alone(book: Store, folder: Path) -> None:
    (folder / "journal.jsonl").write_bytes(rescue.UNFINISHED)
    assert book.check() == [f"A restore of {folder} was cut short. Do it again: kam restore."]


def test_a_file_that_the_system_refuses_is_told(
    book: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(path: object, *rest: int) -> int:
        if str(path).endswith("contacts.json"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    assert book.check() == [f"{folder / 'contacts.json'} cannot be read: Permission denied."]


def test_an_erasure_that_is_not_finished_is_told(book: Store, folder: Path) -> None:
    journal = folder / "journal.jsonl"
    past = Past("history.jsonl", (folder / "history.jsonl").stat().st_size)
    fields = {"n": 10, "v": SCHEMA, "at": NOW.isoformat(), "by": "x", "what": "Erased a person", "edits": []}
    line = seal(fields | {"past": {"file": past.file, "size": past.size}})
    journal.write_bytes(journal.read_bytes() + line + b"\n")
    (finding,) = book.check()
    assert finding.startswith("Somebody was erased")


def test_a_book_that_may_only_be_read_is_a_remark(
    book: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "may_write", lambda path: not path.endswith("lock"))
    said = f"{folder / 'lock'} may not be written by you: this book can only be read."
    assert remarks(book) == (said,)


def test_files_of_others_and_what_was_put_aside_are_remarks(book: Store, folder: Path) -> None:
    for name in (
        "notes.txt",
        ".DS_Store",
        "journal.jsonl.torn-1",
        "contacts.json.damaged-2",
        "x.jsonl.merged",
    ):
        (folder / name).write_bytes(b"x")
        (folder / name).chmod(0o600)
    assert book.check() == []
    said = remarks(book)
    assert [
        name for name in ("notes", "torn", "damaged", "merged", "DS_Store") if any(name in s for s in said)
    ] == [
        "notes",
        "torn",
        "damaged",
        "merged",
    ]


def test_a_change_that_was_cut_short_is_a_remark(book: Store, folder: Path) -> None:
    with (folder / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"c":"12345678","n":10,"v":2,"at')
    assert book.check() == []
    (remark,) = remarks(book)
    assert "ends in what is left of a change that was cut short" in remark


def test_what_is_not_as_the_history_tells_is_a_remark(book: Store, folder: Path) -> None:
    spoil(folder / "activities.json", '"text":"Talk 2"', '"text":"Talk 7"')
    assert book.check() == []
    (remark,) = remarks(book)
    assert remark.endswith("1 document is not as the history tells; was it edited by hand? Talk 7")


def test_a_long_journal_is_a_remark(book: Store) -> None:
    put(book, *(activity("A long talk " * 90, f"t-long-{n}", account_id=ACME.id) for n in range(DUE // 250)))
    assert any("journal has grown to" in said for said in remarks(book))


def test_a_book_without_a_backup_is_a_remark_after_a_week(book: Store) -> None:
    assert remarks(book, days=6) == ()
    (remark,) = remarks(book, days=8)
    assert remark == "There is no backup of the book yet: kam backup makes one."


def test_an_old_backup_is_a_remark_when_the_book_has_changed_since(book: Store) -> None:
    book.backups().take(NOW)
    assert remarks(book, days=30) == ()
    write(book, Edit(account("Beta", "a-beta"), None), at=NOW + timedelta(1))
    assert remarks(book, days=6) == ()
    (remark,) = remarks(book, days=8)
    assert remark.startswith("The newest backup is of Wed 18 Nov 2026, and the book has changed since")


def test_a_folder_that_is_synced_is_a_remark(tmp_path: Path) -> None:
    store = small_book(tmp_path / "Dropbox (Acme)" / "book")
    (remark,) = remarks(store)
    assert "is synced by Dropbox" in remark
