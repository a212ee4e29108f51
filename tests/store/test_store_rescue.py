"""A backup in the place of a damaged book: stopped anywhere, the book is damaged or whole, never empty."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from builders import NOW, account, activity, contact
from store_kit import Disk, Stopped, contents, on_disk, put

from kam_tui.domain.backup import Backup
from kam_tui.domain.errors import Damaged, Invalid, KamError, Unwritable
from kam_tui.store import migrations
from kam_tui.store.store import Store
from kam_tui.usecases import erasing

pytest_plugins = ("store_fixtures",)

AT = datetime(2026, 11, 22, 14, 15)
ACME = account("Acme", "a-1")
LIISA = contact("Liisa Korhonen", "c-1", account_id="a-1")


def journal_alone(store: Store) -> None:
    """A young book: nothing but a journal."""
    put(store, account("Acme", "a-1"))
    put(store, activity("Talk", "t-1"))


def tables_and_history(store: Store) -> None:
    """A book that has been compacted."""
    journal_alone(store)
    store.compact()
    put(store, account("Beta", "a-2"))


Begin = Callable[[Store], None]


@pytest.fixture(params=[journal_alone, tables_and_history])
def begin(request: pytest.FixtureRequest) -> Begin:
    found: Begin = request.param
    return found


def backed_up(folder: Path) -> bytes:
    """The bytes of a backup of the book at a folder."""
    made = Store(str(folder)).backups().take(AT)
    assert made is not None
    return Path(made.path).read_bytes()


def spoil(folder: Path) -> None:
    """The book has grown since, has other files, and its journal is damaged at its first line."""
    store = Store(str(folder))
    put(store, activity("Later", "t-later"))
    store.database.table("gadgets").insert({"a": 1})
    store.compact()
    put(store, activity("Latest", "t-latest"))
    (folder / "journal.jsonl.torn-1").write_text("torn")
    path = folder / "journal.jsonl"
    path.write_bytes(b"X" + path.read_bytes()[1:])


def spoil_a_table(folder: Path) -> None:
    """The book has a change more in its journal, and one of its tables is damaged."""
    put(Store(str(folder)), activity("Later", "t-later"))
    path = folder / "activities.json"
    path.write_bytes(path.read_bytes().replace(b'"id"', b'"id', 1))


def put_back(folder: Path, data: bytes, *, keep: bool = True) -> Backup | None:
    return Store(str(folder)).backups().put_back(data, "a.zip", NOW, "anna@cli", keep=keep)


def test_the_files_of_the_backup_are_the_book_and_the_damaged_ones_are_kept(
    folder: Path, begin: Begin
) -> None:
    begin(Store(str(folder)))
    given, told = on_disk(folder), list(Store(str(folder)).history())
    data = backed_up(folder)
    spoil(folder)
    ruin = {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "lock"
    }
    with pytest.raises(Damaged):
        Store(str(folder)).read()
    kept = put_back(folder, data)
    assert on_disk(folder) == given
    assert list(Store(str(folder)).history()) == told
    assert not (folder / "gadgets.json").exists()
    assert (folder / "journal.jsonl.torn-1").exists()
    assert kept is not None
    with zipfile.ZipFile(kept.path) as found:
        assert {name: found.read(name) for name in found.namelist()} == ruin


def test_a_book_is_made_where_there_was_none(folder: Path, tmp_path: Path, begin: Begin) -> None:
    begin(Store(str(folder)))
    given, data = on_disk(folder), backed_up(folder)
    new = tmp_path / "new"
    assert put_back(new, data) is None
    assert on_disk(new) == given
    assert [each.change for each in Store(str(new)).history()] == [
        each.change for each in Store(str(folder)).history()
    ]


def test_without_keeping_nothing_is_kept(folder: Path) -> None:
    tables_and_history(Store(str(folder)))
    data = backed_up(folder)
    spoil(folder)
    assert put_back(folder, data, keep=False) is None
    assert len(Store(str(folder)).backups().all()) == 1


def test_a_store_that_was_open_sees_it(folder: Path) -> None:
    tables_and_history(Store(str(folder)))
    given, data = on_disk(folder), backed_up(folder)
    spoil(folder)
    open_one = Store(str(folder))
    with pytest.raises(Damaged):
        open_one.read()
    put_back(folder, data)
    assert contents(open_one.read()) == given
    put(open_one, activity("Goes on", "t-on"))
    assert "t-on" in on_disk(folder)["activities"]


@pytest.mark.parametrize("data", [b"", b"PK\3\4"])
def test_what_is_no_backup_takes_nobodys_place(folder: Path, data: bytes) -> None:
    tables_and_history(Store(str(folder)))
    spoil(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises((Damaged, Invalid)):
        put_back(folder, data)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_backup_of_a_damaged_book_takes_nobodys_place(folder: Path) -> None:
    tables_and_history(Store(str(folder)))
    data = backed_up(folder)
    spoil(folder)
    kept = put_back(folder, data)
    assert kept is not None
    given = on_disk(folder)
    with pytest.raises((Damaged, Invalid)):
        put_back(folder, Path(kept.path).read_bytes())
    assert on_disk(folder) == given


def sign_of(folder: Path) -> int:
    """What tells two folders apart, but for the numbers of processes."""
    some = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock")
    return hash(tuple((re.sub(r"\d+\.tmp", "tmp", path.name), path.read_bytes()) for path in some))


def state(folder: Path) -> object:
    """What the book holds; what is said of it where it cannot be read."""
    try:
        return on_disk(folder)
    except KamError as problem:
        return type(problem)


@pytest.mark.parametrize(
    ("begin", "spoil"),
    [(journal_alone, spoil), (tables_and_history, spoil), (tables_and_history, spoil_a_table)],
)
def test_the_machine_may_stop_at_any_step(
    folder: Path, tmp_path: Path, disk: Disk, begin: Begin, spoil: Callable[[Path], None]
) -> None:
    begin(Store(str(folder)))
    given, data = on_disk(folder), backed_up(folder)
    spoil(folder)
    shutil.copytree(folder, tmp_path / "whole")
    disk.back()
    put_back(tmp_path / "whole", data)
    steps, seen, signs = list(disk.steps), set(), set()
    for stop in range(len(steps)):
        place = tmp_path / f"stop-{stop}"
        shutil.copytree(folder, place)
        disk.back()
        disk.stop_at = stop
        with pytest.raises(Stopped):
            put_back(place, data)
        disk.back()
        found = state(place)
        assert found in (Damaged, given)
        seen.add(found is Damaged)
        with zipfile.ZipFile(place / "backups" / "kam-20261122-141500-by-hand.zip") as backup:
            assert backup.testzip() is None
        ruins = [each for each in Store(str(place)).backups().all() if each.reason == "damaged"]
        if (place / "journal.jsonl").read_bytes() != (folder / "journal.jsonl").read_bytes():
            assert len(ruins) == 1
        if (sign := sign_of(place)) in signs:
            continue
        signs.add(sign)
        put_back(place, data)
        assert on_disk(place) == given
        put(Store(str(place)), activity("Goes on", "t-on"))
        Store(str(place)).compact()
        assert not [path for path in place.rglob("*") if ".tmp" in path.name]
    assert seen == {True, False}


def test_a_new_book_may_be_stopped_at_any_step(
    folder: Path, tmp_path: Path, disk: Disk, begin: Begin
) -> None:
    begin(Store(str(folder)))
    given, data = on_disk(folder), backed_up(folder)
    disk.back()
    put_back(tmp_path / "whole", data)
    for stop in range(len(disk.steps)):
        place = tmp_path / f"stop-{stop}"
        disk.back()
        disk.stop_at = stop
        with pytest.raises(Stopped):
            put_back(place, data)
        disk.back()
        found = state(place)
        nothing = isinstance(found, dict) and not any(found.values())
        assert nothing or found in (Damaged, given)
        if nothing:
            assert not Store(str(place)).backups().has_book
        put_back(place, data)
        assert on_disk(place) == given


def test_a_disk_that_refuses_any_step_is_told(folder: Path, tmp_path: Path, disk: Disk) -> None:
    tables_and_history(Store(str(folder)))
    given, data = on_disk(folder), backed_up(folder)
    spoil(folder)
    shutil.copytree(folder, tmp_path / "whole")
    disk.back()
    put_back(tmp_path / "whole", data)
    refused = 0
    for fail in range(len(disk.steps)):
        place = tmp_path / f"fail-{fail}"
        shutil.copytree(folder, place)
        disk.back()
        disk.refuse_at = fail
        try:
            put_back(place, data)
        except Unwritable as problem:
            assert "cannot be written: No space left" in str(problem)  # noqa: PT017
            refused += 1
        disk.back()
        assert state(place) in (Damaged, given)
        put_back(place, data)
        assert on_disk(place) == given
    assert refused > 20


def test_whoever_was_erased_does_not_come_back(folder: Path, tmp_path: Path) -> None:
    store = Store(str(folder))
    put(store, ACME, LIISA, activity("Lunch", "t-1", account_id="a-1", contact_ids=("c-1",)))
    store.compact()
    data = backed_up(folder)
    book = store.read()
    store.erase(erasing.erase(book, NOW, [LIISA]), NOW, "anna@cli")
    (erasure,) = store.read().erasures.values()
    spoil_a_table(folder)
    put_back(folder, data)
    found = Store(str(folder)).read()
    assert list(found.contacts) == []
    assert found.activities["t-1"].contact_ids == ()
    assert list(found.erasures) == [erasure.id]
    files = [path for path in folder.iterdir() if path.is_file()]
    assert not [path.name for path in files if b"Korhonen" in path.read_bytes()]


def test_that_somebody_was_erased_is_not_forgotten(folder: Path) -> None:
    store = Store(str(folder))
    put(store, ACME)
    data = backed_up(folder)
    put(store, LIISA)
    store.erase(erasing.erase(store.read(), NOW, [LIISA]), NOW, "anna@cli")
    erasures = dict(store.read().erasures)
    (folder / "journal.jsonl").write_bytes(b"")
    put_back(folder, data)
    assert dict(Store(str(folder)).read().erasures) == erasures


def test_an_erased_person_of_an_older_schema_does_not_come_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(str(folder))
    put(store, ACME, LIISA)
    store.compact()
    data = backed_up(folder)
    monkeypatch.setattr(
        migrations, "MIGRATIONS", {**migrations.MIGRATIONS, migrations.SCHEMA: lambda _table, row: row}
    )
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)
    store = Store(str(folder))
    store.erase(erasing.erase(store.read(), NOW, [LIISA]), NOW, "anna@cli")
    (folder / "journal.jsonl").write_bytes(b"")
    put_back(folder, data)
    assert list(Store(str(folder)).read().contacts) == []
    assert not [path for path in folder.rglob("*") if ".tmp" in path.name]
