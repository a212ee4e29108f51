"""Text from outside: harmless, and compared without regard to case and accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_tui.domain.text import clean, fold, shorten


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
