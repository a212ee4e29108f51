"""Cards are told apart and their lines unfolded and decoded, however broken they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.formats.vcard_lines import Card, escape, read_cards, split, unescape


def cards(*lines: str, encoding: str = "utf-8") -> list[Card]:
    return list(read_cards("\r\n".join(lines).encode(encoding)))


def only(*lines: str) -> Card:
    (card,) = cards("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD")
    return card


def test_each_card_knows_its_place() -> None:
    found = cards("BEGIN:VCARD", "FN:A", "END:VCARD", "", "begin:vcard", "FN:B", "end:vcard")
    assert [card.where for card in found] == ["card 1 (line 1)", "card 2 (line 5)"]


def test_a_card_without_an_end_is_told_and_costs_no_other() -> None:
    found = cards("BEGIN:VCARD", "FN:A", "BEGIN:VCARD", "FN:B", "END:VCARD", "BEGIN:VCARD", "FN:C")
    assert [card.lines[0].value for card in found] == ["A", "B", "C"]
    assert [card.problems for card in found] == [["The card has no end."], [], ["The card has no end."]]


def test_a_card_inside_a_card_is_left_out_and_told() -> None:
    found = cards(
        "BEGIN:VCARD", "FN:A", "AGENT:", "BEGIN:VCARD", "FN:Inner", "END:VCARD", "TEL:1", "END:VCARD"
    )  # fmt: skip
    assert [[line.name for line in card.lines] for card in found] == [["FN", "AGENT", "TEL"]]
    assert found[0].problems == ["Line 4: a card inside the card was left out."]


def test_a_line_that_is_none_is_told_by_its_number() -> None:
    card = only("FN:A", "no colon here", ":nothing", "TEL:1")
    assert [line.name for line in card.lines] == ["FN", "TEL"]
    assert card.problems == [
        "Line 4 is no vCard line and was left out.", "Line 5 is no vCard line and was left out.",
    ]  # fmt: skip


def test_a_fold_inside_a_character_is_mended() -> None:
    data = b"BEGIN:VCARD\nFN:J\xc3\n \xa4rvinen\nEND:VCARD\n"
    assert next(read_cards(data)).lines[0].value == "Järvinen"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_any_line_end_will_do(end: str) -> None:
    data = end.join(["BEGIN:VCARD", "NOTE:one", "  two", "END:VCARD"]).encode()
    assert next(read_cards(data)).lines[0].value == "one two"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_told_by_the_content(encoding: str) -> None:
    assert cards("BEGIN:VCARD", "FN:Äijälä", "END:VCARD", encoding=encoding)[0].lines[0].value == "Äijälä"


def test_quoted_printable_goes_on_after_a_soft_break() -> None:
    card = only("NOTE;ENCODING=QUOTED-PRINTABLE:one=20=", "two=0D=0Athree", "FN:A")
    assert [line.value for line in card.lines] == ["one two\nthree", "A"]


def test_a_character_set_is_heeded_only_where_the_text_is_not_utf_8() -> None:
    latin = b"BEGIN:VCARD\nFN;CHARSET=ISO-8859-15:\xa4 5\nORG;CHARSET=ISO-8859-1:\xc3\xa4\nEND:VCARD"
    assert [line.value for line in next(read_cards(latin)).lines] == ["€ 5", "ä"]


def test_bytes_that_are_in_no_character_set_do_not_stop_the_reading() -> None:
    data = b"BEGIN:VCARD\nFN;CHARSET=nonsense:\x81\xff\nEND:VCARD"
    assert next(read_cards(data)).lines[0].value == "\x81ÿ"


def test_parameters_of_every_style() -> None:
    (line,) = only('item1.tel;CELL;TYPE=work,VOICE;X-A="b:c;d":1').lines
    assert (line.group, line.name, line.value) == ("item1", "TEL", "1")
    assert line.types == ("cell", "work", "voice")
    assert line.params["X-A"] == ("b:c;d",)
    assert line.raw == 'item1.TEL;TYPE=CELL,work,VOICE;X-A="b:c;d":1'


def test_a_picture_that_is_not_folded_as_it_should_be() -> None:
    card = only("PHOTO;ENCODING=b:AAAABBBB", "CCCCDDDD", "FN:A")
    assert [line.value for line in card.lines] == ["AAAABBBBCCCCDDDD", "A"]


def test_a_large_picture_is_read_in_a_moment() -> None:
    folded = "\r\n ".join(["A" * 70] * 60_000)
    assert len(only(f"PHOTO;ENCODING=b:{folded}").lines[0].value) == 4_200_000


def test_version_2_1_knows_no_line_break_escape() -> None:
    assert unescape(r"C:\new\, x", "2.1") == r"C:\new, x"
    assert unescape(r"a\nb\, c\\n", "4.0") == "a\nb, c\\n"


def test_parts_keep_what_is_escaped_together() -> None:
    assert split(r"a\;b;c;;d\\;e", ";") == [r"a\;b", "c", "", r"d\\", "e"]
    assert split("", ";") == [""]


@given(st.text())
@settings(max_examples=100)
def test_what_is_escaped_comes_back(text: str) -> None:
    text = text.replace("\r", "")
    assert unescape(escape(text)) == text
    assert split(f"{escape(text)};x", ";") == [escape(text), "x"]


@given(st.binary(max_size=300))
@settings(max_examples=150)
def test_no_bytes_at_all_stop_the_reading(data: bytes) -> None:
    for card in read_cards(b"BEGIN:VCARD\n" + data + b"\nEND:VCARD"):
        assert card.where
