"""`kam backup` and `kam restore`, and the backups that other words make on their way."""

from __future__ import annotations

import base64
import os
import zipfile
from pathlib import Path

import pytest
from pyrage import x25519
from shell_run import Kam

SEALED = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBiRDhnVlU0YkMyc0FlNUErbUcvbjB3IDIKS1BOV1c2ZVFzSitod0pPeUVM"
    "VVRjSTZyUTVWVDV3ZHMzTERzUHk2TG52SQotLS0gbEhnOW40dkQ5QXJNNTBrVVJGSmtKbXhXK09aWGE2b3pTVUhtMmFUK3JwQQoa"
    "HWmJjeBwwP3VEgw1PH5NJOmv+eDmpHUWdKFpF31Wpinxd3+ORhQYBfO8ya91dw0g2xNvCHyK8Eg7LGlauzP4v1W9NajpbA=="
)
"""A CSV file with Pekka Koe in it, under the passphrase `open sesame`; it opens at once."""

CARDS = "Name,Email,Company\nPekka Koe,pekka@koe.example,Koe Oy\n"


@pytest.fixture
def rows(tmp_path: Path) -> str:
    file = tmp_path / "rows.csv"
    file.write_text(CARDS, "utf-8")
    return str(file)


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """The clock stands at another time from now on."""
    monkeypatch.setenv("KAM_NOW", moment)


def names(kam: Kam) -> list[str]:
    """The names of the backups, newest first."""
    return [each["name"] for each in kam("backup", "list", "--json").json["backups"]]


def accounts(kam: Kam) -> list[str]:
    return [each["name"] for each in kam("account", "list", "--json").json["accounts"]]


def damage(book: Path) -> None:
    path = book / "journal.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[1] = lines[1].replace(b"Acme", b"Acne")
    path.write_bytes(b"\n".join(lines))


def test_a_backup_is_made_by_hand_and_told(full: Kam, book: Path) -> None:
    ran = full("backup")
    path = book / "backups" / "kam-20261122-140300-by-hand.zip"
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"Backed up to {path}",
        "7 records: accounts 2, contacts 2, activities 2, reminders 1",
    ]
    with zipfile.ZipFile(path) as found:
        assert found.testzip() is None
    made = full("backup", "--json").json["backup"]
    assert made["name"] == "kam-20261122-140300-by-hand-2.zip"
    assert (made["reason"], made["state"], made["records"]["contacts"]) == ("by-hand", "good", 2)


def test_there_is_nothing_to_back_up_before_the_first_note(kam: Kam, book: Path) -> None:
    ran = kam("backup")
    assert (ran.code, ran.out) == (0, "")
    assert "There is no book yet" in ran.err
    assert not book.exists()
    assert kam("backup", "list").out == ""
    assert kam("restore", "--json").json == {"backups": []}


def test_a_backup_goes_elsewhere(full: Kam, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert full("backup", "--output", str(stick)).code == 0
    assert os.listdir(stick) == ["kam-20261122-140300-by-hand.zip"]
    assert full("backup", "--output", str(stick / "mine.zip")).code == 0
    assert full("backup", "--output", str(stick / "mine.zip")).code == 4
    assert full("backup", "--output", str(tmp_path / "no" / "mine.zip")).code == 1
    ran = full("backup", "--output", str(stick / "mine.zip.age"))
    assert ran.code == 2
    assert "would be called sealed, and is not" in ran.err
    assert names(full) == []


def test_the_list_tells_of_each(full: Kam, book: Path) -> None:
    full("backup")
    (book / "backups" / "kam-20261121-090000-daily.zip").write_bytes(b"PK half of it")
    lines = full("backup", "list").out.splitlines()
    assert lines[0].startswith("Sun 22 Nov 2026 14:03  made by hand  7 records")
    assert "good" in lines[0]
    assert lines[1].startswith("Sat 21 Nov 2026 09:00  daily")
    assert "not whole" in lines[1]
    assert full("restore").out == full("backup", "list").out


def test_a_list_that_is_checked_reads_each_through(full: Kam, book: Path) -> None:
    full("backup")
    assert full("backup", "list", "--check").code == 0
    path = book / "backups" / "kam-20261122-140300-by-hand.zip"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert full("backup", "list").code == 0
    ran = full("backup", "list", "--check")
    assert ran.code == 1
    assert f"{path.name} is damaged" in ran.out
    assert "is damaged" in full("backup", "list", "--check", "--json").json["backups"][0]["problem"]


def test_a_damaged_book_is_not_backed_up(full: Kam, book: Path) -> None:
    full("backup")
    damage(book)
    ran = full("backup")
    assert (ran.code, ran.out) == (1, "")
    assert f"Line 2 of {book / 'journal.jsonl'} is damaged." in ran.err
    assert "No backup was made, and the older ones are as they were." in ran.err
    assert len(names(full)) == 1


def test_a_restore_shows_asks_and_is_undone(full: Kam) -> None:
    full("backup")
    full("account", "edit", "acme", "--city", "Oulu")
    full("account", "add", "Beta Oy")
    ran = full("restore", "latest", "--dry-run")
    assert ran.code == 0
    assert "goes          account  Beta Oy" in ran.out
    assert "changes back  account  Acme Oy" in ran.out
    assert "1 changes back, 1 goes." in ran.out
    assert accounts(full) == ["Acme Oy", "Beta Oy", "Nordic Timber Oy"]
    asked = full("restore", "latest")
    assert asked.code == 2
    assert "Say --yes" in asked.err
    ran = full("restore", "latest", "--yes")
    assert ran.code == 0
    assert "Backed up first:" in ran.err
    assert accounts(full) == ["Acme Oy", "Nordic Timber Oy"]
    assert "Restored the book as it was on Sun 22 Nov 2026 14:03" in full("history", "--limit", "1").out
    full("undo")
    assert accounts(full) == ["Acme Oy", "Beta Oy", "Nordic Timber Oy"]


def test_a_restore_that_changes_nothing_writes_nothing(full: Kam) -> None:
    full("backup")
    before = full("history").out
    ran = full("restore", "latest", "--yes")
    assert "The book holds just this already." in ran.out
    assert (full("history").out, len(names(full))) == (before, 1)


def test_a_restore_says_in_json_what_it_did(full: Kam) -> None:
    full("backup")
    full("account", "add", "Beta Oy")
    told = full("restore", "latest", "--yes", "--json").json
    assert (told["written"], told["counts"]) == (True, {"back": 0, "changes": 0, "goes": 1})
    assert [(each["outcome"], each["name"]) for each in told["changes"]] == [("goes", "Beta Oy")]
    assert told["backup"].endswith("kam-20261122-140300-before-restore-2.zip")
    back = full("restore", "kam-20261122-140300-before-restore-2", "--dry-run", "--json").json
    assert (back["written"], back["counts"]["back"], back["backup"]) == (False, 1, None)


def test_a_backup_is_named_by_its_day(full: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    full("backup")
    at(monkeypatch, "2026-11-24T09:00")
    full("account", "add", "Beta Oy")
    full("backup")
    at(monkeypatch, "2026-11-25T09:00")
    full("account", "add", "Gamma Oy")
    for said, goes in (
        ("yesterday", 1),
        ("2026-11-23", 2),
        ("mon", 2),
        ("latest", 1),
        ("2026-11-24 08:00", 2),
    ):
        assert full("restore", said, "--dry-run", "--json").json["counts"]["goes"] == goes, said


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("2020-01-01", 3, "There is no good backup from 2020-01-01, or from before that."),
        ("whatever", 3, "whatever is no backup, no file and no day."),
        ("nowhere/kam.zip", 3, "There is no file nowhere/kam.zip."),
        ("kam-2026", 4, "kam-2026 may be any of several backups."),
    ],
)
def test_what_names_no_backup_is_told(full: Kam, said: str, code: int, words: str) -> None:
    full("backup")
    full("backup")
    ran = full("restore", said)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err


def test_latest_needs_a_backup(full: Kam) -> None:
    ran = full("restore", "latest")
    assert ran.code == 3
    assert "There is no good backup of this book." in ran.err


@pytest.mark.parametrize(
    ("data", "words"), [(b"no zip", "x.zip is damaged"), (b"PK\5\6" + bytes(18), "x.zip is no backup of kam")]
)
def test_a_file_that_is_no_backup_is_told(full: Kam, tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    ran = full("restore", str(tmp_path / "x.zip"), "--yes")
    assert ran.code in (2, 5)
    assert words in ran.err


def test_of_a_backup_that_is_damaged_inside_the_way_out_is_another_backup(full: Kam, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        made.writestr("journal.jsonl", "no journal\n")
    ran = full("restore", str(tmp_path / "x.zip"), "--yes")
    assert (ran.code, ran.err) == (
        5,
        "x.zip/journal.jsonl does not begin as a journal does.\n"
        "Nothing was changed. Take another backup: kam backup list shows them.\n",
    )


def test_a_damaged_book_is_put_back_and_kept(full: Kam, book: Path) -> None:
    full("backup")
    given = accounts(full)
    full("note", "later")
    damage(book)
    assert full("account", "list").code == 5
    looked = full("restore", "latest", "--dry-run")
    assert looked.code == 0
    assert "is damaged" in looked.err
    assert full("restore", "latest").code == 2
    assert full("account", "list").code == 5
    ran = full("restore", "latest", "--yes")
    assert ran.code == 0
    assert "Undo does not reach behind this." in ran.err
    assert "kam-20261122-140300-damaged-2.zip: unzip it" in ran.err
    assert accounts(full) == given
    assert full("doctor").code == 0
    kept = full("restore", "kam-20261122-140300-damaged-2", "--yes")
    assert kept.code == 5
    assert "is damaged" in kept.err
    assert accounts(full) == given


def test_a_book_is_made_from_a_backup_where_there_is_none(full: Kam, tmp_path: Path) -> None:
    full("backup", "--output", str(tmp_path / "mine.zip"))
    other = ("--book", str(tmp_path / "other"))
    told = full("restore", str(tmp_path / "mine.zip"), "--yes", "--json", *other).json
    assert (told["written"], told["damage"], told["damaged_kept"], told["records"]) == (True, None, None, 7)
    assert full("export", "--json", *other).json["tables"] == full("export", "--json").json["tables"]
    assert full("history", *other).out == full("history").out


def test_an_import_backs_up_first_unless_told_otherwise(full: Kam, rows: str, tmp_path: Path) -> None:
    ran = full("import", rows, "--yes")
    assert "Backed up first:" in ran.err
    assert names(full) == ["kam-20261122-140300-before-import.zip"]
    assert "Backed up first" not in full("import", rows, "--yes").err
    full("undo")
    assert full("import", rows, "--yes", "--no-backup").code == 0
    full("undo")
    (tmp_path / "config.toml").write_text("backups = false\n")
    assert full("import", rows, "--yes").code == 0
    assert len(names(full)) == 1


def test_an_import_whose_backup_fails_writes_nothing(full: Kam, book: Path, rows: str) -> None:
    (book / "backups").write_text("in the way")
    before = full("history").out
    ran = full("import", rows, "--yes")
    assert ran.code == 1
    assert "The book could not be backed up first, so nothing was changed." in ran.err
    assert "--no-backup" in ran.err
    assert full("history").out == before
    assert full("import", rows, "--yes", "--no-backup").code == 0


def test_the_digest_backs_up_once_a_day(full: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    full("digest")
    full("note", "more")
    full("digest", "--json")
    assert names(full) == ["kam-20261122-140300-daily.zip"]
    at(monkeypatch, "2026-11-23T08:00")
    full("digest")
    at(monkeypatch, "2026-11-24T08:00")
    full("digest")
    assert names(full) == ["kam-20261123-080000-daily.zip", "kam-20261122-140300-daily.zip"]


def test_a_daily_backup_that_fails_does_not_stop_the_digest(full: Kam, book: Path) -> None:
    (book / "backups").write_text("in the way")
    ran = full("digest")
    assert ran.code == 0
    assert "Sun 22 Nov 2026" in ran.out
    assert "The daily backup failed." in ran.err


def test_what_is_sealed_for_a_key_is_restored_with_it(full: Kam, tmp_path: Path) -> None:
    key = x25519.Identity.generate()
    (tmp_path / "key").write_text(f"# made today\n{key}\n")
    (tmp_path / "friends").write_text(f"# us\n\n{key.to_public()}\n")
    file = str(tmp_path / "mine.zip.age")
    assert full("backup", "--output", file, "--encrypt", str(tmp_path / "friends")).code == 0
    assert b"Acme" not in Path(file).read_bytes()
    full("account", "add", "Beta Oy")
    ran = full("restore", file, "--dry-run")
    assert ran.code == 2
    assert "mine.zip.age is sealed for a key." in ran.err
    assert full("restore", file, "--identity", str(tmp_path / "key"), "--yes").code == 0
    assert accounts(full) == ["Acme Oy", "Nordic Timber Oy"]


def test_a_recipient_in_the_settings_has_all_backups_sealed(full: Kam, rows: str, tmp_path: Path) -> None:
    key = x25519.Identity.generate()
    (tmp_path / "config.toml").write_text(f'backup_recipient = "{key.to_public()}"\n')
    full("import", rows, "--yes")
    (sealed,) = full("backup", "list", "--json").json["backups"]
    assert (sealed["sealed"], sealed["state"], sealed["records"]) == (True, "sealed", None)
    assert sealed["name"].startswith("kam-20261122-140300-before-import.")
    assert "Backed up first" not in full("import", rows, "--yes").err
    assert full("backup", "list", "--check").code == 0
    (tmp_path / "config.toml").write_text('backup_recipient = "nobody"\n')
    full("undo")
    ran = full("import", rows, "--yes")
    assert ran.code == 1
    assert "nobody is no recipient that kam can seal for." in ran.err


def test_an_export_is_sealed_and_comes_in_again(full: Kam, tmp_path: Path) -> None:
    key = x25519.Identity.generate()
    (tmp_path / "key").write_text(str(key))
    file = str(tmp_path / "book.json.age")
    ran = full("export", "--output", file, "--encrypt", str(key.to_public()), "--json")
    assert ran.json["format"] == "json"
    assert Path(file).read_bytes().startswith(b"age-encryption.org/v1")
    other = ("--book", str(tmp_path / "other"))
    assert full("import", file, "--yes", *other).code == 2
    assert full("import", file, "--yes", "--identity", str(tmp_path / "key"), *other).code == 0
    assert full("export", "--json", *other).json["tables"] == full("export", "--json").json["tables"]


def test_a_passphrase_comes_from_the_environment_in_a_script(
    full: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = full("export", "--format", "csv", "--passphrase", "--output", str(tmp_path / "x.csv.age"))
    assert ran.code == 2
    assert "Put it in $KAM_PASSPHRASE." in ran.err
    ran = full("backup", "--passphrase", "--encrypt", "age1")
    assert "not both" in ran.err
    file = tmp_path / "people.csv.age"
    file.write_bytes(SEALED)
    assert "nobody can be asked" in full("import", str(file), "--yes").err
    monkeypatch.setenv("KAM_PASSPHRASE", "open barley")
    assert "The passphrase does not open it." in full("import", str(file), "--yes").err
    monkeypatch.setenv("KAM_PASSPHRASE", "open sesame")
    assert full("import", str(file), "--yes").code == 0
    assert "Pekka Koe" in full("contact", "list").out
