"""Writes the demo book from the material beside it: `python data/demo/make.py`.

The people, products and stories are written by hand in `accounts/*.toml`, the sentences that accounts
share in `phrases.toml`, the reminders in `reminders.toml`, promises and contracts in `agreed.toml`. What is
left to chance (which day, which phrase) is drawn with a fixed seed, so that the same material gives the same
files, byte for byte.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from documents import Document, Documents, account_id, contact_id
from teller import Teller

from kam_tui.domain.ids import handle_of
from kam_tui.rules import manual

HERE = Path(__file__).parent


def main() -> None:
    """Write every table's file."""
    for table, text in book().items():
        (HERE / f"{table}.jsonl").write_text(text, encoding="utf-8", newline="\n")


def book() -> dict[str, str]:
    """Table to the text of its file."""
    documents = Documents()
    phrases = _toml("phrases.toml")
    for path in sorted((HERE / "accounts").glob("*.toml")):
        Teller(path.stem, _toml(f"accounts/{path.name}"), phrases, documents).tell()
    for row in _toml("reminders.toml")["reminder"]:
        _remind(row, documents)
    agreed = _toml("agreed.toml")
    for row in agreed["promise"]:
        _promise(row, documents)
    for row in agreed["contract"]:
        _agree(row, documents)
    return {table: "".join(map(_line, rows)) for table, rows in documents.tables.items() if rows}


def _remind(row: Document, documents: Documents) -> None:
    """A reminder, and what became of the days of it that are `done`, `skipped` or `snoozed`."""
    slug, text = row.get("account", ""), row["text"]
    reminder_id = "r-" + handle_of(f"demo reminder {slug} {text}")
    documents.put(
        "reminders",
        id=reminder_id,
        created=f"@{row['set']}",
        text=text,
        due=f"@{row['due']}",
        rule=row.get("rule"),
        action=row.get("action"),
        account_id=account_id(slug) if slug else None,
        contact_ids=[contact_id(slug, nick) for nick in row.get("who", ())],
        tags=row.get("tags"),
    )
    for state in ("done", "skipped", "snoozed"):
        for told in row.get(state, ()):
            day, _, until = told.partition(" ")
            documents.put(
                "occurrences",
                id=f"{manual.RULE}:{reminder_id}:@{day}",
                created=f"@{day}",
                state=state,
                until=f"@{until}" if until else None,
            )


def _promise(row: Document, documents: Documents) -> None:
    """A promise, open unless it was `kept` or `broken` on a day."""
    slug, text = row["account"], row["text"]
    state = next((each for each in ("kept", "broken") if each in row), "")
    documents.put(
        "promises",
        id="p-" + handle_of(f"demo promise {slug} {text}"),
        created=f"@{row['given']}",
        text=text,
        due=f"@{row['due']}",
        account_id=account_id(slug),
        contact_ids=[contact_id(slug, nick) for nick in row.get("who", ())],
        state=state,
        settled=f"@{row[state]}" if state else None,
        note=row.get("note"),
    )


def _agree(row: Document, documents: Documents) -> None:
    """A contract."""
    slug, name = row["account"], row["name"]
    documents.put(
        "contracts",
        id="k-" + handle_of(f"demo contract {slug} {name}"),
        created=f"@{row['since']}",
        account_id=account_id(slug),
        name=name,
        **{day: f"@{row[day]}" for day in ("start", "end") if day in row},
        **{each: row.get(each) for each in ("notice_period", "renews", "value", "consideration", "note")},
    )


def _toml(name: str) -> Document:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _line(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
