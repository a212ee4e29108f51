"""A real terminal for tests: a program in a pty, its screen kept by the emulator pyte.

Wait for what the screen shows, never for time to pass.
"""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

import pyte

KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "enter": "\r", "escape": "\x1b",
    "tab": "\t", "backspace": "\x7f", "ctrl+p": "\x10", "ctrl+c": "\x03", "pagedown": "\x1b[6~",
}  # fmt: skip
"""Names of keys to what a terminal sends for them; anything else is sent as it is."""

PATIENCE = 20.0
"""Seconds until a test gives up waiting."""


class Terminal:
    """One program in one pty. `with Terminal([...]) as terminal: terminal.wait_for("Today")`."""

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str] | None = None, size: tuple[int, int] = (80, 24)
    ) -> None:
        self.output = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._status: int | None = None
        # Exported sizes would freeze a program's idea of its terminal, and pytest's readline exports them.
        world = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "TMUX")}
        world |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self._pid, self._fd = pty.fork()
        if self._pid == 0:  # pragma: no cover - the child
            os.execvpe(argv[0], list(argv), world)
        self.resize(*size)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._fd)

    def resize(self, columns: int, lines: int) -> None:
        """Another size, as when a person drags the window."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._screen.resize(lines, columns)

    def press(self, *keys: str) -> None:
        """Send keys, all in one write, as a fast typist or a paste does."""
        os.write(self._fd, "".join(KEYS.get(key, key) for key in keys).encode())

    @property
    def text(self) -> str:
        """What the screen shows now, line by line, without trailing spaces."""
        self._take(0)
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, pattern: str, patience: float = PATIENCE) -> str:
        """The screen as soon as it shows the regular expression."""
        return self._wait(lambda text: re.search(pattern, text) is not None, f"to show {pattern!r}", patience)

    def wait_gone(self, pattern: str, patience: float = PATIENCE) -> str:
        """The screen as soon as it no longer shows the regular expression."""
        return self._wait(lambda text: not re.search(pattern, text), f"to stop showing {pattern!r}", patience)

    def wait_exit(self, patience: float = PATIENCE) -> int:
        """The exit code, once the program has ended."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            self._take(0.02)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._take(0)
                self._status = os.waitstatus_to_exitcode(status)
                return self._status
        raise AssertionError(f"the program did not end in {patience} s:\n{self.text}")

    def _wait(self, shows: object, what: str, patience: float) -> str:
        assert callable(shows)
        end = time.monotonic() + patience
        while time.monotonic() < end:
            text = self.text
            if shows(text):
                return text
            self._take(0.05)
        raise AssertionError(f"waited {patience} s for the screen {what}:\n{self.text}")

    def _take(self, patience: float) -> None:
        while select.select([self._fd], [], [], patience)[0]:
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # the other end is closed
                return
            if not data:
                return
            self.output += data
            self._stream.feed(self._decoder.decode(data))
            patience = 0
