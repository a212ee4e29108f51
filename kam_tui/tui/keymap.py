"""Keymap: which keys do what once the person's own wishes are taken in, and what is wrong with those wishes.

A wish comes before what is usual; where two wishes want the same key on the same screen, neither does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from kam_tui.domain.errors import did_you_mean
from kam_tui.domain.frozen import frozen
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.settings import Words
from kam_tui.tui.command import Command
from kam_tui.tui.commands import BY_ID, COMMANDS, TOGETHER, TYPING
from kam_tui.tui.key_names import NO_KEY, show_key

FOLLOWS = {
    "history.undo": "everywhere.undo",
    "history.redo": "everywhere.redo",
    "import.bring_in": "list.open",
}
"""Commands that take the key of another one on their screen, also where that is moved."""

NAMED = frozenset(
    "enter escape tab space backspace delete insert home end pageup pagedown up down left right".split()
) | {f"f{number}" for number in range(1, 25)}
"""Keys that are no character, as Textual calls them."""

OTHER_NAMES = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup", "page_down": "pagedown", "↑": "up", "↓": "down", "←": "left", "→": "right",
}  # fmt: skip
"""How people call a key as well, and how kam shows it."""

UNSENDABLE = re.compile(
    r"(shift|ctrl|alt)\+.*enter|(ctrl|alt)\+\d|ctrl\+[imhj]|shift\+(space|backspace|escape)"
)
"""Keys that many terminals send as another one, or not at all."""

Keys = dict[str, tuple[str, ...]]
"""Command to its keys, in Textual's names; the first is the one that is shown."""

USUAL: Keys = {command.id: tuple(command.keys.split(",")) for command in COMMANDS}


@frozen
class Keymap:
    """Who has which keys."""

    keys: Mapping[str, tuple[str, ...]]
    """Of every command."""
    problems: tuple[str, ...] = ()
    """What is wrong with the wishes, a sentence each."""

    @property
    def moved(self) -> dict[str, str]:
        """The commands whose keys are not the usual ones, with their keys as Textual takes them."""
        moved = {name: keys for name, keys in self.keys.items() if keys != USUAL[name]}
        return {name: ",".join(keys) or NO_KEY + name for name, keys in moved.items()}

    def shown(self, command: str) -> list[str]:
        """The keys of a command as they are printed on the keyboard."""
        return [show_key(key) for key in self.keys[command]]

    def first(self, command: str) -> str:
        """The key of a command that is shown; empty where it has none."""
        return next(iter(self.shown(command)), "")

    def told(self, hint: str) -> str:
        """A hint with the keys as they are in the place of `{everywhere.note}`, or of `{everywhere.note:4}`
        in four cells. A part of it that is for a command without a key is left out; parts stand on a line
        of their own, or three spaces apart."""
        return "".join(map(self._told_part, _PARTS.split(hint))) if "{" in hint else hint

    def _told_part(self, part: str) -> str:
        named = [command for command, _width in _NAMED.findall(part) if command in self.keys]
        if not all(map(self.first, named)):
            return ""
        return _NAMED.sub(
            lambda each: self.first(each[1]).ljust(int(each[2] or 0)) if each[1] in named else each[0], part
        )


_PARTS = re.compile(r"(\n| {3,})")
_NAMED = re.compile(r"\{(\w+\.\w+)(?::(\d))?\}")
"""The name of a command in a hint, and the cells that its key takes at least."""


USUALLY = Keymap(USUAL)
"""The keymap of who has no wishes."""


@lru_cache(8)
def keymap_of(wishes: Words) -> Keymap:
    """The keymap that the setting `keys` makes."""
    if not wishes:
        return USUALLY
    problems: list[str] = []
    chosen: Keys = {}
    for name, text in wishes.items():
        if name in BY_ID:
            keys = tuple(_taken(BY_ID[name], text, problems))
            if keys or not text.strip():
                chosen[name] = keys
        else:
            said = _("[keys]: there is no command {name}.").format(name=clean(name))
            problems.append(f"{said} {did_you_mean(_near(name))}".strip())
    for follower, leader in FOLLOWS.items():
        if leader in chosen:
            chosen.setdefault(follower, chosen[leader])
    return _settled(chosen, problems)


def _near(name: str) -> list[str]:
    """The command whose name, or the last word of it, is nearest."""
    import difflib

    words = {each.partition(".")[2]: each for each in BY_ID}
    near = difflib.get_close_matches(name, BY_ID, 1) or difflib.get_close_matches(name, words, 1)
    return [words.get(each, each) for each in near]


def _taken(command: Command, text: str, problems: list[str]) -> Iterator[str]:
    """The keys in a text, in Textual's names. Those that cannot be taken are told."""
    for part in filter(None, (part.strip() for part in text.split(","))):
        key = key_named(part)
        if key is None:
            said = _("[keys]: {command} cannot have {key}: there is no key of that name.")
            hint = _("Write it like n, N, ?, comma, f5, ctrl+e or pagedown.")
        elif UNSENDABLE.fullmatch(key):
            said = _("[keys]: {command} cannot have {key}: many terminals cannot send it.")
            hint = _("Ctrl with a letter, or F2 to F12, can always be sent.")
        elif len(show_key(key)) == 1 and command.scope in TYPING:
            said = _("[keys]: {command} cannot have {key}: there, it is a letter of what is typed.")
            hint = _("Take Ctrl with a letter, or F2 to F12.")
        else:
            yield key
            continue
        problems.append(f"{said.format(command=command.id, key=clean(part))} {hint}")


def key_named(text: str) -> str | None:
    """What Textual calls a key that a person has written down; None where there is no such key."""
    from textual.keys import REPLACED_KEYS, _character_to_key, key_to_character

    if len(text) == 1 and text.isprintable() and text not in OTHER_NAMES:
        return _character_to_key(text)
    *modifiers, name = text.replace(" ", "_").lower().split("+")
    name = OTHER_NAMES.get(name, name)
    if modifiers == ["shift"] and len(name) == 1:
        return name.upper() if name.isalpha() else None
    is_known = name in REPLACED_KEYS or key_to_character(name)
    character = _character_to_key(name) if len(name) == 1 else name if is_known else ""
    if (name not in NAMED and not character) or not set(modifiers) <= {"ctrl", "alt", "shift"}:
        return None
    order = [each for each in ("alt", "ctrl", "shift") if each in modifiers]
    return "+".join([*order, character if name not in NAMED else name])


def _settled(chosen: Keys, problems: list[str]) -> Keymap:
    """The keymap without two commands for one key on one screen."""
    while True:
        keys = USUAL | chosen
        rivals = next(((a, b, key) for a, b, key in _clashes(keys) if a in chosen and b in chosen), None)
        if rivals is None:
            break
        first, second, key = rivals
        said = _("[keys]: {first} and {second} both want {key}: each keeps its usual keys.")
        problems.append(said.format(first=first, second=second, key=show_key(key)))
        for name in (first, second, *(each for each, leader in FOLLOWS.items() if leader in (first, second))):
            chosen.pop(name, None)
    for first, second, key in list(_clashes(keys)):
        loser, winner = (second, first) if first in chosen else (first, second)
        keys[loser] = tuple(each for each in keys[loser] if each != key)
        if not keys[loser]:
            said = _("[keys]: {winner} has taken {key}, the only key of {loser}: give that one another.")
            problems.append(said.format(winner=winner, loser=loser, key=show_key(key)))
    return Keymap(keys, tuple(dict.fromkeys(problems)))


def _clashes(keys: Keys) -> Iterator[tuple[str, str, str]]:
    """Every two commands that are at hand together and share a key, though usually they do not."""
    seen = set()
    for scopes in TOGETHER:
        names = [command.id for command in COMMANDS if command.scope in scopes]
        for first, second in combinations(names, 2):
            for key in keys[first]:
                if key in keys[second] and not _may_share(first, second) and (first, second, key) not in seen:
                    seen.add((first, second, key))
                    yield first, second, key


def _may_share(first: str, second: str) -> bool:
    """Whether the one that is nearer has the key by design."""
    return first in FOLLOWS or second in FOLLOWS or bool(set(USUAL[first]) & set(USUAL[second]))
