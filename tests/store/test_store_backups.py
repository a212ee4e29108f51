"""Backups: one file that is a book, read back before it is kept; never of a damaged book, and thinned."""

from __future__ import annotations

import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact
from store_kit import Disk, Stopped, contents, on_disk, put

from kam_tui.domain import backup
from kam_tui.domain.backup import DAMAGED, Backup
from kam_tui.domain.book import Book
from kam_tui.domain.errors import Busy, Conflict, Damaged, TooNew, Unwritable
from kam_tui.store import files
from kam_tui.store.layout import key_of, render
from kam_tui.store.migrations import SCHEMA
from kam_tui.store.store import Store
from kam_tui.store.vault.backups import FOLDER
from kam_tui.store.vault.shelf import Shelf

pytest_plugins = ("store_fixtures",)

AT = datetime(2026, 11, 22, 14, 15)
ACME = account("Acme", "a-1")


def taken(store: Store, at: datetime = AT, reason: str = "daily") -> Backup:
    """A backup that there surely is."""
    made = store.backups().take(at, reason)
    assert made is not None
    return made


@pytest.fixture
def full(store: Store) -> Store:
    """A book with tables, a history and a journal."""
    put(store, ACME, activity("Talk", "t-1"))
    store.compact()
    put(store, contact("Liisa", "c-1", account_id="a-1"))
    return store


def damage(folder: Path, name: str = "activities.json") -> bytes:
    """Break a file of the book, and return what it was."""
    path = folder / name
    was = path.read_bytes()
    path.write_bytes(was.replace(b'"Talk"', b'"Talk'))
    return was


def test_a_backup_is_a_zip_that_anybody_unpacks_into_a_book(
    full: Store, folder: Path, tmp_path: Path
) -> None:
    made = taken(full, reason="import")
    assert made.path == str(folder / "backups" / "kam-20261122-141500-before-import.zip")
    with zipfile.ZipFile(made.path) as found:
        found.extractall(tmp_path / "unpacked")
    unpacked = tmp_path / "unpacked"
    there = {path.name: path.read_bytes() for path in unpacked.iterdir()}
    assert there == {
        path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".json", ".jsonl")
    }
    assert "history.jsonl" in there
    assert on_disk(unpacked) == on_disk(folder)
    assert list(Store(str(unpacked)).history()) == list(full.history())


def test_a_backup_is_private(full: Store, folder: Path) -> None:
    made = taken(full)
    assert stat.S_IMODE((folder / "backups").stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(made.path).stat().st_mode) == 0o600
    with zipfile.ZipFile(made.path) as found:
        assert {member.external_attr >> 16 & 0o777 for member in found.infolist()} == {0o600}


def test_a_backup_tells_what_is_in_it(full: Store) -> None:
    made = taken(full)
    (found,) = full.backups().all()
    assert (found.at, found.reason, found.is_whole, found.is_sealed) == (AT, "daily", True, False)
    assert found.records == made.records
    assert {table: count for table, count in (found.records or {}).items() if count} == {
        "accounts": 1,
        "contacts": 1,
        "activities": 1,
    }
    assert found.size == made.size == Path(made.path).stat().st_size


def test_nothing_is_taken_of_a_book_that_is_not_there(store: Store, folder: Path) -> None:
    assert store.backups().take(AT) is None
    assert not folder.exists()


def test_none_is_taken_where_nothing_was_written_since(full: Store) -> None:
    backups = full.backups()
    taken(full)
    assert backups.take(AT + timedelta(days=1), "daily") is None
    assert taken(full, AT + timedelta(days=1), "by-hand")
    put(full, activity("More", "t-2"))
    assert taken(full, AT + timedelta(days=2))


def test_those_of_the_same_second_have_names_of_their_own(full: Store) -> None:
    names = [taken(full, reason="by-hand").name for _n in range(3)]
    assert names == [f"kam-20261122-141500-by-hand{n}.zip" for n in ("", "-2", "-3")]
    put(full, activity("More", "t-2"))
    assert taken(full, reason="daily").name == "kam-20261122-141500-daily-4.zip"
    assert [each.count for each in full.backups().all()] == [4, 3, 2, 1]


def test_the_records_of_a_backup_are_read(full: Store, folder: Path) -> None:
    given = on_disk(folder)
    data = Path(taken(full).path).read_bytes()
    put(full, activity("More", "t-2"))
    assert contents(Book.of(*full.backups().read(data, "a.zip"))) == given


@pytest.mark.parametrize("where", ["activities.json", "journal.jsonl", "history.jsonl", "accounts.json"])
def test_a_damaged_book_is_refused_and_no_backup_goes(full: Store, folder: Path, where: str) -> None:
    for n in range(12):
        put(full, activity(f"Talk {n}", f"t-x{n}"))
        taken(full, AT + timedelta(minutes=n))
    before = [each.name for each in full.backups().all()]
    path = folder / where
    path.write_bytes(path.read_bytes().replace(b'"n":2', b'"n":7').replace(b'"id":"', b'"id":', 1))
    for reason in ("daily", "by-hand", "import"):
        with pytest.raises(Damaged, match=str(path)) as refused:
            Store(str(folder)).backups().take(AT + timedelta(days=400), reason)
        assert "look." not in str(refused.value)
    assert [each.name for each in full.backups().all()] == before
    assert sorted(os.listdir(folder / "backups")) == sorted([*before, "lock"])


def test_a_book_in_which_a_record_stands_twice_is_refused(full: Store, folder: Path) -> None:
    document = b'{"id":"c-liisa","created":"2020-01-01","name":"Liisa"}'
    rows = [(key_of("c-liisa"), document), (key_of("c-liisa") + 1, document)]
    full.compact()
    head = (folder / "journal.jsonl").read_bytes().split(b"\n", 1)[0]
    number = json.loads(head)["tables"].get("contacts", 0)
    (folder / "contacts.json").write_bytes(b"".join(render("contacts", number, SCHEMA, rows)))
    with pytest.raises(Damaged, match="holds c-liisa twice"):
        Store(str(folder)).backups().take(AT)


def test_a_book_of_a_newer_kam_is_refused(full: Store, folder: Path) -> None:
    path = folder / "accounts.json"
    path.write_bytes(path.read_bytes().replace(f'"schema":{SCHEMA}'.encode(), b'"schema":99'))
    with pytest.raises(TooNew):
        Store(str(folder)).backups().take(AT)


def test_what_reads_back_otherwise_is_not_kept(
    full: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(path: str, parts: list[bytes], write: Callable[..., None] = files.write_new) -> None:
        write(path, [b"".join(parts)[:-1]] if ".zip" in path else parts)

    taken(full)
    put(full, activity("More", "t-2"))
    monkeypatch.setattr(files, "write_new", forgetful)
    with pytest.raises(Unwritable, match="was not read back as it was written"):
        full.backups().take(AT + timedelta(days=1))
    assert sorted(os.listdir(folder / "backups")) == ["kam-20261122-141500-daily.zip", "lock"]


def test_old_backups_go_only_after_a_new_good_one(full: Store) -> None:
    for n in range(14):
        put(full, activity(f"Talk {n}", f"t-x{n}"))
        taken(full, AT + timedelta(minutes=n))
    assert [each.at for each in full.backups().all()] == [AT + timedelta(minutes=n) for n in range(13, 3, -1)]


def test_the_new_one_stays_even_where_the_clock_went_back(full: Store) -> None:
    for n in range(12):
        put(full, activity(f"Talk {n}", f"t-x{n}"))
        taken(full, AT + timedelta(minutes=n))
    put(full, activity("Late", "t-late"))
    made = taken(full, AT - timedelta(hours=1))
    assert os.path.exists(made.path)


def test_a_backup_cut_short_elsewhere_is_told_as_not_whole(full: Store) -> None:
    made = taken(full)
    data = Path(made.path).read_bytes()
    for broken in (data[:-130], data[9:], data[: len(data) // 2], b""):
        Path(made.path).write_bytes(broken)
        (found,) = full.backups().all()
        assert not found.is_whole
        assert full.backups().newest_good() is None
        with pytest.raises(Damaged, match=r"a\.zip is damaged"):
            full.backups().read(broken, "a.zip")


def test_a_backup_goes_elsewhere_and_never_over_a_file(full: Store, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = full.backups().take(AT, "by-hand", None, str(stick))
    assert made is not None
    assert made.path == str(stick / "kam-20261122-141500-by-hand.zip")
    named = full.backups().take(AT, "by-hand", None, str(stick / "mine.zip"))
    assert named is not None
    assert sorted(path.name for path in stick.iterdir()) == ["kam-20261122-141500-by-hand.zip", "mine.zip"]
    assert full.backups().all() == []
    with pytest.raises(Conflict, match="is there already"):
        full.backups().take(AT, "by-hand", None, str(stick / "mine.zip"))
    with pytest.raises(Unwritable, match="cannot be written"):
        full.backups().take(AT, "by-hand", None, str(tmp_path / "nowhere" / "mine.zip"))


def turned(data: bytes) -> bytes:
    """Stands for sealing, which the store knows nothing about."""
    return data[::-1]


def test_a_sealed_one_is_known_by_the_mark_in_its_name(full: Store, folder: Path) -> None:
    given = on_disk(folder)
    store = Store(str(folder), seal=turned)
    made = taken(store)
    (found,) = store.backups().all()
    assert found.is_sealed
    assert (found.is_good, found.records) == (True, None)
    assert store.backups().take(AT + timedelta(days=1), "daily") is None
    opened = store.backups().read(turned(Path(made.path).read_bytes()), "a.zip")
    assert contents(Book.of(*opened)) == given
    put(store, activity("More", "t-2"))
    assert taken(store, AT + timedelta(days=1))


def test_who_begins_to_seal_gets_a_sealed_one(full: Store, folder: Path) -> None:
    taken(full)
    assert taken(Store(str(folder), seal=turned), AT + timedelta(days=1)).is_sealed


def test_what_sealing_refuses_leaves_no_backup(full: Store, folder: Path) -> None:
    def refuse(_data: bytes) -> bytes:
        raise Conflict("no key")

    with pytest.raises(Conflict, match="no key"):
        full.backups().take(AT, "daily", refuse)
    assert os.listdir(folder / "backups") == ["lock"]


def test_what_others_left_unfinished_is_swept(full: Store, folder: Path) -> None:
    left = folder / "backups" / "look.77.tmp"
    left.mkdir(parents=True)
    (left / "journal.jsonl").write_text("x")
    (folder / "backups" / "kam-20261122-141500-daily.zip.77.tmp").write_text("x")
    (folder / "backups" / "mine.txt").write_text("x")
    taken(full)
    assert sorted(os.listdir(folder / "backups")) == ["kam-20261122-141500-daily.zip", "lock", "mine.txt"]


def test_two_do_not_make_backups_at_once(full: Store, folder: Path) -> None:
    taken(full)
    backups = full.backups()
    backups._shelf = Shelf(str(folder / FOLDER), patience=0.01)
    with Shelf(str(folder / FOLDER)).alone(), pytest.raises(Busy):
        backups.take(AT)


def test_others_write_while_a_backup_is_read_through(full: Store, folder: Path) -> None:
    def meanwhile(data: bytes) -> bytes:
        put(Store(str(folder)), activity("Meanwhile", "t-meanwhile"))
        return data

    full.backups().take(AT, "daily", meanwhile)
    assert "t-meanwhile" in on_disk(folder)["activities"]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only two backups of a day are kept, so that a third one lets one go."""
    monkeypatch.setattr(backup, "MOST_RECENT", 2)


@pytest.mark.usefixtures("few")
def test_the_machine_may_stop_at_any_step_of_a_backup(
    full: Store, folder: Path, tmp_path: Path, disk: Disk
) -> None:
    for n in range(2):
        put(full, activity(f"Talk {n}", f"t-x{n}"))
        taken(full, AT + timedelta(minutes=n))
    put(full, activity("New", "t-new"))
    given, later = on_disk(folder), AT + timedelta(minutes=20)
    old = [each.name for each in full.backups().all()]
    shutil.copytree(folder, tmp_path / "whole")
    disk.back()
    made = taken(Store(str(tmp_path / "whole")), later)
    assert "remove" in disk.steps
    seen = set()
    for stop in range(len(disk.steps)):
        place = tmp_path / f"stop-{stop}"
        shutil.copytree(folder, place)
        disk.back()
        disk.stop_at = stop
        with pytest.raises(Stopped):
            taken(Store(str(place)), later)
        disk.back()
        backups = Store(str(place)).backups()
        assert all(each.is_good for each in backups.all())
        found = tuple(each.name for each in backups.all())
        assert found in ((*old,), (made.name, *old), (made.name, *old[:-1]))
        if found not in seen:
            seen.add(found)
            for each in backups.all():
                backups.read(Path(each.path).read_bytes(), each.name)
        assert on_disk(place) == given
        backups.take(later, "by-hand")
        assert not [name for name in os.listdir(place / "backups") if "tmp" in name]
    assert len(seen) > 1


def test_a_disk_that_refuses_any_step_leaves_the_older_ones(
    full: Store, folder: Path, tmp_path: Path, disk: Disk
) -> None:
    taken(full)
    put(full, activity("New", "t-new"))
    shutil.copytree(folder, tmp_path / "whole")
    disk.back()
    taken(Store(str(tmp_path / "whole")), AT + timedelta(days=1))
    steps, refused = len(disk.steps), 0
    for fail in range(steps):
        place = tmp_path / f"fail-{fail}"
        shutil.copytree(folder, place)
        disk.back()
        disk.refuse_at = fail
        store = Store(str(place))
        try:
            taken(store, AT + timedelta(days=1))
        except Unwritable as problem:
            assert "No space left" in str(problem)  # noqa: PT017
            refused += 1
        disk.back()
        assert "kam-20261122-141500-daily.zip" in [
            each.name for each in store.backups().all() if each.is_good
        ]
        assert all(each.is_whole for each in store.backups().all())
    assert refused > steps // 2


def test_a_damaged_one_is_kept_by_itself_and_never_thinned(full: Store, folder: Path) -> None:
    data = Path(taken(full).path).read_bytes()
    damage(folder)
    kept = Store(str(folder)).backups().put_back(data, "a.zip", NOW + timedelta(days=1), "anna@cli")
    assert kept is not None
    assert kept.reason == DAMAGED
    store = Store(str(folder))
    for n in range(12):
        put(store, activity(f"Talk {n}", f"t-x{n}"))
        taken(store, AT + timedelta(days=500, minutes=n))
    assert kept.name in [each.name for each in store.backups().all()]
    newest = store.backups().newest_good()
    assert newest is not None
    assert newest.at == AT + timedelta(days=500, minutes=11)
