"""Sketch: one card or row while it is being read. It cleans, sorts and files what a reader hands it.

Readers know where a value stands; a sketch knows what becomes of it. A value that does not fit its
field is kept as text beside the record, with a sentence; nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.zone import zone_of
from kam_tui.domain.draft import COLUMNS, VCARD, Draft
from kam_tui.domain.fields import NOTHING
from kam_tui.domain.identity import mail_key
from kam_tui.domain.kinds import Labeled, tag_of, unique
from kam_tui.domain.occasion import BIRTHDAY, OCCASION_KINDS, Occasion
from kam_tui.domain.text import clean, fold, words_of
from kam_tui.formats.dates import Doubtful, TwoDates, is_blank, read_date
from kam_tui.i18n import _

LIST_FIELDS = ("emails", "phones", "links", "occasions", "tags", "interests", "aliases", "sources")
"""Fields of several values."""

MOST_VALUES = 200
"""Mail addresses, numbers, tags and the like that one person has at most."""

NAME_PARTS = ("prefix", "first", "middle", "last", "suffix")
"""The parts of a name, in the order in which they are said. Mr and Ms are not said in lists of names."""

ADDRESS_PARTS = ("street", "pobox", "postal", "city", "region", "country")
"""The parts of a postal address."""

_OCCASION_WORDS = {
    "wedding": "wedding", "weddinganniversary": "wedding", "haapaiva": "wedding",
    "nameday": "nameday", "nimipaiva": "nameday", "workanniversary": "work",
    "customeranniversary": "customer", "anniversary": "anniversary", "vuosipaiva": "anniversary",
    "birthday": BIRTHDAY, "syntymapaiva": BIRTHDAY,
}  # fmt: skip


class Sketch:
    """What is known so far of one card or row."""

    def __init__(self, where: str, date_order: str = "") -> None:
        self.where = where
        self.order = date_order
        """How `3/4` is read in dates."""
        self.person: dict[str, Any] = {}
        """Field of a contact to its value."""
        self.company: dict[str, Any] = {}
        """Field of an account to its value."""
        self.refs: dict[str, str] = {}
        self.warnings: list[str] = []
        self.names: dict[str, str] = {}
        """Part of a name to its text."""
        self.addresses: dict[str, dict[str, str]] = {}
        """Label to the parts of an address; the first one is the person's, the others are kept as text."""
        self.columns: dict[str, str] = {}
        self.lines: list[str] = []
        """Raw vCard lines to keep."""
        self.passed_over: list[str] = []
        """What no book of kam holds, a sentence each."""
        self.has_two_dates = False
        """Whether a date of it could be two."""
        self.is_company = False
        """Whether the card says itself that it is a company's."""

    def text(self, field: str, value: str, *, multiline: bool = False) -> None:
        """A person's field of plain text; a second value goes beside the record, or below in notes."""
        self._put(self.person, field, clean(value, multiline=multiline))

    def company_text(self, field: str, value: str, *, multiline: bool = False) -> None:
        """The same for a field of the company."""
        self._put(self.company, field, clean(value, multiline=multiline))

    def labeled(self, field: str, value: str, label: str = "", *, first: bool = False) -> None:
        """A mail address, phone number or link of the person."""
        value = clean(value)
        if field == "emails":
            bare = parseaddr(value)[1] if "<" in value else value
            bare = re.sub("^mailto:", "", bare, flags=re.IGNORECASE)
            if value and not mail_key(bare):
                self.warn(_("{text} is not a mail address.").format(text=value))
                return self.keep(_("Mail"), value)
            value = bare
        elif field == "phones":
            value = re.sub("^tel:", "", value, flags=re.IGNORECASE)
            if value and not any(c.isdecimal() for c in value):
                self.warn(_("{text} is not a phone number.").format(text=value))
                return self.keep(_("Phone"), value)
        self._add(self.person, field, Labeled(value, clean(label)) if value else None, first=first)

    def company_labeled(self, field: str, value: str, label: str = "") -> None:
        """A phone number or link of the company."""
        value = clean(value)
        self._add(self.company, field, Labeled(value, clean(label)) if value else None)

    def zone(self, column: str, value: str, *, company: bool = False) -> bool:
        """The time zone they live in; one that nobody knows, and a second one, stay beside the record."""
        record = self.company if company else self.person
        found = zone_of(value)
        if not found or record.setdefault("timezone", found) != found:
            self.keep(column, value)
            return False
        return True

    def tag(self, value: str) -> None:
        """A tag, unless it is a group that every address book has."""
        tag = tag_of(value)
        if tag and tag not in ("mycontacts", "my-contacts", "*"):
            self._add(self.person, "tags", tag)

    def interest(self, value: str) -> None:
        """Something the person likes."""
        self._add(self.person, "interests", clean(value) or None)

    def source(self, system: str, value: str, *, company: bool = False) -> None:
        """What the record is known as in the system it comes from."""
        if value := clean(value):
            self._add(self.company if company else self.person, "sources", f"{system}:{value}")

    def occasion(self, label: str, value: str) -> bool:
        """A day of the person's year, by its label. False where its date could not be taken whole."""
        name = clean(label)
        kind = _OCCASION_WORDS.get("".join(fold(name).split()), "other")
        found, whole = self._date(name or _("Date"), value)
        if found and kind == BIRTHDAY:
            if "birthday" in self.person and self.person["birthday"] != found:
                self.keep(name, value)
            self.person.setdefault("birthday", found)
        elif found:
            shown = name if kind == "other" else ""
            if kind == "other" and not shown:
                shown = _(OCCASION_KINDS["other"])
            self._add(self.person, "occasions", Occasion(kind, found, shown))
        return whole

    def keep(self, column: str, value: str) -> None:
        """A text that no field knows."""
        column, value = clean(column), clean(value, multiline=True)
        if not value or self.columns.get(column) == value:
            return
        name, count = column, 1
        while name in self.columns:
            count += 1
            name = f"{column} ({count})"
        self.columns[name] = value

    def warn(self, sentence: str) -> None:
        """Something to tell the person who imports."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def draft(self) -> Draft | None:
        """The draft of what was read; None when it names nobody and nothing."""
        self._address()
        name = clean(self.person.pop("name", "")) or self._joined_name()
        company = self.company.get("name", "")
        if company and "account_id" in self.refs:
            self._add(self.company, "sources", self.refs["account_id"])
        mails = self.person.get("emails", [])
        if self.is_company or (company and self._names_only(company, name)):
            return self._company_draft(company or name)
        name = name or (mails[0].value if mails else clean(self.person.get("nickname", "")))
        if not name:
            return None
        self._structured_name()
        if not company:
            self._keep_nameless()
        person = {"name": name, **_frozen(self.person)} | self._extra()
        return self._draft(person, _frozen(self.company))

    def _keep_nameless(self) -> None:
        """What is said of a company without its name stays with the person as text."""
        for field, value in self.company.items():
            text = "; ".join(map(str, value)) if isinstance(value, list) else value
            self.keep(_("Company: {field}").format(field=field), text)
        self.company = {}

    def _names_only(self, company: str, name: str) -> bool:
        """Whether the card names no person beside the company: nobody, or the company once more."""
        has_parts = bool(self.names.get("first") or self.names.get("last"))
        return not has_parts and (not name or words_of(name) == words_of(company))

    def _company_draft(self, name: str) -> Draft | None:
        """What was read of a person is the company's where a company has such a field, else kept as text."""
        if not name:
            return None
        values = {**self.company, "name": name}
        for each in self.person.pop("emails", []):
            values.setdefault("links", []).append(Labeled(f"mailto:{each.value}", each.label or "mail"))
        if birthday := self.person.pop("birthday", None):
            self.keep(_("Birthday"), str(birthday))
        for field, value in self.person.items():
            if field in LIST_FIELDS and field != "interests":
                values[field] = [*values.get(field, []), *value]
            elif field in ("about", "address", "timezone"):
                values.setdefault(field, value)
            else:
                self.keep(field, ", ".join(value) if isinstance(value, list) else str(value))
        return self._draft(NOTHING, _frozen(values) | self._extra())

    def _draft(self, person: Mapping[str, Any], company: Mapping[str, Any]) -> Draft:
        told = tuple(self.warnings), tuple(self.passed_over)
        return Draft(self.where, person, company, self.refs or NOTHING, *told, self.has_two_dates)

    def _extra(self) -> dict[str, Any]:
        extra: dict[str, Any] = {}
        if self.columns:
            extra[COLUMNS] = self.columns
        if self.lines:
            extra[VCARD] = self.lines
        return {"extra": extra} if extra else {}

    def _put(self, into: dict[str, Any], field: str, value: str) -> None:
        if not value or into.get(field) == value:
            return
        if field in ("about", "needs") and field in into:
            into[field] += f"\n\n{value}"
        elif field in into:
            self.keep(_("Company") if into is self.company else field.capitalize(), value)
        else:
            into[field] = value

    def _add(self, into: dict[str, Any], field: str, value: Any, *, first: bool = False) -> None:
        items = into.setdefault(field, []) if value else into.get(field, [])
        if len(items) >= MOST_VALUES:
            self.warn(
                _("There are more than {count} in one list; the rest was left out.").format(count=MOST_VALUES)
            )
        elif value and value not in items:
            items.insert(0, value) if first else items.append(value)

    def _date(self, label: str, text: str) -> tuple[PartialDate | None, bool]:
        """The date and whether it was taken whole; what could not be taken is told and kept as text."""
        if is_blank(text):
            return None, True
        try:
            return read_date(clean(text), self.order), True
        except Doubtful as doubt:
            self.warn(f"{label}: {doubt}")
            self.keep(label, text)
            return doubt.found, False
        except ValueError as problem:
            self.warn(f"{label}: {problem}")
            self.keep(label, text)
            self.has_two_dates |= isinstance(problem, TwoDates)
            return None, False

    def _joined_name(self) -> str:
        return clean(" ".join(self.names.get(part, "") for part in NAME_PARTS[1:]))

    def _structured_name(self) -> None:
        """Keep which part of a name is which (RFC 6350 §6.2.2), which the display name does not say."""
        if self.names.get("last") and not any(line.startswith("N:") for line in self.lines):
            order = ("last", "first", "middle", "prefix", "suffix")
            parts = [re.sub(r"([\\,;])", r"\\\1", clean(self.names.get(part, ""))) for part in order]
            self.lines.insert(0, "N:" + ";".join(parts))
        elif prefix := self.names.get("prefix"):
            self.keep(_("Form of address"), prefix)

    def _address(self) -> None:
        for label, parts in self.addresses.items():
            formatted = parts.get("formatted") or written_address(parts)
            field = "address" if not self.person.get("address") else ""
            if field:
                self.text("address", formatted, multiline=True)
            elif clean(formatted, multiline=True) != self.person["address"]:
                self.keep(_("Address ({label})").format(label=label) if label else _("Address"), formatted)


def written_address(parts: dict[str, str]) -> str:
    """The parts of an address as lines of a letter: street, postal code and town, country."""
    town = " ".join(filter(None, (parts.get("postal", ""), parts.get("city", ""))))
    lines = [parts.get("street", ""), parts.get("extended", ""), parts.get("pobox", "")]
    lines += [town, parts.get("region", ""), parts.get("country", "")]
    return "\n".join(clean(line, multiline=True) for line in lines if line.strip())


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    """The values as a record has them: lists as tuples, nothing empty."""
    fixed = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    if "tags" in fixed:
        fixed["tags"] = unique(fixed["tags"])
    return {key: value for key, value in fixed.items() if value not in ("", ())}
