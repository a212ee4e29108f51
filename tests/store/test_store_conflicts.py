"""Conflicts: what a sync tool's copy of a file of the book holds that the book does not."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, account, activity, contact
from damage_kit import ACME, small_book, spoil, talk
from hypothesis import given, settings
from hypothesis import strategies as st
from store_kit import contents, on_disk, put, write

from kam_tui.domain.activity import Activity
from kam_tui.domain.change import Edit, Record
from kam_tui.domain.errors import Damaged, Invalid, NotFound, TooNew
from kam_tui.store.journal import seal
from kam_tui.store.layout import key_of, render
from kam_tui.store.migrations import SCHEMA
from kam_tui.store.store import Store
from kam_tui.usecases.reconciling import plan, reconcile

pytest_plugins = ("store_fixtures",)

NAME = "journal (Anna's conflicted copy 2026-11-20).jsonl"
LIISA = contact("Liisa", "c-liisa", account_id=ACME.id)


@pytest.fixture
def book(folder: Path) -> Store:
    return small_book(folder)


@pytest.fixture
def other(book: Store, folder: Path, tmp_path: Path) -> Store:
    """The same book on another machine."""
    shutil.copytree(folder, tmp_path / "other")
    return Store(str(tmp_path / "other"))


def bring(store: Store, path: Path | str) -> list[Record | None]:
    """Bring a copy in, and see that doing it again changes nothing; what was written."""
    copy = store.doctor().read_copy(str(path))
    _book, change = store.update(lambda book: reconcile(book, NOW, copy), NOW, "anna@cli")
    again = store.doctor().read_copy(str(path))
    assert reconcile(store.read(), NOW, again).edits == ()
    assert all("is a copy" in said for said in store.check())
    return [edit.after for edit in change.edits]


def copied(store: Store, name: str, folder: Path, as_name: str) -> Path:
    """A file of one book, as a sync tool puts it into the folder of another one."""
    target = folder / as_name
    shutil.copy(Path(store.folder) / name, target)
    target.chmod(0o600)
    return target


def test_changes_of_the_same_numbers_are_told_apart(book: Store, other: Store, folder: Path) -> None:
    put(book, account("Ours"))
    put(other, account("Theirs"))
    write(other, Edit(LIISA, replace(LIISA, title="CEO")))
    copy = copied(other, "journal.jsonl", folder, NAME)
    assert bring(book, copy) == [account("Theirs"), replace(LIISA, title="CEO")]
    assert set(on_disk(folder)["accounts"]) == {"a-acme", "a-beta", "a-ours", "a-theirs"}


def test_it_is_one_change_that_can_be_undone(book: Store, other: Store, folder: Path) -> None:
    before = contents(book.read())
    put(other, account("Theirs"))
    put(other, activity("Met them", account_id="a-theirs"))
    bring(book, copied(other, "journal.jsonl", folder, NAME))
    entry = next(iter(book.history()))
    assert entry.change.summary == f"Merged {NAME}: 2 new"
    book.update(lambda _book: entry.change.inverse("Undid", entry.number), NOW, "anna@cli")
    assert on_disk(folder) == before


def test_what_we_have_folded_away_since_is_known_all_the_same(
    book: Store, other: Store, folder: Path
) -> None:
    put(other, account("Theirs"))
    put(book, account("Ours"))
    book.compact()
    assert bring(book, copied(other, "journal.jsonl", folder, NAME)) == [account("Theirs")]


def test_what_they_have_folded_away_is_in_their_history(book: Store, other: Store, folder: Path) -> None:
    put(other, account("Theirs"))
    other.compact()
    put(other, account("Later"))
    history = copied(other, "history.jsonl", folder, "history.sync-conflict-20261120-101500-ABC.jsonl")
    assert bring(book, history) == [account("Theirs")]
    assert bring(book, copied(other, "journal.jsonl", folder, NAME)) == [account("Later")]


def test_several_changes_of_one_record_are_one(book: Store, other: Store, folder: Path) -> None:
    once, twice = replace(LIISA, title="CEO"), replace(LIISA, title="CEO", department="Sales")
    write(other, Edit(LIISA, once))
    write(other, Edit(once, twice))
    put(other, talk(7))
    write(other, Edit(talk(7), None))
    write(book, Edit(LIISA, replace(LIISA, language="fi")))
    assert bring(book, copied(other, "journal.jsonl", folder, NAME)) == [replace(twice, language="fi")]


def test_what_both_changed_is_kept_in_a_note(book: Store, other: Store, folder: Path) -> None:
    write(book, Edit(LIISA, replace(LIISA, title="CEO")))
    write(other, Edit(LIISA, replace(LIISA, title="CTO")))
    (note,) = bring(book, copied(other, "journal.jsonl", folder, NAME))
    assert isinstance(note, Activity)
    assert note.text == "Other version of Liisa:\nTitle: CTO"


def test_who_was_removed_here_is_known(book: Store, other: Store, folder: Path) -> None:
    write(other, Edit(talk(1), replace(talk(1), text="Talked at length")))
    put(other, activity("About them", "t-beta", account_id="a-beta"))
    write(book, Edit(talk(1), None), Edit(account("Beta", "a-beta"), None))
    came = bring(book, copied(other, "journal.jsonl", folder, NAME))
    assert {each.id for each in came if each} == {"t-1", "t-beta", "a-beta"}


def test_a_merge_that_was_undone_can_be_done_again(book: Store, other: Store, folder: Path) -> None:
    write(book, Edit(LIISA, replace(LIISA, title="CEO")))
    write(other, Edit(LIISA, replace(LIISA, title="CTO")))
    put(other, account("Theirs"))
    copy = copied(other, "journal.jsonl", folder, NAME)
    came = bring(book, copy)
    assert [each.id[:2] for each in came if each] == ["t-", "a-"]
    entry = next(iter(book.history()))
    book.update(lambda _book: entry.change.inverse("Undid", entry.number), NOW, "anna@cli")
    assert bring(book, copy) == came
    write(book, Edit(account("Theirs"), None), what="Removed")
    found = plan(book.read(), NOW, book.doctor().read_copy(str(copy)))
    assert [line.outcome for line in found.lines] == ["conflict"]
    assert found.edits == ()


def test_damaged_lines_of_a_copy_are_left_out_and_told(book: Store, other: Store, folder: Path) -> None:
    put(other, account("Theirs"), what="Added theirs")
    put(other, account("More"))
    copy = copied(other, "journal.jsonl", folder, NAME)
    spoil(copy, "Added theirs", "Added thears")
    found = book.doctor().read_copy(str(copy))
    assert found.warnings == ("1 line of it is damaged and left out.",)
    assert [version.theirs for version in found.versions] == [account("More")]


def test_a_change_that_we_lost_is_found_again_in_a_copy(book: Store, other: Store, folder: Path) -> None:
    copy = copied(book, "journal.jsonl", folder, NAME)
    key = str(key_of("t-4"))
    spoil(folder / "journal.jsonl", '["activities","' + key, '["activities",x' + key)
    assert book.doctor().repair("anna@cli").lost
    store = Store(str(folder))
    assert "t-4" not in store.read().activities
    assert bring(store, copy) == [talk(4)]


def test_a_table_tells_what_ours_never_was(book: Store, other: Store, folder: Path) -> None:
    write(other, Edit(LIISA, replace(LIISA, title="CEO", about="Likes tea.")))
    put(other, contact("Pekka"))
    other.compact()
    write(book, Edit(LIISA, replace(LIISA, department="Sales", about="Has a dog.")))
    copy = copied(other, "contacts.json", folder, "contacts (1).json")
    came = bring(book, copy)
    assert replace(LIISA, title="CEO", department="Sales", about="Has a dog.\nLikes tea.") in came
    assert contact("Pekka") in came
    assert len(came) == 2


def test_an_older_table_takes_nothing_back(book: Store, folder: Path) -> None:
    copy = copied(book, "accounts.json", folder, "accounts 2.json")
    write(book, Edit(replace(ACME, city="Turku"), replace(ACME, city="Oulu")))
    write(book, Edit(account("Beta", "a-beta"), None))
    found = plan(book.read(), NOW, book.doctor().read_copy(str(copy)))
    assert found.edits == ()
    assert [line.outcome for line in found.lines] == []


def test_without_a_history_only_what_is_empty_is_filled(folder: Path, tmp_path: Path) -> None:
    store = small_book(folder)
    shutil.copytree(folder, tmp_path / "other")
    theirs = Store(str(tmp_path / "other"))
    now = replace(ACME, city="Turku")
    write(theirs, Edit(now, replace(now, city="Oulu", industry="Timber")))
    theirs.compact()
    Store(str(folder), keep_days=1).compact()
    copy = copied(theirs, "accounts.json", folder, "accounts 2.json")
    acme, note = bring(store, copy)
    assert acme == replace(now, industry="Timber")
    assert isinstance(note, Activity)
    assert note.text == "Other version of Acme:\nCity: Oulu"


def test_a_table_that_another_program_wrote_is_read(book: Store, other: Store, folder: Path) -> None:
    put(other, contact("Pekka"))
    other.compact()
    copy = copied(other, "contacts.json", folder, "contacts 2.json")
    copy.write_text(json.dumps(json.loads(copy.read_text()), indent=1))
    assert bring(book, copy) == [contact("Pekka")]


def test_damaged_documents_of_a_table_are_left_out_and_told(book: Store, other: Store, folder: Path) -> None:
    put(other, contact("Pekka"), contact("Maija"))
    other.compact()
    copy = copied(other, "contacts.json", folder, "contacts 2.json")
    spoil(copy, '{"id":"c-pekka"', '{"id"#"c-pekka"')
    spoil(copy, '"c-maija","created":"2', '"c-maija","created":"x')
    found = book.doctor().read_copy(str(copy))
    assert found.versions == ()
    (line, record) = found.warnings
    assert line == "1 line of it is damaged and left out."
    assert record.startswith("One record is left out: contacts c-maija: created")


def test_the_folder_of_another_copy_comes_in_as_a_whole(book: Store, other: Store, folder: Path) -> None:
    write(other, Edit(LIISA, replace(LIISA, title="CEO")))
    other.compact()
    put(other, account("Theirs"))
    put(book, account("Ours"))
    assert bring(book, other.folder) == [replace(LIISA, title="CEO"), account("Theirs")]


def test_a_book_that_began_elsewhere_comes_in_record_by_record(book: Store, tmp_path: Path) -> None:
    stranger = Store(str(tmp_path / "stranger"))
    put(stranger, account("Cera"), replace(LIISA, title="CEO"))
    came = bring(book, stranger.folder)
    assert came == [account("Cera"), replace(LIISA, title="CEO")]


def test_a_journal_of_another_book_is_told(book: Store, folder: Path, tmp_path: Path) -> None:
    stranger = Store(str(tmp_path / "stranger"))
    put(stranger, account("Cera"))
    found = book.doctor().read_copy(str(copied(stranger, "journal.jsonl", folder, NAME)))
    assert found.warnings == ("It is of another book.",)
    assert [version.theirs for version in found.versions] == [account("Cera")]


def test_that_somebody_was_erased_there_is_told(book: Store, other: Store, folder: Path) -> None:
    journal = Path(other.folder) / "journal.jsonl"
    past = {"file": "history-2.jsonl", "size": 1}
    edits = [["contacts", str(key_of("c-liisa")), None, None]]
    fields = {
        "n": 10,
        "v": SCHEMA,
        "at": NOW.isoformat(),
        "by": "x",
        "what": "Erased a person",
        "edits": edits,
    }
    journal.write_bytes(journal.read_bytes() + seal(fields | {"past": past}) + b"\n")
    found = book.doctor().read_copy(str(copied(other, "journal.jsonl", folder, NAME)))
    assert found.versions == ()
    assert found.warnings == ("Somebody was erased there. They may still be in this book: kam person erase.",)


def test_other_tables_are_left_out(book: Store, other: Store, folder: Path) -> None:
    other.database.table("prices").insert({"sum": 7})
    put(other, account("Theirs"))
    assert bring(book, copied(other, "journal.jsonl", folder, NAME)) == [account("Theirs")]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("journal.jsonl", None, Invalid),
        ("accounts.json", None, Invalid),
        ("none.jsonl", None, NotFound),
        ("notes.txt", b"hello", Invalid),
        ("prices 2.json", b'{"prices": {"1": {"sum": 7}}}', Invalid),
        ("accounts 2.json", b"".join(render("accounts", 3, 9, [])), TooNew),
        ("journal 2.jsonl", seal({"n": 10, "v": 9, "edits": []}) + b"\n", TooNew),
    ],
)
def test_what_is_no_copy_is_refused(
    book: Store, folder: Path, name: str, content: bytes | None, error: type[Exception]
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(error):
        book.doctor().read_copy(str(folder / name))


def test_the_book_itself_and_an_empty_folder_are_refused(book: Store, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="is the book itself"):
        book.doctor().read_copy(str(folder))
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound, match="There is no book at"):
        book.doctor().read_copy(str(tmp_path / "empty"))


def test_a_damaged_book_is_to_be_repaired_first(book: Store, other: Store, folder: Path) -> None:
    copy = copied(other, "journal.jsonl", folder, NAME)
    spoil(folder / "history.jsonl", "Noted talk 1", "Noted walk 1")
    with pytest.raises(Damaged):
        book.doctor().read_copy(str(copy))


def test_a_copy_that_came_in_gets_another_name(
    book: Store, other: Store, folder: Path, tmp_path: Path
) -> None:
    doctor = book.doctor()
    for count, expected in enumerate(("merged", "merged-2"), 1):
        copied(other, "journal.jsonl", folder, NAME)
        assert doctor.put_away(NAME) == str(folder / f"{NAME}.{expected}")
        assert len(list(folder.glob("*merged*"))) == count
        assert doctor.copies() == []
    elsewhere = copied(other, "journal.jsonl", tmp_path, "journal.jsonl")
    for path in (elsewhere, folder / "journal.jsonl", Path(other.folder)):
        assert doctor.put_away(str(path)) == ""
        assert path.exists()


FIELDS = ("title", "department", "language", "about")


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_two_machines_that_went_apart_come_together_again(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("apart")
    ours = small_book(place / "ours")
    shutil.copytree(place / "ours", place / "theirs")
    theirs = Store(str(place / "theirs"))
    both: dict[str, Any] = {}
    for name in FIELDS:
        store = data.draw(st.sampled_from([ours, theirs]), name)
        both[name] = f"{name} of {data.draw(st.integers(0, 9))}"
        was = store.read().contacts["c-liisa"]
        write(store, Edit(was, replace(was, **{name: both[name]})))
    for number, store in enumerate(data.draw(st.lists(st.sampled_from([ours, theirs]), max_size=4))):
        put(store, talk(10 + number))
        if data.draw(st.booleans()):
            store.compact()
    expected = set(ours.read().activities) | set(theirs.read().activities)
    for store, path in ((ours, place / "theirs"), (theirs, place / "ours")):
        bring(store, path)
        assert store.read().contacts["c-liisa"] == replace(LIISA, **both)
        assert set(store.read().activities) == expected
    assert on_disk(place / "ours") == on_disk(place / "theirs")
