"""Many processes on one book: some capture, one imports, one compacts, one follows as a screen does."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from crowd_worker import MANY
from store_kit import contents

from kam_tui.store.store import Store

WORKER = Path(__file__).parent / "crowd_worker.py"


@dataclass
class Crowd:
    """What came of it."""

    changes: int = 0
    """Acknowledged."""
    lost: list[str] = field(default_factory=list)
    """Acknowledged, and not there."""
    doubled: list[str] = field(default_factory=list)
    """Ids and numbers that were given twice."""
    odd: list[str] = field(default_factory=list)
    """Anything else that must not be."""
    lags: list[float] = field(default_factory=list)
    """Seconds from each change to the look that showed it."""

    def __str__(self) -> str:
        lags = sorted(self.lags) or [0.0]
        return (
            f"{self.changes} acknowledged changes; {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.odd)} otherwise wrong; seen by a screen after {median(lags):.2f} s, "
            f"{lags[len(lags) * 99 // 100]:.2f} s for 99 of 100, {lags[-1]:.2f} s at most"
        )


def crowd(folder: Path, seconds: float, writers: int, pause: float) -> Crowd:
    """Let them work for some seconds, each pausing so long on average after a change."""
    roles = {"screen": "look", "many": "import", "fold": "compact"}
    roles |= {f"w{number}": "write" for number in range(writers)}
    processes: list[subprocess.Popen[bytes]] = []
    for name, role in roles.items():
        with folder.with_name(f"{name}.said").open("wb") as said:
            words = [role, str(folder), name, str(seconds), str(pause)]
            processes.append(subprocess.Popen([sys.executable, str(WORKER), *words], stdout=said))
    result = Crowd()
    result.odd += [f"{name} failed" for name, each in zip(roles, processes, strict=True) if each.wait()]
    told = {name: [line.split() for line in _lines(folder, name)] for name in roles}
    screen = told.pop("screen")
    if not screen or screen.pop() != ["same", "True"]:
        result.odd.append("the screen shows another book")
    seen = {word: float(at) for word, at in screen}
    everything = [(word, number) for lines in told.values() for word, number in lines]
    rows = [int(number) for word, number in everything if word == "row"]
    changes = {word: float(at) for word, at in everything if word != "row"}
    result.changes = len(everything)
    result.lags = [seen[word] - at for word, at in changes.items() if word in seen]
    result.lost += [f"{word}, never seen" for word in changes if word not in seen]
    _look(folder, rows, set(changes), result)
    return result


def _lines(folder: Path, name: str) -> list[str]:
    return folder.with_name(f"{name}.said").read_text().splitlines()


def _look(folder: Path, rows: list[int], records: set[str], result: Crowd) -> None:
    store = Store(str(folder))
    book = contents(store.read())
    found = {record_id for table in book.values() for record_id in table}
    result.lost += sorted(records - found)
    result.doubled += [f"row {number}" for number, count in Counter(rows).items() if count > 1]
    kept = {row.doc_id for row in store.database.table("rows")}
    result.lost += [f"row {number}" for number in rows if number not in kept]
    imports = Counter(record_id.rpartition("-")[0] for record_id in book["contacts"])
    result.odd += [f"{count} of {MANY} {name}" for name, count in imports.items() if count != MANY]
    last = store.database.rows.snapshot().number
    if last != result.changes:
        result.odd.append(f"{last} changes are numbered, {result.changes} were acknowledged")
    numbers = [entry.number for entry in store.history()]
    if numbers != list(range(last, last - len(numbers), -1)):
        result.odd.append("the numbers of the history have gaps")
    result.odd += store.check()
