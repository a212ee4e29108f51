"""Repair: what can be put back is, what cannot is told, and nothing that was there is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW, account, contact
from damage_kit import ACME, GONE, numbers, small_book, spoil, talk, without_line
from fault_kit import Left, Trial
from hypothesis import given, settings
from hypothesis import strategies as st
from store_kit import Disk, contents, on_disk, put, write

from kam_tui.domain.change import Edit, Record
from kam_tui.domain.errors import Damaged, Invalid, TooNew, Unwritable
from kam_tui.domain.report import Mending
from kam_tui.store.journal import Past, seal
from kam_tui.store.layout import key_of, render
from kam_tui.store.migrations import SCHEMA
from kam_tui.store.store import Store
from kam_tui.store.vault import rescue

pytest_plugins = ("store_fixtures",)


@pytest.fixture
def book(folder: Path) -> Store:
    return small_book(folder)


def repair(folder: Path) -> Mending:
    """Mend the book; a look at it beforehand tells the same, and a second repair has nothing to do."""
    planned = Store(str(folder)).doctor().repair("anna@cli", dry_run=True)
    done = Store(str(folder)).doctor().repair("anna@cli")
    assert [said for said in done.done if "are kept in" not in said] == list(planned.done)
    assert (done.lost, done.refused) == (planned.lost, planned.refused)
    again = Store(str(folder)).doctor().repair("anna@cli")
    assert (again.done, again.lost) == ((), ())
    return done


def test_a_sound_book_is_left_as_it_is(book: Store, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert repair(folder) == Mending()
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {name for name in before if before[name] != after.get(name)} <= {"lock"}
    assert before.keys() == after.keys()


def test_who_may_read_it_is_put_right(book: Store, folder: Path) -> None:
    folder.chmod(0o755)
    (folder / "accounts.json").chmod(0o664)
    done = repair(folder)
    assert len(done.done) == 2
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "accounts.json").stat().st_mode & 0o777 == 0o600
    assert not (folder / "backups").exists()
    assert book.check() == []


def test_what_was_left_over_goes_and_what_is_being_written_stays(book: Store, folder: Path) -> None:
    (folder / "notes.2024.tmp").touch(0o600)
    for process in (GONE, os.getpid()):
        (folder / f"accounts.json.{process}.tmp").write_bytes(b"")
        (folder / f"accounts.json.{process}.tmp").chmod(0o600)
    assert repair(folder).done == (f"{folder}/accounts.json.{GONE}.tmp is removed: it was left over.",)
    left = {path.name for path in folder.glob("*.tmp")}
    assert left == {f"accounts.json.{os.getpid()}.tmp", "notes.2024.tmp"}


def test_before_anything_is_mended_all_is_kept_as_it_was(book: Store, folder: Path) -> None:
    spoil(folder / "accounts.json", '{"id":"a-beta"', '{"id"#"a-beta"')
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}
    kept, *_rest = repair(folder).done
    assert kept.startswith("All files as they were are kept in ")
    (backup,) = (folder / "backups").glob("kam-*-damaged.zip")
    with zipfile.ZipFile(backup) as found:
        assert {name: found.read(name) for name in found.namelist()} == before


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("accounts.json", '{"id":"a-beta"', '{"id"#"a-beta"'),
        ("accounts.json", '"name":"Beta"}', '"name":"Beta"]'),
        ("contacts.json", f'"{key_of("c-liisa")}":', f'"{key_of("c-liisa")}"x'),
        ("contacts.json", f'"{key_of("c-liisa")}":', f'"{"7" * len(str(key_of("c-liisa")))}":'),
        ("contacts.json", '"created":"2', '"created":"x'),
        ("contacts.json", '"id":"c-liisa"', '"id":"c-niisa"'),
        (
            "activities.json",
            '"t-2","created":"2026-11-18","kind":"call"',
            '"t-2","created":"2026-11-18","kind":"cola"',
        ),
        ("activities.json", "\n", "\0"),
        ("activities.json", "{\n", "  "),
        ("contacts.json", '{"_meta"', '{"_mota"'),
        ("contacts.json", '"change":6', '"change":1'),
        ("activities.json", '"change":6', '"change":9'),
    ],
)
def test_what_is_damaged_in_a_table_is_put_back_from_the_history(
    book: Store, folder: Path, name: str, text: str, other: str
) -> None:
    before = contents(book.read())
    spoil(folder / name, text, other)
    assert book.check()
    done = repair(folder)
    assert done.refused == done.lost == ()
    assert on_disk(folder) == before
    assert book.check() == []
    assert numbers(Store(str(folder))) == list(range(9, 0, -1))


def with_another_seal(path: Path) -> None:
    seal_of = json.loads(path.read_bytes())["_meta"]["1"]["seal"]
    spoil(path, f'"seal":{seal_of}', f'"seal":{str(seal_of)[:-1]}{(seal_of + 1) % 10}')


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_a_number_that_json_cannot_hold_is_put_back_as_it_was(book: Store, folder: Path, number: str) -> None:
    before = contents(book.read())
    path = folder / "contacts.json"
    path.write_bytes(path.read_bytes().replace(b'"name":', b'"odd":%s,"name":' % number.encode()))
    with pytest.raises(Damaged, match=r"contacts\.json"):
        Store(str(folder)).read().table("contacts")
    assert repair(folder).lost == ()
    assert on_disk(folder) == before


def test_a_table_of_which_only_the_seal_is_damaged_is_put_right(book: Store, folder: Path) -> None:
    before = contents(book.read())
    path = folder / "accounts.json"
    with_another_seal(path)
    assert book.check() == [f"{path} is of another book, or of another day of this one."]
    assert repair(folder).refused == ()
    assert on_disk(folder) == before


def test_a_table_of_another_branch_is_kept_as_a_copy_and_can_be_merged(folder: Path, tmp_path: Path) -> None:
    put(Store(str(folder)), account("Acme"))
    shutil.copytree(folder, tmp_path / "other")
    for place, name in ((folder, "Here"), (tmp_path / "other", "There")):
        put(Store(str(place)), account(name))
        assert Store(str(place)).compact()
    shutil.copy(tmp_path / "other" / "accounts.json", folder)
    repair(folder)
    store = Store(str(folder))
    assert set(store.read().accounts) == {"a-acme", "a-here"}
    (copy,) = store.doctor().copies()
    assert [version.theirs for version in store.doctor().read_copy(copy).versions] == [account("There")]


def test_the_bytes_of_a_damaged_line_are_kept(book: Store, folder: Path) -> None:
    spoil(folder / "accounts.json", '{"id":"a-beta"', '{"id"#"a-beta"')
    repair(folder)
    kept = (folder / "accounts.json.damaged-1").read_bytes()
    assert b'{"id"#"a-beta"' in kept
    assert kept.count(b"\n") == 1


def test_an_edit_by_hand_that_is_refused_in_one_field_keeps_the_others(book: Store, folder: Path) -> None:
    path = folder / "contacts.json"
    path.write_text(
        path.read_text().replace('"name":"Liisa"', '"title":"Boss","language":7,"name":"Liisa K"')
    )
    (said,) = (s for s in repair(folder).done if "language" in s)
    assert "could not be taken" in said
    liisa = on_disk(folder)["contacts"]["c-liisa"]
    assert liisa == contact("Liisa K", "c-liisa", account_id=ACME.id, title="Boss")
    assert b'"language":7' in (folder / "contacts.json.damaged-1").read_bytes()


def test_files_that_are_not_in_order_are_written_in_order(book: Store, folder: Path) -> None:
    before = contents(book.read())
    head, name, one, two, *rest = (folder / "accounts.json").read_bytes().split(b"\n")
    (folder / "accounts.json").write_bytes(b"\n".join([head, name, two + b",", one[:-1], *rest]))
    contacts = folder / "contacts.json"
    contacts.write_text(json.dumps(json.loads(contacts.read_text()), indent=2))
    assert {said.partition(" is put")[0] for said in repair(folder).done[1:]} == {
        str(folder / "accounts.json"),
        str(contacts),
    }
    assert on_disk(folder) == before
    assert book.check() == []


def test_of_two_documents_at_one_key_the_one_of_the_history_stays(book: Store, folder: Path) -> None:
    before = contents(book.read())
    lines = (folder / "contacts.json").read_bytes().split(b"\n")
    other = lines[2].replace(b"Liisa", b"Niisa") + b","
    data = b"\n".join([*lines[:2], lines[2] + b",", other[:-1], *lines[3:]])
    (folder / "contacts.json").write_bytes(data)
    repair(folder)
    assert on_disk(folder) == before
    assert b"Niisa" in (folder / "contacts.json.damaged-1").read_bytes()


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"\0" * 300)])
def test_a_table_that_is_gone_is_made_anew(
    book: Store, folder: Path, damage: Callable[[Path], object]
) -> None:
    before = contents(book.read())
    damage(folder / "activities.json")
    assert any("is made anew from the history: 4 documents." in said for said in repair(folder).done)
    assert on_disk(folder) == before
    assert book.check() == []


def test_a_table_is_not_made_anew_from_half_a_history(folder: Path) -> None:
    store = small_book(folder)
    Store(str(folder), keep_days=1).compact()
    (folder / "activities.json").unlink()
    (said,) = repair(folder).refused
    assert said.startswith(f"{folder / 'activities.json'} cannot be made anew")
    assert said.endswith("kam restore brings back a backup.")
    assert store.check()


def test_what_no_history_tells_is_named(folder: Path) -> None:
    small_book(folder)
    Store(str(folder), keep_days=1).compact()
    spoil(folder / "accounts.json", '{"id":"a-beta"', '{"id"#"a-beta"')
    done = repair(folder)
    (said,) = done.lost
    assert said.endswith(f"of {folder / 'accounts.json'} is damaged: Beta")
    assert set(on_disk(folder)["accounts"]) == {"a-acme"}
    assert b'"a-beta"' in (folder / "accounts.json.damaged-1").read_bytes()


def test_a_damaged_change_that_can_be_read_is_put_together_again(book: Store, folder: Path) -> None:
    spoil(folder / "journal.jsonl", "Noted talk 4", "Noted walk 4")
    (said,) = repair(folder).done[1:]
    assert said.endswith("change 8 is read from its damaged line; see whether it is right. (Noted walk 4)")
    store = Store(str(folder))
    assert store.read().activities["t-4"] == talk(4)
    entry = store.entry(8)
    assert entry
    assert entry.change.summary == "Noted walk 4 (put together again from a damaged line)"
    assert [edit.after for edit in entry.change.edits] == [talk(4)]
    assert numbers(store) == list(range(9, 0, -1))
    assert store.check() == []


def test_a_damaged_change_that_cannot_be_read_leaves_its_number(book: Store, folder: Path) -> None:
    spoil(
        folder / "journal.jsonl",
        '["activities","' + str(key_of("t-4")),
        '["activities",x' + str(key_of("t-4")),
    )
    done = repair(folder)
    assert done.lost == (f"{folder / 'journal.jsonl'}: nobody can tell what change 8 did. (Noted talk 4)",)
    store = Store(str(folder))
    assert "t-4" not in store.read().activities
    assert numbers(store) == list(range(9, 0, -1))
    assert b"Talk 4" in (folder / "journal.jsonl.damaged-1").read_bytes()
    put(store, talk(5))
    assert store.check() == []


def test_later_changes_tell_what_a_lost_one_did(book: Store, folder: Path) -> None:
    write(book, Edit(talk(4), None), what="Removed talk 4")
    without_line(folder / "journal.jsonl", "Noted talk 4")
    (said,) = repair(folder).lost
    assert "of change 8 only what later ones say of it is left" in said
    entry = Store(str(folder)).entry(8)
    assert entry
    assert entry.change.edits == (Edit(None, talk(4)),)


def test_a_damaged_line_of_the_history_gets_one_in_its_place(book: Store, folder: Path) -> None:
    before = contents(book.read())
    spoil(folder / "history.jsonl", "Noted talk 1", "Noted walk 1")
    without_line(folder / "history.jsonl", "Noted talk 2")
    repair(folder)
    store = Store(str(folder))
    assert on_disk(folder) == before
    assert numbers(store) == list(range(9, 0, -1))
    assert not (folder / "history.jsonl").exists()
    assert b"Noted walk 1" in (folder / "history.jsonl.damaged-1").read_bytes()
    assert store.check() == []
    assert store.compact()
    assert numbers(Store(str(folder))) == list(range(9, 0, -1))


def test_a_history_that_is_gone_is_let_go(book: Store, folder: Path) -> None:
    before = contents(book.read())
    (folder / "history.jsonl").unlink()
    (said,) = repair(folder).done[1:]
    assert said.endswith("Changes 1 to 6 are gone from the history; the book itself is whole.")
    assert on_disk(folder) == before
    assert numbers(Store(str(folder))) == [9, 8, 7]
    assert book.check() == []


def test_a_history_that_is_mended_while_an_erasure_is_not_finished(book: Store, folder: Path) -> None:
    journal, history = folder / "journal.jsonl", folder / "history.jsonl"
    later = folder / "history-2.jsonl"
    later.write_bytes(history.read_bytes())
    later.chmod(0o600)
    past = Past(later.name, later.stat().st_size)
    fields = {"n": 10, "v": SCHEMA, "at": NOW.isoformat(), "by": "x", "what": "Erased a person", "edits": []}
    line = seal(fields | {"past": {"file": past.file, "size": past.size}})
    journal.write_bytes(journal.read_bytes() + line + b"\n")
    spoil(later, "Noted talk 1", "Noted walk 1")
    before = on_disk(folder)
    repair(folder)
    store = Store(str(folder))
    assert contents(store.read()) == before
    assert numbers(store)[1:] == list(range(10, 0, -1))
    assert store.check() == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: spoil(path, '"book":"b-', '"book":"c-'),
        lambda path: spoil(path, '{"c":"', '{"d":"'),
        lambda path: path.write_bytes(path.read_bytes().partition(b"\n")[2]),
    ],
)
def test_a_journal_without_its_first_line_gets_a_new_one(
    book: Store, folder: Path, damage: Callable[[Path], None]
) -> None:
    before = contents(book.read())
    damage(folder / "journal.jsonl")
    assert repair(folder).lost == ()
    assert on_disk(folder) == before
    assert numbers(Store(str(folder))) == list(range(9, 0, -1))
    assert book.check() == []


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes().partition(b"\n")[0]),
    ],
    ids=["gone", "empty", "cut at the end of its first line"],
)
def test_a_journal_that_is_gone_begins_anew_and_what_went_is_told(
    book: Store, folder: Path, damage: Callable[[Path], object]
) -> None:
    damage(folder / "journal.jsonl")
    done = repair(folder)
    assert done.lost == (
        f"{folder / 'journal.jsonl'} was lost, and with it whatever was changed after change 6.",
    )
    store = Store(str(folder))
    assert numbers(store) == list(range(6, 0, -1))
    assert set(store.read().activities) == {"t-0", "t-1", "t-2", "t-3"}
    assert store.check() == []


def test_what_is_left_of_a_change_cut_short_is_put_aside(book: Store, folder: Path) -> None:
    before = contents(book.read())
    with (folder / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"c":"12345678","n":10\0\0\0')
    repair(folder)
    assert on_disk(folder) == before
    assert (folder / "journal.jsonl.damaged-1").read_bytes() == b'{"c":"12345678","n":10\0\0\0\n'
    assert (folder / "journal.jsonl").read_bytes().endswith(b"}\n")


def test_a_change_that_lost_the_end_of_its_line_is_kept(book: Store, folder: Path) -> None:
    before = contents(book.read())
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-1])
    repair(folder)
    assert on_disk(folder) == before
    assert numbers(Store(str(folder)))[0] == 9


def test_of_a_journal_that_lost_its_beginning_the_history_is_kept_and_the_gap_told(
    book: Store, folder: Path
) -> None:
    told = (folder / "history.jsonl").read_bytes()
    path = folder / "journal.jsonl"
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[-2:]))
    assert repair(folder).lost == tuple(
        f"{path}: nobody can tell what change {number} did." for number in (7, 8)
    )
    assert Store(str(folder)).compact()
    assert (folder / "history.jsonl").read_bytes().startswith(told)
    assert numbers(Store(str(folder))) == list(range(9, 0, -1))


def test_files_whose_lines_end_as_on_windows_are_read_whole(book: Store, folder: Path) -> None:
    before = contents(book.read())
    for name in ("journal.jsonl", "history.jsonl", "accounts.json"):
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(Damaged):
        Store(str(folder)).read()
    journal = folder / "journal.jsonl"
    assert f"3 lines of {journal} do not end as they should, from line 2 on." in book.check()
    assert repair(folder).lost == ()
    assert on_disk(folder) == before
    assert [entry.change.summary for entry in Store(str(folder)).history()][-1] == "Added two accounts"
    assert not list(folder.glob("*.damaged-*"))


def test_what_got_in_before_a_history_shifts_it_and_loses_nothing(book: Store, folder: Path) -> None:
    told = [(entry.number, entry.change) for entry in book.history()]
    path = folder / "history.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert repair(folder).lost == ()
    assert [(entry.number, entry.change) for entry in Store(str(folder)).history()] == told


def test_of_the_last_line_of_a_history_cut_short_is_told_what_can_be_read(book: Store, folder: Path) -> None:
    path = folder / "history.jsonl"
    path.write_bytes(path.read_bytes()[:-3])
    done = repair(folder)
    assert [said for said in (*done.done, *done.lost) if "change 6" in said and "Noted talk 3" in said]
    assert numbers(Store(str(folder))) == list(range(9, 0, -1))


def test_a_journal_that_stands_there_twice_is_read_once(book: Store, folder: Path) -> None:
    before = contents(book.read())
    path = folder / "journal.jsonl"
    path.write_bytes(path.read_bytes() * 2)
    assert repair(folder).lost == ()
    assert on_disk(folder) == before


def test_of_a_book_the_history_alone_is_enough(book: Store, folder: Path) -> None:
    assert book.compact()
    before = contents(book.read())
    for path in folder.iterdir():
        if path.suffix == ".json" or path.name == "journal.jsonl":
            path.unlink()
    kept = (folder / "history.jsonl").read_bytes()
    with pytest.raises(Damaged, match=r"journal\.jsonl is missing"):
        put(Store(str(folder)), account("Anew"))
    assert (folder / "history.jsonl").read_bytes() == kept
    repair(folder)
    assert on_disk(folder) == before


def test_lines_run_together_are_told_apart(book: Store, folder: Path) -> None:
    journal = folder / "journal.jsonl"
    lines = journal.read_bytes().split(b"\n")
    lines[2:4] = [lines[2][:60] + lines[3]]
    journal.write_bytes(b"\n".join(lines))
    repair(folder)
    store = Store(str(folder))
    assert numbers(store) == list(range(9, 0, -1))
    assert "t-0" not in store.read().activities


def test_changes_of_another_copy_behind_ours_are_put_aside_and_can_be_merged(
    book: Store, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "other")
    other = Store(str(tmp_path / "other"))
    put(other, account("Theirs"))
    put(book, account("Ours"))
    line = (tmp_path / "other" / "journal.jsonl").read_bytes().split(b"\n")[-2]
    with (folder / "journal.jsonl").open("ab") as journal:
        journal.write(line + b"\n")
    repair(folder)
    store = Store(str(folder))
    assert set(store.read().accounts) == {"a-acme", "a-beta", "a-ours"}
    kept = store.doctor().read_copy(str(folder / "journal.jsonl.damaged-1"))
    assert [version.theirs for version in kept.versions] == [account("Theirs")]


def test_two_branches_that_git_could_not_merge_are_ours_and_what_can_be_merged(
    book: Store, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "other")
    put(Store(str(tmp_path / "other")), account("Theirs"))
    put(book, account("Ours"))
    ours, theirs = (
        (place / "journal.jsonl").read_bytes().split(b"\n") for place in (folder, tmp_path / "other")
    )
    merged = [*ours[:-2], b"<<<<<<< HEAD", ours[-2], b"=======", theirs[-2], b">>>>>>> other", b""]
    (folder / "journal.jsonl").write_bytes(b"\n".join(merged))
    assert repair(folder).lost == ()
    store = Store(str(folder))
    assert numbers(store) == list(range(10, 0, -1))
    assert set(store.read().accounts) == {"a-acme", "a-beta", "a-ours"}
    kept = store.doctor().read_copy(str(folder / "journal.jsonl.damaged-1"))
    assert any("--merge journal.jsonl.damaged-1 looks" in said for said in store.doctor().look_over().remarks)
    assert ([version.theirs for version in kept.versions], kept.warnings) == ([account("Theirs")], ())


def test_a_table_of_an_earlier_day_is_brought_forward_by_the_history(book: Store, folder: Path) -> None:
    early = {name: (folder / name).read_bytes() for name in ("accounts.json", "activities.json")}
    assert book.compact()
    before = contents(book.read())
    for name, data in early.items():
        (folder / name).write_bytes(data)
    done = repair(folder)
    assert sum("was of an earlier day" in said for said in done.done) == 2
    assert on_disk(folder) == before
    assert book.check() == []


def test_a_journal_of_an_earlier_day_begins_anew_behind_the_history(book: Store, folder: Path) -> None:
    early = (folder / "journal.jsonl").read_bytes()
    put(book, talk(7))
    book.compact()
    before = contents(book.read())
    (folder / "journal.jsonl").write_bytes(early)
    done = repair(folder)
    assert any("was of an earlier day" in said for said in done.done)
    assert on_disk(folder) == before
    assert numbers(Store(str(folder))) == list(range(10, 0, -1))
    assert book.check() == []


@pytest.mark.parametrize("more", [0, 1])
def test_an_earlier_journal_that_went_on_otherwise_is_kept_as_a_copy(
    book: Store, folder: Path, tmp_path: Path, more: int
) -> None:
    shutil.copytree(folder, tmp_path / "other")
    put(Store(str(tmp_path / "other")), account("Theirs"))
    put(book, account("Ours"))
    for number in range(more):
        put(book, talk(7 + number))
    book.compact()
    before = contents(book.read())
    (folder / "journal.jsonl").write_bytes((tmp_path / "other" / "journal.jsonl").read_bytes())
    assert book.check()
    repair(folder)
    store = Store(str(folder))
    assert on_disk(folder) == before
    (copy,) = store.doctor().copies()
    assert copy == str(folder / "journal (copy).jsonl")
    assert [each.theirs for each in store.doctor().read_copy(copy).versions] == [account("Theirs")]


def test_what_the_history_does_not_prove_is_refused(folder: Path) -> None:
    store = small_book(folder)
    Store(str(folder), keep_days=1).compact()
    path = folder / "activities.json"
    path.write_bytes(b"".join(render("activities", 3, SCHEMA, [])))
    (said,) = repair(folder).refused
    assert "The history does not prove what is right. kam restore brings back a backup." in said
    assert store.check()


def test_a_file_with_the_name_of_a_table_gets_another_one(book: Store, folder: Path) -> None:
    stray = folder / "accounts-old.json"
    stray.write_bytes((folder / "accounts.json").read_bytes())
    stray.chmod(0o600)
    assert Store(str(folder)).read().accounts
    repair(folder)
    assert Store(str(folder)).read().accounts
    assert Store(str(folder)).doctor().copies() == [str(folder / "accounts-old (copy).json")]


def test_a_table_file_that_does_not_belong_there_is_emptied(folder: Path) -> None:
    store = small_book(folder, compacted=False)
    before = contents(store.read())
    (folder / "accounts.json").write_text("{")
    (folder / "accounts.json").chmod(0o600)
    repair(folder)
    assert on_disk(folder) == before
    assert store.check() == []


def test_a_restore_that_was_cut_short_is_not_taken_for_a_book(book: Store, folder: Path) -> None:
    (folder / "journal.jsonl").write_bytes(rescue.UNFINISHED)
    assert repair(folder).refused == (f"A restore of {folder} was cut short. Do it again: kam restore.",)
    assert (folder / "journal.jsonl").read_bytes() == rescue.UNFINISHED


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "package.json.12.tmp").write_text("")
    tmp_path.chmod(0o755)
    assert repair(tmp_path) == Mending()
    assert {path.name for path in tmp_path.iterdir()} - {"lock"} == {"package.json", "package.json.12.tmp"}
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_file_that_the_system_keeps_back_is_named_and_nothing_is_mended(book: Store, folder: Path) -> None:
    assert book.compact()
    for path in folder.glob("*.json*"):
        path.unlink()
    (folder / "journal.jsonl").mkdir(0o700)
    (said,) = repair(folder).refused
    assert said == (
        f"{folder / 'journal.jsonl'} cannot be read: Is a directory. Nothing can be mended while that is so."
    )


def test_a_file_in_the_place_of_a_book_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("x")
    path.chmod(0o644)
    doctor = Store(str(path)).doctor()
    for dry_run in (True, False):
        with pytest.raises(Invalid, match="is no folder"):
            doctor.repair("anna@cli", dry_run=dry_run)
    assert doctor.look_over().findings == (f"{path} is no folder, so a book cannot be there.",)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_book_of_a_newer_kam_is_refused(book: Store, folder: Path) -> None:
    spoil(folder / "accounts.json", f'"schema":{SCHEMA}', '"schema":9')
    with pytest.raises(TooNew, match="newer kam"):
        Store(str(folder)).doctor().repair("anna@cli")


@pytest.mark.parametrize("version", range(1, SCHEMA))
def test_a_book_of_an_earlier_kam_is_mended_as_well(folder: Path, version: int) -> None:
    shutil.copytree(Path(__file__).parent / "books" / f"schema-{version}", folder)
    for path in folder.iterdir():
        path.chmod(0o600)
    folder.chmod(0o700)
    before, told = on_disk(folder), numbers(Store(str(folder)))
    (name,) = (path.name for path in folder.glob("history*.jsonl"))
    for file in ("accounts.json", "journal.jsonl", name):
        data = (folder / file).read_bytes()
        cut = data.index(b'"id":"a-') if file == "accounts.json" else data.index(b'"by":"')
        (folder / file).write_bytes(data[: cut + 3] + b"#" + data[cut + 4 :])
    repair(folder)
    store = Store(str(folder))
    assert numbers(store) == told
    assert store.check() == []
    assert on_disk(folder) == before


def test_a_disk_that_does_not_give_a_file_back_is_not_written(
    book: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "accounts.json").write_bytes(b"{")
    opened = os.open

    def refuse(path: object, *rest: int) -> int:
        if str(path).endswith("contacts.json"):
            raise OSError(errno.EIO, "Input/output error")
        return opened(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    (said,) = Store(str(folder)).doctor().repair("anna@cli").refused
    assert "contacts.json cannot be read: Input/output error. Nothing can be mended while that is so." in said
    assert (folder / "accounts.json").read_bytes() == b"{"


def test_a_long_journal_is_folded(book: Store, folder: Path) -> None:
    put(book, *(contact("A long name " * 40, f"c-{n}") for n in range(700)))
    assert "The journal is folded into the tables." in repair(folder).done
    assert (folder / "journal.jsonl").read_bytes().count(b"\n") == 1


def damaged_everywhere(folder: Path) -> None:
    spoil(folder / "history.jsonl", "Noted talk 1", "Noted walk 1")
    spoil(folder / "activities.json", '{"id":"t-2"', '{"id"#"t-2"')
    spoil(folder / "journal.jsonl", "Noted talk 4", "Noted walk 4")
    spoil(folder / "contacts.json", "\n", "\0")
    (folder / f"accounts.json.{GONE}.tmp").write_bytes(b"")
    folder.chmod(0o755)


def without_head(folder: Path) -> None:
    spoil(folder / "journal.jsonl", '{"c":"', '{"d":"')
    (folder / "accounts.json").write_bytes(b"\0" * 200)
    contacts = folder / "contacts.json"
    contacts.write_text(contacts.read_text().replace(",", ", "))


def of_another_branch(folder: Path) -> None:
    spoil(folder / "accounts.json", '"name":"Beta"', '"name":"Zeta"')
    with_another_seal(folder / "accounts.json")


def whole_again(folder: Path, before: dict[str, dict[str, Record]], how: str) -> None:
    """Mend what was left of a repair, and see that it is as good as one that was not stopped."""
    Store(str(folder)).doctor().repair("anna@cli")
    store = Store(str(folder))
    assert contents(store.read()) == before, how
    assert numbers(store) == list(range(9, 0, -1)), how
    assert [said for said in store.check() if "is a copy" not in said] == [], how


@pytest.mark.parametrize(
    ("damage", "happens"),
    [(damaged_everywhere, Trial.killed), (without_head, Trial.cut), (of_another_branch, Trial.cut)],
    ids=["killed", "cut", "cut beside a copy"],
)
def test_a_repair_may_be_stopped_anywhere(
    tmp_path: Path, damage: Callable[[Path], None], happens: Callable[[Trial], Iterator[Left]]
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    before = contents(small_book(given / "book").read())
    damage(given / "book")
    (tmp_path / "trials").mkdir()
    trial = Trial(given, lambda store: store.doctor().repair("anna@cli"), Store, tmp_path / "trials")
    assert contents(trial.whole()[0].read()) == before
    for left in happens(trial):
        if left.is_new:
            whole_again(Path(left.store.folder), before, left.how)


def test_a_repair_may_be_refused_anywhere(folder: Path, tmp_path: Path, disk: Disk) -> None:
    before = contents(small_book(folder).read())
    damaged_everywhere(folder)
    shutil.copytree(folder, tmp_path / "whole")
    disk.back()
    Store(str(tmp_path / "whole")).doctor().repair("anna@cli")
    for fail in range(len(disk.steps)):
        trial = tmp_path / str(fail)
        shutil.copytree(folder, trial)
        disk.back()
        disk.refuse_at = fail
        with pytest.raises(Unwritable):
            Store(str(trial)).doctor().repair("anna@cli")
        disk.back()
        whole_again(trial, before, f"refused at step {fail}")


NAMES = ("accounts.json", "contacts.json", "activities.json", "history.jsonl", "journal.jsonl")


@pytest.fixture(scope="module")
def ready_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "book"
    small_book(folder).close()
    return folder


@settings(max_examples=20, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    place=st.floats(0, 0.999),
    how=st.sampled_from(["flip", "zero", "cut", "insert"]),
)
def test_any_damage_to_one_file_leaves_a_book_that_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, ready_made: Path, name: str, place: float, how: str
) -> None:
    folder = tmp_path_factory.mktemp("any") / "book"
    shutil.copytree(ready_made, folder)
    data = bytearray((folder / name).read_bytes())
    at = int(place * len(data))
    if how == "flip":
        data[at] ^= 1 << at % 8
    elif how == "zero":
        data[at : at + 30] = b"\0" * len(data[at : at + 30])
    elif how == "cut":
        del data[at:]
    else:
        data[at:at] = b"\xff{}"
    (folder / name).write_bytes(data)
    Store(str(folder)).doctor().repair("anna@cli")
    store = Store(str(folder))
    assert [said for said in store.check() if "which is not in the book" not in said] == []
    assert store.read().accounts
    put(store, contact("Later"), at=NOW + timedelta(1))
    assert numbers(store)
