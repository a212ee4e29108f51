"""Colours: enough contrast in every theme, none where none are wanted, and nothing told by them alone."""

from __future__ import annotations

import os
import re
from itertools import product
from pathlib import Path

import pytest
from desktop import Desktop, parsed, running
from rich.cells import cell_len
from rich.color import ColorSystem, ColorType
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.theme import Theme

from kam_tui import paths
from kam_tui.settings import Settings
from kam_tui.settings_reader import load
from kam_tui.tui import themes
from kam_tui.tui.dress import PLAIN_SIGNS, Sheet
from kam_tui.tui.themes import ANSI, CONTRAST, DARK, LIGHT, theme_for

TEXTS = ("foreground", "primary", "secondary", "accent", "warning", "error", "success",
         "late", "soon", "key-account", "quiet")  # fmt: skip
GROUNDS = ("background", "surface", "panel", "cursor", "cursor-idle")
XTERM = {"TERM": "xterm-256color"}


def colour(theme: Theme, name: str) -> Color:
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


def brightness(colour: Color) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("theme", "least"), [(CONTRAST, 7), (DARK, 4.5), (LIGHT, 4.5)], ids=["AAA", "AA", "AA"]
)
def test_every_colour_of_text_stands_out_from_every_ground(theme: Theme, least: float) -> None:
    pairs = [(colour(theme, text), colour(theme, ground)) for text, ground in product(TEXTS, GROUNDS)]
    pairs.append((colour(theme, "block-cursor-foreground"), colour(theme, "block-cursor-background")))
    pairs.append((colour(theme, "foreground"), colour(theme, "input-selection-background")))
    assert [(a.hex, b.hex, contrast(a, b)) for a, b in pairs if contrast(a, b) < least] == []


@pytest.mark.parametrize(
    ("wanted", "environment", "worn"),
    [
        ("", XTERM, "kam-dark"),
        ("", {}, "kam-dark"),
        ("light", XTERM, "kam-light"),
        ("kam-contrast", XTERM, "kam-contrast"),
        ("nord", XTERM, "nord"),
        ("no such theme", XTERM, "kam-dark"),
        ("", {"TERM": "linux"}, "kam-ansi"),
        ("", {"TERM": "xterm-16color"}, "kam-ansi"),
        ("", {"TERM": "screen"}, "kam-ansi"),
        ("", {"TERM": "screen", "COLORTERM": "truecolor"}, "kam-dark"),
        ("dark", {"TERM": "linux"}, "kam-dark"),
        ("dark", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "kam-ansi"),
        ("dark", {"TERM": "xterm-256color", "NO_COLOR": ""}, "kam-dark"),
    ],
)
def test_the_theme_is_the_one_that_is_wanted_else_what_the_terminal_can_show(
    wanted: str, environment: dict[str, str], worn: str
) -> None:
    assert theme_for(wanted, environment) == worn


def colours(desk: Desktop) -> set[str]:
    """The kinds of colours in what goes to the terminal."""
    filters = desk.app.get_line_filters()
    kinds = set()
    for strip in desk.app.screen._compositor.render_strips():
        for segment in strip.apply_filter(filters[-1], Color(0, 0, 0)) if filters else strip:
            for part in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                kinds.add("none" if part is None or part.type == ColorType.DEFAULT else part.type.name)
    return kinds


WITHOUT = {"NO_COLOR": "1", "TERM": "xterm-256color"}


@pytest.mark.parametrize("keys", [[], ["2"], ["2", "enter"], ["4"], ["4", "c"], ["question_mark"], ["n"]])
async def test_without_colours_there_are_none(keys: list[str]) -> None:
    async with running(size=(120, 40), environment=WITHOUT) as desk:
        await desk.press(*keys)
        assert colours(desk) == {"none"}


async def test_without_colours_all_is_told_in_words_and_signs() -> None:
    async with running(size=(120, 40), environment=WITHOUT) as desk:
        assert "Late  2" in desk.text
        assert desk.line("3 days late").startswith("▌ 3 days late")
        assert "today 14:00" in desk.line("Ask about the trade fair")
        assert "1 today" in desk.lines[2]
        await desk.press("2")
        acme, lodz = desk.line("Acme Oy"), desk.line("Łódzkie")
        assert acme.startswith("▌ Key")
        assert "3 days late" in acme
        assert "Prospect" in lodz
        assert "Tier ▼" in desk.text
        await desk.press("space")
        assert "*" in desk.line("Acme Oy")[:3]


async def test_every_screen_draws_in_the_sixteen_colours_of_the_terminal() -> None:
    async with running(size=(120, 40), environment={"TERM": "linux"}) as desk:
        for keys in ([], ["2"], ["enter"], ["question_mark"], ["escape", "n"]):
            await desk.press(*keys)
            assert colours(desk) <= {"none", "STANDARD", "WINDOWS"}, keys


def test_the_plain_console_has_every_sign_that_kam_draws_with() -> None:
    package = Path(themes.__file__).parent
    drawn = {
        sign
        for file in package.rglob("*.py")
        for sign in re.findall(r"[^\x00-\x7f]", file.read_text("utf-8"))
    }
    missing = []
    for sign in drawn | set("─│┌┐└┘╭╮╰╯▁▂▃▄▅▆▇█"):
        plain = sign.translate(PLAIN_SIGNS)
        assert cell_len(plain) == cell_len(sign)
        if not plain.isascii() and plain not in "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼⌂":
            try:
                plain.encode("cp437")
            except UnicodeEncodeError:
                missing.append(sign)
    assert missing == []


async def test_a_theme_is_tried_on_and_kept() -> None:
    async with running() as desk:
        assert desk.app.theme == "kam-dark"
        await desk.press("T")
        assert desk.place == "ThemeChoice"
        await desk.press("down", "down")
        assert desk.app.theme == "kam-contrast"
        await desk.press("escape")
        assert desk.app.theme == "kam-dark"
        assert not os.path.exists(paths.config_file())
        await desk.press("T", "down", "enter")
        assert desk.place == "Today"
        assert desk.app.theme == "kam-light"
        assert load(paths.config_file()).theme == "kam-light"
    async with running(settings=Settings(theme="light")) as desk:
        assert desk.app.theme == LIGHT.name


@pytest.mark.parametrize("theme", [theme.name for theme in (*themes.OWN,)] + ["nord", "ansi-light"])
async def test_every_theme_knows_all_the_colours_that_are_named(theme: str) -> None:
    async with running(settings=Settings(theme=theme)) as desk:
        await desk.press("2", "n")
        assert desk.app.theme == theme
        assert desk.place == "Capture"
    assert ANSI.ansi


async def test_a_theme_that_is_none_is_told() -> None:
    async with running(settings=Settings(theme="drak")) as desk:
        assert desk.app.theme == "kam-dark"
        assert desk.notices == ["There is no theme drak. Did you mean dark?"]


async def test_in_sixteen_colours_the_highlighted_line_is_of_one_colour() -> None:
    async with running(size=(120, 40), environment={"TERM": "linux"}) as desk:
        strip = next(s for s in desk.app.screen._compositor.render_strips() if s.text.startswith("▌ 3 days"))
        (piece,) = strip.crop(0, 70)
        assert piece.style
        assert piece.style.reverse
        assert piece.style.color is None or piece.style.color.is_default


def test_with_a_new_kind_of_screen_only_its_own_rules_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stylesheet, "_parse_rules", parsed)
    sheet = Sheet(variables={"mood": "#000001"})
    sheet.add_source("Label { color: $mood; }", read_from=("one", ""))
    sheet.reparse()
    (first,) = sheet.rules
    sheet.add_source("Input { color: $mood; }", read_from=("two", ""))
    sheet.reparse()
    assert sheet.rules[0] is first
    assert len(sheet.rules) == 2
    sheet.set_variables({"mood": "#000002"})
    sheet.reparse()
    assert [rule.styles.color.hex for rule in sheet.rules] == ["#000002", "#000002"]


GREYS = {16, 231, *range(232, 256)}
"""The numbers of black, white and the greys in the table of 256 colours."""


def grounds(desk: Desktop) -> set[int]:
    """What the words stand on, as a terminal with a table of 256 colours shows it."""
    strips = desk.app.screen._compositor.render_strips()
    found = (each.style.bgcolor for strip in strips for each in strip if each.style and each.style.bgcolor)
    return {each.downgrade(ColorSystem.EIGHT_BIT).number or 0 for each in found if not each.is_default}


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_in_a_table_of_256_colours_bars_lines_and_fields_are_grey(theme: str) -> None:
    look = Settings(theme=theme)
    async with running(size=(100, 30), settings=look, environment={"TERM": "tmux-256color"}) as desk:
        for keys in ([], ["2"], ["f"], ["escape", "enter"], ["comma"], ["n"]):
            await desk.press(*keys)
            assert grounds(desk) <= GREYS, keys


async def test_a_terminal_that_mixes_colours_has_the_theme_as_it_is() -> None:
    environment = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    async with running(environment=environment, settings=Settings(theme="dark")) as desk:
        assert desk.app.get_css_variables()["panel"].lower() == DARK.panel
    async with running(environment={"TERM": "xterm-256color"}, settings=Settings(theme="dark")) as desk:
        assert desk.app.get_css_variables()["panel"] == "#292929"
        red, _green, blue = Color.parse(desk.app.get_css_variables()["accent"]).rgb
        assert red - blue > 100
