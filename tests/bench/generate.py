"""Books for benchmarks: made from a seed, the same in every run."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

from kam_tui.domain.account import Account
from kam_tui.domain.activity import Activity
from kam_tui.domain.change import SCHEMAS, Record, table_of
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.reminder import Reminder
from kam_tui.store.folder import Folder
from kam_tui.store.journal import Past, dumps
from kam_tui.store.layout import file_name, key_of, render
from kam_tui.store.migrations import SCHEMA

BIRTH = date(2020, 1, 1)
FIRST_ACCOUNT = "Kestävä"
"""What the first account of every book is called."""
FIRST_PERSON = "Maija Esimerkki"
"""What the first person there is called."""
SYLLABLES = ("ka", "lei", "mö", "ran", "to", "vik", "sal", "en", "pää", "lin", "ber", "os", "tra", "hol")
WORDS = (
    "asked about the delivery before summer and wants a quote for the second plant was glad of the visit "
    "will call back in May päätös tehdään syksyllä price too high compared with others likes sailing"
).split()


def records(accounts: int, contacts: int, activities: int, reminders: int, seed: int = 7) -> list[Record]:
    """A book of that many records, which refer to one another."""
    dice = random.Random(seed)

    def name() -> str:
        return "".join(dice.choice(SYLLABLES) for _ in range(3)).capitalize()

    def words(count: int) -> str:
        return " ".join(dice.choice(WORDS) for _ in range(count))

    made: list[Record] = []
    for number in range(accounts):
        town = dice.choice(("Turku", "Tampere", "Oulu"))
        title = f"{name()} {name()} Oy" if number else FIRST_ACCOUNT
        domain = f"{title.split()[0].lower()}{number}.example"
        made.append(Account(f"a-{number:010}", BIRTH, title, city=town, country="Finland", domain=domain))
    for number in range(contacts):
        person = f"{name()} {name()}nen" if number else FIRST_PERSON
        mail = Labeled(f"{number}@{dice.choice(SYLLABLES)}.example", "work")
        home = f"a-{dice.randrange(accounts) if number else 0:010}"
        made.append(Contact(f"c-{number:010}", BIRTH, person, account_id=home, emails=(mail,)))
    for number in range(activities):
        day = BIRTH + timedelta(days=dice.randrange(2400))
        made.append(
            Activity(
                f"t-{number:010}",
                Moment(day),
                dice.choice(("note", "call", "meeting", "mail")),
                Moment(day),
                words(dice.randrange(20, 90)),
                account_id=f"a-{dice.randrange(accounts):010}",
                contact_ids=(f"c-{dice.randrange(contacts):010}",),
            )
        )
    for number in range(reminders):
        day = date(2027, 1, 1) + timedelta(days=dice.randrange(700))
        made.append(Reminder(f"r-{number:010}", BIRTH, words(4), Moment(day)))
    return made


def write_book(folder: Path, made: list[Record]) -> None:
    """The book as a compaction would have left it."""
    folder.mkdir(mode=0o700, parents=True)
    tables = documents(made)
    for table, rows in tables.items():
        texts = sorted((key_of(str(row["id"])), dumps(row)) for row in rows)
        (folder / file_name(table)).write_bytes(b"".join(render(table, 0, SCHEMA, texts)))
    kept = Folder(str(folder))
    head = kept.head_line(0, "b-bench", dict.fromkeys(tables, 0), Past("history.jsonl", 0))
    Path(kept.journal).write_bytes(head)


def write_stock(path: Path, made: list[Record]) -> None:
    """The same data as stock TinyDB keeps it: all tables in one file."""
    data = {table: dict(enumerate(rows, 1)) for table, rows in documents(made).items()}
    path.write_text(json.dumps(data))


def documents(made: list[Record]) -> dict[str, list[dict[str, object]]]:
    """Table to its documents."""
    tables: dict[str, list[dict[str, object]]] = {}
    for record in made:
        table = table_of(record)
        tables.setdefault(table, []).append(SCHEMAS[table].encode(record))  # type: ignore[arg-type]
    return tables
