"""A book on the disk: what is put comes back, tables load when asked for, nothing is half done."""

from __future__ import annotations

import gc
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import LONG_AGO, NOW, TODAY, account, activity, contact, reminder
from store_kit import contents, on_disk, put, write

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change, Edit, Record, add
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.errors import Conflict, Damaged, Invalid
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.reminder import SNOOZED, Occurrence, occurrence_key
from kam_tui.store import records as loading
from kam_tui.store.layout import key_of, render
from kam_tui.store.migrations import SCHEMA
from kam_tui.store.records import Records
from kam_tui.store.store import Store
from kam_tui.store.tables import TableFile

pytest_plugins = ("store_fixtures",)

FULL: list[Record] = [
    account(
        "Ålands Nät & Co [/bold]",
        phones=(Labeled("+358 9 123", "switchboard"), Labeled("+358 9 456")),
        customer_since=PartialDate(2019, 3),
        occasions=(Occasion("other", PartialDate(None, 3, 1), "Founding day", 10),),
        cadence_days=21,
        about='First line\nsecond line\t"quoted" \\ back',
        tags=("vip", "paper"),
        extra={"Colour": "blue\u2028\x85\x0c", "Nested": {"a": [1, 2.5, None, True]}},
    ),
    contact("Żółć 李小龍", account_id="a-landsntcobold", birthday=PartialDate(None, 2, 29)),
    activity("Line one\nline two", contact_ids=("c-1", "c-2"), counts=False),
    reminder("Call back", due=Moment.parse("2026-11-24T14:00[Europe/Helsinki]"), rule="FREQ=WEEKLY"),
    Occurrence(occurrence_key("birthday", "c-1", TODAY), TODAY, SNOOZED, Moment(date(2026, 12, 1))),
]


@pytest.mark.parametrize("compacted", [False, True], ids=["from the journal", "from the tables"])
def test_every_kind_of_record_comes_back_as_it_was(store: Store, folder: Path, compacted: bool) -> None:
    given = contents(put(store, *FULL))
    if compacted:
        assert store.compact()
    assert on_disk(folder) == given


def test_a_change_of_several_records_is_one_line(store: Store, folder: Path) -> None:
    put(store, *FULL)
    assert (folder / "journal.jsonl").read_bytes().count(b"\n") == 2  # the head and the change


def test_a_changed_and_a_removed_record_come_back_so(store: Store, folder: Path) -> None:
    acme, other = account("Acme", tags=("old",), city="Turku"), account("Other")
    put(store, acme, other)
    store.compact()
    renamed = replace(acme, name="Acme Group", tags=())
    write(store, Edit(acme, renamed), Edit(other, None))
    assert on_disk(folder)["accounts"] == {acme.id: renamed}
    store.compact()
    assert on_disk(folder)["accounts"] == {acme.id: renamed}


def test_a_change_without_edits_writes_nothing(store: Store, folder: Path) -> None:
    put(store, account())
    before = (folder / "journal.jsonl").read_bytes()
    book = store.read()
    after, change = store.update(lambda _book: Change("Nothing to do"), NOW, "anna@cli")
    assert after is book
    assert change.summary == "Nothing to do"
    assert (folder / "journal.jsonl").read_bytes() == before


def test_what_the_verb_raises_passes_and_nothing_is_written(store: Store, folder: Path) -> None:
    put(store, account())
    before = (folder / "journal.jsonl").read_bytes()

    def refuse(_book: Book) -> Change:
        raise Invalid("No.")

    with pytest.raises(Invalid, match="No"):
        store.update(refuse, NOW, "anna@cli")
    assert (folder / "journal.jsonl").read_bytes() == before
    put(store, contact())
    assert on_disk(folder)["contacts"]


def test_an_edit_of_a_record_that_somebody_else_changed_is_refused(store: Store, folder: Path) -> None:
    acme = account("Acme")
    put(store, acme)
    with Store(str(folder)).database as other:
        other.table("accounts").update({"city": "Oulu"})
    with pytest.raises(Conflict, match="Acme has been changed by someone else"):
        write(store, Edit(acme, replace(acme, city="Turku")))
    assert on_disk(folder)["accounts"][acme.id] == replace(acme, city="Oulu")


def test_adding_a_record_that_is_there_is_refused_even_in_a_table_nobody_loaded(folder: Path) -> None:
    first = Store(str(folder))
    put(first, *(activity(f"Talk {n}", f"t-{n}") for n in range(200)))
    first.compact()
    second = Store(str(folder))
    for number in (0, 77, 199):
        with pytest.raises(Conflict):
            put(second, activity("Another", f"t-{number}"))
    put(second, activity("New", "t-200"))
    assert len(on_disk(folder)["activities"]) == 201


def test_a_conflict_in_the_last_edit_leaves_out_the_first_too(store: Store, folder: Path) -> None:
    acme = account("Acme")
    put(store, acme)
    with pytest.raises(Conflict):
        write(store, add(contact()), add(acme))
    assert on_disk(folder)["contacts"] == {}


def test_a_capture_loads_no_activities(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_data = Store(str(folder))
    acme = account("Acme")
    put(with_data, acme, *(activity(f"Talk {n}", f"t-{n}") for n in range(50)))
    with_data.compact()
    put(with_data, activity("In the journal", "t-in-journal"))

    asked: list[str] = []
    load = Records.load

    def spy(from_there: Records, table: str) -> dict[str, Record]:
        asked.append(table)
        return load(from_there, table)

    monkeypatch.setattr(Records, "load", spy)

    def capture(book: Book) -> Change:
        (found,) = (a for a in book.accounts.values() if a.name == "Acme")
        return Change("Noted", (add(activity("New", "t-new", account_id=found.id)),))

    store = Store(str(folder))
    book, _change = store.update(capture, NOW, "anna@cli")
    assert asked == ["accounts"]
    assert len(book.activities) == 52
    assert book.activities["t-new"].account_id == acme.id


def test_people_of_an_account_are_found_without_loading_all_contacts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Store(str(folder))
    acme = account("Acme", "a-acme")
    mine = [contact(f"Mine {n}", f"c-mine{n}", account_id="a-acme") for n in range(3)]
    put(first, acme, mine[0], mine[1], *(contact(f"Else {n}", f"c-{n}") for n in range(100)))
    first.compact()
    put(first, mine[2])
    gone = mine[1]
    write(first, Edit(gone, None))
    decoded: list[str] = []
    records = Records._records

    monkeypatch.setattr(Records, "load", lambda _records, table: pytest.fail(f"loaded {table}"))

    def watched(from_there: Records, table: str, documents: Any) -> Iterator[Record]:
        for record in records(from_there, table, documents):
            decoded.append(record.id)
            yield record

    monkeypatch.setattr(Records, "_records", watched)
    found = Store(str(folder)).read().people("a-acme")
    assert [person.name for person in found] == ["Mine 0", "Mine 2"]
    assert sorted(decoded) == ["c-mine0", "c-mine2"]


def test_a_book_is_as_it_was_when_it_was_read_whatever_is_written_later(folder: Path) -> None:
    store, other = Store(str(folder)), Store(str(folder))
    acme = account("Acme")
    put(store, acme, *(activity(f"Talk {n}", f"t-{n}") for n in range(20)))
    store.compact()
    old = other.read()
    write(store, Edit(acme, None))
    put(store, activity("Late", "t-late"))
    store.compact()
    assert list(old.accounts) == [acme.id]
    assert len(old.activities) == 20
    assert len(store.read().activities) == 21


def test_a_large_table_is_read_part_by_part_with_what_was_changed_since(store: Store, folder: Path) -> None:
    talks = {f"t-{n}": activity(f"Talk {n} – äö" * 40, f"t-{n}") for n in range(900)}
    put(store, *talks.values())
    store.compact()
    assert (folder / "activities.json").stat().st_size > 300_000
    assert on_disk(folder)["activities"] == talks
    edits = []
    for number in range(0, 900, 100):
        old, gone = talks[f"t-{number}"], talks.pop(f"t-{number + 1}")
        talks[old.id] = replace(old, text=f"Changed {number}")
        edits += [Edit(old, talks[old.id]), Edit(gone, None)]
    talks["t-new"] = activity("New", "t-new")
    write(store, *edits, add(talks["t-new"]))
    assert on_disk(folder)["activities"] == talks
    assert dict(store.read().activities) == talks


def test_the_collector_looks_past_a_large_table_and_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(Store(str(folder)), *(activity(f"Talk {n}", f"t-{n}") for n in range(50)))
    before = gc.get_freeze_count()
    assert len(Store(str(folder)).read().activities) == 50
    assert gc.get_freeze_count() == before
    monkeypatch.setattr(loading, "_MANY", 20)
    book = Store(str(folder)).read()
    assert len(book.activities) == 50
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
    gc.unfreeze()


def test_files_are_for_their_owner_alone(folder: Path) -> None:
    mask = os.umask(0)
    try:
        store = Store(str(folder))
        put(store, account(), activity())
        store.compact()
        put(store, contact())
    finally:
        os.umask(mask)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes) >= {"accounts.json", "activities.json", "journal.jsonl", "history.jsonl", "lock"}
    assert set(modes.values()) == {0o600}


def test_reading_makes_nothing(folder: Path) -> None:
    store = Store(str(folder))
    assert contents(store.read()) == contents(Book.of())
    store.close()
    assert not folder.exists()


def test_documents_of_a_newer_kam_keep_what_this_one_does_not_know(store: Store, folder: Path) -> None:
    person = Contact("c-1", LONG_AGO, "Anna", extra={"shoe_size": 38})
    put(store, person)
    store.compact()
    write(store, Edit(person, replace(person, name="Anna Berg")))
    store.compact()
    found = on_disk(folder)["contacts"]["c-1"]
    assert found.extra == {"shoe_size": 38}


def test_a_document_that_the_schema_refuses_is_named_with_file_id_and_field(
    store: Store, folder: Path
) -> None:
    put(store, account("Acme", "a-acme"))
    store.compact()
    table = folder / "accounts.json"
    table.write_text(table.read_text().replace('"created":"2020-01-01"', '"created":"2020-13-01"'))
    with pytest.raises(Damaged, match=r"accounts\.json.*a-acme.*created"):
        Store(str(folder)).read().table("accounts")


def test_text_that_json_cannot_hold_is_refused_before_anything_is_written(store: Store, folder: Path) -> None:
    put(store, account())
    before = (folder / "journal.jsonl").read_bytes()
    with pytest.raises(Invalid):
        put(store, contact(extra={"odd": float("nan")}))
    with pytest.raises(Invalid):
        put(store, contact(extra={"odd": object()}))
    assert (folder / "journal.jsonl").read_bytes() == before


def test_a_document_that_stands_twice_under_one_key_is_told_whatever_the_journal_says(store: Store) -> None:
    liisa, anna = contact("Liisa", "c-liisa"), contact("Anna", "c-anna")
    put(store, liisa, anna)
    store.compact()
    write(store, Edit(anna, replace(anna, title="CEO")))
    path = Path(store.folder) / "contacts.json"
    file = TableFile(str(path), "contacts")
    rows = [row for row in file.lines() for _time in range(2 if row[0] == key_of("c-liisa") else 1)]
    path.write_bytes(b"".join(render("contacts", file.number, SCHEMA, rows, file.seal)))
    with pytest.raises(Damaged, match="holds c-liisa twice"):
        Store(store.folder).read().table("contacts")
