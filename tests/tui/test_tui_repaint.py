"""What a terminal is sent: only what changes on it, and what stands there is the same as if all were sent."""

from __future__ import annotations

import unicodedata
from io import StringIO
from typing import Any
from unittest.mock import Mock

import pyte
import pytest
from desktop import running
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from terminal import look
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from kam_tui.tui.repaint import PLAIN, Look, Shown, cells_of, look_of

WIDTH, HEIGHT = 14, 3
SIGNS = ["a", "b", " ", "  ", "ä", "☏", "漢", "字", "e\u0301"]
"""No joiners: pyte leaves out whatever comes after one. No flags: it gives them another width."""
STYLES = [
    None,
    Style.parse("bold red on blue"),
    Style.parse("red on blue"),
    Style.parse("#5fafd7 on #005f5f"),
    Style.parse("dim on blue"),
    Style.parse("underline"),
    Style.parse("reverse yellow"),
    Style.parse("white link https://acme.example"),
]

Frame = list[Strip]


def console_of(system: Any = "truecolor") -> Console:
    return Console(file=StringIO(), color_system=system, force_terminal=True, legacy_windows=False)


def strip_of(*parts: tuple[str, Style | None]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts]).adjust_cell_length(WIDTH, STYLES[2])


def whole(frame: Frame) -> LayoutUpdate:
    return LayoutUpdate([[strip] for strip in frame], Region(0, 0, WIDTH, HEIGHT))


def part(frame: Frame, *spans: tuple[int, int, int], cut: int = 6) -> ChopsUpdate:
    """As the compositor has it: each line in two pieces, of which those in the spans are to be sent."""
    chops = [dict(zip((0, cut), strip.divide([cut, WIDTH]), strict=True)) for strip in frame]
    return ChopsUpdate(chops, sorted(spans), [[cut, WIDTH]] * HEIGHT)


def seen(screen: pyte.Screen) -> list[list[object]]:
    return [[look(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


texts = st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(STYLES)), max_size=WIDTH // 2)
frames = st.lists(texts.map(lambda parts: strip_of(*parts)), min_size=HEIGHT, max_size=HEIGHT)
spans = st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), st.integers(1, WIDTH)).filter(
    lambda span: span[1] < span[2]
)
paints = st.lists(st.tuples(frames, st.lists(spans, min_size=1, max_size=4), st.booleans()), max_size=6)


@settings(max_examples=100, deadline=None)
@given(frames, paints, st.integers(1, WIDTH - 1))
def test_the_screen_is_the_same_as_if_everything_were_sent(first: Frame, paints: Any, cut: int) -> None:
    console, shown = console_of(), Shown()
    all_sent, less_sent = (pyte.Screen(WIDTH, HEIGHT) for _each in range(2))
    for screen in (all_sent, less_sent):
        screen.reset_mode(7, private=True)  # as Textual does: what is too long for a line stays in it
    updates: list[LayoutUpdate | ChopsUpdate] = [whole(first)]
    updates += [
        whole(frame) if is_whole else part(frame, *spans, cut=cut) for frame, spans, is_whole in paints
    ]
    for update in updates:
        pyte.Stream(all_sent).feed(update.render_segments(console))
        pyte.Stream(less_sent).feed(shown.sends(update, console))
        assert seen(less_sent) == seen(all_sent)


def test_what_stays_is_not_sent_again() -> None:
    console, shown = console_of(), Shown()
    frame = [strip_of(("Acme Oy", STYLES[1])) for _line in range(HEIGHT)]
    shown.sends(whole(frame), console)
    assert shown.sends(part(frame, *[(y, 0, WIDTH) for y in range(HEIGHT)]), console) == ""


def test_of_a_line_only_the_cells_that_differ_are_sent_and_what_is_near_together_as_one() -> None:
    console, shown = console_of(), Shown()
    shown.sends(whole([strip_of(("abcdefghijklmn", None))] * HEIGHT), console)
    changed = strip_of(("aXcXefghijklmN", None))
    sent = shown.sends(part([changed] * HEIGHT, (1, 0, WIDTH), cut=WIDTH - 1), console)
    assert sent == "\x1b[2;2HXcX\x1b[2;14HN"


def test_a_paint_of_the_whole_screen_goes_out_whole_and_so_mends_what_something_else_has_written() -> None:
    console, shown = console_of(), Shown()
    frame = [strip_of(("Acme Oy", None))] * HEIGHT
    first = shown.sends(whole(frame), console)
    assert shown.sends(whole(frame), console) == first
    assert first.count("Acme Oy") == HEIGHT


def test_a_piece_goes_out_whole_where_it_is_not_known_what_stands_there() -> None:
    frame = [strip_of(("Acme Oy", None))] * HEIGHT
    assert "Acme Oy" in Shown().sends(part(frame, (0, 0, WIDTH), cut=10), console_of())


@pytest.mark.parametrize("odd", ["👩\u200d🚀", "☎\ufe0f", "🇫🇮", "e\u0301"])
def test_a_line_with_signs_that_not_all_terminals_give_one_width_is_not_relied_on(odd: str) -> None:
    console, shown = console_of(), Shown()
    frame = [strip_of((f"{odd} Acme", None))] * HEIGHT
    shown.sends(whole(frame), console)
    assert "Acme" in shown.sends(part(frame, (0, 0, WIDTH), cut=12), console)
    plain = [strip_of(("Acme", None))] * HEIGHT
    assert "Acme" in shown.sends(part(plain, (0, 0, WIDTH), cut=12), console)
    assert "Acme" in shown.sends(part(plain, (0, 0, WIDTH), cut=12), console)


def test_columns_stand_where_they_belong_in_a_terminal_that_gives_vowel_signs_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As those that count by the tables of the C library do."""
    width_of = pyte.screens.wcwidth
    monkeypatch.setattr(
        pyte.screens, "wcwidth", lambda sign: 1 if unicodedata.category(sign) == "Mc" else width_of(sign)
    )
    screen, console, shown = pyte.Screen(WIDTH, HEIGHT), console_of(), Shown()
    before = [strip_of(("what was there", None))] * HEIGHT
    names = [strip_of(("शीत किर", None), ("    ", None), ("Fri", STYLES[1])) for _line in range(HEIGHT)]
    for update in (whole(before), part(names, *[(y, 0, WIDTH) for y in range(HEIGHT)], cut=12), whole(names)):
        pyte.Stream(screen).feed(shown.sends(update, console))
        at = [line.index("F") if "F" in line else None for line in screen.display]
    assert at == [cell_len("शीत किर") + 4] * HEIGHT
    assert screen.display[0].split() == ["शीत", "किर", "Fri"]


def test_a_wide_sign_is_never_sent_by_halves() -> None:
    console, shown = console_of(), Shown()
    shown.sends(whole([strip_of(("漢字 Acme", None))] * HEIGHT), console)
    changed = [strip_of(("漢漢 Acme", None))] * HEIGHT
    assert shown.sends(part(changed, (0, 0, WIDTH), cut=12), console) == "\x1b[1;3H漢"


def test_a_line_in_which_a_wide_sign_was_cut_in_two_is_not_relied_on() -> None:
    """A terminal shows neither half of it then."""
    console, shown = console_of(), Shown()
    frame = [strip_of(("Acme 漢字", None))] * HEIGHT
    shown.sends(whole(frame), console)
    shown.sends(part(frame, (0, 6, WIDTH), cut=6), console)
    assert "Acme" in shown.sends(part(frame, (0, 0, WIDTH), cut=WIDTH - 1), console)


def test_a_colour_is_told_only_where_it_changes() -> None:
    bold, red, blank = Style.parse("bold"), Style.parse("red on blue"), Style.parse("green on blue")
    strip = Strip([Segment("ab", bold), Segment("cd", red), Segment(" ", blank), Segment("ef", red)], 7)
    sent = Shown().sends(LayoutUpdate([[strip]], Region(0, 0, 7, 1)), console_of("standard"))
    assert sent == "\x1b[1;1H\x1b[0;1mab\x1b[0;31;44mcd ef\x1b[39;49m"


@pytest.mark.parametrize(
    ("codes", "look"),
    [
        ("", PLAIN),
        ("1;4;31;44", Look("1;4", "31", "44")),
        ("38;5;110;48;5;16", Look("", "38;5;110", "48;5;16")),
        ("7;38;2;1;2;3;48;2;4;5;6", Look("7", "38;2;1;2;3", "48;2;4;5;6")),
        ("39;49", PLAIN),
        ("97;107", Look("", "97", "107")),
        ("90;100", Look("", "90", "100")),
        ("30;40", Look("", "30", "40")),
    ],
)
def test_a_look_is_read_from_what_a_terminal_is_told(codes: str, look: Look) -> None:
    assert look_of(codes) == look
    assert look_of(codes) is look_of(codes)


def test_signs_fill_as_many_cells_as_every_terminal_gives_them() -> None:
    assert cells_of("a漢☏") == ["a", "漢", "", "☏"]
    assert cells_of("a\tb") is None
    assert cells_of("e\u0301") is None


async def test_all_is_painted_anew_after_another_size_in_between_that_nothing_was_drawn_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running() as desk:
        painted = Mock(wraps=desk.app.screen.refresh)
        monkeypatch.setattr(desk.app.screen, "refresh", painted)
        await desk.app._on_resize(events.Resize(Size(60, 15), Size(60, 15)))
        await desk.app._on_resize(events.Resize(Size(80, 24), Size(80, 24)))
        await desk.until(lambda: painted.called)
        assert desk.app.size == (80, 24)
