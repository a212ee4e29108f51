"""Rows: the documents of a table as TinyDB sees them, and the view in which a call changes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from kam_tui.store.journal import Document, dumps
from kam_tui.store.snapshot import Snapshot

Load = Callable[[str, Snapshot], dict[str, Document]]
"""Gives all documents of a table at a state, by key as text; they are shared."""


class Rows(Mapping[str, Document]):
    """The documents of a table at one moment, by key as text. One by key is found without the others."""

    def __init__(
        self,
        load: Load,
        table: str,
        snapshot: Snapshot,
        staged: Mapping[int, tuple[Document | None, Document | None]],
    ) -> None:
        self._load = load
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
        number = int(key) if key.isdecimal() else -1
        if str(number) != key:
            return default
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

    def sifted(self, query: Callable[[Document], bool]) -> Iterable[tuple[str, Document]] | None:
        """What a TinyDB query finds, by key; None where somebody has to go through all documents."""
        from kam_tui.store.sifting import sifted, text_of

        text = text_of(query)
        if not text:
            return None
        staged = {key: after for key, (_before, after) in self._staged.items()}
        found = sifted(self._snapshot, self._table, text, staged, query)
        return None if found is None else [(str(key), row) for key, row in found]

    def _all(self) -> dict[str, Document]:
        if self._whole is not None:
            return self._whole
        documents = self._load(self._table, self._snapshot)
        if self._staged:
            documents = dict(documents)
        for key, (_before, after) in self._staged.items():
            if after is None:
                documents.pop(str(key), None)
            else:
                documents[str(key)] = after
        self._whole = documents
        return documents


class View(MutableMapping[Any, Document]):
    """What an updater may change: copies, made of the documents it looks at.

    Its keys are of the class that the table has for them; the same text is the same key.
    """

    def __init__(self, rows: Mapping[str, Document], key_class: Callable[[str], Any] = int) -> None:
        self._rows = rows
        self._key_class = key_class
        self._before: dict[str, Document | None] = {}
        self._own: dict[str, Document | None] = {}

    def __getitem__(self, key: Any) -> Document:
        text = str(key)
        if text not in self._own:
            before = self._was(text)
            self._own[text] = own(before) if before is not None else None
        found = self._own[text]
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: Any, document: Document) -> None:
        self._own[str(key)] = document

    def __delitem__(self, key: Any) -> None:
        if key not in self:
            raise KeyError(key)
        self._own[str(key)] = None

    def __contains__(self, key: Any) -> bool:
        text = str(key)
        return (self._own[text] if text in self._own else self._was(text)) is not None

    def __iter__(self) -> Iterator[Any]:
        for key in self._rows:
            if key not in self._own or self._own[key] is not None:
                yield self._key_class(key)
        for key, document in self._own.items():
            if document is not None and self._was(key) is None:
                yield self._key_class(key)

    def __len__(self) -> int:
        return sum(1 for _key in self)

    def clear(self) -> None:
        """Remove all documents."""
        self._own = dict.fromkeys(self._rows)

    def changed(self) -> Iterator[tuple[str, Document | None, Document | None]]:
        """Key, document before and after of each one that is no longer the same, as JSON gives it back.

        Raises ValueError or TypeError for what JSON cannot hold.
        """
        for key, after in self._own.items():
            before = self._was(key)
            if not alike(before, after):
                yield key, before, after if after is None else as_json(after)

    def _was(self, key: str) -> Document | None:
        if key not in self._before:
            self._before[key] = self._rows.get(key)
        return self._before[key]


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same in JSON, where 1, 1.0 and true are three."""
    if one is other or one.__class__ is not other.__class__ or one != other:
        return one is other
    if one.__class__ is dict:
        return all(map(alike, one.values(), map(other.__getitem__, one)))
    return all(map(alike, one, other)) if one.__class__ is list else repr(one) == repr(other)


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
