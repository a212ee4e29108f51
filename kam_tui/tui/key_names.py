"""Key names: Textual's names of keys as they are printed on a keyboard."""

from __future__ import annotations

import unicodedata

_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "comma": ",",
    "escape": "Esc",
    "enter": "Enter",
    "delete": "Del",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "space": "Space",
    "asterisk": "*",
    "backspace": "Backspace",
    "insert": "Ins",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
}

NO_KEY = "no_key_"
"""Begins what stands in the place of a key that no terminal sends; the name of the command follows."""


def show_key(key: str) -> str:
    """A key of Textual's as it is printed on the keyboard."""
    for modifier, shown in (("alt+", "Alt+"), ("ctrl+", "Ctrl+"), ("shift+", "Shift+")):
        if key.startswith(modifier):
            rest = show_key(key.removeprefix(modifier))
            return shown + (rest.upper() if len(rest) == 1 else rest)
    if key.startswith(NO_KEY):
        return ""
    if key in _KEY_NAMES or len(key) == 1:
        return _KEY_NAMES.get(key, key)
    if key[1:].isdecimal():
        return key.upper()
    try:
        return unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return key
