"""Recognising: what in a text tells who is meant, and what only might."""

from __future__ import annotations

from typing import Any

import pytest
from builders import account, contact
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.change import Record
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.text import plain
from kam_tui.usecases import recognising
from kam_tui.usecases.recognising import Signs


def signs(*others: Record, ids: tuple[str, ...] = (), **fields: Any) -> Signs:
    values = {"name": "Liisa Korhonen"} | fields
    liisa = contact(record_id="c-1", **values)
    return Signs([liisa], Book.of(liisa, *others), ids)


def labeled(*values: str) -> tuple[Labeled, ...]:
    return tuple(map(Labeled, values))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Liisa Korhonen called", "(erased) called"),
        ("liisa korhonen", "(erased)"),
        ("LIISA  KORHONEN!", "(erased)!"),
        ("Liisa\nKorhonen", "(erased)"),
        ("Korhonen, Liisa; and Bo", "(erased); and Bo"),
        ("Korhonen Liisa", "(erased)"),
        ("see linkedin.com/in/liisa-korhonen", "see linkedin.com/in/(erased)"),
        ("Liisa Korhosen tarjous", "(erased) tarjous"),
        ("soita Liisa Korhoselle", "soita (erased)"),
        ("(Liisa Korhonen)", "((erased))"),
        ("Liisa Korhonen-Virta", "(erased)-Virta"),
        ("Åsa met Liisa Korhonen at Café Äö", "Åsa met (erased) at Café Äö"),
        ("Annaliisa Korhonen", "Annaliisa Korhonen"),
        ("Liisa Korhonenen", "Liisa Korhonenen"),
        ("Liisa met Korhonen", "Liisa met Korhonen"),
        ("Liisa", "Liisa"),
        ("", ""),
    ],
)
def test_a_full_name_goes_however_it_is_written(text: str, left: str) -> None:
    assert signs().redacted(text) == left
    assert signs().are_in(text) == (text != left)


@pytest.mark.parametrize("text", ["Łucja Åström", "lucja astrom", "ÅSTRÖM ŁUCJA", "Lucja A\u030astro\u0308m"])
def test_accents_do_not_hide_a_name(text: str) -> None:
    assert signs(name="Łucja Åström").redacted(f"with {text}, ok") == "with (erased), ok"


def test_letters_that_fold_to_two_do_not_shift_what_is_replaced() -> None:
    assert signs(name="Jörg Strauß").redacted("Straße: jorg strauss, Æon") == "Straße: (erased), Æon"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("to Liisa@Acme.example.", "to (erased)."),
        ("<liisa@acme.example>", "<(erased)>"),
        ("mailto:liisa@acme.example?x", "mailto:(erased)?x"),
        ("anna.liisa@acme.example", "anna.liisa@acme.example"),
        ("liisa@acme.example.org", "liisa@acme.example.org"),
        ("liisa@acme.examples", "liisa@acme.examples"),
    ],
)
def test_a_mail_address_goes_and_no_other_that_is_like_it(text: str, left: str) -> None:
    assert signs(emails=labeled("liisa@acme.example")).redacted(text) == left


def test_a_mail_address_that_begins_with_the_name_goes_whole() -> None:
    known = signs(emails=labeled("liisa.korhonen@acme.example"))
    assert known.redacted("liisa.korhonen@acme.example") == "(erased)"
    assert known.redacted("liisa.korhonen@old.example") == "(erased)@old.example"


@pytest.mark.parametrize(
    "written",
    [
        "+358 40 123 4567", "+358401234567", "00358 40 1234567", "358 40 1234567", "040 123 4567",
        "040-1234567", "(040) 123 4567", "+358 (0)40 123 4567", "040/123 45 67", "+358-40-123-4567",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kept", ["+358 40 123 4567", "040 1234567"])
def test_a_phone_number_goes_however_it_is_written(written: str, kept: str) -> None:
    known = signs(phones=labeled(kept))
    left = known.redacted(f"ring {written}, or 09 765 4321")
    assert "(erased)" in left
    assert "4567" not in left.replace(" ", "").replace("-", "")
    assert left.endswith(", or 09 765 4321")


@pytest.mark.parametrize("other", ["1040 123 45678", "040 123 4568", "2026-11-18", "12345", "040 123 456 78"])
def test_other_numbers_stay(other: str) -> None:
    assert signs(phones=labeled("040 123 4567")).redacted(other) == other


def test_a_short_number_is_nobodys() -> None:
    assert signs(phones=labeled("4512")).redacted("room 4512") == "room 4512"


def test_a_number_with_an_extension_goes_as_it_is_written() -> None:
    known = signs(phones=labeled("+358 9 123 4567 ext 12"))
    assert known.redacted("at +358 9 123 4567 ext 12") == "at (erased)"


def test_ids_sources_and_pages_go() -> None:
    known = signs(
        ids=("c-1",), sources=("hubspot:4711", "row:abc"), links=labeled("https://www.li.example/in/lk/")
    )
    assert known.redacted("birthday:c-1:2026-11-24") == "birthday:(erased):2026-11-24"
    assert known.redacted("hubspot:4711 and c-12") == "(erased) and c-12"
    assert known.redacted("see li.example/in/LK!") == "see (erased)!"
    assert known.redacted("row:abc") == "row:abc"


def test_what_others_have_too_stays_and_is_told() -> None:
    shared = signs(
        contact("Bo Ek", emails=labeled("info@acme.example")),
        account(phones=labeled("09 123 4567")),
        emails=labeled("info@acme.example", "liisa@acme.example"),
        phones=labeled("09-1234567"),
    )
    assert shared.shared == ("info@acme.example", "09-1234567")
    assert shared.redacted("info@acme.example 09 123 4567") == "info@acme.example 09 123 4567"
    assert shared.redacted("liisa@acme.example") == "(erased)"


@pytest.mark.parametrize(
    "other",
    [contact("Liisa Korhonen", "c-2"), contact("Liisa Anneli Korhonen"), account("Tmi Liisa Korhonen")],
)
def test_a_name_that_others_have_tells_only_near_the_person(other: Record) -> None:
    known = signs(other)
    assert known.redacted("Liisa Korhonen") == "Liisa Korhonen"
    assert known.redacted("Liisa Korhonen", near=True) == "(erased)"


def test_a_name_of_one_word_tells_only_near_the_person() -> None:
    known = signs(name="Cher")
    assert known.redacted("Cher ami") == "Cher ami"
    assert known.redacted("Cher sang", near=True) == "(erased) sang"


def test_earlier_names_and_addresses_tell_as_well() -> None:
    now, then = (
        contact("Liisa Korhonen", "c-1"),
        contact("Liisa Virta", "c-1", emails=labeled("lv@x.example")),
    )
    known = Signs([now, then], Book.of(now))
    assert known.redacted("Liisa Virta, lv@x.example, Liisa Korhonen") == "(erased), (erased), (erased)"


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("Liisa said yes", {"liisa"}),
        ("Liisalle kukkia", {"liisa"}),
        ("Korhosten mökki", {"korhonen"}),
        ("lissu", {"lissu"}),
        ("a Liisabet", {"liisa"}),
        ("Elisa", set()),
        ("Anneliisa", set()),
    ],
)
def test_a_name_alone_is_a_hint(text: str, hints: set[str]) -> None:
    assert signs(nickname="Lissu").hints_in(text) == hints


def test_with_the_hints_everything_can_be_blotted() -> None:
    known = signs(emails=labeled("liisa@acme.example"))
    assert known.blotted("Liisa, liisa@acme.example") == "(erased), (erased)"
    assert known.blotted("Korhonen too: Liisa Korhonen") == "(erased) too: (erased)"


def test_somebody_of_whom_only_signs_are_known_is_found_in_a_line_of_json() -> None:
    assert signs().are_in('{"text":"met Liisa\\nKorhonen there"}')
    assert signs(name='Liisa "Lissu" Korhonen').are_in('{"name":"Liisa \\"Lissu\\" Korhonen"}')


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=150)
def test_whatever_stands_around_a_name_stays(before: str, after: str) -> None:
    """But for letters that would make the name a part of another word."""
    text = f"{before} Liisa Korhonen {after}"
    left = signs().redacted(text)
    assert "liisa korhonen" not in plain(left)
    assert left.startswith(before)
    assert left.endswith(after)


@given(st.text(st.sampled_from("aBÄöß ΣςσİıẞǾꭰᎠ№ﬁⅣ東\u0300\ud800-.") | st.characters(), max_size=20))
def test_a_text_is_folded_letter_by_letter(text: str) -> None:
    assert recognising._plain(text) == "".join(map(plain, text))
