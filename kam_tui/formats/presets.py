"""Presets: the tables of well-known programs, told by their header, and what their columns fill.

Each is written as `Column = slot` lines, the language of `--map`. The same word means different
things in different programs (`Title` is Mr or Mrs in Outlook and the job in Salesforce), so there
is a preset for each, and columns are never mapped because their names look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kam_tui.domain.text import words_of
from kam_tui.formats.column_words import (
    GOOGLE,
    HUBSPOT,
    HUBSPOT_COMPANIES,
    LINKEDIN,
    OTHER,
    SALESFORCE,
    SALESFORCE_ACCOUNT_ROWS,
    SALESFORCE_ACCOUNTS,
    SALESFORCE_CONTACT_ROWS,
)
from kam_tui.formats.outlook_words import OUTLOOK, OUTLOOK_GERMAN
from kam_tui.i18n import N_


def column_key(header: str) -> str:
    """A column's name for comparison: case, spaces, accents and punctuation do not matter."""
    return "".join(words_of(header))


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of table."""

    name: str
    """Short and stable; part of what a row without an id of its own is known by."""
    label: str
    """What a person calls it; marked for translation."""
    columns: Mapping[str, str]
    """Column key to slot."""
    all_of: frozenset[str] = frozenset()
    """Keys that must be there."""
    any_of: frozenset[str] = frozenset()
    """Keys of which one must be there; none needed when empty."""
    none_of: frozenset[str] = frozenset()
    """Keys that must not be there."""
    idle: frozenset[str] = frozenset()
    """Texts that a column without a field holds when nobody filled it in."""

    def fits(self, keys: set[str]) -> bool:
        """Whether a header row with these keys is of this kind."""
        some = not self.any_of or bool(self.any_of & keys)
        return self.all_of <= keys and some and not self.none_of & keys


def _preset(
    name: str, label: str, columns: str, all_of: str, any_of: str = "", none_of: str = "", idle: str = ""
) -> Preset:
    return Preset(
        name, label, _table(columns), _keys(all_of), _keys(any_of), _keys(none_of), frozenset(idle.split())
    )


def _keys(names: str) -> frozenset[str]:
    return frozenset(column_key(each) for each in names.split(",") if each.strip())


def _table(lines: str) -> dict[str, str]:
    """`Column, other spelling = slot` lines as a mapping."""
    table: dict[str, str] = {}
    for line in filter(str.strip, lines.splitlines()):
        names, _equals, slot = line.rpartition("=")
        for name in names.split(","):
            table[column_key(name)] = slot.strip()
    return table


PRESETS: tuple[Preset, ...] = (
    _preset("linkedin", N_("LinkedIn connections"), LINKEDIN,
            "First Name, Last Name, Connected On", "URL, Company, Position"),
    _preset("google", N_("Google contacts (CSV)"), GOOGLE,
            "First Name, Last Name, Labels",
            "File As, Organization Name, Phonetic First Name, E-mail 1 - Value, Email 1 - Value"),
    _preset("google", N_("Google contacts (older CSV)"), GOOGLE,
            "Given Name, Family Name", "Group Membership, Yomi Name, E-mail 1 - Value, Additional Name"),
    _preset("outlook", N_("Outlook contacts (CSV)"), OUTLOOK,
            "First Name, Last Name, Business Phone",
            "E-mail 2 Address, Business Street, Company Main Phone",
            idle="Unspecified Normal False 0/0/00 SMTP"),
    _preset("outlook", N_("Outlook contacts (German CSV)"), OUTLOOK_GERMAN,
            "Vorname, Nachname, Firma",
            "E-Mail-Adresse, Telefon geschäftlich, Straße geschäftlich",
            idle="Unspecified Unbestimmt Normal Falsch 0.0.00 0.0.0000 0/0/00 SMTP"),
    _preset("hubspot", N_("HubSpot contacts"), HUBSPOT,
            "Record ID", "First Name, Last Name, Email, Associated Company"),
    _preset("hubspot", N_("HubSpot companies"), HUBSPOT_COMPANIES,
            "Record ID, Company name", none_of="First Name, Last Name, Email"),
    _preset("salesforce", N_("Salesforce contacts (data export)"), SALESFORCE_CONTACT_ROWS,
            "Id, LastName", "AccountId, IsDeleted"),
    _preset("salesforce", N_("Salesforce accounts (data export)"), SALESFORCE_ACCOUNT_ROWS,
            "Id, Name", "IsDeleted, BillingStreet, BillingCity", none_of="LastName"),
    _preset("salesforce", N_("Salesforce report"), SALESFORCE,
            "Last Name, Account Name", "Account Owner, Account ID, Contact ID, Mailing Street, Mailing City"),
    _preset("salesforce", N_("Salesforce report"), SALESFORCE,
            "Last Name", "Mailing Street, Mailing City, Mailing Zip/Postal Code"),
    _preset("salesforce", N_("Salesforce account report"), SALESFORCE_ACCOUNTS,
            "Account Name", "Account Owner, Billing City, Billing Street, Account ID",
            none_of="Last Name, Name, Email"),
)  # fmt: skip
"""In the order in which they are tried; the first that fits is taken."""

GENERIC = _preset("table", N_("Table"), OTHER, "")
"""Any other table: columns by their plain English or Finnish names."""

_TELLING = {"name", "first", "last", "email", "phone", "account", "nickname"}
"""Slots of which a header must have one: without it, a table names nobody."""

_GROUP = re.compile(r"(e ?mail|phone|address|organization|website|event|relation|custom field|im) (\d+) (.+)")


def find_preset(header: Iterable[str]) -> Preset | None:
    """The preset whose signature the header has, else the generic one when it names anybody, else None."""
    keys = {column_key(each) for each in header}
    for preset in PRESETS:
        if preset.fits(keys):
            return preset
    slots = {GENERIC.columns[key].partition(":")[0] for key in keys if key in GENERIC.columns}
    numbered = any(group_of(each) for each in header)
    return GENERIC if slots & _TELLING or numbered else None


def group_of(header: str) -> tuple[str, int, str] | None:
    """The numbered group, its number and the part of a column such as `E-mail 1 - Value`, or None."""
    found = _GROUP.fullmatch(" ".join(words_of(header)))
    return (found[1].replace(" ", ""), int(found[2]), found[3]) if found else None
