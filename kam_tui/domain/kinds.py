"""Kinds of values: how each is read from a form, shown to a person, and kept in a document.

The methods are documented once, on `Kind`; each kind says only what it is a kind of. Here are texts, choices
and references; those of days stand in `day_kinds`, and others beside what they are a kind of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.frozen import frozen
from kam_tui.domain.text import Cleaner, clean, fold
from kam_tui.i18n import _


@frozen
class Labeled:
    """A value with the name it goes by: a `mobile` number, a `work` address."""

    value: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.value}" if self.label else self.value


Naming = Callable[[str, str], str]
"""Table and id to the name to show."""


class Kind:
    """How a value of one sort is parsed, shown, encoded and decoded; text unless said otherwise."""

    multiline = False
    """Whether the text may have several lines."""

    def parse(self, text: str, reading: Reading) -> Any:
        """The value of a form's non-empty text; raises ValueError with a sentence."""
        return clean(text, multiline=self.multiline)

    def show(self, value: Any, naming: Naming) -> str:
        """The value as a person reads it, and as `parse` takes it back."""
        return str(value)

    def encode(self, value: Any) -> object:
        """The value as JSON has it."""
        return str(value)

    def decode(self, value: Any) -> Any:
        """The value back from JSON, cleaned; raises ValueError or TypeError for another shape."""
        if type(value) is not str:
            raise TypeError(_("is not text"))
        return clean(value, multiline=self.multiline)


class Lines(Kind):
    """Text of several lines."""

    multiline = True


class Choice(Kind):
    """One of a few words."""

    def __init__(self, options: Mapping[str, str]) -> None:
        self.options = options
        """Stored word to its label."""

    def parse(self, text: str, reading: Reading) -> str:
        typed = fold(text)
        for word, label in self.options.items():
            if typed in (fold(word), fold(label), fold(_(label))):
                return word
        raise ValueError(
            _("{text} is not one of {options}.").format(text=clean(text), options=", ".join(self.options))
        )

    def decode(self, value: Any) -> str:
        if value not in self.options:
            raise ValueError(_("is not one of {options}").format(options=", ".join(self.options)))
        return str(value)


class Flag(Kind):
    """Yes or no."""

    def parse(self, text: str, reading: Reading) -> bool:
        typed = fold(text)
        if typed in ("yes", "y", "true", "1", "on", "kylla", fold(_("yes"))):
            return True
        if typed in ("no", "n", "false", "0", "off", "ei", fold(_("no"))):
            return False
        raise ValueError(_("{text} is neither yes nor no.").format(text=clean(text)))

    def show(self, value: Any, naming: Naming) -> str:
        return _("yes") if value else _("no")

    def encode(self, value: Any) -> bool:
        return bool(value)

    def decode(self, value: Any) -> bool:
        if type(value) is not bool:
            raise TypeError(_("is neither true nor false"))
        return value


class Days(Kind):
    """A number of days, 1 to 3660."""

    def parse(self, text: str, reading: Reading) -> int:
        digits = text.strip().lstrip("0")
        if not digits.isdecimal() or len(digits) > 4 or not 1 <= int(digits) <= 3660:
            raise ValueError(_("{text} is not a number of days from 1 to 3660.").format(text=clean(text)))
        return int(digits)

    def encode(self, value: Any) -> int:
        return int(value)

    def decode(self, value: Any) -> int:
        if type(value) is not int or not 1 <= value <= 3660:
            raise ValueError(_("is not a number of days from 1 to 3660"))
        return value


class Words(Kind):
    """Several short texts, separated by commas."""

    def parse(self, text: str, reading: Reading) -> tuple[str, ...]:
        return unique(clean(part) for part in text.split(","))

    def show(self, value: Any, naming: Naming) -> str:
        return ", ".join(value)

    def encode(self, value: Any) -> list[str]:
        return list(value)

    def decode(self, value: Any) -> tuple[str, ...]:
        return unique(map(clean, _strings(value)))


class Tags(Words):
    """Tags: single words in lower case, without the mark (`+` or `#`) they are typed with."""

    def parse(self, text: str, reading: Reading) -> tuple[str, ...]:
        return unique(tag_of(part) for part in re.split(r"[,;\s]+", text))


class LabeledList(Kind):
    """Several values with labels: `mobile: +358 40 123; work: +358 9 456`."""

    def parse(self, text: str, reading: Reading) -> tuple[Labeled, ...]:
        found: list[Labeled] = []
        for part in text.split(";"):
            label, colon, value = part.partition(":")
            if colon and not value.startswith("//") and len(label) < 30:
                found.append(Labeled(clean(value), clean(label)))
            else:
                found.append(Labeled(clean(part)))
        return tuple(item for item in found if item.value)

    def show(self, value: Any, naming: Naming) -> str:
        return "; ".join(map(str, value))

    def encode(self, value: Any) -> list[object]:
        return [{"value": i.value, "label": i.label} if i.label else i.value for i in value]

    def decode(self, value: Any, clean: Cleaner = clean) -> tuple[Labeled, ...]:
        if type(value) is not list:
            raise TypeError(_("is not a list"))
        items = [(i["value"], i.get("label", "")) if type(i) is dict else (i, "") for i in value]
        return tuple([Labeled(clean(item), clean(label)) for item, label in items])


class Ref(Kind):
    """Another record, by its id."""

    def __init__(self, table: str) -> None:
        self.table = table
        """The table the id is of."""

    def parse(self, text: str, reading: Reading) -> str:
        return reading.resolve(self.table, text) if reading.resolve else clean(text)

    def decode(self, value: Any) -> str:
        if type(value) is not str:
            raise TypeError(_("is not text"))
        return _clean_id(value)

    def show(self, value: Any, naming: Naming) -> str:
        return naming(self.table, value)


class Refs(Ref):
    """Several other records, by their ids."""

    def parse(self, text: str, reading: Reading) -> Any:
        one = super().parse
        return unique(one(part, reading) for part in re.split("[,;]", text) if part.strip())

    def show(self, value: Any, naming: Naming) -> str:
        return "; ".join(naming(self.table, each) for each in value)

    def encode(self, value: Any) -> list[str]:
        return list(value)

    def decode(self, value: Any) -> Any:
        return tuple(_strings(value))


TEXT, LINES, FLAG, DAYS, WORDS, TAGS, LABELED = (
    Kind(), Lines(), Flag(), Days(), Words(), Tags(), LabeledList(),
)  # fmt: skip


# The same ids stand in thousands of activities: each is cleaned once, and one text serves all.
_clean_id = lru_cache(maxsize=65536)(clean)


def tag_of(text: str) -> str:
    """A tag as it is stored: one word in lower case, without `+`, `#` and quotes; empty for nothing."""
    return clean(text.replace('"', "")).lstrip("+#").casefold().replace(" ", "-")


def unique(values: Any) -> tuple[str, ...]:
    """The non-empty values, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, values)))


def _strings(value: Any) -> list[str]:
    if not isinstance(value, list) or set(map(type, value)) - {str}:
        raise TypeError(_("is not a list of texts"))
    return value
