"""Themes: the one place where colours are. Everything else says what a colour is for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

from kam_tui.domain.errors import did_you_mean
from kam_tui.domain.text import clean
from kam_tui.i18n import N_, _

DARK = Theme(
    name="kam-dark",
    primary="#82b1c9",
    secondary="#aca2d2",
    accent="#e3b467",
    warning="#e3b467",
    error="#ec8a82",
    success="#93bf85",
    foreground="#d7dae0",
    background="#15181d",
    surface="#1b1f26",
    panel="#242a33",
    dark=True,
    variables={
        "late": "#ec8a82",
        "soon": "#e3b467",
        "key-account": "#e3b467",
        "quiet": "#9ca5b4",
        "cursor": "#2c3b48",
        "cursor-idle": "#232932",
        "block-cursor-background": "#2c3b48",
        "block-cursor-foreground": "#f2f4f7",
        "block-cursor-text-style": "none",
        "border": "#82b1c9",
        "border-blurred": "#39424f",
        "scrollbar": "#39424f",
        "scrollbar-hover": "#55616f",
        "scrollbar-active": "#82b1c9",
        "scrollbar-background": "#15181d",
        "scrollbar-background-hover": "#15181d",
        "scrollbar-background-active": "#15181d",
        "input-selection-background": "#3d5a6c",
    },
)
"""For a dark room."""

LIGHT = Theme(
    name="kam-light",
    primary="#1d6583",
    secondary="#5d4e94",
    accent="#835500",
    warning="#835500",
    error="#b3261e",
    success="#356b28",
    foreground="#22262c",
    background="#faf9f6",
    surface="#f1efea",
    panel="#e6e3dc",
    dark=False,
    variables={
        "late": "#b3261e",
        "soon": "#835500",
        "key-account": "#835500",
        "quiet": "#555c66",
        "cursor": "#cfe2ea",
        "cursor-idle": "#e6e8e6",
        "block-cursor-background": "#cfe2ea",
        "block-cursor-foreground": "#10161b",
        "block-cursor-text-style": "none",
        "border": "#1d6583",
        "border-blurred": "#c4c0b6",
        "scrollbar": "#c4c0b6",
        "scrollbar-hover": "#a39f95",
        "scrollbar-active": "#1d6583",
        "scrollbar-background": "#faf9f6",
        "scrollbar-background-hover": "#faf9f6",
        "scrollbar-background-active": "#faf9f6",
        "input-selection-background": "#a9cfdd",
    },
)
"""For daylight."""

CONTRAST = Theme(
    name="kam-contrast",
    primary="#8fe0ff",
    secondary="#d5c8ff",
    accent="#ffe14d",
    warning="#ffe14d",
    error="#ffbab3",
    success="#9bf28a",
    foreground="#ffffff",
    background="#000000",
    surface="#0a0a0a",
    panel="#14181c",
    dark=True,
    variables={
        "late": "#ffbab3",
        "soon": "#ffe14d",
        "key-account": "#ffe14d",
        "quiet": "#e0e4e8",
        "cursor": "#00304a",
        "cursor-idle": "#1e2226",
        "block-cursor-background": "#ffe14d",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "border": "#8fe0ff",
        "border-blurred": "#9aa4ae",
        "scrollbar": "#9aa4ae",
        "scrollbar-hover": "#c6ced6",
        "scrollbar-active": "#8fe0ff",
        "scrollbar-background": "#000000",
        "scrollbar-background-hover": "#000000",
        "scrollbar-background-active": "#000000",
        "input-selection-background": "#00507a",
    },
)
"""For eyes, screens and rooms that need all the contrast there is."""

ANSI = Theme(
    name="kam-ansi",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "late": "ansi_red",
        "soon": "ansi_yellow",
        "key-account": "ansi_yellow",
        "quiet": "ansi_default",
        "cursor": "ansi_default",
        "cursor-style": "bold reverse",
        "cursor-idle": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "bold reverse",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
    },
)
"""The terminal's own sixteen colours, whatever they are; and what is left of a theme without any colours."""

OWN = (DARK, LIGHT, CONTRAST, ANSI)
"""kam's own themes."""

CALLED = {
    DARK.name: N_("Dark"),
    LIGHT.name: N_("Light"),
    CONTRAST.name: N_("High contrast"),
    ANSI.name: N_("The terminal's own sixteen colours"),
}
"""How a person is offered them."""


def theme_for(wanted: str, environment: Mapping[str, str]) -> str:
    """The theme to wear: the one `wanted`, of kam's own or of Textual's, else what the terminal can show.

    `dark` is short for `kam-dark`, and so with the others.
    """
    if environment.get("NO_COLOR"):
        return ANSI.name
    if found := _called(wanted):
        return found
    return ANSI.name if has_few_colours(environment) else DARK.name


def untold_theme(wanted: str) -> str:
    """That there is no theme of this name, with the nearest one; empty where there is, or none is wanted."""
    if not wanted or _called(wanted):
        return ""
    import difflib

    names = {name.removeprefix("kam-"): name for name in (*CALLED, *BUILTIN_THEMES)}
    near = difflib.get_close_matches(wanted, names, 1)
    said = _("There is no theme {name}.").format(name=clean(wanted))
    own = _("kam's own are {names}.").format(names=", ".join(name.removeprefix("kam-") for name in CALLED))
    return f"{said} {did_you_mean(near) or own}"


def _called(wanted: str) -> str:
    names = (*CALLED, *BUILTIN_THEMES)
    return next((name for name in (f"kam-{wanted}", wanted) if name in names), "")


def has_few_colours(environment: Mapping[str, str]) -> bool:
    """Whether a terminal says that it has only sixteen colours, or fewer."""
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return False
    term = environment.get("TERM", "")
    return bool(term) and not any(name in term for name in MANY_COLOURS)


def has_colours_to_mix(environment: Mapping[str, str]) -> bool:
    """Whether a terminal says that it shows every colour, and not only the 256 of its table. Where nothing is
    said of any terminal, it does."""
    return not environment.get("TERM") or environment.get("COLORTERM", "").lower() in ("truecolor", "24bit")


def of_the_table(variables: Mapping[str, str]) -> dict[str, str]:
    """Colours for a terminal with a table of 256: what is nearly grey is grey.

    The table has 24 greys, and beside them steps so far apart that the nearest to a dark bluish grey is navy.
    """
    return {name: _as_grey(value) for name, value in variables.items()}


def _as_grey(colour: str) -> str:
    if not _HEX.fullmatch(colour):
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    if max(red, green, blue) - min(red, green, blue) > NEARLY_GREY:
        return colour
    grey = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return f"#{grey:02x}{grey:02x}{grey:02x}"


_HEX = re.compile(r"#[0-9a-fA-F]{6}")

NEARLY_GREY = 40
"""How far the three parts of a colour, of 255 each, may lie apart in what is taken for a grey."""

MANY_COLOURS = ("256color", "direct", "kitty", "alacritty", "ghostty")
"""Parts of `$TERM` that tell of a terminal with many colours."""

STAND_INS = {
    "late": "error",
    "soon": "warning",
    "key-account": "accent",
    "quiet": "foreground-muted",
    "cursor": "primary-muted",
    "cursor-idle": "boost",
}
"""Our own names of colours, and what a theme that is not ours has for them."""


def stand_ins(theme: Theme) -> dict[str, str]:
    """Our own names of colours, said in a theme that does not know them."""
    lacking = STAND_INS.keys() - theme.variables.keys()
    generated = theme.to_color_system().generate() if lacking else {}
    return {name: generated[STAND_INS[name]] for name in lacking} | {"cursor-style": "bold"}
