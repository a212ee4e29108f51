"""A text written elsewhere goes back only over what it was taken from."""

from __future__ import annotations

import pytest
from builders import NOW, account, activity, contact, contract, promise, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Record, table_of
from kam_tui.domain.errors import Conflict, NotFound
from kam_tui.usecases.texts import LONG, rewrite

RECORDS: list[Record] = [
    account("Acme Oy", "a-1", about="old"),
    contact("Liisa", "c-1", about="old"),
    activity("old", "t-1"),
    reminder("old", "r-1"),
    promise("old", "p-1", account_id="a-1"),
    contract("Frame", "k-1", account_id="a-1", note="old"),
]
BOOK = Book.of(*RECORDS)


@pytest.mark.parametrize("record", RECORDS, ids=table_of)
def test_the_text_of_any_record_is_put_back(record: Record) -> None:
    table = table_of(record)
    after = BOOK.after(rewrite(BOOK, NOW, table, record.id, "old", "new\n\n- more").edits).get(
        record.id, table
    )
    is_long = SCHEMAS[table].fields[LONG[table]].kind.multiline
    assert getattr(after, LONG[table]) == ("new\n\n- more" if is_long else "new - more")


def test_a_text_that_somebody_changed_meanwhile_is_left_alone() -> None:
    with pytest.raises(Conflict, match="Theirs stays"):
        rewrite(BOOK, NOW, "activities", "t-1", "older", "mine")


def test_a_record_that_is_gone_is_told() -> None:
    with pytest.raises(NotFound):
        rewrite(BOOK, NOW, "activities", "t-9", "old", "mine")
