"""Identity: what tells whether two descriptions are of the same person.

An id of the system they come from, a mail address or a phone number can tell; a name never can.
A name can only contradict: people share mailboxes and switchboards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from kam_tui.domain.draft import Draft
from kam_tui.domain.text import words_of

ROW = "row"
"""System of a source that only says which row of which kind of file a record came from."""

SHORTEST_PHONE = 7
"""Digits below which a number is an extension, and no sign of who somebody is."""

_TRUNK = re.compile(r"\(0\)")
_EXTENSION = re.compile(r"(?:;ext=|\bext\.?|\bx|#|\balanumero)\s*\d+\s*$", re.IGNORECASE)
_UUID_SPACE = "6b0c9a2e-1c55-5a0e-9f0a-5d6d6b616d21"


def mail_key(address: str) -> str:
    """A mail address for comparison; empty for what is none."""
    text = address.strip().casefold().removeprefix("mailto:")
    return text if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", text) else ""


def phone_key(number: str) -> str:
    """A phone number for comparison: `+` and digits when it is written internationally, else its digits.

    Empty for fewer than seven digits or a number with an extension. National and international
    writing are never taken for the same: the country is not said.
    """
    text = number.strip().removeprefix("tel:")
    if _EXTENSION.search(text):
        return ""
    text = _TRUNK.sub("", text)
    digits = "".join(c for c in text if c.isdecimal())
    if len(digits) < SHORTEST_PHONE:
        return ""
    if text.startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def name_key(name: str) -> str:
    """A name for comparison: case, accents, spaces and punctuation do not matter."""
    return " ".join(words_of(name)) or name


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be of one person: the words of one are among those of the other.

    Order, case and accents do not matter; an initial stands for its word and a short form of three
    letters or more for the long one. Names in different scripts, and a mail address in place of a
    name, contradict nothing.
    """
    if "@" in one or "@" in other:
        return True
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs or _is_latin(mine) != _is_latin(theirs):
        return True
    return _among(mine, theirs) or _among(theirs, mine)


def uid_of(record_id: str) -> str:
    """The UID under which a record of ours goes out: the same for ever (RFC 9562 version 5)."""
    import uuid

    return uuid.uuid5(uuid.UUID(_UUID_SPACE), record_id).urn


def own_sources(record_id: str) -> tuple[str, ...]:
    """The sources by which our own exports name a record of ours."""
    return f"kam:{record_id}", f"uid:{uid_of(record_id)}"


def stamped(drafts: Iterable[Draft], system: str) -> list[Draft]:
    """The drafts, each person without a source given one made from what identifies the row.

    It is a digest of the kind of file, the name, the company, the mail addresses and the phone
    numbers: the same row of the same kind of file has the same source next time, and another
    person of that name has another. The second of two equal rows is the second next time as well, unless
    a mail address or a number tells that both are about one person.
    """
    seen: Counter[str] = Counter()
    stamps: list[Draft] = []
    for draft in drafts:
        if draft.contact and not draft.contact.get("sources"):
            digest = _digest(draft, system)
            seen[digest] += not _is_told(draft.contact)
            source = f"{ROW}:{digest}" + (f"/{seen[digest]}" if seen[digest] > 1 else "")
            draft = replace(draft, contact={**draft.contact, "sources": (source,)})
        stamps.append(draft)
    return stamps


def _is_told(person: Mapping[str, Any]) -> bool:
    """Whether a mail address or a phone number tells who it is."""
    mails = (mail_key(each.value) for each in person.get("emails", ()))
    return any(mails) or any(phone_key(each.value) for each in person.get("phones", ()))


def _digest(draft: Draft, system: str) -> str:
    person = draft.contact
    parts = [system, name_key(person["name"]), name_key(draft.account.get("name", ""))]
    parts += sorted(mail_key(each.value) for each in person.get("emails", ()))
    parts += sorted(phone_key(each.value) for each in person.get("phones", ()))
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def _among(some: list[str], words: list[str]) -> bool:
    return all(
        any(a == b or (len(a) == 1 and b.startswith(a)) or (len(a) >= 3 and b.startswith(a)) for b in words)
        for a in some
    )


def _is_latin(words: list[str]) -> bool:
    return any("a" <= c <= "z" for word in words for c in word)
