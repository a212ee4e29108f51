"""Check: a sound book has no findings; what is wrong is told in whole sentences, and nothing changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from builders import account, activity, contact, reminder
from store_kit import put, write

from kam_tui.domain.change import Edit
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


@pytest.fixture
def sound(store: Store) -> Store:
    acme = account("Acme", "a-acme")
    put(store, acme, contact("Liisa", account_id="a-acme"), reminder(account_id="a-acme"))
    put(store, activity("Talk", account_id="a-acme", contact_ids=("c-liisa",)))
    store.compact()
    write(store, Edit(acme, replace(acme, city="Turku")))
    return store


def test_a_sound_book_has_no_findings(sound: Store, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sound.check() == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_no_book_is_a_finding(folder: Path) -> None:
    (finding,) = Store(str(folder)).check()
    assert finding == f"There is no book at {folder}."


def test_files_that_others_may_read_are_told(sound: Store, folder: Path) -> None:
    (folder / "accounts.json").chmod(0o644)
    folder.chmod(0o755)
    findings = sound.check()
    assert findings == [
        f"Others on this computer may read or write {folder}.",
        f"Others on this computer may read or write {folder / 'accounts.json'}.",
    ]


def test_references_to_nobody_are_told(sound: Store) -> None:
    put(sound, contact("Pekka", account_id="a-gone"), activity("Met", contact_ids=("c-liisa", "c-gone")))
    assert sound.check() == [
        "contacts c-pekka: account_id names a-gone, which is not in the book.",
        "activities t-met: contact_ids names c-gone, which is not in the book.",
    ]


@pytest.mark.parametrize(
    "name", ["accounts (Anna's conflicted copy 2026-01-02).json", "journal.sync-conflict-20260102-1-A.jsonl"]
)
def test_copies_of_sync_tools_are_told(sound: Store, folder: Path, name: str) -> None:
    copy = folder / name
    copy.write_bytes((folder / "accounts.json").read_bytes())
    copy.chmod(0o600)
    (finding,) = sound.check()
    assert name in finding
    assert sound.read().accounts


def test_a_key_of_another_id_is_told(sound: Store, folder: Path) -> None:
    path = folder / "contacts.json"
    path.write_text(path.read_text().replace('"id":"c-liisa"', '"id":"c-niisa"'))
    assert any("c-niisa stands at the key of another id" in finding for finding in sound.check())


def test_several_refused_documents_are_told_at_once(sound: Store, folder: Path) -> None:
    for name in ("contacts.json", "reminders.json"):
        path = folder / name
        path.write_text(path.read_text().replace('"created":"2', '"created":"x'))
    findings = sound.check()
    assert [name for name in ("contacts.json", "reminders.json") if any(name in f for f in findings)] == [
        "contacts.json",
        "reminders.json",
    ]
