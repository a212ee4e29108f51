"""Places: who keeps a book in a folder that is synced, or open to others, is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_tui.store.care import places
from kam_tui.store.care.names import COPY, KEPT, LEFT_OVER, OTHER, OURS, copies, sort_of
from kam_tui.store.folder import Folder


@pytest.mark.parametrize(
    ("inside", "tool"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Acme Oy)", "Dropbox"),
        ("OneDrive - Acme Oy", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Google Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-anna@acme.example/My Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("pCloudDrive", "pCloud"),
        ("Box Sync", "Box"),
        ("box", ""),
        ("My Dropbox notes", ""),
    ],
)
def test_a_folder_is_known_by_the_names_above_it(tmp_path: Path, inside: str, tool: str) -> None:
    folder = tmp_path / inside / "deep" / "book"
    folder.mkdir(parents=True)
    assert places.sync_tool(str(folder)) == tool


@pytest.mark.parametrize(
    ("mark", "tool"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0a1b2c.db", "Nextcloud"),
        (".tmp.driveupload", "Google Drive"),
        (".dropbox", ""),
        (".syncrc", ""),
    ],
)
def test_a_folder_is_known_by_what_lies_above_it(tmp_path: Path, mark: str, tool: str) -> None:
    folder = tmp_path / "deep" / "book"
    folder.mkdir(parents=True)
    (tmp_path / mark).mkdir()
    assert places.sync_tool(str(folder)) == tool


def test_a_link_into_a_synced_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Nextcloud" / "book").mkdir(parents=True)
    (tmp_path / "book").symlink_to(tmp_path / "Nextcloud" / "book")
    assert places.sync_tool(str(tmp_path / "book")) == "Nextcloud"


MOUNTS = [("/", "ext4"), ("/home", "nfs4"), ("/home/anna/disk", "ext4"), ("/mnt", "fuse.sshfs")]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/book", ""),
        ("/home/anna", "nfs4"),
        ("/home/anna/disk/book", ""),
        ("/mnt", "fuse.sshfs"),
        ("/mnt2", ""),
    ],
)
def test_a_network_is_known_by_the_nearest_file_system(
    monkeypatch: pytest.MonkeyPatch, folder: str, kind: str
) -> None:
    monkeypatch.setattr(places, "_mounts", lambda: MOUNTS)
    assert places.network_of(folder) == kind
    assert [kind in said for said in places.remarks(folder)] == ([True] if kind else [])


def test_who_begins_a_book_is_told_in_a_line_each(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "book"
    folder.mkdir(parents=True, mode=0o700)
    folder.chmod(0o755)
    (open_to_others, synced) = places.warnings(str(folder))
    assert open_to_others == (
        f"Others on this computer may read or write {folder}. kam doctor --repair changes that."
    )
    assert synced == f"{folder} is synced by Dropbox: kam doctor tells what to mind."
    folder.chmod(0o700)
    assert list(places.warnings(str(folder))) == [synced]
    assert list(places.warnings(str(tmp_path))) == []


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("journal.jsonl", OURS),
        ("history.jsonl", OURS),
        ("history-12.jsonl", OURS),
        ("accounts.json", OURS),
        ("lock", OURS),
        ("backups", OURS),
        (".git", OURS),
        ("desktop.ini", OURS),
        ("accounts.json.123.tmp", LEFT_OVER),
        ("journal.jsonl.torn-1", KEPT),
        ("accounts.json.damaged-12", KEPT),
        ("journal (1).jsonl.merged", KEPT),
        ("journal (1).jsonl.merged-2", KEPT),
        ("journal (1).jsonl", COPY),
        ("history (Annan ristiriitainen kopio).jsonl", COPY),
        ("accounts.sync-conflict-20261120-101500-ABC.json", COPY),
        ("contacts (SFConflict anna 2026-11-20).json", COPY),
        ("journal.json", OURS),
        ("notes.txt", OTHER),
        ("accounts.csv", OTHER),
        ("my accounts.json", OTHER),
    ],
)
def test_what_a_file_is_is_told_by_its_name(name: str, sort: str) -> None:
    assert sort_of(name) == sort


def test_copies_lie_in_the_folder(tmp_path: Path) -> None:
    for name in ("journal.jsonl", "journal 2.jsonl"):
        (tmp_path / name).write_bytes(b"")
    assert copies(Folder(str(tmp_path))) == [str(tmp_path / "journal 2.jsonl")]
    assert copies(Folder(str(tmp_path / "none"))) == []
