"""`kam doctor` mends a book and brings in copies of it; other words tell what only it would find."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from shell_run import Kam

COPY = "journal (Anna's conflicted copy 2026-11-20).jsonl"


@pytest.fixture
def damaged(full: Kam, book: Path) -> Path:
    """A book of which one line is damaged, so that its last change is lost."""
    journal = book / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"Nordic Timber Oy", b"Nordic Timber Ab", 1))
    return book


@pytest.fixture
def copied(full: Kam, book: Path, tmp_path: Path) -> Path:
    """A copy in the folder of the book, of a journal in which another machine went on."""
    other = tmp_path / "other"
    shutil.copytree(book, other)
    full("note", "@acme written here")
    full("--book", str(other), "note", "@acme written on the train")
    full("--book", str(other), "contact", "edit", "Liisa Korhonen", "--title", "CEO")
    shutil.copy(other / "journal.jsonl", book / COPY)
    (book / COPY).chmod(0o600)
    return book / COPY


def test_a_damaged_book_is_told_with_what_mends_it(full: Kam, damaged: Path) -> None:
    ran = full("doctor")
    assert ran.code == 1
    assert f"! Line 3 of {damaged / 'journal.jsonl'} is damaged: " in ran.out
    assert ran.out.endswith(
        "kam doctor --repair mends what can be mended; kam restore goes back to a backup.\n"
    )


def test_nobody_is_asked_in_a_script(full: Kam, damaged: Path) -> None:
    before = (damaged / "journal.jsonl").read_bytes()
    ran = full("doctor", "--repair")
    assert (ran.code, ran.err) == (
        2,
        "Nothing was written: nobody can be asked here.\nSay --yes to mend it, or --dry-run to look only.\n",
    )
    assert "is read from its damaged line" in ran.out
    assert (damaged / "journal.jsonl").read_bytes() == before


def test_a_dry_run_shows_and_mends_nothing(full: Kam, damaged: Path) -> None:
    before = (damaged / "journal.jsonl").read_bytes()
    ran = full("doctor", "--repair", "--dry-run")
    assert ran.code == 1
    assert "+ " in ran.out
    assert "! Line 3" in ran.out
    assert (damaged / "journal.jsonl").read_bytes() == before


def test_a_repair_says_what_it_did_and_that_all_is_well(full: Kam, damaged: Path) -> None:
    ran = full("doctor", "--repair", "--yes")
    assert ran.code == 0
    kept, mended, _space, fine, *_remarks = ran.out.splitlines()
    assert kept.startswith("+ All files as they were are kept in ")
    assert "change 2 is read from its damaged line" in mended
    assert fine == "Nothing is wrong."
    assert "Nordic Timber Ab. (put together again from a damaged line)" in full("history").out
    assert full("doctor", "--repair", "--yes").out.startswith(
        "There is nothing to mend.\n\nNothing is wrong.\n"
    )


def test_a_change_that_nobody_can_tell_leaves_the_others(full: Kam, book: Path) -> None:
    full("note", "a word that is lost")
    full("note", "and one that is not")
    journal = book / "journal.jsonl"
    lines = journal.read_bytes().split(b"\n")
    lines[-3] = b"x" * len(lines[-3])
    journal.write_bytes(b"\n".join(lines))
    assert full("note", "another").code == 5
    ran = full("doctor", "--repair", "--yes")
    assert ran.code == 0
    assert f"- {journal}: nobody can tell what change {len(lines) - 3} did." in ran.out
    assert "and one that is not" in full("find", "one that is").out
    assert full("note", "and again").code == 0


def test_a_repair_as_json(full: Kam, damaged: Path) -> None:
    ran = full("doctor", "--repair", "--yes", "--json")
    assert ran.code == 0
    assert ran.json["written"] is True
    assert len(ran.json["done"]) == 2
    assert (ran.json["lost"], ran.json["refused"], ran.json["findings"]) == ([], [], [])


def test_what_cannot_be_mended_ends_with_1_and_the_way_out(full: Kam, book: Path) -> None:
    full("contact", "add", "Pekka", "--account", "acme")
    journal = book / "journal.jsonl"
    lines = journal.read_bytes().split(b"\n")
    del lines[1]
    journal.write_bytes(b"\n".join(lines))
    ran = full("doctor", "--repair", "--yes")
    assert ran.code == 1
    assert "- " in ran.out
    assert "which is not in the book." in ran.out


def test_a_copy_is_told_shown_and_brought_in(full: Kam, book: Path, copied: Path) -> None:
    ran = full("doctor")
    assert ran.code == 1
    assert "kam doctor --merge 'journal (Anna'\"'\"'s conflicted copy 2026-11-20).jsonl' looks" in ran.out
    shown = full("doctor", "--merge", COPY, "--dry-run")
    assert shown.code == 0
    assert "new" in shown.out
    assert "written on the train" in shown.out
    assert "    Title: CEO\n" in shown.out
    assert shown.out.endswith(f"Merged {COPY}: 1 new, 1 updated.\n")
    assert copied.exists()
    assert full("doctor", "--merge", COPY).code == 2
    ran = full("doctor", "--merge", COPY, "--yes")
    assert ran.code == 0
    assert ran.err.endswith(
        "It is in the book now; kam undo takes it back.\n"
        f"The copy is called {COPY}.merged now. Delete it when you like.\n"
    )
    assert "Backed up first" in ran.err
    assert "written on the train" in full("entry", "list", "acme").out
    assert "CEO" in full("contact", "show", "Liisa Korhonen").out
    assert full("doctor").code == 0
    again = full("doctor", "--merge", f"{COPY}.merged")
    assert (again.code, again.err) == (0, "")
    assert again.out.endswith(f"{COPY}.merged: the book has all of it.\n")


def test_a_merge_as_json(full: Kam, copied: Path) -> None:
    found = full("doctor", "--merge", str(copied), "--yes", "--no-backup", "--json")
    assert found.err.startswith("It is in the book now")
    assert found.json["written"] is True
    assert found.json["called_now"] == f"{copied}.merged"
    assert found.json["counts"] == {"new": 1, "updated": 1, "removed": 0, "conflict": 0, "same": 0}
    assert [line["outcome"] for line in found.json["lines"]] == ["new", "updated"]


def test_one_thing_at_a_time(full: Kam, copied: Path) -> None:
    ran = full("doctor", "--repair", "--merge", str(copied))
    assert (ran.code, ran.err) == (2, "--repair and --merge are done one after the other, not at once.\n")


def test_today_tells_of_a_copy(full: Kam, copied: Path) -> None:
    said = f"{copied} is a copy that a sync tool made of a file of the book: kam doctor tells more.\n"
    assert full("today").err == said
    assert full("today", "--json").err == said
    copied.unlink()
    assert full("today").err == ""


def test_who_begins_a_book_in_a_synced_folder_is_told_once(
    kam: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "Dropbox" / "book"
    monkeypatch.setenv("KAM_BOOK", str(place))
    assert kam("account", "list").err == ""
    ran = kam("note", "Hello")
    assert (ran.code, ran.err) == (0, f"{place} is synced by Dropbox: kam doctor tells what to mind.\n")
    assert kam("note", "Hello again").err == ""


def test_who_begins_a_book_in_a_folder_open_to_others_is_told(kam: Kam, book: Path) -> None:
    book.mkdir(mode=0o700)
    book.chmod(0o755)
    ran = kam("account", "add", "Acme Oy", "--json")
    assert ran.json["summary"]
    assert ran.err == (
        f"Others on this computer may read or write {book}. kam doctor --repair changes that.\n"
    )
    assert kam("doctor", "--repair", "--yes").code == 0
    assert book.stat().st_mode & 0o777 == 0o700


def test_a_test_of_the_digest_goes_and_the_last_one_is_told(full: Kam, tmp_path: Path) -> None:
    target = tmp_path / "digest.txt"
    assert full("digest", "--send", f"file:{target}").code == 0
    sent = target.read_text("utf-8")
    ran = full("doctor", "--test", f"file:{target}")
    assert ran.code == 0
    assert ran.out.startswith(
        f"The test went by file:{target}.\nThe last digest by file:{target} went on Sun 22 Nov"
    )
    assert target.read_text("utf-8").startswith("This is a test that you asked for.")
    assert full("digest", "--send", f"file:{target}", "--force").code == 0
    assert target.read_text("utf-8") == sent


def test_a_test_that_cannot_go_is_told(full: Kam, book: Path) -> None:
    below = book.parent / "config.toml" / "x"  # a folder that is a file
    below.parent.write_text(f'channels = "file:{below}"\n', "utf-8")
    ran = full("doctor", "--test")
    assert ran.code == 1
    assert ran.err.startswith(f"{below} cannot be written: ")
    assert full("doctor", "--test", "pigeon").code == 2
    assert full("doctor", "--test", "--repair").code == 2
    assert full("doctor", "--test", "stdout", "--json").code == 2


def test_name_days_that_cannot_be_read_are_told_by_the_doctor_and_on_looking(full: Kam, book: Path) -> None:
    names = book.parent / "names.csv"
    (book.parent / "config.toml").write_text(f'name_day_calendar = "{names}"\n', "utf-8")
    gone = f"Setting name_day_calendar: {names} cannot be read: No such file or directory."
    assert gone in full("doctor").out
    assert full("today").err.startswith(gone)
    names.write_text("11-22,Liisa\n13-01,Anna\n", "utf-8")
    ran = full("today")
    assert "Name days\n" in ran.out
    assert ran.err == f"The name days in {names}, line 2: 13-01 is no day such as 11-24. It is left out.\n"
    assert full("doctor").code == 0
    names.write_text("11-22,Liisa\n", "utf-8")
    assert full("today").err == ""


def test_keys_in_the_settings_that_cannot_be_taken_are_told_by_the_doctor(full: Kam, book: Path) -> None:
    (book.parent / "config.toml").write_text('[keys]\n"everywhere.nite" = "N"\n', "utf-8")
    ran = full("doctor")
    assert ran.code == 0
    assert "[keys]: there is no command everywhere.nite. Did you mean everywhere.note?" in ran.out


def test_a_theme_that_there_is_none_of_is_told_by_the_doctor_and_where_it_is_set(full: Kam) -> None:
    ran = full("config", "set", "theme", "drak")
    assert (ran.code, ran.out) == (0, 'theme = "drak"\n')
    assert ran.err.endswith("There is no theme drak. Did you mean dark?\n")
    assert "There is no theme drak. Did you mean dark?" in full("doctor").out
    assert "# There is no theme drak." in full("config").out
    for theme in ("light", "nord", ""):
        assert "no theme" not in full("config", "set", "theme", theme).err
        assert "no theme" not in full("doctor").out


def test_the_doctor_counts_the_names_of_the_calendar(full: Kam, book: Path) -> None:
    names = book.parent / "names.csv"
    assert full("doctor", "--json").json["name_days"] == 0
    assert "Name days" not in full("doctor").out
    names.write_text("11-22,Liisa,Lempi\n11-23,Liisa\n", "utf-8")
    assert full("config", "set", "name_day_calendar", str(names)).code == 0
    assert full("doctor", "--json").json["name_days"] == 2
    assert "Name days    2 names in the calendar\n" in full("doctor").out
