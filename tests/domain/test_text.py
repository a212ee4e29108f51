"""Text from outside: harmless, and compared without regard to case and accents."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_tui.domain import text as texts
from kam_tui.domain.text import clean, cleaner, cut, fold, shorten, trim, width_of


@pytest.mark.parametrize(
    ("dirty", "harmless"),
    [
        ("plain", "plain"),
        ("  two   spaces \t tab ", "two spaces tab"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;ZXZpbA==\x07clipboard", "clipboard"),
        ("\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jcleared", "cleared"),
        ("\x1bPdevice\x1b\\control", "control"),
        ("bell\x07 null\x00", "bell null"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066isolated\u2069", "isolated"),
        ("\ufeffmark", "mark"),
        ("e\u0301", "é"),
        ("👩\u200d💻 works", "👩\u200d💻 works"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("one\r\ntwo\u2028three", "one two three"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        ("[/bold] stays", "[/bold] stays"),
    ],
)
def test_control_sequences_go_and_text_stays(dirty: str, harmless: str) -> None:
    assert clean(dirty) == harmless


def test_lines_stay_lines_where_they_are_wanted() -> None:
    assert clean("a \r\n\tb\x1b[2J\n\n", multiline=True) == "a\n\tb"
    assert clean(" \n a\t\n  b – c \n", multiline=True) == "a\n  b – c"


@given(
    st.lists(
        st.text() | st.text(' "\\\n\tab\x7f\x85\x9bä\xa0\xad–\u2028\u202e\u0301\u3099か\u1161가👍\u200d')
    )
)
def test_the_cheapest_way_to_clean_texts_out_of_json_does_all_that_is_needed(some: list[str]) -> None:
    written = json.dumps(some, ensure_ascii=False)
    if re.search("[\ud800-\udfff]", written):
        written = json.dumps(some)
    cheapest = cleaner(written.encode(), written)
    for text in some:
        assert cheapest(text) == clean(text)
        assert cheapest(text, multiline=True) == clean(text, multiline=True)


@pytest.mark.parametrize(
    ("text", "cheapest"),
    [
        ("plain", trim),
        ('two\nlines, "quoted"', trim),
        ("Åkeström, päätös – 5 000 € 👍", trim),
        ("Αθήνα, Москва, 東京", trim),
        ("e\u0301", texts._clean_unless_ascii),
        ("\x9b2J", texts._clean_unless_ascii),
        ("a\u202eb", texts._clean_unless_ascii),
        ("\x1b[2J", clean),
        ("back\\slash", clean),
        ("\x7f", clean),
    ],
)
def test_texts_are_looked_at_one_by_one_only_where_one_of_them_may_need_it(
    text: str, cheapest: object
) -> None:
    written = json.dumps([text, "and others"], ensure_ascii=False)
    assert cleaner(written.encode(), written) is cheapest


def test_letters_that_are_harmless_stay_as_they_are_whatever_stands_beside_them() -> None:
    letters = "".join(map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x20000))))
    harmless = "".join(re.findall(texts._HARMLESS[:-1], letters))
    assert len(harmless) > 20_000
    apart = (unicodedata.decomposition(letter) for letter in letters)
    parts = {chr(int(code, 16)) for codes in apart if "<" not in codes for code in codes.split()[1:]}
    assert not parts & set(harmless)  # none of them melts into the letter before it
    assert clean(harmless) == harmless
    assert not any(letter.isspace() for letter in harmless)


@given(st.text())
def test_cleaned_text_is_clean_for_good(text: str) -> None:
    for multiline in (False, True):
        once = clean(text, multiline=multiline)
        assert clean(once, multiline=multiline) == once
        kept = {"\n", "\t"} if multiline else set()
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in once if c not in kept)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åkeström Oy", "akestrom oy"),
        ("STRASSE", "straße"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("O'Neil-Smith", "o neil smith"),
        ("Færøerne Ǿ", "faeroerne o"),
        ("№ 5 ℝ", "no 5 r"),
    ],
)
def test_folded_texts_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folded_text_is_folded_for_good(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_shortening_cuts_at_a_word() -> None:
    assert shorten("a short text", 40) == "a short text"
    assert shorten("a rather long text about an offer", 20) == "a rather long text…"
    assert shorten("first line\nsecond", 40) == "first line"
    assert len(shorten("x" * 100, 20)) == 20


def test_wide_and_combining_characters_are_measured_in_cells() -> None:
    assert [width_of(text) for text in ("abc", "日本", "e\u0301", "👍", "")] == [3, 4, 1, 2, 0]


def test_a_text_is_cut_by_cells_and_never_through_a_wide_character() -> None:
    assert cut("日本語", 6) == "日本語"
    assert cut("日本語", 5) == "日本…"
    assert cut("日本語", 4) == "日…"
    assert cut("Acme Oy", 5) == "Acme…"
