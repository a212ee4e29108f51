"""A program in a real terminal: a pty whose screen is kept by an emulator."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte
from rich.cells import cell_len

PATIENCE = 15.0
"""Seconds after which what was waited for will not come any more; far more than it ever takes."""


class Terminal:
    """A running program, what it has drawn, and its keyboard."""

    def __init__(self, argv: Sequence[str], size: tuple[int, int] = (80, 24), **env: str) -> None:
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.output = b""
        self.exit_code: int | None = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            _become(argv, {**os.environ, "TERM": "xterm-256color", **env})
        self._set_size(size)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    @property
    def text(self) -> str:
        """What is seen; pyte's own `display` stumbles over half of a wide character that was drawn over."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        lines = ([row[x].data for x in range(self.screen.columns)] for row in rows)
        return "\n".join(
            "".join(map(_seen, cells, ["x", *cells], [*cells[1:], "x"])).rstrip() for cells in lines
        )

    @property
    def shown(self) -> list[list[object]]:
        """Every cell as a person sees it."""
        rows = [self.screen.buffer[y] for y in range(self.screen.lines)]
        return [[look(row[x]) for x in range(self.screen.columns)] for row in rows]

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def resize(self, size: tuple[int, int], *, blank: bool = False) -> None:
        """Another size; a `blank` one shows nothing of what was drawn before."""
        self.screen.resize(size[1], size[0])
        if blank:
            self.screen.erase_in_display(2)
        self._set_size(size)
        os.kill(self.pid, signal.SIGWINCH)

    def type(self, keys: str) -> None:
        """All of it in one write, as a paste or a slow line brings it."""
        os.write(self.fd, keys.encode())

    def _read(self, seconds: float) -> bool:
        ready, _w, _x = select.select([self.fd], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.output += data
        self.stream.feed(data)
        return bool(data)

    def wait_for(self, words: str) -> None:
        self.wait_until(lambda text: words in text, repr(words))

    def wait_until(self, holds: Callable[[str], object], told: str) -> None:
        """Until something holds of what is seen."""
        deadline = time.monotonic() + PATIENCE
        while not holds(self.text):
            assert time.monotonic() < deadline, f"{told} never came:\n{self.text}"
            assert self._read(0.05) or holds(self.text), f"the program ended:\n{self.text}"

    def wait_for_silence(self) -> None:
        """Until nothing more is drawn."""
        while select.select([self.fd], [], [], 0.25)[0] and self._read(0):
            pass

    def wait_for_end(self) -> float:
        """The seconds until the program has ended; what it says on the way is read."""
        begun = time.monotonic()
        while self._read(0.01):
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                break
            assert time.monotonic() - begun < PATIENCE, f"it never ended:\n{self.text}"
        else:
            _pid, status = os.waitpid(self.pid, 0)
        self.exit_code = os.waitstatus_to_exitcode(status)
        return time.monotonic() - begun

    def hang_up(self) -> None:
        """Close its window, and wait until the program has ended."""
        os.close(self.fd)
        self.fd = os.open(os.devnull, os.O_RDWR)
        ending = os.pidfd_open(self.pid)
        assert select.select([ending], [], [], PATIENCE)[0], "it never ended"
        os.close(ending)
        self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def look(cell: pyte.screens.Char) -> object:
    """A cell as a person sees it: of a blank, its colour and what is drawn through it."""
    is_bare = cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse)
    return cell.bg if is_bare else cell


def _seen(cell: str, before: str, after: str) -> str:
    """What a terminal shows of a cell between its neighbours: half of a wide character is a blank."""
    if not cell:
        return "" if cell_len(before) == 2 else " "
    return " " if cell_len(cell) == 2 and after else cell


def _become(argv: Sequence[str], env: Mapping[str, str]) -> None:
    try:
        os.execve(argv[0], list(argv), dict(env))
    finally:
        os._exit(127)
