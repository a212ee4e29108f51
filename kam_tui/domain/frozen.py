"""Frozen: classes of values as `dataclass(frozen=True, slots=True)` makes them, but cheap to define.

A capture defines some twenty such classes and fills in a few. For each, the standard library's
decorator would write and compile six methods, and it loads `inspect` first: a fifth of the time of
a whole capture. Here every method but `__init__` is inherited, and `__init__` is compiled when
some more values are made. To the functions of `dataclasses` (`replace`, `fields`) these are dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

_FEW = 16


class _Later:
    """A default that is not made yet."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def later(make: Callable[[], T]) -> T:
    """A default that is made when the field of a value is first read: for one whose making loads a lot.

    `make` gives the same each time. It is not called for a field that was given a value.
    """
    made: Any = _Later(make)
    return made  # type: ignore[no-any-return]


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
    body |= {"__init__": _by_hand, "_count": count().__next__}
    body |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    if any(type(default) is _Later for default in body["_defaults"].values()):
        body["__getattr__"] = _made_now
    made: Any = type(cls.__name__, (_Value,), body)
    made.__qualname__ = cls.__qualname__
    return made  # type: ignore[no-any-return]


def defaults_of(cls: type) -> Mapping[str, Any]:
    """The fields of a frozen class that have a default, with it."""
    defaults: Mapping[str, Any] = cls._defaults  # type: ignore[attr-defined]
    return {name: each.make() if type(each) is _Later else each for name, each in defaults.items()}


_UNSLOTTED = ("__dict__", "__weakref__")


class _Fields:
    """`__dataclass_fields__`, made by the standard library when somebody asks for it."""

    def __get__(self, value: object, cls: Any) -> Any:
        from dataclasses import field, make_dataclass

        defaults: dict[str, Any] = {}
        for name, each in cls._defaults.items():
            default = each.make() if type(each) is _Later else each
            is_open = default.__hash__ is None  # and so made anew each time
            defaults[name] = field(default_factory=each.make) if is_open else field(default=default)
        rows: list[Any] = [
            (name, kind, defaults[name]) if name in defaults else (name, kind)
            for name, kind in cls.__annotations__.items()
        ]
        made: Any = make_dataclass(cls.__name__, rows)
        cls.__dataclass_fields__ = made.__dataclass_fields__
        return cls.__dataclass_fields__


class _Value:
    """What every frozen class inherits. What makes it frozen is its own: see `many`."""

    __slots__: tuple[str, ...] = ()
    __dataclass_fields__: Any = _Fields()
    _key: Callable[[object], object]

    def __eq__(self, other: object) -> bool:
        return self._key(self) == self._key(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key(self))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__qualname__}({shown})"

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.__slots__)


def _by_hand(self: object, *values: Any, **named: Any) -> None:
    """Fill in one of the first values of a class: most have few, and to compile takes longer."""
    cls: Any = type(self)
    given = dict(zip(cls.__slots__, values, strict=False)) | named
    filled = cls._defaults | given
    odd = len(given) < len(values) + len(named) or filled.keys() != set(cls.__slots__)
    if odd or cls._count() >= _FEW:
        cls.__init__ = _init_of(cls)
        cls.__init__(self, *values, **named)
        return
    for name, value in filled.items():
        if type(value) is not _Later:
            object.__setattr__(self, name, value)
    if hasattr(cls, "__post_init__"):
        cls.__post_init__(self)


def _made_now(self: Any, name: str) -> Any:
    """The default of a field that is empty still. What else is asked for here is nowhere."""
    default = type(self)._defaults.get(name)
    if type(default) is not _Later:
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
    value = default.make()
    object.__setattr__(self, name, value)
    return value


def _refuse_to_set(value: object, name: str, _new: object) -> None:
    raise AttributeError(f"{type(value).__name__}.{name} cannot be changed")


def _refuse_to_delete(value: object, name: str) -> None:
    raise AttributeError(f"{type(value).__name__}.{name} cannot be removed")


def many(cls: type[T]) -> Callable[[Iterable[tuple[Any, ...]]], list[T]]:
    """A function that makes a value of each row; a row has all the fields, in their order.

    A value is filled in before it becomes one of the class that cannot be changed: in a third of the
    time that `__init__` takes. To compile the function takes as long as making some hundred values.
    """
    # No field begins with an underscore, so none can take the place of a name in here.
    names = cls.__slots__  # type: ignore[attr-defined]
    lines = [f"        _one.{name} = {name}\n" for name in names]
    lines += ["        _one.__class__ = _cls\n"]
    lines += ["        _one.__post_init__()\n"] if hasattr(cls, "__post_init__") else []
    scope: dict[str, Any] = {"_cls": cls, "_open": type(cls.__name__, (_Value,), {"__slots__": names})}
    source = (
        f"def many(_rows):\n    _made = []\n    for {', '.join(names)}, in _rows:\n        _one = _open()\n"
        f"{''.join(lines)}        _made.append(_one)\n    return _made\n"
    )
    exec(source, scope)
    return scope["many"]  # type: ignore[no-any-return]


def _init_of(cls: Any) -> Any:
    """The `__init__` that fills the slots of a class, compiled for its names and defaults."""
    names, defaults = cls.__slots__, cls._defaults
    head = ", ".join(f"{name}=_defaults[{name!r}]" if name in defaults else name for name in names)
    late = {name for name in defaults if type(defaults[name]) is _Later}
    lines = [
        f"    {f'if type({name}) is not _Later: ' if name in late else ''}_set_{name}(self, {name})\n"
        for name in names
    ]
    lines += ["    self.__post_init__()\n"] if hasattr(cls, "__post_init__") else []
    scope = {f"_set_{name}": getattr(cls, name).__set__ for name in names}
    scope |= {"_defaults": defaults, "_Later": _Later}
    exec(f"def __init__(self, {head}):\n{''.join(lines)}", scope)
    made = scope["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made
