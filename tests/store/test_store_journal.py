"""The journal under damage: what was cut short is put aside, what was damaged is named, never guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import account, activity
from store_kit import contents, on_disk, put

from kam_tui.domain.errors import Damaged
from kam_tui.store.journal import Line, is_sound, scan, seal
from kam_tui.store.store import Store

pytest_plugins = ("store_fixtures",)


@pytest.fixture
def written(folder: Path) -> tuple[bytes, int]:
    """A journal of a head and three changes, and where the last one begins."""
    store = Store(str(folder))
    for number in range(3):
        put(store, activity(f"Puhuttu {number} äö", f"t-{number}"))
    data = (folder / "journal.jsonl").read_bytes()
    return data, data.rstrip(b"\n").rfind(b"\n") + 1


def test_a_line_says_what_was_sealed_in_it_and_any_flipped_bit_is_noticed() -> None:
    raw = seal({"n": 41, "v": 1, "what": "Héllo\n\u2028", "edits": [["notes", "7", None, {"a": 1}]]})
    line = Line(raw)
    assert is_sound(raw)
    assert line.number == 41
    assert line.ops == [("notes", 7, None, {"a": 1})]
    assert json.loads(raw)["what"] == "Héllo\n\u2028"
    assert b"\n" not in raw
    for place in range(len(raw)):
        for bit in (1, 16, 128):
            assert not is_sound(raw[:place] + bytes([raw[place] ^ bit]) + raw[place + 1 :])


def test_a_last_line_cut_at_any_byte_leaves_the_state_before_it(
    folder: Path, written: tuple[bytes, int]
) -> None:
    data, last = written
    journal = folder / "journal.jsonl"
    for cut in range(last, len(data)):
        journal.write_bytes(data[:cut])
        assert set(Store(str(folder)).read().activities) == {"t-0", "t-1"}, cut
    journal.write_bytes(data)
    assert set(Store(str(folder)).read().activities) == {"t-0", "t-1", "t-2"}


@pytest.mark.parametrize("keep", [0, 5, 60])
@pytest.mark.parametrize("tail", [b"\0" * 300, b"\0" * 20 + b"\n", b"\xff\xfe garbage"])
def test_what_a_cut_short_write_left_is_kept_aside_and_the_next_change_fits(
    folder: Path, written: tuple[bytes, int], keep: int, tail: bytes
) -> None:
    data, last = written
    journal = folder / "journal.jsonl"
    journal.write_bytes(data[: last + keep] + tail)
    store = Store(str(folder))
    assert set(store.read().activities) == {"t-0", "t-1"}
    put(store, activity("After", "t-after"))
    assert set(on_disk(folder)["activities"]) == {"t-0", "t-1", "t-after"}
    assert (folder / "journal.jsonl.torn-1").read_bytes() == data[last : last + keep] + tail
    assert any("torn-1" in remark for remark in store.doctor().look_over().remarks)

    journal.write_bytes(journal.read_bytes() + b"more")
    put(store, activity("Again", "t-again"))
    assert (folder / "journal.jsonl.torn-2").read_bytes() == b"more"


def test_a_missing_and_a_doubled_change_are_named(folder: Path, written: tuple[bytes, int]) -> None:
    head, one, two, three = written[0].splitlines(keepends=True)
    (folder / "journal.jsonl").write_bytes(head + one + three)
    with pytest.raises(Damaged, match=r"Line 3 .* is change 3, where change 2 belongs"):
        Store(str(folder)).read()
    (folder / "journal.jsonl").write_bytes(head + one + two + two + three)
    with pytest.raises(Damaged, match=r"Line 4 .* is change 2, where change 3 belongs"):
        Store(str(folder)).read()


@pytest.mark.parametrize("data", [b"", b"\n", b"\0\0\0", b"hello\n", b"{}\n"])
def test_a_journal_without_its_head_is_never_taken_for_an_empty_book(
    folder: Path, written: tuple[bytes, int], data: bytes
) -> None:
    (folder / "journal.jsonl").write_bytes(data)
    with pytest.raises(Damaged, match=r"journal\.jsonl"):
        Store(str(folder)).read()
    with pytest.raises(Damaged):
        put(Store(str(folder)), account())
    assert (folder / "journal.jsonl").read_bytes() == data


def test_a_missing_journal_beside_tables_is_no_empty_book(folder: Path, written: tuple[bytes, int]) -> None:
    store = Store(str(folder))
    store.compact()
    (folder / "journal.jsonl").unlink()
    with pytest.raises(Damaged, match=r"journal\.jsonl is missing"):
        put(Store(str(folder)), account())
    assert not (folder / "journal.jsonl").exists()


def test_a_reader_that_meets_a_half_written_line_takes_the_whole_ones(written: tuple[bytes, int]) -> None:
    data, last = written
    found = scan(data[: last + 9], "journal")
    assert [line.number for line in found.lines] == [0, 1, 2]
    assert found.length == last


def test_a_torn_tail_does_not_disturb_a_reader_that_refreshes(
    folder: Path, written: tuple[bytes, int]
) -> None:
    store = Store(str(folder))
    book = store.read()
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"c":"0000')
    assert contents(store.refresh(book)) == contents(book)
    put(Store(str(folder)), activity("After", "t-after"))
    assert set(store.refresh(book).activities) == {"t-0", "t-1", "t-2", "t-after"}
