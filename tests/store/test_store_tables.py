"""Table files: found by key, read by stock TinyDB, mended by hand, never overwritten when damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import account, activity, contact
from hypothesis import given, settings
from hypothesis import strategies as st
from store_kit import contents, on_disk, put
from tinydb import Query, TinyDB

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Damaged
from kam_tui.domain.lookup import find_account
from kam_tui.store.journal import dumps
from kam_tui.store.layout import META, file_name, key_of, render, table_name
from kam_tui.store.migrations import SCHEMA
from kam_tui.store.store import Store
from kam_tui.store.tables import TableFile

pytest_plugins = ("store_fixtures",)


def table_file(path: Path, documents: dict[int, dict[str, object]], table: str = "notes") -> TableFile:
    rows = [(key, dumps(document)) for key, document in sorted(documents.items())]
    path.write_bytes(b"".join(render(table, 5, 1, rows)))
    return TableFile(str(path), table)


def test_a_stock_tinydb_opens_each_table_file(store: Store, folder: Path) -> None:
    book = put(store, account("Acme"), contact("Liisa"), *(activity(f"Äö {n}", f"t-{n}") for n in range(9)))
    store.compact()
    for table in ("accounts", "contacts", "activities"):
        with TinyDB(folder / f"{table}.json") as stock:
            assert stock.tables() == {META, table}
            found = {row["id"]: SCHEMAS[table].decode(row) for row in stock.table(table)}
            assert found == contents(book)[table]
            assert stock.table(META).get(doc_id=1)["schema"] == SCHEMA


def test_there_is_one_document_on_each_line_in_utf8(store: Store, folder: Path) -> None:
    put(store, account("Åkerö", about="one\ntwo\u2028three"), account("Beta"))
    store.compact()
    lines = (folder / "accounts.json").read_bytes().split(b"\n")
    assert len(lines) == 2 + 2 + 1 + 1
    assert sum("Åkerö".encode() in line for line in lines) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.integers(1, 2**52), st.text(max_size=40) | st.integers(2000, 40_000).map("x".__mul__), max_size=40
    ),
    st.sets(st.integers(1, 2**52), max_size=10),
)
def test_any_key_is_found_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[int, str], others: set[int]
) -> None:
    documents: dict[int, dict[str, object]] = {key: {"text": text} for key, text in texts.items()}
    file = table_file(tmp_path_factory.mktemp("t") / "notes.json", documents)
    assert file.as_written
    assert dict(file.documents()) == documents
    assert {key: json.loads(text) for key, text in file.lines()} == documents
    assert file.highest() == max(documents, default=0)
    for key in others | documents.keys():
        assert file.find(key) == documents.get(key)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ä–x", max_size=50) | st.just("y" * 300), max_size=30), st.integers(1, 400))
def test_a_file_comes_in_parts_of_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], size: int
) -> None:
    documents: dict[int, dict[str, object]] = {10**n: {"text": text} for n, text in enumerate(texts)}
    path = tmp_path_factory.mktemp("t") / "notes.json"
    file = table_file(path, documents)
    written = path.read_bytes()
    for part in (1, size // 2 + 1, 1000):
        blocks = list(file._blocks(size, part))
        body = b"\n".join(block for _begin, block in blocks)
        assert body == b"\n".join(written.split(b"\n")[2:-2])
        assert all(written[begin - 1 :].startswith(b"\n" + block + b"\n") for begin, block in blocks)


def test_what_somebody_else_writes_meanwhile_is_noticed_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    file = table_file(path, {number: {"text": "x" * 100} for number in range(1, 9)})
    blocks = file._blocks(300, 100)
    next(blocks)
    with path.open("ab") as another:
        another.write(b"more")
    with pytest.raises(Damaged, match="written by another program"):
        list(blocks)


def test_a_key_that_stands_twice_in_a_file_is_not_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    table_file(path, {1: {"text": "one"}, 2: {"text": "two"}})
    path.write_bytes(path.read_bytes().replace(b'"2":', b'"1":'))
    found = [document["text"] for _key, document in TableFile(str(path), "notes").documents()]
    assert found == ["one", "two"]


def test_documents_that_hold_a_text_are_found_without_the_rest(tmp_path: Path) -> None:
    documents: dict[int, dict[str, object]] = {n: {"id": f"c-{n}", "at": f"a-{n % 3}"} for n in range(1, 30)}
    file = table_file(tmp_path / "notes.json", documents)
    assert dict(file.holding(b"a-1")) == {n: d for n, d in documents.items() if n % 3 == 1}
    assert list(file.holding(b"nowhere")) == []


def test_an_open_file_stays_as_it_was_when_another_takes_its_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    file = table_file(path, {1: {"old": True}})
    newer = tmp_path / "newer.json"
    table_file(newer, {2: {"new": True}})
    newer.replace(path)
    assert dict(file.documents()) == {1: {"old": True}}


def test_a_hand_edit_is_read_and_put_in_order_by_the_next_compaction(store: Store, folder: Path) -> None:
    put(store, account("Acme", "a-acme"))
    store.compact()
    path = folder / "accounts.json"
    tables = json.loads(path.read_text())
    tables["accounts"]["5"] = {"id": "a-hand", "created": "2026-01-01", "name": "By Hand Oy"}
    path.write_text(json.dumps(tables, indent=2))

    book = store.refresh(store.read())
    assert set(book.accounts) == {"a-acme", "a-hand"}
    assert any("something else than kam" in finding for finding in store.check())
    assert store.compact()
    assert set(on_disk(folder)["accounts"]) == {"a-acme", "a-hand"}
    file = TableFile(str(path), "accounts")
    assert file.as_written
    assert file.find(key_of("a-hand")) == tables["accounts"]["5"]
    assert store.check() == []


def test_a_record_added_by_hand_can_be_changed_before_any_compaction(store: Store, folder: Path) -> None:
    put(store, account("Acme", "a-acme"))
    store.compact()
    with TinyDB(folder / "accounts.json") as stock:
        stock.table("accounts").insert({"id": "a-x", "created": "2026-01-01", "name": "By Hand Oy"})
    store.database.table("accounts").update({"city": "Oulu"}, Query().id == "a-x")
    assert on_disk(folder)["accounts"]["a-x"] == account("By Hand Oy", "a-x", city="Oulu", created=_NEW_YEAR)


_NEW_YEAR = SCHEMAS["accounts"].fields["created"].kind.decode("2026-01-01")


def test_an_edit_by_hand_that_keeps_the_size_is_seen(store: Store, folder: Path) -> None:
    put(store, account("Acme", "a-acme"))
    store.compact()
    book = store.read()
    assert book.accounts["a-acme"].name == "Acme"
    path = folder / "accounts.json"
    path.write_text(path.read_text().replace("Acme", "Bcme"))
    assert store.refresh(book).accounts["a-acme"].name == "Bcme"


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text[: len(text) // 2], r"damaged at line \d"),
        (lambda text: text.replace('"name"', '"name', 1), r"damaged at line \d|Line \d"),
        (lambda _text: "", "damaged"),
        (lambda text: "\0" * len(text), "damaged"),
        (lambda text: text.replace('"id":"a-1"', '"id":"a-0"'), "twice"),
        (lambda text: text.replace('"id":"a-1",', ""), "no id"),
        (lambda text: text.replace('{"_meta"', '{"accounts":{},"_meta"'), "twice"),
        (lambda _text: '{"_meta":{"1":{"schema":1,"change":1,"size":1}},"other":{}}', "damaged"),
        (lambda _text: "[" * 100_000, "damaged"),
    ],
)
def test_a_damaged_table_file_is_named_and_left_alone(
    store: Store, folder: Path, damage: object, told: str
) -> None:
    put(store, account("Zero", "a-0"), account("One", "a-1"))
    store.compact()
    path = folder / "accounts.json"
    path.write_text(damage(path.read_text()))  # type: ignore[operator]
    left = path.read_bytes()
    fresh = Store(str(folder))
    with pytest.raises(Damaged, match=rf"accounts\.json.*({told})|Line.*accounts\.json"):
        fresh.read().table("accounts")
    assert fresh.check()
    fresh.close()
    assert path.read_bytes() == left


@pytest.mark.parametrize("damage", [b'"kind\x01', b'"k\xffnd"', b'"kin",'])
def test_a_damaged_line_that_keeps_the_size_is_named_by_its_number(
    store: Store, folder: Path, damage: bytes
) -> None:
    put(store, *(activity(f"Talk {n}", f"t-{n}") for n in range(20)))
    store.compact()
    path = folder / "activities.json"
    lines = path.read_bytes().split(b"\n")
    lines[7] = lines[7].replace(b'"kind"', damage)
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(Damaged, match=r"Line 8 of .*activities\.json"):
        _ = Store(str(folder)).read().activities
    with pytest.raises(Damaged, match=r"Line 8 of .*activities\.json"):
        Store(str(folder)).read().activities.get("t-1")


@pytest.mark.parametrize("damage", [b'["id"', b'{"ix"', b'{"i"d'], ids=["no object", "no id", "no JSON"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda book: book.get("a-7", "accounts"),
        lambda book: find_account(book, "seven"),
        lambda book: dict(book.accounts),
    ],
    ids=["by id", "by name", "all"],
)
def test_a_damaged_document_is_told_however_it_is_asked_for(
    store: Store, folder: Path, damage: bytes, ask: Callable[[Book], object]
) -> None:
    put(store, *(account("Seven" if n == 7 else f"Firm {n}", f"a-{n}") for n in range(20)))
    store.compact()
    path = folder / "accounts.json"
    lines = path.read_bytes().split(b"\n")
    row = next(row for row, line in enumerate(lines) if b"Seven" in line)
    closed = lines[row].replace(b"}", b"]") if damage[:1] == b"[" else lines[row]
    lines[row] = closed.replace(b'{"id"', damage)
    path.write_bytes(b"\n".join(lines))
    told = r"cannot take" if damage == b'{"ix"' else rf"Line {row + 1} of"
    with pytest.raises(Damaged, match=told):
        ask(Store(str(folder)).read())


def test_a_missing_table_file_is_no_empty_table(store: Store, folder: Path) -> None:
    put(store, account(), contact())
    store.compact()
    (folder / "contacts.json").unlink()
    with pytest.raises(Damaged, match=r"contacts\.json is missing"):
        Store(str(folder)).read()


def test_files_from_different_days_are_refused(store: Store, folder: Path) -> None:
    put(store, account("Acme", "a-1"))
    store.compact()
    old = {name: (folder / name).read_bytes() for name in ("accounts.json", "journal.jsonl")}
    put(store, account("Beta", "a-2"))
    store.compact()
    new = (folder / "accounts.json").read_bytes()
    (folder / "accounts.json").write_bytes(old["accounts.json"])
    with pytest.raises(Damaged, match="holds the changes up to 1, but the journal says 2"):
        Store(str(folder)).read()
    (folder / "accounts.json").write_bytes(new)
    (folder / "journal.jsonl").write_bytes(old["journal.jsonl"])
    with pytest.raises(Damaged, match="holds the changes up to 2, but the journal says 1"):
        put(Store(str(folder)), contact())


@given(st.text(min_size=1, max_size=20))
def test_the_name_of_a_table_is_never_a_path(name: str) -> None:
    file = file_name(name)
    assert not set(file) & set("/\\:\0 ")
    assert not file.startswith(".")
    assert table_name(file) == name


@pytest.mark.parametrize(
    "file", ["journal.jsonl", "lock", "a b.json", ".json", "A.json", "x.sync-conflict.json"]
)
def test_other_files_are_no_tables(file: str) -> None:
    assert table_name(file) is None


def test_keys_are_the_same_everywhere_and_fit_in_a_float() -> None:
    assert key_of("a-1") == 4053643474777815
    assert max(key_of(f"a-{number}") for number in range(1000)) < 2**52
