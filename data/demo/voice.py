"""The words of the demo book: shared phrases with an account's own products and matters in them."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from documents import Document

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
        finnish = group in ("customer", "trade") and kind in self._phrases["finnish"]
        if finnish and self._told.get("finnish") and self._random.random() < IN_FINNISH:
            group = "finnish"
        return self.fill(self.deck(f"{group} {kind}", self._phrases[group][kind]).deal(), nick, **given)

    def fill(self, text: str, nick: str, **given: str) -> str:
        """A phrase with this account's own words in its places; a capital begins a sentence."""

        def word(found: re.Match[str]) -> str:
            name = found[1].lower()
            if name == "name":
                return self.name(nick)
            value = given.get(name) or str(self.deck(name, self._told["words"][f"{name}s"]).deal())
            return value[0].upper() + value[1:] if found[1][0].isupper() else value

        return re.sub(r"\{(\w+)\}", word, text)

    def deck(self, name: str, phrases: list[Any]) -> Deck:
        """The deck of that name, made of the phrases when first asked for."""
        return self._decks.setdefault(name, Deck(phrases, self._random))

    def named(self, text: str) -> list[str]:
        """The people whom a text speaks of."""
        return [
            nick for nick in self._told["people"] if re.search(rf"\b{re.escape(self.name(nick))}\b", text)
        ]

    def name(self, nick: str) -> str:
        """What a person is called in the texts."""
        person = self._told["people"][nick]
        return str(person.get("called") or person.get("nickname") or person["name"].split()[0])
