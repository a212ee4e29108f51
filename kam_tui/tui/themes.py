"""Themes: the one place where colours are. Everything else says what a colour is for."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="kam-dark",
    primary="#82b1c9",
    secondary="#9a8fc2",
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
        "quiet": "#8a93a3",
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
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3261e",
    success="#356b28",
    foreground="#22262c",
    background="#faf9f6",
    surface="#f1efea",
    panel="#e6e3dc",
    dark=False,
    variables={
        "late": "#b3261e",
        "soon": "#8a5a00",
        "key-account": "#8a5a00",
        "quiet": "#5f6670",
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

OWN = (DARK, LIGHT)
"""kam's own themes."""

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
    generated = theme.to_color_system().generate()
    return {name: generated[other] for name, other in STAND_INS.items()}
