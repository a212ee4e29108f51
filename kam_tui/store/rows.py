"""Rows: the documents of a table as TinyDB sees them, and the view in which a call changes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from kam_tui.store.journal import Document, dumps
from kam_tui.store.snapshot import Snapshot

if TYPE_CHECKING:
    from kam_tui.store.storage import JournalStorage


class Rows(Mapping[str, Document]):
    """The documents of a table at one moment, by key as text. One by key is found without the others."""

    def __init__(
        self,
        storage: JournalStorage,
        table: str,
        snapshot: Snapshot,
        staged: Mapping[int, tuple[Document | None, Document | None]],
    ) -> None:
        self._storage = storage
        self._table = table
        self._snapshot = snapshot
        self._staged = staged
        self._whole: dict[str, Document] | None = None

    def __getitem__(self, key: str) -> Document:
        found: Document | None = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """The document with this key, else `default`."""
        if self._whole is not None:
            return self._whole.get(key, default)
        if not key.isdecimal():
            return default
        number = int(key)
        staged = self._staged.get(number)
        found = staged[1] if staged else self._snapshot.document(self._table, number)
        return default if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def items(self) -> Any:
        """Pairs of key and document."""
        return self._all().items()

    def _all(self) -> dict[str, Document]:
        if self._whole is not None:
            return self._whole
        documents = self._storage.loaded(self._table, self._snapshot)
        if self._staged:
            documents = dict(documents)
        for key, (_before, after) in self._staged.items():
            if after is None:
                documents.pop(str(key), None)
            else:
                documents[str(key)] = after
        self._whole = documents
        return documents


class View(MutableMapping[int, Document]):
    """What an updater may change: copies, made of the documents it looks at."""

    def __init__(self, rows: Mapping[str, Document]) -> None:
        self._rows = rows
        self._before: dict[int, Document | None] = {}
        self._own: dict[int, Document | None] = {}

    def __getitem__(self, key: int) -> Document:
        if key not in self._own:
            before = self._was(key)
            self._own[key] = own(before) if before is not None else None
        found = self._own[key]
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: int, document: Document) -> None:
        self._own[key] = document

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._own[key] = None

    def __contains__(self, key: Any) -> bool:
        if key in self._own:
            return self._own[key] is not None
        return self._was(key) is not None

    def __iter__(self) -> Iterator[int]:
        for text in self._rows:
            key = int(text)
            if key not in self._own or self._own[key] is not None:
                yield key
        for key, document in self._own.items():
            if document is not None and self._was(key) is None:
                yield key

    def __len__(self) -> int:
        return sum(1 for _key in self)

    def clear(self) -> None:
        """Remove all documents."""
        self._own = dict.fromkeys(map(int, self._rows))

    def changed(self) -> Iterator[tuple[int, Document | None, Document | None]]:
        """Key, document before and after of each one that is no longer the same, as JSON gives it back.

        Raises ValueError or TypeError for what JSON cannot hold.
        """
        for key, after in self._own.items():
            before = self._was(key)
            if before != after:
                yield key, before, after if after is None else as_json(after)

    def _was(self, key: int) -> Document | None:
        if key not in self._before:
            self._before[key] = self._rows.get(str(key))
        return self._before[key]


def own(document: Mapping[str, Any]) -> Document:
    """A copy that shares nothing a caller could change."""
    return {name: each if each.__class__ in _PLAIN else _own_value(each) for name, each in document.items()}


def as_json(document: Mapping[str, Any]) -> Document:
    """A document as it comes back out of its JSON, sharing nothing with the one that is given. Raises
    ValueError or TypeError for what JSON cannot hold."""
    try:
        return _plain_object(document)
    except TypeError:
        return json.loads(dumps(document))  # type: ignore[no-any-return]
    except RecursionError:
        raise ValueError("it holds itself, or is nested too deep") from None


def _plain_object(value: Mapping[str, Any]) -> Document:
    if value.__class__ is not dict or not set(map(type, value)) <= _NAMES:
        raise TypeError
    return {name: each if each.__class__ in _PLAIN else _plain_value(each) for name, each in value.items()}


def _plain_value(value: Any) -> Any:
    if value.__class__ is list:
        return [each if each.__class__ in _PLAIN else _plain_value(each) for each in value]
    return _plain_object(value)


_NAMES = frozenset((str,))
_PLAIN = frozenset((str, int, bool, float, type(None)))


def _own_value(value: Any) -> Any:
    if isinstance(value, dict):
        return own(value)
    if isinstance(value, list):
        return [each if each.__class__ in _PLAIN else _own_value(each) for each in value]
    return value
