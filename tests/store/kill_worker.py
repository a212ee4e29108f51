"""A process that works on a book until it is killed, and says what is safe: `kill_worker.py BOOK NAME SEED`.

Lines it writes: `ready`, then for each change that was acknowledged `put TABLE ID…`, `gone TABLE ID` or
`city ID NUMBER`; and `may TABLE ID` before something is removed.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[place]) for place in range(3)]

from builders import NOW, account, activity, contact  # noqa: E402 - after the path
from store_kit import put, write  # noqa: E402

from kam_tui.domain.change import Edit  # noqa: E402
from kam_tui.store.store import Store  # noqa: E402

MANY = 30
"""Records of one import."""


class Worker:
    """Adds, edits, removes, imports, compacts and reopens, in any order."""

    def __init__(self, book: str, name: str, seed: int) -> None:
        self.book = book
        self.name = name
        self.dice = random.Random(seed)
        self.store = Store(book)
        self.count = 0
        self.mine = account(f"Firm {name}", f"a-{name}", city="City 0")
        self.talks: list[str] = []

    def begin(self) -> None:
        put(self.store, self.mine, what=f"{self.name} begins")
        say("put", "accounts", self.mine.id)

    def step(self) -> None:
        works = (self.capture, self.edit, self.remove, self.bring_in, self.compact, self.reopen)
        self.count += 1
        self.dice.choices(works, weights=(10, 4, 2, 2, 3, 1))[0]()

    def capture(self) -> None:
        talk = f"t-{self.name}-{self.count}"
        put(self.store, activity("Talk", talk, account_id=self.mine.id), what=self._what())
        say("put", "activities", talk)
        self.talks.append(talk)

    def edit(self) -> None:
        newer = replace(self.mine, city=f"City {self.count}")
        write(self.store, Edit(self.mine, newer), what=self._what())
        self.mine = newer
        say("city", newer.id, str(self.count))

    def remove(self) -> None:
        if self.talks:
            talk = self.talks.pop(self.dice.randrange(len(self.talks)))
            say("may", "activities", talk)
            write(self.store, Edit(self.store.read().activities[talk], None), what=self._what())
            say("gone", "activities", talk)

    def bring_in(self) -> None:
        ids = [f"c-{self.name}-{self.count}-{number}" for number in range(MANY)]
        people = [contact("Somebody", each, account_id=self.mine.id) for each in ids]
        put(self.store, *people, what=self._what())
        say("put", "contacts", *ids)

    def compact(self) -> None:
        # What is written here is days old by the clock of the disk, so that all of it may be let go.
        Store(self.book, keep_days=self.dice.choice((0, 0, 1))).compact()

    def reopen(self) -> None:
        assert self.store.read().activities is not None
        self.store.close()
        self.store = Store(self.book)

    def _what(self) -> str:
        return f"{self.name} {self.count}"


def say(*words: str) -> None:
    print(*words, flush=True)


if __name__ == "__main__":
    worker = Worker(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    assert NOW.tzinfo
    say("ready")
    worker.begin()
    while True:
        worker.step()
