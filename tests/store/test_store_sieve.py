"""Which lines may hold a name is told without reading them, and never too few."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import account
from hypothesis import given
from hypothesis import strategies as st
from store_kit import put

from kam_tui.domain.book import Book
from kam_tui.domain.errors import Ambiguous, NotFound
from kam_tui.domain.lookup import find_party
from kam_tui.domain.text import clean, words_of
from kam_tui.store.journal import dumps
from kam_tui.store.sieve import FEW, sieve
from kam_tui.store.store import Store


def lines(*names: str) -> bytes:
    return b"".join(b'"%d":%s,\n' % (key, dumps({"name": name})) for key, name in enumerate(names, 1))


@pytest.mark.parametrize("typed", ["kestava", "KESTÄVÄ", "kestavatuote", "tuote oy", "Kestävä-Tuote"])
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    body = lines("Nordic Timber", "Kestävä-Tuote Oy", 'Say "when"')
    found = sieve(body, words_of(typed))
    assert found is not None
    assert [line[:3] for line in found] == [b'"2"']


def test_a_text_that_is_not_as_it_is_shown_is_not_sieved() -> None:
    assert sieve(lines("bell \x07"), ["bell"]) is None
    assert sieve(lines("\x9b31mred"), ["red"]) is None
    assert sieve(lines("".join(map(chr, range(0x4E00, 0x4E00 + FEW + 1)))), ["x"]) is None
    assert sieve(b'"1":{"name":"\xff"}\n', ["x"]) is None


@given(st.text(min_size=1, max_size=12), st.text(max_size=5))
def test_no_line_that_holds_the_words_is_left_out(name: str, before: str) -> None:
    words = words_of(clean(name))
    body = lines("Other Oy", f"{clean(before)} {clean(name)}")
    found = sieve(body, words) if words else None
    assert found is None or body.split(b"\n")[1] in found


NAMES = ("Nordic Timber Oy", "Nordic Steel AB", "Äke Öberg Ab", "Ake Invest", "Straße 7", "ﬁne ½")


@pytest.mark.parametrize(
    "typed", ["nord", "timber", "ake", "äkeö", "strasse", "fine", "1 2", "nope", "a-3", ""]
)
@pytest.mark.parametrize("folded", [True, False], ids=["in the tables", "in the journal"])
def test_a_book_on_the_disk_answers_as_one_in_memory(tmp_path: Path, typed: str, *, folded: bool) -> None:
    accounts = [account(name, f"a-{number}") for number, name in enumerate(NAMES)]
    store = Store(str(tmp_path / "book"))
    put(store, *accounts)
    if folded:
        store.compact()
    assert answer(Store(store.folder).read(), typed) == answer(Book.of(*accounts), typed)


def answer(book: Book, typed: str) -> object:
    try:
        return find_party(book, typed)
    except (NotFound, Ambiguous) as problem:
        return type(problem), str(problem), list(problem.candidates)
