"""Zips from anywhere: only files of a book, no more of them than fits, and each as it was written."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from builders import account
from hypothesis import given, settings
from hypothesis import strategies as st
from store_kit import put

from kam_tui.domain.errors import Damaged, Invalid, KamError, TooNew, Unwritable
from kam_tui.store.folder import Folder
from kam_tui.store.store import Store
from kam_tui.store.vault import bundle

pytest_plugins = ("store_fixtures",)

JOURNAL = b"anything"


def zipped(held: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", how) as made:
        for name, data in held.items():
            made.writestr(name, data)
    return whole.getvalue()


def test_what_was_packed_is_unpacked(tmp_path: Path) -> None:
    held = {"journal.jsonl": JOURNAL, "accounts.json": b"", "history-2.jsonl": bytes(range(256)) * 99}
    assert bundle.unpack(zipped(held), "a.zip") == held
    assert bundle.unpack(zipped(held, zipfile.ZIP_STORED), "a.zip") == held


@pytest.mark.parametrize(
    "written",
    [b"", JOURNAL[:-1], JOURNAL + b"!", b"anythinG", bytes(3 << 20)],
    ids=["nothing", "shorter", "longer", "other", "much"],
)
def test_what_was_packed_otherwise_than_it_was_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, written: bytes
) -> None:
    held = {"journal.jsonl": JOURNAL, "accounts.json": bytes(range(256)) * 9999}
    at = datetime(2026, 11, 22)
    assert bundle.unpack(bundle.packed(held, "a.zip", at, {}), "a.zip") == held
    write = zipfile.ZipFile.writestr

    def forgetful(self: zipfile.ZipFile, member: zipfile.ZipInfo, data: bytes, *how: int) -> None:
        write(self, member, written if data == JOURNAL else data, *how)

    monkeypatch.setattr(zipfile.ZipFile, "writestr", forgetful)
    with pytest.raises(Unwritable, match="was not read back as it was written"):
        bundle.packed(held, "a.zip", at, {})


@pytest.mark.parametrize(
    "name",
    [
        "../accounts.json",
        "/etc/accounts.json",
        "book/accounts.json",
        "..\\accounts.json",
        "C:accounts.json",
        "backups/",
        "lock",
        "notes.txt",
        "accounts.json/",
        "%2e%2e%2faccounts.json",
        "journal.jsonl.torn-1",
        "\x1b[31m.json",
    ],
)
def test_only_files_of_a_book_are_taken(name: str) -> None:
    with pytest.raises(Invalid, match="is no file of a book") as refused:
        bundle.unpack(zipped({"journal.jsonl": JOURNAL, name: b"{}"}), "a.zip")
    assert "\x1b" not in str(refused.value)


def test_a_zip_without_a_journal_is_no_book() -> None:
    with pytest.raises(Invalid, match=r"there is no journal\.jsonl in it"):
        bundle.unpack(zipped({"accounts.json": b"{}"}), "a.zip")


def test_a_name_that_is_there_twice_is_refused() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        made.writestr("journal.jsonl", b"one")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("journal.jsonl", b"two")
    with pytest.raises(Invalid, match=r"journal\.jsonl is in it twice"):
        bundle.unpack(whole.getvalue(), "a.zip")


def test_too_much_is_refused_before_any_of_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"journal.jsonl": JOURNAL, "accounts.json": bytes(1 << 20)})
    monkeypatch.setattr(bundle, "MOST_BYTES", 1 << 19)
    with pytest.raises(Invalid, match="too large to be a book"):
        bundle.unpack(bomb, "a.zip")
    monkeypatch.setattr(bundle, "MOST_BYTES", 1 << 30)
    monkeypatch.setattr(bundle, "MOST_FILES", 1)
    with pytest.raises(Invalid, match="too large to be a book"):
        bundle.unpack(bomb, "a.zip")


def test_a_file_that_is_larger_than_it_says_is_refused() -> None:
    data = zipped({"journal.jsonl": JOURNAL, "accounts.json": bytes(1 << 20)})
    lied = data.replace(struct.pack("<L", 1 << 20), struct.pack("<L", 100))
    assert lied != data
    with pytest.raises(Damaged, match=r"a\.zip is damaged"):
        bundle.unpack(lied, "a.zip")
    with pytest.raises(Damaged, match=r"a\.zip is damaged"):
        bundle.unpack(data.replace(struct.pack("<L", 1 << 20), struct.pack("<L", 1 << 21)), "a.zip")


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(how: int) -> None:
    with pytest.raises(Invalid, match="packed in a way that kam does not use"):
        bundle.unpack(zipped({"journal.jsonl": JOURNAL}, how), "a.zip")


def test_a_zip_with_a_password_is_refused() -> None:
    data = bytearray(zipped({"journal.jsonl": JOURNAL}))
    directory = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    with pytest.raises(Invalid, match="packed in a way that kam does not use"):
        bundle.unpack(bytes(data), "a.zip")


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip", b"\0" * 5000, zipped({})[:-1]])
def test_what_is_no_zip_is_told(data: bytes) -> None:
    with pytest.raises(Damaged, match=r"a\.zip is damaged: it is not as it was written, or no zip at all"):
        bundle.unpack(data, "a.zip")


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    store = Store(str(tmp_path_factory.mktemp("world") / "book"))
    put(store, account("Acme"))
    store.compact()
    put(store, account("Beta"))
    return bundle.packed(bundle.of_book(Folder(store.folder)), "a.zip", datetime(2026, 11, 22), {})


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_to_a_backup_is_noticed_or_changes_nothing(backup: bytes, data: st.DataObject) -> None:
    given = bundle.unpack(backup, "a.zip")
    at = data.draw(st.integers(0, len(backup) - 1))
    broken = bytearray(backup)
    broken[at] ^= data.draw(st.integers(1, 255))
    try:
        found = bundle.unpack(bytes(broken[: data.draw(st.sampled_from([len(backup), at]))]), "a.zip")
    except KamError as problem:
        assert isinstance(problem, Invalid | Damaged | TooNew)  # noqa: PT017
    else:
        assert found == given
