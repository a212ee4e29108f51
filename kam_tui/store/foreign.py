"""Table files that somebody else wrote: an editor, a script, stock TinyDB. Read strictly, put in order."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isfinite
from typing import Any

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import Damaged
from kam_tui.i18n import _
from kam_tui.store import collecting, migrations
from kam_tui.store.journal import dumps
from kam_tui.store.layout import META, key_of, render, seal_of, unreadable


def put_in_order(data: bytes, path: str, table: str) -> bytes:
    """The text kam would have written for a file that somebody else wrote.

    In no step do other threads have to wait for all documents at once, unless it is one of copying bytes.
    """
    with collecting.put_off():
        return _put_in_order(data, path, table)


def _put_in_order(data: bytes, path: str, table: str) -> bytes:
    try:
        tables = strictly(data, _once)
    except json.JSONDecodeError as problem:
        raise unreadable(path, problem.lineno) from None
    except (ValueError, RecursionError):
        raise unreadable(path) from None
    except KeyError as twice:
        raise Damaged(
            _("{path} has the key {key} twice.").format(path=path, key=twice.args[0]),
            _("Nothing was changed. Remove or rename one of the two."),
        ) from None
    documents = tables.get(table, {}) if isinstance(tables, dict) else None
    if not isinstance(documents, dict) or not tables.keys() <= {META, table}:
        raise unreadable(path)
    try:
        meta = tables[META]["1"]
        number, version, seal = int(meta["change"]), int(meta["schema"]), seal_of(meta)
    except (LookupError, ValueError, TypeError, AttributeError):
        number, version, seal = 0, migrations.SCHEMA, 0
    migrations.refuse_newer(version, path)
    rows: dict[int, bytes] = {}
    for old_key in list(documents):  # each is let go of when its text is made, and not all of them at the end
        document = documents.pop(old_key)
        key = _proper_key(table, old_key, document)
        if key is None or key in rows:
            raise Damaged(
                _("{path}: the document {key} has no id, or one that another document has.").format(
                    path=path, key=old_key
                ),
                _("Nothing was changed. Give it an id of its own, or put the file back from a backup."),
            )
        rows[key] = dumps(document)
    return b"".join(render(table, number, version, sorted(rows.items()), seal))


def strictly(text: str | bytes, pairs: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """The value of a JSON text, which kam can write again: no number in it is infinite, or none at all.

    Raises ValueError, RecursionError, and what `pairs` does, which makes the objects.
    """
    return json.loads(text, object_pairs_hook=pairs, parse_constant=_finite, parse_float=_finite)


def _proper_key(table: str, key: str, document: Any) -> int | None:
    if not isinstance(document, dict) or not key.isdecimal():
        return None
    if table not in SCHEMAS:
        return int(key)
    record_id = document.get("id")
    return key_of(record_id) if isinstance(record_id, str) and record_id else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        raise KeyError(next(key for key, _value in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number
