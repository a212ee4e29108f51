"""The words of the demo book: shared phrases with an account's own products and matters in them."""

from __future__ import annotations

import re
from random import Random
from typing import Any

Document = dict[str, Any]

IN_FINNISH = 0.15
"""How often a phrase is a Finnish one, where Finnish is spoken."""


class Deck:
    """Phrases dealt in a shuffled order, each once before any comes again."""

    def __init__(self, phrases: list[Any], random: Random) -> None:
        self._phrases, self._random = phrases, random
        self._left: list[Any] = []

    def deal(self) -> Any:
        """The next phrase."""
        if not self._left:
            self._left = list(self._phrases)
        return self._left.pop(self._random.randrange(len(self._left)))


class Voice:
    """Phrases as they are said of one account."""

    def __init__(self, told: Document, phrases: Document, random: Random) -> None:
        self._told, self._phrases, self._random = told, phrases, random
        self._decks: dict[str, Deck] = {}

    def phrase(self, group: str, kind: str, nick: str, **given: str) -> str:
        """A shared phrase of a kind, now and then in Finnish where that is spoken."""
        finnish = self._phrases["finnish"]
        if self._told.get("finnish") and kind in finnish and self._random.random() < IN_FINNISH:
            group = "finnish"
        return self.fill(self.deck(f"{group} {kind}", self._phrases[group][kind]).deal(), nick, **given)

    def fill(self, text: str, nick: str, **given: str) -> str:
        """A phrase with this account's own words in its places; a capital begins a sentence."""

        def word(found: re.Match[str]) -> str:
            name = found[1].lower()
            if name == "name":
                return self._name(nick)
            value = given.get(name) or str(self.deck(name, self._told["words"][f"{name}s"]).deal())
            return value[0].upper() + value[1:] if found[1][0].isupper() else value

        return re.sub(r"\{(\w+)\}", word, text)

    def deck(self, name: str, phrases: list[Any]) -> Deck:
        """The deck of that name, made of the phrases when first asked for."""
        return self._decks.setdefault(name, Deck(phrases, self._random))

    def _name(self, nick: str) -> str:
        person = self._told["people"][nick]
        return str(person.get("called") or person.get("nickname") or person["name"].split()[0])
