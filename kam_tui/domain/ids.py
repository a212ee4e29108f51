"""Identity of records: short strings of our own, the domain's one source of randomness."""

from __future__ import annotations

import os

try:
    # The digest itself: hashlib would load OpenSSL, a tenth of the time of a capture.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: nothing that is read as something else when said aloud."""

LENGTH = 10
"""Characters after the prefix: 50 random bits, so 100,000 records collide once in 200,000 books."""


def new_id(prefix: str) -> str:
    """A fresh id such as `a-7f3k9m2p4q`; `prefix` names the kind of record."""
    return f"{prefix}-{_letters(int.from_bytes(os.urandom(7), 'big'), LENGTH)}"


def new_salt() -> str:
    """16 random bytes in hexadecimal, to key a digest with."""
    return os.urandom(16).hex()


def handle_of(key: str) -> str:
    """A short word for something with a long key, the same on every machine; for people to type."""
    return _letters(digest_of(key), LENGTH)


def digest_of(text: str) -> int:
    """56 bits that stand for `text`, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big")


def _letters(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * i & 31] for i in range(length))
