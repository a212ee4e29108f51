"""Filling: what a record gains from new values without losing any of its own.

An empty field is filled, a list grows, a date of which the year was unknown learns it. A value
that differs from the one in the book is a difference to be told, and the book keeps its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from kam_tui.domain.account import ACCOUNT, Account
from kam_tui.domain.contact import CONTACT, Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.draft import COLUMNS
from kam_tui.domain.identity import ROW, mail_key, own_sources, phone_key
from kam_tui.domain.kinds import Labeled, Naming
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.text import fold, shorten, words_of
from kam_tui.i18n import _

DECISIVE = ("status", "archived")
"""Fields whose default is an answer as good as any other, and not the lack of one."""

SHOWN = 60
"""Characters of a value that a report shows."""


@dataclass(slots=True)
class Filling:
    """What new values come to for one record."""

    changes: dict[str, Any] = field(default_factory=dict)
    """Field to the value it gets."""

    gains: list[str] = field(default_factory=list)
    """What is filled or added, a line each."""

    differences: list[str] = field(default_factory=list)
    """What differs and stays as it is in the book, a sentence each."""


def fill(
    record: Account | Contact,
    values: Mapping[str, Any],
    naming: Naming,
    *,
    open_fields: Iterable[str] = (),
    settled: Iterable[str] = (),
    overrules: bool = False,
) -> Filling:
    """Compare a record with new values. `open_fields` count as empty whatever they hold; of the
    columns no field knows, those `settled` keep their text and the others take the new one. What
    `overrules` takes the place of what differs."""
    filling = Filling()
    for name, theirs in values.items():
        ours = getattr(record, name)
        if name == "extra":
            _fill_extra(filling, ours, theirs, set(settled))
        elif name == "occasions":
            _fill_occasions(filling, ours, theirs, overrules=overrules)
        elif isinstance(theirs, tuple):
            if new := _missing(name, ours, theirs, own_sources(record.id)):
                filling.changes[name] = (*ours, *new)
                told = tuple(each for each in new if not _is_row(each))
                filling.gains += [_line(record, name, told, naming)] if told else []
        elif overrules or name in open_fields or _is_empty(record, name, ours) or _is_part_of(ours, theirs):
            if theirs != ours and not (overrules and _says_the_same(ours, theirs)):
                filling.changes[name] = theirs
                filling.gains.append(_line(record, name, theirs, naming))
        elif not _says_the_same(ours, theirs):
            shown = (_show(record, name, value, naming) for value in (ours, theirs))
            filling.differences.append(_differs(_label(record, name), *shown))
    return filling


def _is_empty(record: Account | Contact, name: str, value: Any) -> bool:
    return name not in DECISIVE and value == _DEFAULTS[type(record)].get(name)


def _says_the_same(ours: Any, theirs: Any) -> bool:
    """Whether the book has what the file says: case, accents and spaces aside, or as a part of a note."""
    if isinstance(ours, str) and isinstance(theirs, str):
        mine, other = words_of(ours), words_of(theirs)
        return ours == theirs or (bool(mine) and mine == other) or ("\n" in ours and theirs in ours)
    return bool(ours == theirs) or _is_part_of(theirs, ours)


def _is_part_of(less: Any, more: Any) -> bool:
    """Whether both are dates, and `more` says all that `less` says and more."""
    if not isinstance(less, PartialDate) or not isinstance(more, PartialDate) or less == more:
        return False
    known = [(getattr(less, part), getattr(more, part)) for part in ("year", "month", "day")]
    return all(mine is None or mine == other for mine, other in known)


_KEYS: dict[str, Callable[[Any], Hashable]] = {
    "emails": lambda each: mail_key(each.value) or each.value,
    "phones": lambda each: phone_key(each.value) or each.value,
    "links": lambda each: each.value.casefold().rstrip("/"),
    "interests": lambda each: fold(each) or each,
    "aliases": lambda each: fold(each) or each,
}
"""Field to what makes two of its items the same; any other item is itself."""


def _is_row(item: object) -> bool:
    """Whether this only remembers which row of a file was found to be about a record: it is no gain."""
    return isinstance(item, str) and item.startswith(f"{ROW}:")


def _itself(item: Hashable) -> Hashable:
    return item


def _missing(name: str, ours: tuple[Any, ...], theirs: tuple[Any, ...], own: tuple[str, ...]) -> list[Any]:
    """The items that are not there yet, each once."""
    key = _KEYS.get(name, _itself)
    seen = {key(each) for each in ours} | set(own if name == "sources" else ())
    new: list[Any] = []
    for each in theirs:
        if key(each) not in seen:
            seen.add(key(each))
            new.append(each)
    return new


def _fill_occasions(
    filling: Filling, ours: tuple[Occasion, ...], theirs: tuple[Occasion, ...], *, overrules: bool
) -> None:
    """Add the occasions the book does not have. One of the same name on another day is a difference."""
    kept = list(ours)
    for each in theirs:
        same_day = [own for own in kept if own.on == each.on or _is_part_of(each.on, own.on)]
        # A plain anniversary is whatever the book celebrates on that day.
        if any(_called(own) == _called(each) or each.kind == "anniversary" for own in same_day):
            continue
        namesake = next((own for own in kept if _called(own) == _called(each)), None)
        if namesake is None:
            kept.append(each)
            filling.gains.append(f"{each.label or each.kind}: {each.on}")
        elif overrules or _is_part_of(namesake.on, each.on):
            kept[kept.index(namesake)] = replace(namesake, on=each.on)
            filling.gains.append(f"{each.label or each.kind}: {each.on}")
        else:
            shown = str(namesake.on), str(each.on)
            filling.differences.append(_differs(namesake.label or namesake.kind, *shown))
    if tuple(kept) != ours:
        filling.changes["occasions"] = tuple(kept)


def _called(occasion: Occasion) -> str:
    return fold(occasion.label or occasion.kind)


def _fill_extra(
    filling: Filling, ours: Mapping[str, Any], theirs: Mapping[str, Any], settled: set[str]
) -> None:
    merged = _with_extra(ours, theirs, settled)
    if merged != ours:
        filling.changes["extra"] = merged
        filling.gains += _extra_gains(ours, merged)


def _with_extra(ours: Mapping[str, Any], theirs: Mapping[str, Any], settled: set[str]) -> Mapping[str, Any]:
    """Columns take the newest text, since nobody edits them here; lists of raw lines grow."""
    merged = dict(ours)
    for key, value in theirs.items():
        own = merged.get(key)
        if own is None:
            merged[key] = value
        elif key == COLUMNS and isinstance(own, Mapping) and isinstance(value, Mapping):
            merged[key] = {**own, **{k: v for k, v in value.items() if k not in own or k not in settled}}
        elif isinstance(own, list) and isinstance(value, list):
            merged[key] = own + [each for each in value if each not in own]
    return merged


def _extra_gains(ours: Mapping[str, Any], merged: Mapping[str, Any]) -> list[str]:
    before = ours.get(COLUMNS, {})
    gains = [f"{k}: {shorten(v, SHOWN)}" for k, v in merged.get(COLUMNS, {}).items() if before.get(k) != v]
    rest = [key for key in merged if key != COLUMNS and ours.get(key) != merged[key]]
    return gains + ([_("lines that no field knows")] if rest else [])


def _line(record: Account | Contact, name: str, value: Any, naming: Naming) -> str:
    return f"{_label(record, name)}: {_show(record, name, value, naming)}"


def _differs(label: str, ours: str, theirs: str) -> str:
    return _("{field}: the book has {ours}, the file has {theirs}; the book's is kept.").format(
        field=label, ours=ours, theirs=theirs
    )


def _label(record: Account | Contact, name: str) -> str:
    schema = CONTACT if isinstance(record, Contact) else ACCOUNT
    known = schema.fields[name]
    return _(known.label) if known.label else name


def _show(record: Account | Contact, name: str, value: Any, naming: Naming) -> str:
    schema = CONTACT if isinstance(record, Contact) else ACCOUNT
    if isinstance(value, tuple) and value and isinstance(value[0], Labeled):
        return shorten("; ".join(map(str, value)), SHOWN)
    return shorten(schema.fields[name].kind.show(value, naming), SHOWN)


_DEFAULTS: dict[type, dict[str, Any]] = {
    record: {each.name: each.default for each in fields(record)} for record in (Account, Contact)
}
