"""Rounds in which a process works on a book and is killed, and what is found afterwards.

`Rounds` keeps what was acknowledged. After each kill all of it must be there, the one change that was
under way wholly or not at all, and nothing twice.
"""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kill_worker import MANY

from kam_tui.domain.book import Book
from kam_tui.store.store import Store

HERE = Path(__file__).parent
SAFE = ("Noted", "Added", "It is in the book now")
"""How the shell begins the line that says so."""

OLDER = HERE / "books" / "schema-1"


Fact = tuple[str, str]
"""Something a book holds: a table and an id, or `names` or `texts` and what a person typed."""


@dataclass
class Told:
    """What the processes of one book said is safe."""

    start: int = 0
    """The number of the last change before them."""
    there: set[Fact] = field(default_factory=set)
    """What was added."""
    gone: set[Fact] = field(default_factory=set)
    """What was removed."""
    unsure: set[Fact] = field(default_factory=set)
    """What was about to be removed."""
    cities: dict[str, int] = field(default_factory=dict)
    """Account to the number in its city."""
    killed: int = 0
    """How many processes were killed: each may have had one change under way."""
    changes: int = 0
    """How many changes."""

    def hear(self, line: str) -> None:
        """Take in one line of a worker."""
        word, sort, *rest = line.split()
        if word == "may":
            self.unsure.add((sort, rest[0]))
            return
        self.changes += 1
        if word == "city":
            self.cities[sort] = int(rest[0])
        else:
            (self.there if word == "put" else self.gone).update((sort, each) for each in rest)


@dataclass
class Tally:
    """Figures of all rounds."""

    kills: int = 0
    """As many as rounds."""
    changes: int = 0
    """Acknowledged."""
    kept: int = 0
    """On the disk, their process killed before it could say so."""
    lost: list[str] = field(default_factory=list)
    """Acknowledged, and not there."""
    doubled: list[str] = field(default_factory=list)
    """There twice."""
    odd: list[str] = field(default_factory=list)
    """Anything else that must not be."""
    seconds: float = 0
    """How long all took."""

    def __str__(self) -> str:
        return (
            f"{self.kills} rounds, each ended by a kill: {self.changes} acknowledged changes, "
            f"{self.kept} more on the disk; {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.odd)} otherwise wrong; {self.seconds:.0f} s"
        )


def rounds(place: Path, count: int, seed: int, each_book: int = 20) -> Tally:
    """Kill `count` times. Every few rounds a new book is begun, now an empty one, now one of schema 1."""
    dice = random.Random(seed)
    tally, told, folder = Tally(), Told(), place
    began = time.monotonic()
    for number in range(count):
        if number % each_book == 0:
            tally.kept += _kept(folder, told)
            told, folder = Told(), place / f"book-{number}"
            if number // each_book % 2:
                told.start = _older(folder)
        before = told.changes
        if number % 3 == 2:
            _kill_shell(folder, f"s{number}", dice, told)
        else:
            _kill_worker(folder, f"w{number}", dice, told)
        tally.kills += 1
        tally.changes += told.changes - before
        _look(folder, told, tally)
    tally.kept += _kept(folder, told)
    tally.seconds = time.monotonic() - began
    return tally


def _older(folder: Path) -> int:
    shutil.copytree(OLDER, folder)
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.chmod(0o600)
    return next(Store(str(folder)).history()).number


def _kill_worker(folder: Path, name: str, dice: random.Random, told: Told) -> None:
    """A process that works on the store itself, killed within the fifth of a second."""
    seed = str(dice.randrange(1 << 30))
    worker = subprocess.Popen(
        [sys.executable, str(HERE / "kill_worker.py"), str(folder), name, seed],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout
    assert worker.stdout.readline() == "ready\n"
    time.sleep(0.2 * dice.random() ** 2)
    worker.kill()
    said, _errors = worker.communicate()
    assert worker.returncode == -signal.SIGKILL, "it ended by itself"
    for line in said.splitlines(keepends=True):
        if line.endswith("\n"):
            told.hear(line)
    told.killed += 1


def _kill_shell(folder: Path, name: str, dice: random.Random, told: Told) -> None:
    """Real `kam` processes, one after the other, until one is killed before it has ended."""
    number, was_killed = 0, False
    while not was_killed:
        words, fact = _words(folder, f"{name}-{number}", number)
        shell = subprocess.Popen(
            [sys.executable, "-m", "kam_tui", "--book", str(folder), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=HERE.parents[1],
        )
        try:
            said, refused = shell.communicate(timeout=dice.uniform(0.02, 0.2))
        except subprocess.TimeoutExpired:
            shell.kill()
            said, refused = shell.communicate()
            was_killed = True
            told.killed += 1
        assert was_killed or shell.returncode == 0, refused
        lines = (said + refused).splitlines(keepends=True)
        if any(line.startswith(SAFE) and line.endswith("\n") for line in lines):
            told.hear(fact)
        number += 1


def _words(folder: Path, token: str, number: int) -> tuple[list[str], str]:
    """A command line, and what is safe once it has said so."""
    if number % 3 == 0:
        return ["note", f"Talked with somebody {token}"], f"put texts {token}"
    if number % 3 == 1:
        return ["account", "add", f"{token} Oy"], f"put names {token}_Oy"
    people = [f"{token} person {each}" for each in range(MANY)]
    file = folder.with_name(f"{token}.csv")
    file.write_text(
        "Name,Email\n" + "".join(f"{name},{name.replace(' ', '.')}@x.example\n" for name in people)
    )
    return ["import", str(file), "--yes"], " ".join(
        ["put names", *(name.replace(" ", "_") for name in people)]
    )


def _look(folder: Path, told: Told, tally: Tally) -> None:
    """Look for whatever must not be."""
    store, where = Store(str(folder)), folder.name
    book = store.read()
    found = _facts(book)
    tally.lost += [f"{where}: {fact}" for fact in told.there - told.unsure - found.keys()]
    tally.doubled += [f"{where}: {fact}" for fact, count in found.items() if count > 1]
    tally.odd += [f"{where}: {fact} came back" for fact in told.gone & found.keys()]
    groups = Counter(
        fact[1].rpartition("-" if fact[0] == "contacts" else "_")[0] for fact in found if _is_one(fact)
    )
    tally.odd += [f"{where}: {count} of {MANY} {group}" for group, count in groups.items() if count != MANY]
    for record_id, number in told.cities.items():
        city = int(book.accounts[record_id].city.partition(" ")[2])
        if city < number:
            tally.lost.append(f"{where}: {record_id} is at {city}, not {number}")
    entries = list(store.history())
    told_of = Counter(entry.change.summary for entry in entries if entry.by == "anna@cli")
    tally.doubled += [f"{where}: {what}" for what, count in told_of.items() if count > 1]
    numbers = [entry.number for entry in entries]
    if numbers != list(range(_last(store), _last(store) - len(numbers), -1)):
        tally.odd.append(f"{where}: the history has {numbers}")
    if not 0 <= _kept(folder, told) <= told.killed:
        tally.odd.append(f"{where}: {_kept(folder, told)} more changes than were acknowledged")
    known = (".torn-", ".tmp", "There is no book" if not told.there else ".torn-")
    tally.odd += [f"{where}: {said}" for said in store.check() if not any(each in said for each in known)]


def _is_one(fact: Fact) -> bool:
    """Whether it is one of the many that came in together."""
    sort, name = fact
    return bool(re.fullmatch(r"c-w\d+-\d+-\d+" if sort == "contacts" else r"s\d+-\d+_person_\d+", name))


def _facts(book: Book) -> Counter[Fact]:
    facts: list[Fact] = [("texts", each.text.split()[-1]) for each in book.activities.values() if each.text]
    for table in ("accounts", "contacts", "activities"):
        facts += [(table, record_id) for record_id in book.table(table)]
    for names in (book.accounts, book.contacts):
        facts += [("names", each.name.replace(" ", "_")) for each in names.values() if each.name[:1] == "s"]
    return Counter(fact for fact in facts if fact[0] != "texts" or fact[1][:1] == "s")


def _last(store: Store) -> int:
    return store.database.rows.snapshot().number


def _kept(folder: Path, told: Told) -> int:
    """How many changes are on the disk that nobody acknowledged."""
    return _last(Store(str(folder))) - told.start - told.changes if told.killed else 0
