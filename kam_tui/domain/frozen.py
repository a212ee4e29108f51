"""Frozen: classes of values as `dataclass(frozen=True, slots=True)` makes them, but cheap to define.

A capture defines some twenty such classes and fills in a few. For each, the standard library's
decorator would write and compile six methods, and it loads `inspect` first: a fifth of the time of
a whole capture. Here every method but `__init__` is inherited, and `__init__` is compiled when the
first value is made. To the functions of `dataclasses` (`replace`, `fields`) these are dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """The class with its annotated names as slots, which are filled once and never changed.

    `__post_init__` may refuse the values; a default is shared, so it is never to be mutable.
    """
    names = tuple(cls.__annotations__)
    body = {name: value for name, value in vars(cls).items() if name not in (*names, *_UNSLOTTED)}
    body["__slots__"] = names
    body["__annotations__"] = cls.__annotations__
    body["_defaults"] = {name: vars(cls)[name] for name in names if name in vars(cls)}
    body["_key"] = attrgetter(*names)
    made: Any = type(cls.__name__, (_Value,), body)
    made.__qualname__ = cls.__qualname__
    return made  # type: ignore[no-any-return]


def defaults_of(cls: type) -> Mapping[str, Any]:
    """The fields of a frozen class that have a default, with it."""
    return cls._defaults  # type: ignore[attr-defined, no-any-return]


_UNSLOTTED = ("__dict__", "__weakref__")


class _Fields:
    """`__dataclass_fields__`, made by the standard library when somebody asks for it."""

    def __get__(self, value: object, cls: Any) -> Any:
        from dataclasses import field, make_dataclass

        rows: list[Any] = [
            (name, kind, field(default=cls._defaults[name])) if name in cls._defaults else (name, kind)
            for name, kind in cls.__annotations__.items()
        ]
        made: Any = make_dataclass(cls.__name__, rows)
        cls.__dataclass_fields__ = made.__dataclass_fields__
        return cls.__dataclass_fields__


class _Value:
    """What every frozen class inherits."""

    __slots__: tuple[str, ...] = ()
    __dataclass_fields__: Any = _Fields()
    _key: Callable[[object], object]

    def __init__(self, *values: Any, **named: Any) -> None:
        cls: Any = type(self)
        cls.__init__ = _init_of(cls)
        cls.__init__(self, *values, **named)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be removed")

    def __eq__(self, other: object) -> bool:
        return self._key(self) == self._key(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key(self))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__qualname__}({shown})"

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.__slots__)


def _init_of(cls: Any) -> Any:
    """The `__init__` that fills the slots of a class, compiled for its names and defaults."""
    names, defaults = cls.__slots__, cls._defaults
    head = ", ".join(f"{name}=_defaults[{name!r}]" if name in defaults else name for name in names)
    lines = [f"    _set_{name}(self, {name})\n" for name in names]
    lines += ["    self.__post_init__()\n"] if hasattr(cls, "__post_init__") else []
    scope = {f"_set_{name}": getattr(cls, name).__set__ for name in names} | {"_defaults": defaults}
    exec(f"def __init__(self, {head}):\n{''.join(lines)}", scope)
    made = scope["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made
