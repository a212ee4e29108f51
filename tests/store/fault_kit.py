"""A disk on which every single call can be the last one, or be refused, or be all that the power left.

`watched` tells of each call of `kam_tui.store.files` that reaches the system before it is made.
On that stand the three things a machine does to an operation: it is killed, it is refused, its power
fails. `Trial` runs one operation through all of them and says in which folders it left the book.
"""

from __future__ import annotations

import errno
import inspect
import os
import random
import shutil
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from power_kit import Synced, Tree, digest, tree_of

from kam_tui.domain.errors import Unwritable
from kam_tui.store import files
from kam_tui.store.store import Store

COMPOSED = {"read_whole", "write_new", "append", "append_to", "make_folder", "writing", "reading"}
"""The functions of `files` that only call others of it."""

ASKING = {"in_the_way", "is_folder", "is_file", "is_running", "may_write"}
"""Those that ask what is there, and take a refusal for a no."""

LOOKING = {"open_read", "close", "read", "names", "stamp", "stamp_of", "mode", *ASKING}
"""Those that change nothing on the disk."""

NEVER_REFUSED = {"close", *ASKING}
"""`close` fails, if ever, after the descriptor is gone."""

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
"""What a disk refuses with."""

Call = Callable[[int, str, tuple[Any, ...]], object]
"""Told of each call before it is made: its number, its name, what it is given."""

_KILLED = 77


def single_calls() -> dict[str, Callable[..., Any]]:
    """The functions of `files` that reach the system, by name; a new one is found by itself."""
    return {
        name: call
        for name, call in vars(files).items()
        if inspect.isfunction(call)
        and call.__module__ == files.__name__
        and name[0] != "_"
        and name not in COMPOSED
    }


@contextmanager
def watched(before: Call) -> Iterator[None]:
    """While it lasts, `before` is told of every call."""
    calls = single_calls()
    count = iter(range(1 << 30))

    def wrap(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def told(*args: Any, **options: Any) -> Any:
            before(next(count), name, args)
            return call(*args, **options)

        return told

    for name, call in calls.items():
        setattr(files, name, wrap(name, call))
    try:
        yield
    finally:
        for name, call in calls.items():
            setattr(files, name, call)


@dataclass
class Left:
    """A book that something bad happened to."""

    store: Store
    """A store on it: the one that was refused, or a new one."""
    how: str
    """What happened, for the message of a failure."""
    acknowledged: bool | None
    """Whether the operation ended well; None where nobody was left to hear of it."""
    is_new: bool
    """Whether no earlier one was left the same on the disk."""


class Trial:
    """One operation on copies of one book."""

    def __init__(
        self, given: Path, act: Callable[[Store], object], opened: Callable[[str], Store], place: Path
    ) -> None:
        """`given` holds the folder `book`, or nothing yet; copies go to `place`."""
        self._given = given
        self._act = act
        self._opened = opened
        self._place = place
        self._count = 0
        self._seen: set[tuple[str, bool | None]] = set()

    def whole(self) -> tuple[Store, list[str]]:
        """What the operation leaves when nothing fails, and the names of all calls that it makes."""
        calls: list[str] = []
        store = self._open(self._world())
        self._run(store, lambda _number, name, _args: calls.append(name))
        return store, calls

    def killed(self, few: int = 0) -> Iterator[Left]:
        """The process ends at each call that changes the disk, without a chance to clean up.

        What that leaves is told by looking at the disk before each call is made. Beyond that so many
        processes are killed in truth, at calls spread over all; 0 for one at every call.
        """
        world, lefts, calls = self._world(), list[Left](), list[int]()

        def look(number: int, name: str, args: tuple[Any, ...]) -> None:
            if name not in LOOKING:
                calls.append(number)
                half_written(name, args)
                lefts.extend(self._left(tree_of(world), f"stopped at call {number}, {name}", None))

        self._run(self._open(world), look)
        yield from lefts
        for number in calls[:: max(1, len(calls) // few) if few else 1]:
            world = self._world()
            self._die(world, number)
            tree = tree_of(world)
            if self._is_new(tree, None):
                yield Left(self._open(world), f"killed at call {number}", None, True)

    def cut(self) -> Iterator[Left]:
        """The power fails at each call that changes the disk, and when all is done."""
        world = self._world()
        synced = Synced(world)
        made: list[tuple[str, tuple[Any, ...]]] = []
        lefts: list[Left] = []

        def fail(number: int, name: str, args: tuple[Any, ...]) -> None:
            if made:
                synced.saw(*made.pop())
            if name not in LOOKING:
                made.append((name, args))
                lefts.extend(self._powerless(synced, f"power cut at call {number}, {name}", None))

        self._run(self._open(world), fail)
        if made:
            synced.saw(*made.pop())
        lefts.extend(self._powerless(synced, "power cut at the end", True))
        synced.close()
        return iter(lefts)

    def refused(self, errors: Sequence[int], few: int = 0) -> Iterator[Left]:
        """Each call is refused once, with one of these errors in turn, and the same process goes on.

        `few` is of how many calls that change nothing; 0 for all.
        """
        calls = self.whole()[1]
        looks = sum(name in LOOKING for name in calls)
        every = max(1, looks // few) if few else 1
        for number, name in enumerate(calls):
            if name in LOOKING and number % every:
                continue
            if name not in NEVER_REFUSED:
                world = self._world()
                store = self._open(world)
                error = errors[number % len(errors)]
                how = f"{errno.errorcode[error]} at call {number}, {name}"
                acknowledged = True
                try:
                    self._run(store, refusing(number, error))
                except Unwritable:
                    acknowledged = False
                yield Left(store, how, acknowledged, self._is_new(tree_of(world), acknowledged))

    def _world(self) -> Path:
        return shutil.copytree(self._given, self._next())

    def _next(self) -> Path:
        self._count += 1
        return self._place / str(self._count)

    def _open(self, world: Path) -> Store:
        return self._opened(str(world / "book"))

    def _run(self, store: Store, before: Call) -> None:
        """Run the operation; what is random comes to the same each time."""
        with pytest.MonkeyPatch.context() as patch, watched(before):
            patch.setattr(os, "urandom", random.Random(7).randbytes)
            self._act(store)

    def _die(self, world: Path, stop: int) -> None:
        def die(number: int, name: str, args: tuple[Any, ...]) -> None:
            if number == stop:
                half_written(name, args)
                os._exit(_KILLED)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking where there are threads
            child = os.fork()
        if not child:
            try:
                self._run(self._open(world), die)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == _KILLED

    def _powerless(self, synced: Synced, how: str, acknowledged: bool | None) -> Iterator[Left]:
        lost = synced.lost()
        single = [[name] for name in lost] if len(lost) > 1 else []
        for names in ([], lost, *single):
            for data in (False, True):
                told = ", ".join(name for _folder, name in names) or "none"
                what = f"{how}: names {told}, {'with' if data else 'without'} bytes"
                yield from self._left(synced.left(names, data=data), what, acknowledged)

    def _left(self, tree: Tree, how: str, acknowledged: bool | None) -> Iterator[Left]:
        """A book of these files, where they were not there before."""
        if self._is_new(tree, acknowledged):
            yield Left(self._open(self._make(tree)), how, acknowledged, True)

    def _make(self, tree: Tree) -> Path:
        world = self._next()
        for name, data in tree.items():
            if data is None:
                (world / name).mkdir(files.FOLDER_MODE)
            else:
                (world / name).write_bytes(data)
                (world / name).chmod(files.FILE_MODE)
        return world

    def _is_new(self, tree: Tree, acknowledged: bool | None) -> bool:
        sign = digest(tree), acknowledged
        seen = sign in self._seen
        self._seen.add(sign)
        return not seen


def half_written(name: str, args: tuple[Any, ...]) -> None:
    """Where a call is a write, make the half of it."""
    if name == "write":
        fd, data, offset = args
        os.pwrite(fd, data[: len(data) // 2], offset)


def refusing(at: int, error: int) -> Call:
    """Refuses one call; of a write, when half of it is done."""

    def refuse(number: int, name: str, args: tuple[Any, ...]) -> None:
        if number == at:
            half_written(name, args)
            raise OSError(error, os.strerror(error))

    return refuse
