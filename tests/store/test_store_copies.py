"""Copies: a person goes from the backups too, and what kam cannot clear is named."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact
from store_kit import Disk, Stopped, contents, put, write

from kam_tui.domain.backup import Backup
from kam_tui.domain.change import Edit
from kam_tui.domain.errors import Unwritable
from kam_tui.domain.kinds import Labeled
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.store import erasing
from kam_tui.store.store import Store
from kam_tui.usecases.erasing import Copy, Erased

pytest_plugins = ("store_fixtures",)

LIISA = contact("Åsa Korhonen", "c-1", account_id="a-1", emails=(Labeled("asa@acme.example"),))
AT = NOW.replace(tzinfo=None)


def session_on(folder: Path) -> Session:
    return Session(Store(str(folder)), Settings(), lambda: NOW)


def erase(folder: Path) -> Erased:
    session = session_on(folder)
    return session.erase(session.erasing("c-1"))[1]


def copies(folder: Path) -> list[Copy]:
    session = session_on(folder)
    return session.copies(session.erasing("c-1"))


def back_up(folder: Path, reason: str = "by-hand") -> Backup:
    made = Store(str(folder)).backups().take(AT, reason)
    assert made
    return made


def inside(path: str) -> str:
    """All that is in a zip, as one text."""
    with zipfile.ZipFile(path) as found:
        return "".join(found.read(name).decode() for name in found.namelist())


@pytest.fixture
def book(folder: Path) -> Path:
    """A book with her, and a text about her."""
    store = Store(str(folder))
    put(store, account("Acme", "a-1"), LIISA, what="Added Åsa Korhonen")
    put(store, activity("met Åsa Korhonen", "t-1", account_id="a-1"))
    return folder


def test_a_backup_that_holds_them_is_written_anew_without_them(book: Path) -> None:
    made = back_up(book)
    assert copies(book) == [Copy(made.path)]
    erased = erase(book)
    assert (erased.cleared, erased.left) == ((made.path,), ())
    assert "Korhonen" not in inside(made.path)
    assert "asa@" not in inside(made.path)
    (found,) = Store(str(book)).backups().all()
    assert (found.name, found.at, found.reason, found.is_good) == (made.name, AT, "by-hand", True)
    assert os.stat(made.path).st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (book / "backups").iterdir()) == [made.name, "lock"]


def test_such_a_backup_can_be_gone_back_to_and_knows_of_the_erasure(book: Path, tmp_path: Path) -> None:
    made = back_up(book)
    plan = erase(book).erasing
    other = Store(str(tmp_path / "other"))
    other.backups().put_back(Path(made.path).read_bytes(), made.name, NOW, "anna@cli")
    records = contents(Store(str(tmp_path / "other")).read())
    assert set(records["contacts"]) == set()
    assert records["activities"]["t-1"] == activity("met (erased)", "t-1", account_id="a-1")
    assert list(records["erasures"].values()) == [plan.erasure]
    assert [entry.number for entry in other.history()] == [3, 2, 1]
    assert other.check() == []


def test_a_backup_that_does_not_hold_them_is_left_byte_for_byte(folder: Path) -> None:
    put(Store(str(folder)), account("Acme", "a-1"))
    before = back_up(folder)
    data = Path(before.path).read_bytes()
    put(Store(str(folder)), LIISA)
    after = back_up(folder)
    erased = erase(folder)
    assert erased.cleared == (after.path,)
    assert Path(before.path).read_bytes() == data


def test_in_a_backup_they_are_known_by_the_name_they_had_then(book: Path) -> None:
    made = back_up(book)
    store = Store(str(book))
    write(store, Edit(LIISA, replace(LIISA, name="Åsa Virta", emails=())))
    trimmed = Store(str(book), keep_days=1)
    trimmed.compact()
    assert "Korhonen" not in (book / "contacts.json").read_text()
    assert erase(book).cleared == (made.path,)
    assert "Korhonen" not in inside(made.path)


def test_a_folder_as_an_earlier_kam_kept_it_becomes_a_backup_without_them(book: Path) -> None:
    Store(str(book)).compact()
    old = book / "backups" / "schema-1-change-2"
    old.mkdir(parents=True)
    for path in book.glob("*.json*"):
        shutil.copy(path, old)
    assert copies(book) == [Copy(str(old))]
    erased = erase(book)
    assert (erased.cleared, erased.left) == ((str(old),), ())
    assert not old.exists()
    (found,) = Store(str(book)).backups().all()
    assert (found.reason, found.is_good) == ("migration", True)
    assert "Korhonen" not in inside(found.path)
    assert "met (erased)" in inside(found.path)


def test_what_cannot_be_cleared_is_named(book: Path) -> None:
    backups = book / "backups"
    backups.mkdir()
    sealed = backups / "kam-20261101-100000-daily.0123456789ab.zip.age"
    sealed.write_bytes(b"age-encryption.org/v1")
    torn = back_up(book)
    Path(torn.path).write_bytes(Path(torn.path).read_bytes()[:-200])
    ruin = backups / "kam-20261103-100000-damaged.zip"
    with zipfile.ZipFile(ruin, "w") as made:
        made.writestr("contacts.json.torn-1", "Åsa Korhonen, half")
    clean = backups / "kam-20261104-100000-damaged.zip"
    with zipfile.ZipFile(clean, "w") as made:
        made.writestr("contacts.json", "nobody")
    erased = erase(book)
    assert erased.cleared == ()
    assert {copy.path: copy.why for copy in erased.left} == {
        str(sealed): "It is sealed, so kam cannot look into it.",
        torn.path: "It is damaged, so kam cannot look into all of it.",
        str(ruin): "It keeps a damaged book as it was.",
    }


def test_other_files_in_the_folder_that_hold_them_are_named(book: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        made.writestr("x", "asa@acme.example")
    holding = {
        "journal.jsonl.torn-1": b'{"c":"00","n":9,"name":"\xc3\x85sa Korh',
        "journal.jsonl.torn-2": b'{"email":"asa@acme.example","na',
        "contacts (conflicted copy).json": '{"name": "Åsa Korhonen"}'.encode(),
        "contacts.sync-conflict-1.json": b'{"name": "\\u00c5sa Korhonen"}',
        "history.jsonl.damaged-1": "Åsa  KORHONEN".encode(),
        "backups/mine.zip": whole.getvalue(),
        ".stversions/contacts~1.json": b"asa korhonen",
    }
    innocent = {"notes.txt": b"nothing", "kept.torn-3": b"\xff\xfe", "backups/lock": b"x"}
    for name, data in (holding | innocent).items():
        (book / name).parent.mkdir(exist_ok=True)
        (book / name).write_bytes(data)
    (book / ".git").mkdir()
    (book / "away").symlink_to(book / "nowhere")
    left = {os.path.relpath(copy.path, book) for copy in erase(book).left}
    wanted = {name for name in holding if name != "journal.jsonl.torn-1"} - {".stversions/contacts~1.json"}
    assert left == wanted | {".git", ".stversions"}
    assert all(copy.why for copy in erase_again(book))


def erase_again(folder: Path) -> list[Copy]:
    """The same files, asked for when she is in the book again."""
    put(Store(str(folder)), LIISA)
    return copies(folder)


def test_a_backup_that_cannot_be_written_is_left_and_the_book_is_erased(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(book)
    data = Path(made.path).read_bytes()

    def refuse(path: str, _data: bytes) -> None:
        raise Unwritable(f"The backup {path} cannot be written: no space.")

    monkeypatch.setattr("kam_tui.store.vault.shelf.write", refuse)
    erased = erase(book)
    assert erased.cleared == ()
    assert erased.left == (Copy(made.path, f"The backup {made.path} cannot be written: no space."),)
    assert Path(made.path).read_bytes() == data
    assert "c-1" not in Store(str(book)).read().contacts


def test_a_backup_that_is_made_meanwhile_is_cleared_as_well(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Backup] = []

    def late(*args: object, **options: object) -> object:
        if not made:
            made.append(back_up(book))
        return erasing.erase(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("kam_tui.store.copies.erase", late)
    erased = erase(book)
    assert erased.cleared == (made[0].path,)
    assert "Korhonen" not in inside(made[0].path)


def test_the_machine_may_stop_at_any_step_of_clearing(book: Path, tmp_path: Path, disk: Disk) -> None:
    back_up(book)
    shutil.copytree(book, tmp_path / "whole")
    disk.back()
    erase(tmp_path / "whole")
    for stop in range(0, len(disk.steps), 12):  # every step of it is stopped in test_store_faults as well
        trial = tmp_path / f"stop-{stop}"
        shutil.copytree(book, trial)
        disk.back()
        disk.stop_at = stop
        with pytest.raises(Stopped):
            erase(trial)
        disk.back()
        store = Store(str(trial))
        assert all(each.is_good for each in store.backups().all())
        if "c-1" in store.read().contacts:
            erase(trial)
        store.compact()
        (only,) = [path for path in (trial / "backups").iterdir() if path.suffix == ".zip"]
        assert "Korhonen" not in inside(str(only))
        assert {path.name for path in (trial / "backups").iterdir()} == {only.name, "lock"}
