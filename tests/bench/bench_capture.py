"""Capture: a whole process that keeps one note, as a multiple of a bare interpreter, beside stock TinyDB."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from figures import Bar, Cell, print_table
from generate import FIRST_ACCOUNT, FIRST_PERSON

ROOT = Path(__file__).parents[2]
KAM = str(Path(sys.executable).with_name("kam"))
STOCK = """
import sys
from tinydb import TinyDB
with TinyDB(sys.argv[1]) as db:
    db.table("activities").insert({"id": "t-new", "created": "2026-11-18", "kind": "note", "text": "met"})
"""
NOTE = "met the buyer, wants a quote for the second plant"
LINES = {
    "": NOTE,
    " @account": f"{NOTE} @{FIRST_ACCOUNT}",
    " @beginning": f"{NOTE} @{FIRST_ACCOUNT[:5]}",
    " @account, a name": f"{NOTE}, says {FIRST_PERSON} @{FIRST_ACCOUNT}",
    " @person": f"{NOTE} @{FIRST_PERSON.replace(' ', '-')}",
}
"""What a line has in it, and the line."""
CEILING = Bar(4)
"""How many times a bare interpreter a capture on the big book may take."""


@dataclass
class Case:
    """One command to time."""

    name: str
    words: list[str]
    book: Path | None = None
    program: str = sys.executable


def cases(books: dict[str, Path], stocks: dict[str, Path]) -> list[Case]:
    """A bare interpreter, then kam and stock TinyDB on each book."""
    found = [Case("python -c pass", ["-c", "pass"])]
    for name, book in books.items():
        lines = LINES if name != "empty" else {"": NOTE}
        found += [
            Case(f"kam note{marks}, {name}", ["note", text], book, KAM) for marks, text in lines.items()
        ]
    found += [Case(f"stock TinyDB insert, {name}", ["-c", STOCK, str(path)]) for name, path in stocks.items()]
    return found


def run(case: Case, home: Path) -> float:
    """Seconds that the whole process takes."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"HOME": str(home), "KAM_CONFIG": str(home / "none.toml"), "KAM_BOOK": str(case.book or home)}
    start = time.perf_counter()
    done = subprocess.run(
        [case.program, *case.words], env=env, cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL
    )
    taken = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{case.name} failed: {done.stderr.decode()}")
    return taken


def measure(books: dict[str, Path], stocks: dict[str, Path], home: Path, rounds: int) -> None:
    """Print a table: the cases take turns, so that a busy moment of the machine meets them all."""
    times: dict[str, list[float]] = {}
    todo = cases(books, stocks)
    for number in range(rounds + 1):
        for case in todo:
            taken = run(case, home)
            if number:  # the first round warms the caches and writes the bytecode
                times.setdefault(case.name, []).append(taken)
    medians = {name: median(some) for name, some in times.items()}
    bare = medians["python -c pass"]
    rows = {}
    for name, taken in medians.items():
        bar = CEILING if name.startswith("kam note") and name.endswith("big") else None
        rows[name] = [Cell(taken * 1000, None, 1), Cell(taken / bare, bar)]
    print_table("whole process, one note kept", ["ms", "x bare"], rows)
    big = medians["kam note, big"]
    two = {
        "big book / empty book": [Cell(big / medians["kam note, empty"], Bar(1.25))],
        "stock TinyDB / kam, big book": [
            Cell(medians["stock TinyDB insert, big"] / big, Bar(40, at_least=True), 1)
        ],
    }
    print_table("of these", ["x"], two)
