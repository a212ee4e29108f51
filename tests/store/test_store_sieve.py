"""Which lines may hold a name is told without reading them, and never too few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import account, contact
from hypothesis import given, settings
from hypothesis import strategies as st
from store_kit import put, write

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit
from kam_tui.domain.errors import Ambiguous, NotFound
from kam_tui.domain.kinds import unique
from kam_tui.domain.lookup import find_party
from kam_tui.domain.text import clean, fold, words_of
from kam_tui.store.journal import dumps
from kam_tui.store.sieve import FEW, Sieve
from kam_tui.store.store import Store


def lines(*names: str) -> bytes:
    return b"".join(b'"%d":%s,\n' % (key, dumps({"name": name})) for key, name in enumerate(names, 1))


@pytest.mark.parametrize("typed", ["kestava", "KESTÄVÄ", "kestavatuote", "tuote oy", "Kestävä-Tuote"])
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    body = lines("Nordic Timber", "Kestävä-Tuote Oy", 'Say "when"')
    assert Sieve(words_of(typed)).rows(body) == [1]


NEIGHBOURS = (
    "Häme", "Ĥame", "Örebro", "Őrség", "Ægir", "Straße", "Łódź", "Ładna", "Žitná", "Ελλάδα", "ελπίδα",
    "Житомир", "житель", "Ｆｕｌｌ", "a\u0308iti", "№ 7", "“Q”", "İzmir", "ırmak", "東京",
)  # fmt: skip
"""Names of which many letters begin or end with the same byte, and come to different plain letters."""


@pytest.mark.parametrize(
    "word", "ham oreb orseg aegir strass lodz adna zitna ελ жит full aiti no7 q izmir rmak 東 a e s".split()
)
def test_letters_that_share_a_byte_are_told_apart(word: str) -> None:
    plain = [fold(name).replace(" ", "") for name in NEIGHBOURS]
    body = b"".join(f"{name}\n".encode() for name in NEIGHBOURS)
    assert Sieve([word]).rows(body) == [row for row, name in enumerate(plain) if word in name]


def test_a_text_that_is_not_as_it_is_shown_is_not_sieved() -> None:
    assert Sieve(["bell"]).rows(lines("bell \x07")) is None
    assert Sieve(["red"]).rows(lines("\x9b31mred")) is None
    assert Sieve(["x"]).rows(lines("".join(map(chr, range(0x4E00, 0x4E00 + FEW + 1))))) is None
    assert Sieve(["x"]).rows(b'"1":{"name":"\xff"}\n') is None


@given(st.text(min_size=1, max_size=12), st.text(max_size=5))
def test_no_line_that_holds_the_words_is_left_out(name: str, before: str) -> None:
    words = words_of(clean(name))
    body = lines("Other Oy", f"{clean(before)} {clean(name)}")
    found = Sieve(words).rows(body) if words else None
    assert found is None or 1 in found


SOME = st.lists(st.text(st.sampled_from("aeosÅåäöéß«ÃŠŽőΣςσжAa\u0300№ "), max_size=4), max_size=4)


WANTED = st.lists(st.sampled_from("a e s o ss σ ae š".split()), min_size=1, max_size=2)


@given(st.lists(SOME, max_size=5), WANTED)
def test_what_was_met_before_changes_nothing_of_what_is_found(
    texts: list[list[str]], words: list[str]
) -> None:
    bodies = [lines(*map(clean, names)) for names in texts]
    practised = Sieve(words)
    assert [practised.rows(body) for body in bodies] == [Sieve(words).rows(body) for body in bodies]


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


NAME = st.text(st.sampled_from("aAnNäÄßøǾ№ﬁ -'\"\\\u0301ς½"), min_size=1, max_size=6)
CALLED = st.builds(lambda name, other: (clean(name) or "x", clean(other)), NAME, NAME)
"""What an account is called, and what else, which is what its person is called."""


@settings(max_examples=40)
@given(st.lists(st.tuples(CALLED, st.integers(0, 2)), min_size=1, max_size=8), NAME, st.booleans())
def test_whatever_is_typed_means_the_same_on_the_disk_and_in_memory(
    parties: list[tuple[tuple[str, str], int]], typed: str, again: bool
) -> None:
    """Some records are in the tables, some in the journal, some changed or removed since the compaction."""
    names = [names for names, _fate in parties]
    fates = [fate for _names, fate in parties]
    firms = [account(name, f"a-{n}", aliases=unique([other])) for n, (name, other) in enumerate(names)]
    people = [contact(other or "x", f"c-{n}", account_id=f"a-{n}") for n, (_name, other) in enumerate(names)]
    with TemporaryDirectory() as folder:
        store = Store(f"{folder}/book")
        put(store, *firms, *people)
        store.compact()
        edits: list[Edit] = []
        for firm, person, fate in zip(firms, people, fates, strict=True):
            if fate == 1:
                edits.append(Edit(firm, replace(firm, name=person.name, aliases=(firm.name,))))
            elif fate == 2:
                edits += [Edit(firm, None), Edit(person, None)]
        written = write(store, *edits) if edits else store.read()
        memory = Book.of(*firms, *people).after(edits)
        if again:
            store.compact()
        for text in (typed, f"{typed} ({names[0][0]})", names[-1][1], "a-0"):
            told = answer(memory, text)
            assert answer(Store(store.folder).read(), text) == told
            assert answer(written, text) == told
        store.close()


def answer(book: Book, typed: str) -> object:
    try:
        return find_party(book, typed)
    except (NotFound, Ambiguous) as problem:
        return type(problem), str(problem), list(problem.candidates)
