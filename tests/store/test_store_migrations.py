"""Schema versions: an older book is copied, then brought up to date; a newer one is refused."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from builders import account, activity
from store_kit import contents, on_disk, put, write

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, add
from kam_tui.domain.draft import Options
from kam_tui.domain.errors import TooNew
from kam_tui.formats.json_book import read
from kam_tui.store import migrations
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


BOOKS = Path(__file__).parent / "books"
"""A book of every past schema version as that kam wrote it, and beside it what is in it, as JSON."""

NOW_SCHEMA = migrations.SCHEMA
"""The version that this kam writes: the older one, in the tests of a newer kam."""


def shout(table: str, document: dict[str, Any]) -> dict[str, Any]:
    """From this version to the next: names of accounts in capitals, and one more key."""
    if table == "accounts":
        document["name"] = document["name"].upper()
        document.setdefault("tags", []).append("two")
    return document


def drop_city(table: str, document: dict[str, Any]) -> dict[str, Any]:
    """From that one to the next but one."""
    document.pop("city", None)
    return document


@pytest.fixture
def older(folder: Path) -> Path:
    """A book of the present version: records in a table file and in the journal, and a history."""
    store = Store(str(folder))
    put(store, account("Acme", "a-1", city="Oulu"), account("Beta", "a-2"), activity("Talk", "t-1"))
    store.compact()
    put(store, account("Gamma", "a-3", city="Turku"))
    write(store, Edit(account("Beta", "a-2"), None))
    return folder


@pytest.fixture
def newer_kam(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kam two schema versions on, come after the older one."""
    be_newer(monkeypatch)


def be_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two more migrations than there are."""
    later = {NOW_SCHEMA: shout, NOW_SCHEMA + 1: drop_city}
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS | later)
    monkeypatch.setattr(migrations, "SCHEMA", NOW_SCHEMA + 2)


MIGRATED = {
    "a-1": account("ACME", "a-1", tags=("two",)),
    "a-3": account("GAMMA", "a-3", tags=("two",)),
}


def test_there_is_a_migration_from_every_version_to_the_next() -> None:
    assert sorted(migrations.MIGRATIONS) == list(range(1, migrations.SCHEMA))


def test_of_every_past_version_a_book_is_kept_to_try() -> None:
    kept = sorted(path.name for path in BOOKS.iterdir() if path.is_dir())
    assert kept == [f"schema-{version}" for version in range(1, migrations.SCHEMA)]


@pytest.mark.parametrize("version", range(1, migrations.SCHEMA))
def test_a_book_of_every_past_version_is_read_changed_and_rewritten_whole(version: int, folder: Path) -> None:
    shutil.copytree(BOOKS / f"schema-{version}", folder)
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.chmod(0o600)
    wanted = Book.of(*read((BOOKS / f"schema-{version}.json").read_bytes(), Options()).records)
    store = Store(str(folder))
    assert contents(store.read()) == contents(wanted)
    told = list(store.history())
    assert [entry.number for entry in told] == list(range(len(told), 0, -1))
    later = put(store, account("Later", "a-later"))
    assert store.compact()
    again = Store(str(folder))
    assert (
        contents(again.read())
        == contents(later)
        == contents(wanted.after([add(account("Later", "a-later"))]))
    )
    assert list(again.history())[1:] == told
    assert {file["_meta"]["1"]["schema"] for file in map(table_file, folder.glob("*.json"))} == {NOW_SCHEMA}
    assert again.check() == []


def kept_of(folder: Path) -> dict[str, bytes]:
    """The files in the newest backup, each of which was made before a migration."""
    backups = Store(str(folder)).backups().all()
    assert {each.reason for each in backups} == {"migration"}
    with zipfile.ZipFile(backups[0].path) as found:
        return {name: found.read(name) for name in found.namelist()}


@pytest.mark.usefixtures("newer_kam")
def test_an_older_book_that_is_damaged_somewhere_is_kept_as_it_is_and_written_to(older: Path) -> None:
    path = older / "activities.json"
    path.write_bytes(path.read_bytes().replace(b'"id"', b"\"id'", 1))
    broken = path.read_bytes()
    for name in ("Delta", "Epsilon"):
        put(Store(str(older)), account(name))
    (backup,) = Store(str(older)).backups().all()
    assert backup.reason == "damaged"
    with zipfile.ZipFile(backup.path) as found:
        assert found.read("activities.json") == broken
    assert {"Delta", "Epsilon"} < {each.name for each in Store(str(older)).read().accounts.values()}


@pytest.mark.usefixtures("newer_kam")
def test_the_backup_of_an_older_book_is_sealed_as_all_are(older: Path) -> None:
    put(Store(str(older), seal=lambda data: data[::-1]), account("Delta", "a-4"))
    (backup,) = Store(str(older)).backups().all()
    assert (backup.reason, backup.is_sealed) == ("migration", True)


@pytest.mark.usefixtures("newer_kam")
def test_a_backup_of_an_older_book_is_restored_as_the_present_version(older: Path) -> None:
    store = Store(str(older))
    put(store, account("Delta", "a-4"))
    (backup,) = store.backups().all()
    found = Book.of(*store.backups().read(Path(backup.path).read_bytes(), backup.name))
    assert contents(found)["accounts"] == MIGRATED


def table_file(path: Path) -> Any:
    """A table file as JSON."""
    return json.loads(path.read_bytes())


@pytest.mark.usefixtures("newer_kam")
def test_an_older_book_is_read_as_the_present_version_and_left_as_it_is(older: Path) -> None:
    before = {path.name: path.read_bytes() for path in older.iterdir()}
    store = Store(str(older))
    assert contents(store.read())["accounts"] == MIGRATED
    assert list(store.read().activities) == ["t-1"]
    assert {path.name: path.read_bytes() for path in older.iterdir()} == before
    assert [entry.change.edits[0].record.id for entry in store.history()] == ["a-2", "a-3", "a-1"]
    assert next(store.history()).change.edits[0].before == account("BETA", "a-2", tags=("two",))


@pytest.mark.usefixtures("newer_kam")
def test_the_first_change_copies_the_book_and_a_compaction_rewrites_it(older: Path) -> None:
    before = {path.name: path.read_bytes() for path in older.iterdir() if path.suffix in (".json", ".jsonl")}
    store = Store(str(older))
    put(store, account("Delta", "a-4"))
    assert kept_of(older) == before
    wanted = MIGRATED | {"a-4": account("Delta", "a-4")}
    assert on_disk(older)["accounts"] == wanted
    assert store.compact()
    assert on_disk(older)["accounts"] == wanted
    assert f'"schema":{NOW_SCHEMA + 2}' in (older / "activities.json").read_text()
    assert "city" not in (older / "accounts.json").read_text()
    put(store, account("Epsilon", "a-5"))
    assert len(store.backups().all()) == 1
    assert len(list(Store(str(older)).history())) == 5
    assert store.check() == []


@pytest.mark.usefixtures("newer_kam")
def test_a_compaction_copies_an_older_book_too(older: Path) -> None:
    store = Store(str(older))
    assert store.read().activities
    store.tidy()
    assert f'"schema":{NOW_SCHEMA + 2}' in (older / "accounts.json").read_text()
    assert f'"schema":{NOW_SCHEMA}'.encode() in kept_of(older)["accounts.json"]
    assert on_disk(older)["accounts"] == MIGRATED


@pytest.mark.usefixtures("newer_kam")
def test_tidying_a_migrated_book_finishes_the_work(older: Path) -> None:
    store = Store(str(older))
    put(store, account("Delta", "a-4"))
    assert store.read().activities
    store.tidy()
    assert f'"schema":{NOW_SCHEMA + 2}' in (older / "activities.json").read_text()


def test_a_book_of_a_newer_kam_is_refused_and_left_alone(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        be_newer(newer)
        put(Store(str(older)), account("Delta", "a-4"))
        journal_alone = (older / "journal.jsonl").read_bytes()
        for step in ("journal", "tables"):
            if step == "tables":
                Store(str(older)).compact()
            with monkeypatch.context() as old:
                old.setattr(migrations, "SCHEMA", NOW_SCHEMA)
                told = rf"written by a newer kam \(schema {NOW_SCHEMA + 2}; this one knows {NOW_SCHEMA}\)"
                with pytest.raises(TooNew, match=told):
                    Store(str(older)).read()
                with pytest.raises(TooNew):
                    put(Store(str(older)), account("Never", "a-9"))
                assert any("newer kam" in finding for finding in Store(str(older)).check())
                if step == "journal":
                    assert (older / "journal.jsonl").read_bytes() == journal_alone
