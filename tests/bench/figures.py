"""Figures: how long something takes, what is wanted of it, and how both are printed. Nothing is asserted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Bar:
    """What is wanted of a figure: at most so much, or at least."""

    limit: float
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.limit:g}"

    def mark(self, value: float) -> str:
        """The bar, and whether the value reached it."""
        reached = value >= self.limit if self.at_least else value <= self.limit
        return f"{self} {'yes' if reached else 'NO'}"


@dataclass(frozen=True)
class Cell:
    """A value in a table, with the bar it is held against."""

    value: float | None = None
    bar: Bar | None = None
    places: int = 2

    @property
    def number(self) -> str:
        """The value as it is shown; empty for none."""
        return "" if self.value is None else f"{self.value:,.{self.places}f}"

    @property
    def mark(self) -> str:
        """What stands beside it; empty for no bar."""
        return "" if self.value is None or self.bar is None else self.bar.mark(self.value)


def print_table(title: str, columns: Sequence[str], rows: Mapping[str, Sequence[Cell]]) -> None:
    """Print a table: beside each figure what is wanted of it, and whether this run reached it."""
    label = max(map(len, [title, *rows]))
    lines = [[title, *columns]] + [[what, *(cell.number for cell in cells)] for what, cells in rows.items()]
    marks = [["wanted"] * len(columns)] + [[cell.mark for cell in cells] for cells in rows.values()]
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    beside = [max(map(len, column[1:])) for column in zip(*marks, strict=True)]
    print()
    for (what, *numbers), said in zip(lines, marks, strict=True):
        cells = [f"{number:>{width}}" for number, width in zip(numbers, wide[1:], strict=True)]
        told = [
            f" {mark:<{max(width, 6)}}" if width else "" for mark, width in zip(said, beside, strict=True)
        ]
        print("   ".join([f"{what:<{label}}", *map("".join, zip(cells, told, strict=True))]).rstrip())


def told(file: str, *words: object) -> Any:
    """What a script prints as JSON, run with these words in a process of its own: in one, what was measured
    before and left in memory would help or hinder what comes after."""
    done = subprocess.run([sys.executable, file, *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join([file, *map(str, words)])} failed: {done.stderr}")
    return json.loads(done.stdout)


def settle() -> None:
    """Wait until all that was written is on the disk."""
    if hasattr(os, "sync"):
        os.sync()


def ms(call: Callable[[], object], times: int) -> float:
    """Median milliseconds of a call."""
    return turns({"": call}, 1, {"": times})[""]


def turns(
    calls: Mapping[str, Callable[[], object]], rounds: int, times: Mapping[str, int] | None = None
) -> dict[str, float]:
    """Median milliseconds of each call, once in each round or as often as `times` says.

    They take turns, so that a busy moment of the machine meets them all; and none of them waits for
    the disk on account of what another one wrote in the round before.
    """
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _round in range(rounds):
        settle()
        for name, call in calls.items():
            for _time in range((times or {}).get(name, 1)):
                start = time.perf_counter()
                call()
                taken[name].append(time.perf_counter() - start)
    return {name: median(some) * 1000 for name, some in taken.items()}
