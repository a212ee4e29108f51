"""vCard out: people and companies as strict cards of version 4.0 (RFC 6350) or 3.0 (RFC 2426).

A birthday without a year goes out as `--0412`, never with a stand-in year: a program that does not
know the form loses the date in plain sight, one that believes the stand-in invents an age.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.draft import VCARD
from kam_tui.domain.identity import uid_of
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import OCCASION_KINDS, Occasion
from kam_tui.domain.text import clean, words_of
from kam_tui.formats.sketch import written_address
from kam_tui.formats.vcard_lines import escape, split, unescape
from kam_tui.formats.vcard_properties import ADDRESS
from kam_tui.i18n import _

PRODID = "-//kam//kam-tui//EN"
"""Who wrote the card (RFC 6350 §6.7.3)."""

WIDEST = 75
"""Octets of a line without its break (RFC 6350 §3.2)."""

_TYPES = {"mobile": "cell", "work": "work", "home": "home", "fax": "fax", "pager": "pager"}
_RAW = re.compile(r"(?:[\w-]+\.)?([A-Za-z0-9-]+)[;:]")


def write_contacts(
    book: Book, contacts: Iterable[Contact], now: datetime, version: str = "4.0", *, apple: bool = False
) -> str:
    """The cards of contacts. `apple` writes anniversaries as Apple's programs read them."""
    cards = (_Writer(version, apple=apple).contact(book, contact, now) for contact in contacts)
    return "".join(cards)


def write_accounts(accounts: Iterable[Account], now: datetime, version: str = "4.0") -> str:
    """The cards of companies."""
    return "".join(_Writer(version, apple=False).account(account, now) for account in accounts)


def folded(line: str) -> str:
    """A content line with its break, folded by octets and never inside a character."""
    pieces: list[str] = []
    room, piece = WIDEST, ""
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            room, piece = WIDEST - 1, ""
        room -= size
        piece += letter
    return "\r\n ".join([*pieces, piece]) + "\r\n"


class _Writer:
    """One card in the making."""

    def __init__(self, version: str, *, apple: bool) -> None:
        self.version = version
        self.apple = apple
        self.lines: list[str] = []
        self.groups = 0

    def contact(self, book: Book, contact: Contact, now: datetime) -> str:
        """The card of a person."""
        raw = _raw_lines(contact)
        account = book.accounts.get(contact.account_id or "")
        self._begin(_uid(contact), now)
        self._add("FN", _value(contact.name))
        self._add("N", _structured_name(contact.name, raw))
        self._text("NICKNAME", contact.nickname)
        units = [account.name if account else "", *filter(None, [contact.department])]
        if any(units):
            self._add("ORG", ";".join(_value(unit) for unit in units))
        self._text("TITLE", contact.title)
        self._labeled("EMAIL", contact.emails)
        self._labeled("TEL", contact.phones)
        self._labeled("URL", contact.links)
        raw = self._address(contact.address, raw)
        if contact.birthday:
            self._add("BDAY", self._date(contact.birthday))
            raw = [line for line in raw if _name_of(line) != "BDAY"]
        self._occasions(contact.occasions)
        self._zone(contact.timezone)
        self._language(contact.language, raw)
        for interest in contact.interests:
            self._text("INTEREST" if self.version == "4.0" else "X-INTEREST", interest)
        return self._end(contact.tags, contact.about, raw)

    def account(self, account: Account, now: datetime) -> str:
        """The card of a company."""
        raw = _raw_lines(account)
        self._begin(_uid(account), now)
        self._add("FN", _value(account.name))
        self._add("N", ";;;;")
        self._add("ORG", _value(account.name))
        if self.version == "4.0":
            self._add("KIND", "org")
        else:
            self._add("X-ABShowAs", "COMPANY")
        mails = tuple(each for each in account.links if each.value.startswith("mailto:"))
        self._labeled("EMAIL", tuple(Labeled(m.value.removeprefix("mailto:"), m.label) for m in mails))
        self._labeled("TEL", account.phones)
        self._labeled("URL", tuple(each for each in account.links if each not in mails))
        town = "\n".join(filter(None, (account.address, account.city, account.country)))
        raw = self._address(account.address or town, raw)
        self._zone(account.timezone)
        self._occasions(account.occasions)
        return self._end(account.tags, account.about, raw)

    def _begin(self, uid: str, now: datetime) -> None:
        self.lines += ["BEGIN:VCARD", f"VERSION:{self.version}", f"PRODID:{PRODID}"]
        self._add("UID", clean(uid))
        self._add("REV", now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))

    def _end(self, tags: tuple[str, ...], about: str, raw: list[str]) -> str:
        if tags:
            self._add("CATEGORIES", ",".join(map(_value, tags)))
        self._text("NOTE", about)
        self.lines += [line for line in raw if _RAW.match(line) and _name_of(line) != "N"]
        self.lines.append("END:VCARD")
        return "".join(map(folded, self.lines))

    def _add(self, name: str, value: str, params: str = "") -> None:
        self.lines.append(f"{name}{params}:{value}")

    def _text(self, name: str, text: str) -> None:
        if text:
            self._add(name, escape(clean(text, multiline=True)))

    def _labeled(self, name: str, items: tuple[Labeled, ...]) -> None:
        for item in items:
            words = item.label.casefold().split()
            value = clean(item.value) if name == "URL" else _value(item.value)
            if all(word in _TYPES for word in words):
                types = ",".join(_TYPES[word] for word in words)
                quoted = f'"{types}"' if "," in types else types
                self._add(name, value, f";TYPE={quoted if self.version == '4.0' else types}" if types else "")
            else:
                self._grouped(name, value, item.label)

    def _zone(self, name: str) -> None:
        """A zone by its name is what version 4.0 expects, and an exception in 3.0 (RFC 2426 3.4.1)."""
        if name:
            self._add("TZ", _value(name), "" if self.version == "4.0" else ";VALUE=text")

    def _language(self, language: str, raw: list[str]) -> None:
        """The language to speak, before the others that a card came with."""
        name, first = ("LANG", ";PREF=1") if self.version == "4.0" else ("X-LANG", ";TYPE=pref")
        if language:
            others = any(_name_of(line) == "LANG" for line in raw)
            self._add(name, _value(language), first if others else "")

    def _grouped(self, name: str, value: str, label: str) -> None:
        self.groups += 1
        group = f"kam{self.groups}"
        self._add(f"{group}.{name}", value)
        self._add(f"{group}.X-ABLabel", _value(label))

    def _address(self, address: str, raw: list[str]) -> list[str]:
        """Write the address; the raw lines that are to go out beside it. The first raw one is its source."""
        known = [line for line in raw if _name_of(line) == "ADR"]
        if known and _read_address(known[0]) == address:
            return raw
        if address and not any(_read_address(line) == address for line in known):
            self._add("ADR", f";;{escape(clean(address, multiline=True))};;;;")
        return [line for line in raw if line not in known[:1]]

    def _date(self, on: PartialDate) -> str:
        text = str(on)
        if self.version == "4.0" and on.recurs:
            return text.replace("-", "") if on.year is not None else "--" + text[2:].replace("-", "")
        return text if on.year is not None else "--" + text[2:].replace("-", "")

    def _occasions(self, occasions: tuple[Occasion, ...]) -> None:
        """The first anniversary in the version's own property, any other with Apple's label."""
        property_name = "ANNIVERSARY" if self.version == "4.0" else "X-ANNIVERSARY"
        free = not self.apple
        for each in occasions:
            if free and each.kind in ("anniversary", "wedding") and not each.label:
                self._add(property_name, self._date(each.on))
                free = False
            else:
                is_plain = each.kind in ("anniversary", "wedding") and self.apple
                label = "_$!<Anniversary>!$_" if is_plain else each.label or _(OCCASION_KINDS[each.kind])
                self._grouped("X-ABDATE", self._date(each.on), label)


def _value(text: str) -> str:
    """A text of one line as a value."""
    return escape(clean(text))


def _uid(record: Contact | Account) -> str:
    """The UID the record came with, else the one that follows from its id."""
    given = (source.removeprefix("uid:") for source in record.sources if source.startswith("uid:"))
    return next(given, uid_of(record.id))


def _raw_lines(record: Contact | Account) -> list[str]:
    lines = record.extra.get(VCARD, ())
    return [clean(line) for line in lines if isinstance(line, str)] if isinstance(lines, list) else []


def _name_of(raw: str) -> str:
    found = _RAW.match(raw)
    return found[1].upper() if found else ""


def _structured_name(name: str, raw: list[str]) -> str:
    """The parts of the name as they came in, while they still say the same; else the name as one part.

    Which word is the family's is not guessed.
    """
    for line in raw:
        if _name_of(line) == "N":
            value = line.partition(":")[2]
            if sorted(words_of(unescape(value.replace(";", " ")))) == sorted(words_of(name)):
                return value
    return f";{_value(name)};;;"


def _read_address(raw: str) -> str:
    value = raw.partition(":")[2]
    parts = dict(zip(ADDRESS, (unescape(part) for part in split(value, ";")), strict=False))
    return clean(written_address(parts), multiline=True)
