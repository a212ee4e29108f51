"""Identity of records: short strings of our own, the domain's one source of randomness."""

from __future__ import annotations

import os

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: nothing that is read as something else when said aloud."""

LENGTH = 10
"""Characters after the prefix: 50 random bits, so 100,000 records collide once in 200,000 books."""


def new_id(prefix: str) -> str:
    """A fresh id such as `a-7f3k9m2p4q`; `prefix` names the kind of record."""
    return f"{prefix}-{_letters(int.from_bytes(os.urandom(7), 'big'), LENGTH)}"


def handle_of(key: str) -> str:
    """A short word for something with a long key, the same on every machine; for people to type."""
    from hashlib import blake2b

    return _letters(int.from_bytes(blake2b(key.encode(), digest_size=7).digest(), "big"), LENGTH)


def _letters(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * i & 31] for i in range(length))
