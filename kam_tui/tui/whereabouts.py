"""Whereabouts: where a person was, and how each screen was left; of one book, on this computer alone.

A convenience, kept in one small file: whatever is wrong with that file, kam begins as if it were not
there, and where it cannot be written nothing else is lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from kam_tui.domain.frozen import frozen, later
from kam_tui.domain.text import clean

VERSION = 1
"""Form of the file; one of another form is as if there were none."""

Left = dict[str, str]
"""How a screen was left: a few words under names of its own, such as `filter` and `highlight`."""


@frozen
class Stop:
    """One screen on the way to where a person was."""

    place: str
    """One of the places of `screens/places.py`."""
    record_id: str = ""
    """Of the record that it shows, where it shows one."""
    left: Left = later(dict)
    """How it was left."""


@frozen
class Whereabouts:
    """What a person finds again."""

    places: Mapping[str, Left] = later(dict)
    """Place to how it was left, of those that are found as they were left."""
    way: tuple[Stop, ...] = ()
    """The screens that were open, the one on top last."""

    def to_json(self) -> str:
        """The text of the file."""
        places = {place: _left(left) for place, left in self.places.items()}
        way = [[stop.place, stop.record_id, _left(stop.left)] for stop in self.way]
        return json.dumps({"version": VERSION, "places": places, "way": way}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Whereabouts:
        """What `to_json` has written; nothing known, for anything else."""
        with suppress(ValueError, TypeError, AttributeError, KeyError, RecursionError):
            found = json.loads(text)
            if found["version"] == VERSION:
                places = {str(place): _left(left) for place, left in found["places"].items()}
                way = [Stop(str(place), str(record), _left(left)) for place, record, left in found["way"]]
                return cls(places, tuple(way))
        return cls()


def _left(value: Any) -> Left:
    return {str(name): clean(each) for name, each in value.items() if isinstance(each, str)}


def read(folder: str) -> Whereabouts:
    """What is kept in a folder; nothing known where that cannot be read."""
    with suppress(OSError), open(_file(folder), "rb") as file:
        return Whereabouts.from_json(file.read())
    return Whereabouts()


def keep(folder: str, whereabouts: Whereabouts) -> None:
    """Keep it in a folder, in one step, unless it is there already; not, where the disk refuses."""
    text = whereabouts.to_json()
    with suppress(OSError):
        with suppress(OSError, UnicodeDecodeError), open(_file(folder), encoding="utf-8") as file:
            if file.read() == text:
                return
        from kam_tui.delivery.whole_file import write_whole

        write_whole(_file(folder), text, synced=False)  # nobody waits for a disk that is busy, to leave


def _file(folder: str) -> str:
    from kam_tui.delivery.written import SCREEN  # who is erased is looked for in it as well

    return os.path.join(folder, SCREEN)
