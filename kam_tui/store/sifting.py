"""Sifting: documents that hold one text are found in the bytes of their table, and the rest is not read.

With a query `where("name") == "Acme"` TinyDB asks every document. But one that it finds has this text among
its values, so it stands in its JSON, and to look for it there takes a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from operator import itemgetter

from tinydb.queries import QueryInstance

from kam_tui.store.journal import Document, dumps
from kam_tui.store.migrations import SCHEMA
from kam_tui.store.snapshot import Snapshot

MOST = 256
"""Where more documents than these hold a text, going through all takes no longer."""


def text_of(query: object) -> str:
    """The text that a query finds as a value and nothing else; empty for any other query.

    What a query asks stands in its hash: TinyDB takes two of one hash for the same.
    """
    sign = query._hash if type(query) is QueryInstance else None
    wanted = sign[2] if sign and len(sign) == 3 and sign[0] == "==" else None
    return wanted if type(wanted) is str else ""


def only_reads(query: object) -> bool:
    """Whether no function of somebody's own takes part in a query, which could change the document."""
    return type(query) is QueryInstance and query.is_cacheable() and _has_no_function(query._hash)


def _has_no_function(sign: object) -> bool:
    if isinstance(sign, (tuple, frozenset)):
        return all(map(_has_no_function, sign))
    return only_reads(sign) if isinstance(sign, QueryInstance) else not callable(sign)


def sifted(
    snapshot: Snapshot,
    table: str,
    text: str,
    staged: Mapping[int, Document | None],
    query: Callable[[Document], bool],
) -> list[tuple[int, Document]] | None:
    """What a query for a text finds, by key, with what is `staged` on top of a state and in the order of
    `Snapshot.documents`; None where only going through all can tell. Raises Damaged."""
    file, newer = snapshot.files.get(table), {**snapshot.overlay(table), **staged}
    if file is not None and file.version < SCHEMA:
        return None
    some = list(islice(file.holding(dumps(text)), MOST + 1)) if file else []
    if len(some) > MOST:
        return None
    found = [(key, row) for key, row in some if key not in newer and query(row)]
    later = [(key, row) for key, row in newer.items() if row is not None and query(row)]
    old = {key for key, _row in later if file and file.find(key) is not None}
    found += [each for each in later if each[0] in old]
    return sorted(found, key=itemgetter(0)) + [each for each in later if each[0] not in old]
