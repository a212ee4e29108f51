"""Every word, anywhere in the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builders import account, activity, contact, contract, promise, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.search import SNIPPET, Finder, search

ACME = account("Acme Oy", city="Tampere", tags=("vip",))
LIISA = contact("Liisa Korhonen", account_id=ACME.id, interests=("sailing",))
OLD = activity("Offered the harbour crane", "t-old", when=Moment(date(2025, 3, 1)), contact_ids=(LIISA.id,))
NEW = activity("The crane is késző in Tampere", "t-new", when=Moment(date(2026, 3, 1)), account_id=ACME.id)
THANKS = activity("Thanked them", "t-thanks", when=Moment(date(2026, 3, 1)), tags=("fair",))
ASK = reminder("Ask about the crane", account_id=ACME.id)
BOOK = Book.of(ACME, LIISA, OLD, NEW, ASK)


def found(words: str) -> list[str]:
    return [hit.id for hit in search(BOOK, words)]


def test_names_come_before_texts_and_new_before_old() -> None:
    assert found("acme") == [ACME.id]
    assert found("crane") == [ASK.id, NEW.id, OLD.id]
    assert found("tampere") == [ACME.id, NEW.id]


def test_every_word_must_be_there_in_any_order_case_and_accent() -> None:
    assert found("CRANE keszo") == [NEW.id]
    assert found("crane sailing") == []
    assert [hit.id for hit in search(Book.of(account("Młyn Łódź", "a-1")), "lodz mlyn")] == ["a-1"]
    assert found("korhonen liisa") == [LIISA.id]


def test_a_tag_is_found_by_its_mark() -> None:
    assert found("+vip") == [ACME.id]
    assert found("#vip acme") == [ACME.id]
    assert found("+vi") == []


def test_a_hit_says_whose_it_is_and_shows_the_words_around() -> None:
    hit = search(BOOK, "harbour")[0]
    assert hit.title == "Liisa Korhonen, Acme Oy"
    assert hit.account_id == ACME.id
    assert "harbour crane" in hit.snippet
    assert search(BOOK, "sailing")[0].snippet == "sailing"


def test_of_a_long_line_the_words_before_and_behind_are_shown_whole() -> None:
    long = activity(f"{'before ' * 20}the crane {'behind ' * 20}", "t-long")
    shown = search(Book.of(long), "crane")[0].snippet
    assert shown.startswith("…before before")
    assert shown.endswith("behind…")
    assert "the crane" in shown
    assert len(shown) <= SNIPPET


def test_what_is_agreed_is_found_by_what_it_says_and_by_its_note() -> None:
    frame = contract("Frame agreement", note="Pallets by the lorry", end=date(2027, 3, 31))
    drawings = promise("Send the drawings", note="of the harbour gate", account_id=ACME.id)
    book = Book.of(ACME, frame, drawings)
    assert [(hit.id, hit.snippet) for hit in search(book, "frame")] == [(frame.id, "")]
    assert [(hit.id, hit.snippet) for hit in search(book, "lorry")] == [(frame.id, "Pallets by the lorry")]
    assert [(hit.id, hit.snippet) for hit in search(book, "drawings")] == [(drawings.id, "")]
    assert [(hit.id, hit.snippet) for hit in search(book, "gate")] == [(drawings.id, "of the harbour gate")]
    assert [hit.when for hit in search(book, "lorry")] == [Moment(date(2027, 3, 31))]


def test_no_words_find_nothing_and_the_limit_is_kept() -> None:
    assert search(BOOK, "  ") == []
    assert len(search(BOOK, "a", limit=2)) == 2


def test_who_searches_on_may_stop_at_any_time() -> None:
    asked = iter(Finder().hits(BOOK, "crane"))
    seen = [next(asked), next(asked), next(asked)]
    assert [hit.id for hit in seen if hit] == [ASK.id, NEW.id]
    assert None in seen


def test_one_who_remembers_the_days_finds_the_same_also_in_the_book_that_comes_after() -> None:
    finder = Finder()
    assert list(finder.learn(BOOK)) == [None, None]
    later = BOOK.after([Edit(OLD, replace(OLD, text="Offered the tugboat")), Edit(None, THANKS)])
    for words in ("crane", "harbour", "tugboat", "+fair", "keszo tampere"):
        assert [hit for hit in finder.hits(later, words) if hit] == search(later, words)
        assert [hit for hit in finder.hits(BOOK, words) if hit] == search(BOOK, words)
    assert [hit.id for hit in search(later, "tugboat")] == [OLD.id]
    assert [hit.id for hit in search(later, "+fair")] == [THANKS.id]
