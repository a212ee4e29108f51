"""Tells an account of the demo book: its people, its story, its trade and what happened between."""

from __future__ import annotations

import re
import sys
from calendar import monthrange
from random import Random

from documents import Document, Documents, account_id, contact_id
from voice import Deck, Voice

from kam_tui.domain.activity import THANKS
from kam_tui.domain.ids import handle_of
from kam_tui.domain.money import read_money
from kam_tui.domain.text import fold

SENT = {"key": {"card": 0, "gift": 5}, "growth": {"card": 5}}
"""Tier to what is sent for a birthday, and how near the day is where it has surely been."""

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

STORY = re.compile(r"(?P<at>\S+)\s+(?P<kind>[a-z-]+)(?P<open>\?)?(?P<rest>[^|]*)\|\s*(?P<text>.+)")
"""`-34 call anna +contract =45EUR | What was said.` `=` stands before an amount. A `?` after `sale`: the
thank-you call is still to be made."""

WHOLE_DATE = re.compile(r"(?:\d{4}-|--)(\d\d-\d\d)")
WHOLE_MONTH = re.compile(r"(?:\d{4}-|--)(\d\d)")


class Teller:
    """Writes the documents of one account."""

    def __init__(self, slug: str, told: Document, phrases: Document, documents: Documents) -> None:
        self.slug, self.told, self.phrases, self.documents = slug, told, phrases, documents
        self.id = account_id(slug)
        self.random = Random(f"kam demo {slug}")
        self.people: Document = told["people"]
        self.first: int = told["first"]
        self.last: int = told["last"]
        self.voice = Voice(told, phrases, self.random)
        self.count = 0

    def tell(self) -> None:
        """Write all documents of the account."""
        account = {"id": self.id, "created": f"@-{self.first + 3}", **self.told["account"]}
        if "via" in account:
            account["via"] = account_id(account["via"])
        self.documents.put("accounts", **account)
        for number, (nick, person) in enumerate(self.people.items()):
            self._person(nick, number, dict(person))
        for line in filter(None, map(str.strip, self.told["story"]["lines"].splitlines())):
            self._story(line)
        self._trade()
        self._newsletters()
        self._between()
        self._keep("customer", self.id, account.get("customer_since", ""))
        self._occasions(self.id, account)
        for nick, person in self.people.items():
            if not person.get("standing"):
                self._birthday(nick, person)

    def _person(self, nick: str, number: int, person: Document) -> None:
        for own in ("called", "missed"):
            person.pop(own, None)
        mail, phone, created = person.pop("mail", ""), person.pop("phone", True), person.pop("created", None)
        if "reports_to" in person:
            person["reports_to"] = contact_id(self.slug, person["reports_to"])
        if mail:
            address = mail if "@" in mail else f"{mail}@{self.told['account']['domain']}"
            person["emails"] = [{"value": address, "label": "work"}]
        if phone:
            digits = f"{self.random.randrange(10, 99)}"
            value = self.told["phone"].replace("nn", digits).replace("n", digits[0]).replace("k", f"{number}")
            person["phones"] = [{"value": value, "label": "mobile"}]
        self.documents.put(
            "contacts",
            id=contact_id(self.slug, nick),
            created=f"@-{created or self.first}",
            account_id=self.id,
            **person,
        )

    def _story(self, line: str) -> None:
        found = STORY.fullmatch(line)
        if not found:
            sys.exit(f"{self.slug}: this line of the story cannot be read: {line}")
        at, kind = "@" + found["at"], found["kind"]
        words = found["rest"].replace(",", " ").split()
        who = [word for word in words if word[0] not in "+="]
        tags = [word[1:] for word in words if word.startswith("+")]
        amounts = [read_money(word[1:]) for word in words if word.startswith("=")]
        if unknown := [word for word in who if word not in self.people]:
            sys.exit(f"{self.slug}: nobody is called {unknown[0]} in: {line}")
        told = self._activity(at, kind, found["text"], who, tags, amount="".join(amounts))
        if kind == "sale" and not found["open"]:
            self._thank(told, at, who)

    def _trade(self) -> None:
        """Orders with their thank-you call, delivery and invoice."""
        trade = self.told.get("trade")
        if not trade:
            return
        goods = Deck(trade["goods"], self.random)
        day = trade["first"]
        while day > max(trade["last"], self.last) + 14:
            thing, usual, *service = goods.deal()
            nick = self.random.choice(trade["buyers"])
            euros = round(usual * self.random.uniform(0.93, 1.07) / 10) * 10
            words, amount = {"thing": thing, "price": f"€{euros:,}".replace(",", " ")}, f"{euros} EUR"
            text = self.voice.phrase("trade", "sale", nick, **words)
            sold = self._activity(f"@-{day}", "sale", text, [nick], amount=amount)
            self._thank(sold, f"@-{day}", [nick])
            arrived = day - self.random.randrange(6, 24)
            text = self.voice.phrase("trade", "service" if service else "delivery", nick, **words)
            self._activity(f"@-{arrived}", "delivery", text, [])
            billed = arrived - self.random.randrange(1, 9)
            if billed > 0 and self.random.random() < 0.85:
                text = self.voice.phrase("trade", "invoice", nick, **words)
                self._activity(f"@-{billed}", "invoice", text, [], amount=amount)
            day -= self._around(trade["every"])

    def _thank(self, sold: str, at: str, who: list[str]) -> None:
        """The call on the working day after a sale."""
        key = f"{THANKS}:{sold}:{at}>"
        self.documents.put("occurrences", id=key, created=f"{at}>", state="done")
        text = self.voice.phrase("trade", "thank-you", who[0])
        self._activity(f"{at}>", "thank-you", text, who, because=key)

    def _newsletters(self) -> None:
        for back, subjects in enumerate(self.phrases["newsletter"]):
            for season, subject in subjects.items():
                if self.told.get("newsletter") and (back + 1) * 366 <= self.first:
                    self._activity(f"@{season}~{back}", "newsletter", subject, [])

    def _between(self) -> None:
        """Contact in the account's rhythm, up to the last touch, which the story tells."""
        kinds = Deck(list(RHYTHM), self.random)
        day = self.first - self.random.randrange(4, 12)
        while day > self.told.get("until", self.last):
            present = [
                nick
                for nick in self.people
                if not self.people[nick].get("standing") and self._since(nick) >= day
            ]
            self._happening(day, kinds.deal(), self.random.choice(present))
            day -= self._around(self.told["every"])

    def _happening(self, day: int, kind: str, nick: str) -> None:
        words, who = self.told["words"], [nick]
        text = self.voice.phrase(self._standing(day), "mail" if kind == "share" else kind, nick)
        if kind == "share":
            shared = self.voice.deck("share", words["shares"]).deal()
            if self._known(shared, day):
                text, who = shared, self.voice.named(shared)
            else:
                kind = "mail"
        elif kind in ("call", "meeting", "visit") and self.random.random() < 0.35:
            small = self.voice.deck("small", words["small"]).deal()
            text += f" {small}" if self._known(small, day) else ""
        self._activity(f"@-{day}", kind, text, who)

    def _known(self, text: str, day: int) -> bool:
        """Whether everyone in a text was there so many days ago."""
        return all(self._since(nick) >= day for nick in self.voice.named(text))

    def _since(self, nick: str) -> int:
        """How many days ago a person came into the book."""
        return int(self.people[nick].get("created", self.first))

    def _standing(self, day: int) -> str:
        """Which phrases suit the account so many days ago."""
        if self.told["account"].get("scope") == "internal":
            return "internal"
        return "prospect" if day > self.told.get("prospect_until", day) else "customer"

    def _birthday(self, nick: str, person: Document) -> None:
        """What became of the last birthday and the other occasions of a person."""
        subject = contact_id(self.slug, nick)
        self._occasions(subject, person)
        key = self._keep("birthday", subject, person.get("birthday", ""), person.get("missed", False))
        if key and not self.told.get("quiet") and self.random.random() < 0.75:
            kind, text, *amount = self.voice.deck("birthday", self.phrases["occasion"]["birthday"]).deal()
            day = key.rpartition(":")[2].rstrip("!")
            said = self.voice.fill(text, nick)
            self._activity(day, kind, said, [nick], because=key, amount="".join(amount))
        for action, days in SENT.get(self.told["account"].get("tier", ""), {}).items():
            self._send(f"birthday.{action}", subject, person.get("birthday", ""), days)

    def _send(self, rule: str, subject: str, on: str, days: int) -> None:
        """Write that the last card or gift was sent; and the coming one, where the day is this near."""
        self._keep(rule, subject, on)
        if on.startswith("@+") and int(on.partition("=")[0][2:]) <= days:
            day, sent = on.partition("=")[0], "@-2"
        elif found := WHOLE_DATE.fullmatch(on):
            day = f"@{found[1]}~-1"
            sent = f"{day}-{days + 4}"
        else:
            return
        self.documents.put("occurrences", id=f"{rule}:{subject}:{day}!", created=sent, state="done")

    def _occasions(self, subject: str, document: Document) -> None:
        for occasion in document.get("occasions", ()):
            label = "-".join(fold(occasion.get("label", "")).split())
            self._keep(occasion["kind"] + (f".{label}" if label else ""), subject, occasion["on"])

    def _keep(self, rule: str, subject: str, on: str, missed: bool = False) -> str:
        """Write that the last coming round of a day was handled (if `missed`, the one before it); its key."""
        if on.startswith("@"):
            day = on.partition("=")[0]
            day += "~1" if missed or not day.startswith("@-") else ""
        elif found := WHOLE_DATE.fullmatch(on):
            day = f"@{found[1]}"
        elif found := WHOLE_MONTH.fullmatch(on):
            day = f"@{found[1]}-{monthrange(2027, int(found[1]))[1]}"
        else:
            return ""
        key = f"{rule}:{subject}:{day}!"
        self.documents.put("occurrences", id=key, created=day, state="done")
        return key

    def _activity(
        self,
        at: str,
        kind: str,
        text: str,
        who: list[str],
        tags: list[str] | None = None,
        because: str = "",
        amount: str = "",
    ) -> str:
        """Write an activity, at an hour that suits its kind; its id."""
        self.count += 1
        clock = ""
        if kind in HOURS:
            hour = self.random.randrange(*HOURS[kind])
            clock = f"T{hour:02d}:{self.random.choice((0, 5, 10, 15, 20, 30, 40, 45, 50)):02d}"
        activity_id = "t-" + handle_of(f"demo activity {self.slug} {self.count}")
        self.documents.put(
            "activities",
            id=activity_id,
            created=at,
            kind=kind,
            when=at + clock,
            account_id=self.id,
            contact_ids=[contact_id(self.slug, nick) for nick in who],
            text=text,
            amount=amount,
            tags=tags,
            because=because,
        )
        return activity_id

    def _around(self, days: int) -> int:
        return max(2, round(days * self.random.uniform(0.55, 1.45)))
