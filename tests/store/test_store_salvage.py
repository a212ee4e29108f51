"""Salvage: what can be read of damaged lines is read, what stands at the wrong place is found out."""

from __future__ import annotations

from typing import Any

import pytest

from kam_tui.store.care.salvage import Gap, Row, in_sequence, rows_of, told_by
from kam_tui.store.care.sheet import Sheet
from kam_tui.store.journal import seal
from kam_tui.store.layout import key_of, render

BETA = {"id": "a-beta", "created": "2020-01-01", "name": "Beta"}


def line(number: int, **more: Any) -> bytes:
    """A sound line of a journal."""
    fields = {
        "n": number,
        "v": 2,
        "at": "2026-11-18T10:30:00+02:00",
        "by": "anna@cli",
        "what": f"Did {number}",
    }
    return seal(fields | {"edits": []} | more)


def shape(data: bytes, number: int | None = 0) -> list[object]:
    """Numbers of sound lines, and for gaps the rows in them with the numbers that belong there."""
    return [
        item.number if isinstance(item, Row) else ([row.at for row in item.rows], list(item.numbers))
        for item in in_sequence(rows_of(data), number)
    ]


def lines(*parts: int | bytes) -> bytes:
    return b"".join((line(part) if isinstance(part, int) else part) + b"\n" for part in parts)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", []),
        (lines(1, 2, 3), [1, 2, 3]),
        (lines(1, b'{"c":"0"}', 3), [1, ([2], [2]), 3]),
        (lines(1, 3), [1, ([], [2]), 3]),
        (lines(1, b"x", 5), [1, ([2], [2, 3, 4]), 5]),
        (lines(1, b"x", b"y", 2), [1, ([2, 3], []), 2]),
        (lines(1, b"", 2), [1, ([2], []), 2]),
        (lines(1, 2, 2, 3), [1, 2, ([3], []), 3]),
        (lines(1, 7, 2, 3), [1, ([2], []), 2, 3]),
        (lines(1, 2, b"x"), [1, 2, ([3], [3])]),
        (lines(1, 2) + b'{"c":"12', [1, 2, ([3], [])]),
        (lines(1, 2) + b"\0\0\0\0\n", [1, 2, ([3], [])]),
        (lines(1, 2)[:-1], [1, 2]),
        (lines(1) + line(2)[:30] + lines(3), [1, ([2], [2]), 3]),
    ],
)
def test_lines_are_told_from_gaps(data: bytes, found: list[object]) -> None:
    assert shape(data) == found


def test_where_nobody_knows_the_first_number_the_lines_tell_it() -> None:
    assert shape(lines(b"x", 8, 9), None) == [([1], [7]), 8, 9]
    assert shape(lines(8, 9), None) == [8, 9]


def test_rows_tell_where_they_are() -> None:
    data = lines(1) + b"x\n"
    (one, two) = rows_of(data)
    assert (two.at, data[two.begin :], two.ended, two.number) == (2, b"x\n", True, None)
    assert one.line.fields["what"] == "Did 1"


OP = ["accounts", str(key_of("a-beta")), None, BETA]


def test_a_damaged_line_that_is_still_json_tells_all_it_did() -> None:
    told = told_by(line(4, edits=[OP], undoes=3).replace(b"Did 4", b"Dad 4"))
    assert told.what == "Dad 4"
    assert told.fields["undoes"] == 3
    assert told.fields["v"] == 2
    assert told.ops == (("accounts", key_of("a-beta"), None, BETA),)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b'"created":"2020', b'"created":"x020'),
        (f'"{key_of("a-beta")}"'.encode(), b'"17"'),
        (b'"a-beta"', b'"a-bita"'),
        (b'{"id"', b'("id"'),
    ],
)
def test_what_makes_no_sense_is_not_taken_for_what_was_done(was: bytes, now: bytes) -> None:
    told = told_by(line(4, edits=[OP]).replace(was, now))
    assert told.ops == ()
    assert told.what == "Did 4"


def test_of_a_line_cut_in_two_the_first_edit_may_be_whole() -> None:
    other = [
        "accounts",
        str(key_of("a-acme")),
        None,
        {"id": "a-acme", "created": "2020-01-01", "name": "Acme"},
    ]
    told = told_by(line(4, edits=[OP, other])[:-20])
    assert [op[1] for op in told.ops] == [key_of("a-beta")]


def test_garbage_tells_nothing() -> None:
    told = told_by(b"\xff\0[[[" * 50)
    assert (told.fields, told.ops) == ({}, ())


def sheet(data: bytes) -> Sheet:
    return Sheet("/book/accounts.json", "accounts", data)


def written(*names: str) -> bytes:
    rows = [
        (at, b'{"id":"a-%d","created":"2020-01-01","name":"%s"}' % (at, name.encode()))
        for at, name in enumerate(names, 1)
    ]
    return b"".join(render("accounts", 7, 2, rows))


def test_a_file_as_kam_wrote_it_is_known() -> None:
    found = sheet(written("Acme", "Beta"))
    assert (found.as_written, found.has_end, found.refusal, found.number, found.version) == (
        True,
        True,
        "",
        7,
        2,
    )
    assert [entry.key for entry in found.entries] == [1, 2]
    assert sheet(written()).entries == []


def test_a_line_that_is_damaged_leaves_the_others_and_tells_what_it_can() -> None:
    found = sheet(written("Acme", "Beta").replace(b'"a-2",', b'"a-2"#'))
    assert [(entry.key, entry.document is None) for entry in found.entries] == [(1, False), (2, True)]
    assert found.entries[1].called == "Beta"
    assert found.entries[1].at == 4


def test_a_file_that_another_program_wrote_is_put_in_order() -> None:
    found = sheet(b'{"_meta": {"1": {"change": 7, "schema": 2}}, "accounts": {"9": {"id": "a-x"}}}')
    assert (found.as_written, found.refusal, found.number) == (False, "", 7)
    assert [entry.key for entry in found.entries] == [key_of("a-x")]


def test_a_file_that_tells_no_number_has_none() -> None:
    assert sheet(b'{"accounts": {}}').number is None
    assert sheet(written("Acme").replace(b'"change"', b'"chango"')).number is None


def test_of_a_file_that_is_cut_short_the_lines_that_are_there_are_read() -> None:
    found = sheet(written("Acme", "Beta", "Cera")[:-30])
    assert found.refusal
    assert not found.has_end
    assert [entry.key for entry in found.entries if entry.document] == [1, 2]
    assert found.is_readable
    assert not sheet(b"\0" * 400).is_readable


def test_a_gap_without_rows_is_a_gap_all_the_same() -> None:
    (_one, gap, _three) = in_sequence(rows_of(lines(1, 3)), 0)
    assert gap == Gap((), range(2, 3))
