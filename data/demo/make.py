"""Writes the demo book from the material beside it: `python data/demo/make.py`.

The people, products and stories are written by hand in `accounts/*.toml`, the sentences that every
account shares in `phrases.toml`, the reminders in `reminders.toml`. What is left to chance (which day,
which phrase) is drawn with a fixed seed, so that the same material gives the same files, byte for byte.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from random import Random
from typing import Any

from kam_tui.domain.ids import handle_of
from kam_tui.domain.text import fold
from kam_tui.rules import followup, manual

HERE = Path(__file__).parent
Document = dict[str, Any]
TABLES = ("accounts", "contacts", "activities", "reminders", "occurrences")

HOURS = {
    "call": (8, 16), "meeting": (9, 15), "visit": (9, 14), "event": (15, 19), "mail": (7, 17),
    "message": (8, 18), "thank-you": (9, 16), "share": (8, 20), "complaint": (8, 15),
}  # fmt: skip
"""First and last hour at which a kind of activity begins; the other kinds have a day only."""

RHYTHM = (
    "call", "mail", "call", "meeting", "mail", "message", "call", "note", "visit", "call", "mail", "share",
    "meeting", "call", "message", "feedback", "mail",
)  # fmt: skip
"""The mix of what happens between the told parts of a story."""

STORY = re.compile(r"(?P<at>\S+)\s+(?P<kind>[a-z-]+)(?P<pending>\?)?(?P<rest>[^|]*)\|\s*(?P<text>.+)")
DAY = re.compile(r"(?:\d{4}-|--)(\d\d-\d\d)")


def main() -> None:
    """Write every table's file."""
    for table, text in book().items():
        (HERE / f"{table}.jsonl").write_text(text, encoding="utf-8", newline="\n")


def book() -> dict[str, str]:
    """Table to the text of its file."""
    documents: dict[str, list[Document]] = {table: [] for table in TABLES}
    phrases = _toml("phrases.toml")
    for path in sorted((HERE / "accounts").glob("*.toml")):
        Teller(path.stem, _toml(f"accounts/{path.name}"), phrases, documents).tell()
    for row in _toml("reminders.toml")["reminder"]:
        _remind(row, documents)
    return {table: "".join(_line(row) for row in rows) for table, rows in documents.items()}


def account_id(slug: str) -> str:
    """The id of the account told in `accounts/<slug>.toml`."""
    return "a-" + handle_of(f"demo account {slug}")


def contact_id(slug: str, nick: str) -> str:
    """The id of a person of an account."""
    return "c-" + handle_of(f"demo contact {slug} {nick}")


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


class Teller:
    """Tells one account: its people, its story, its trade and what happened between."""

    def __init__(
        self, slug: str, told: Document, phrases: Document, documents: dict[str, list[Document]]
    ) -> None:
        self.slug, self.told, self.phrases, self.documents = slug, told, phrases, documents
        self.random = Random(f"kam demo {slug}")
        self.people: Document = told["people"]
        self.first: int = told["first"]
        self.last: int = told["last"]
        self.quiet: bool = told.get("quiet", False)
        self.decks: dict[str, Deck] = {}
        self.count = 0

    def tell(self) -> None:
        """Write all documents of the account."""
        account = {"id": account_id(self.slug), "created": f"@-{self.first + 3}", **self.told["account"]}
        if "via" in account:
            account["via"] = account_id(account["via"])
        self._put("accounts", account)
        for number, (nick, person) in enumerate(self.people.items()):
            self._person(nick, number, dict(person))
        for line in filter(None, map(str.strip, self.told["story"]["lines"].splitlines())):
            self._line_of_story(line)
        self._trade()
        self._newsletters()
        self._between()
        self._anniversaries(account)
        for nick, person in self.people.items():
            if not person.get("standing"):
                self._birthday(nick, person)

    # -- people --------------------------------------------------------------------------------

    def _person(self, nick: str, number: int, person: Document) -> None:
        mail, phone = person.pop("mail", ""), person.pop("phone", True)
        person.pop("missed", None)
        document: Document = {
            "id": contact_id(self.slug, nick),
            "created": f"@-{person.pop('created', self.first)}",
            "account_id": account_id(self.slug),
            **person,
        }
        if "reports_to" in person:
            document["reports_to"] = contact_id(self.slug, person["reports_to"])
        if mail:
            address = mail if "@" in mail else f"{mail}@{self.told['account']['domain']}"
            document["emails"] = [{"value": address, "label": "work"}]
        if phone and self.told.get("phone"):
            digits = self.random.randrange(10, 99)
            value = self.told["phone"].replace("nn", f"{digits}").replace("k", f"{number}")
            document["phones"] = [{"value": value, "label": "mobile"}]
        self._put("contacts", document)

    def _anniversaries(self, account: Document) -> None:
        self._keep("customer", account["id"], account.get("customer_since", ""))
        self._occasions(account)

    def _occasions(self, document: Document) -> None:
        for occasion in document.get("occasions", ()):
            label = "-".join(fold(occasion.get("label", "")).split())
            self._keep(f"{occasion['kind']}{'.' if label else ''}{label}", document["id"], occasion["on"])

    def _birthday(self, nick: str, person: Document) -> None:
        """What became of the last birthday and the last other occasions of a person."""
        subject = contact_id(self.slug, nick)
        self._occasions({"id": subject, **person})
        kept = self._keep("birthday", subject, person.get("birthday", ""), person.get("missed", False))
        if kept and not self.quiet and self.random.random() < 0.75:
            key, day = kept
            kind, text = self._deck("birthday", self.phrases["birthday"]).deal()
            self._activity(day + self._clock(kind), kind, self._fill(text, nick), [nick], because=key)

    def _keep(self, rule: str, subject: str, on: str, missed: bool = False) -> tuple[str, str] | None:
        """Write that the last coming round of a day was handled (if `missed`, the one before it)."""
        if on.startswith("@"):
            day = on.partition("=")[0]
            day += "~1" if missed or not day.startswith("@-") else ""
        elif found := DAY.fullmatch(on):
            day = f"@{found[1]}"
        else:
            return None
        key = f"{rule}:{subject}:{day}!"
        self._occurrence(key, day)
        return key, day

    # -- what happened -------------------------------------------------------------------------

    def _line_of_story(self, line: str) -> None:
        found = STORY.fullmatch(line)
        if not found:
            sys.exit(f"{self.slug}: this line of the story cannot be read: {line}")
        at, kind = "@" + found["at"], found["kind"]
        words = found["rest"].replace(",", " ").split()
        who = [word for word in words if not word.startswith("+")]
        tags = [word[1:] for word in words if word.startswith("+")]
        if unknown := [word for word in who if word not in self.people]:
            sys.exit(f"{self.slug}: nobody is called {unknown[0]} in: {line}")
        clock = "" if "T" in at else self._clock(kind)
        sold = self._activity(at + clock, kind, found["text"], who, tags)
        if kind == "sale" and not found["pending"]:
            self._thank(sold, at, who)

    def _trade(self) -> None:
        """Orders with their thank-you call, delivery and invoice."""
        trade = self.told.get("trade")
        if not trade:
            return
        goods = Deck(trade["goods"], self.random)
        day = trade.get("first", self.first - 60)
        while day > max(trade.get("last", 0), self.last) + 14:
            thing, price = goods.deal()
            who = [self.random.choice(trade["buyers"])]
            price = f"€{round(price * self.random.uniform(0.93, 1.07) / 10) * 10:,}"
            sold = self._activity(f"@-{day}", "sale", self._shared("sale", who[0], thing, price), who)
            self._thank(sold, f"@-{day}", who)
            arrived = day - self.random.randrange(6, 24)
            if arrived > 0:
                self._activity(f"@-{arrived}", "delivery", self._shared("delivery", who[0], thing, price), [])
            billed = arrived - self.random.randrange(1, 9)
            if billed > 0 and self.random.random() < 0.85:
                self._activity(f"@-{billed}", "invoice", self._shared("invoice", who[0], thing, price), [])
            day -= self._around(trade["every"])

    def _thank(self, sold: str, at: str, who: list[str]) -> None:
        """The call on the working day after a sale."""
        day = f"{at.partition('T')[0]}>"
        key = f"{followup.RULE}:{sold}:{day}"
        self._occurrence(key, day)
        text = self._fill(self._deck("thank-you", self.phrases["thank-you"]).deal(), who[0])
        self._activity(day + self._clock("thank-you"), "thank-you", text, who, because=key)

    def _newsletters(self) -> None:
        for back, subjects in enumerate(self.phrases["newsletter"]):
            for season, subject in subjects.items():
                if self.told.get("newsletter") and (back + 1) * 366 <= self.first:
                    self._activity(f"@{season}~{back}", "newsletter", subject, [])

    def _between(self) -> None:
        """Contact in the account's rhythm, from its first day up to its last touch."""
        kinds = Deck(list(RHYTHM), self.random)
        talkers = [nick for nick, person in self.people.items() if not person.get("standing")]
        talkers += self.told.get("talkers", [])
        day = self.first - self.random.randrange(4, 12)
        while day > self.last:
            self._happening(day, kinds.deal(), self.random.choice(talkers))
            day -= self._around(self.told["every"])
        self._happening(self.last, self.told.get("ends", "call"), self.told.get("closing", talkers[0]))

    def _happening(self, day: int, kind: str, nick: str) -> None:
        if kind == "share":
            text = self._deck("share", self.told["words"]["shares"]).deal()
        else:
            text = self._fill(self._deck(kind, self.phrases[kind]).deal(), nick)
        if kind in ("call", "meeting", "visit", "message") and self.random.random() < 0.4:
            small = self._deck("small", self.told["words"]["small"]).deal()
            text = f"{text} {small}"
        self._activity(f"@-{day}{self._clock(kind)}", kind, text, [nick])

    # -- words ---------------------------------------------------------------------------------

    def _shared(self, kind: str, nick: str, thing: str, price: str) -> str:
        return self._fill(self._deck(kind, self.phrases[kind]).deal(), nick, thing=thing, price=price)

    def _fill(self, text: str, nick: str, **given: str) -> str:
        """A phrase with this account's own words in its places; `{Matter}` begins a sentence."""

        def word(found: re.Match[str]) -> str:
            name = found[1]
            low = name.lower()
            if low == "name":
                return str(self.people[nick].get("called") or self._first_name(nick))
            value = given.get(low) or str(self._deck(low, self.told["words"][f"{low}s"]).deal())
            return value[0].upper() + value[1:] if name[0].isupper() else value

        return re.sub(r"\{(\w+)\}", word, text)

    def _first_name(self, nick: str) -> str:
        person = self.people[nick]
        return str(person.get("nickname") or nick.capitalize())

    def _deck(self, name: str, phrases: list[Any]) -> Deck:
        return self.decks.setdefault(name, Deck(phrases, self.random))

    def _around(self, days: int) -> int:
        return max(2, round(days * self.random.uniform(0.55, 1.45)))

    def _clock(self, kind: str) -> str:
        if kind not in HOURS:
            return ""
        first, last = HOURS[kind]
        return f"T{self.random.randrange(first, last):02d}:{self.random.choice((0, 5, 10, 15, 20, 30, 40, 45, 50)):02d}"

    # -- documents -----------------------------------------------------------------------------

    def _activity(
        self, at: str, kind: str, text: str, who: list[str], tags: list[str] | None = None, because: str = ""
    ) -> str:
        """Write an activity, unless a quiet account would be quiet no more; its id."""
        self.count += 1
        activity_id = "t-" + handle_of(f"demo activity {self.slug} {self.count}")
        document: Document = {
            "id": activity_id,
            "created": at.partition("T")[0],
            "kind": kind,
            "when": at,
            "account_id": account_id(self.slug),
            "contact_ids": [contact_id(self.slug, nick) for nick in who],
            "text": text,
            "tags": tags,
            "because": because,
        }
        self._put("activities", document)
        return activity_id

    def _occurrence(self, key: str, day: str) -> None:
        self._put("occurrences", {"id": key, "created": day, "state": "done"})

    def _put(self, table: str, document: Document) -> None:
        document.pop("called", None)
        self.documents[table].append({name: value for name, value in document.items() if value})


def _remind(row: Document, documents: dict[str, list[Document]]) -> None:
    """A reminder, and what became of the days of it that are `done`, `skipped` or `snoozed`."""
    slug, text = row.get("account", ""), row["text"]
    reminder_id = "r-" + handle_of(f"demo reminder {slug} {text}")
    document = {
        "id": reminder_id,
        "created": f"@{row['set']}",
        "text": text,
        "due": f"@{row['due']}",
        "rule": row.get("rule"),
        "action": row.get("action"),
        "account_id": account_id(slug) if slug else None,
        "contact_ids": [contact_id(slug, nick) for nick in row.get("who", ())],
        "tags": row.get("tags"),
    }
    documents["reminders"].append({name: value for name, value in document.items() if value})
    for state in ("done", "skipped", "snoozed"):
        for day in row.get(state, ()):
            day, _, until = day.partition(" ")
            key = {"id": f"{manual.RULE}:{reminder_id}:@{day}", "created": f"@{day}", "state": state}
            documents["occurrences"].append(key | ({"until": f"@{until}"} if until else {}))


def _toml(name: str) -> Document:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _line(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
