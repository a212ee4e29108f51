"""Drivers: how the app takes a terminal of Unix over, and gives it back; faults of Textual 8.2 mended.

* The thread that reads the keys looks up only every 100 ms, so leaving takes twice that: it is woken.
* A terminal that is gone, as when its window is closed, ends that thread and the one that writes, with the
  program still there: it is told to leave in order.
* Half of a letter that comes alone, as over a slow line, counts as the end of all that is typed.
* The size is read in the handler of a signal, which the next one may interrupt: the older size is told last,
  and stays.
* Under a line of the shell, another size wipes away all of the screen, and so what the person did before.
* Who is stopped and let go on by another program takes the terminal over twice, and never ends.

All of it uses private parts of Textual; the tests fail when those change.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from threading import Event
from typing import IO, Any

from textual import events
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.drivers.linux_inline_driver import LinuxInlineDriver
from textual.geometry import Offset, Size
from textual.message import Message

from kam_tui.tui.keyboard import Keyboard

TICK = 0.1
"""Seconds after which a lone escape character counts as the key, as in Textual."""


class Output:
    """What is written to a terminal; goes nowhere, and nobody is told, once that is gone."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        """Write a text."""
        try:
            self._file.write(text)
        except OSError:
            self._give_up()

    def flush(self) -> None:
        """Have it on the screen."""
        try:
            self._file.flush()
        except OSError:
            self._give_up()

    def _give_up(self) -> None:
        """Write into the void from now on: what is left unwritten would make Python fail when it ends."""
        void = os.open(os.devnull, os.O_WRONLY)
        os.dup2(void, self.fileno())
        os.close(void)


class _Prompt(Driver):
    """A driver that reads keys until it is woken, by a byte in a pipe."""

    fileno: int
    exit_event: Event
    _file: Any
    _wake: tuple[int, int] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file = Output(self._file)

    def start_application_mode(self) -> None:
        """Take the terminal over; the pipe is new each time, as the app may suspend and come back."""
        self._wake = os.pipe()
        super().start_application_mode()  # type: ignore[safe-super]

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        if self._wake is not None:
            os.write(self._wake[1], b"\0")
        super().disable_input()  # type: ignore[safe-super]
        for end in self._wake or ():
            os.close(end)
        self._wake = None

    def run_input_thread(self) -> None:
        """Read keys until told to stop. What tells an escape key from a sequence is the time passing."""
        assert self._wake is not None
        wake = self._wake[0]
        parser = Keyboard(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(wake, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                for key, _events in selector.select(TICK):
                    if key.fd == wake:
                        self.exit_event.wait(1)
                        continue
                    typed = self._typed()
                    if not typed:
                        signal.raise_signal(signal.SIGTERM)  # as `leave_when_told` has it
                        return
                    self._hand_on(parser.feed(text) if (text := decode(typed)) else ())
                self._hand_on(parser.tick())

    def _typed(self) -> bytes:
        """What has been typed; nothing, where the terminal is gone."""
        with suppress(OSError):
            return os.read(self.fileno, 4096)
        return b""

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


class PromptDriver(_Prompt, LinuxDriver):
    """The driver of the whole screen."""

    def start_application_mode(self) -> None:
        """Take the terminal over, also from somebody who has stopped kam and let it go on, without a word to
        it: it reads the keys still."""
        before = None
        if self._wake is not None:
            before = self.attrs_before
            self.disable_input()
        super().start_application_mode()
        if before is not None:
            self.attrs_before = before
        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGWINCH, lambda *_: loop.call_soon_threadsafe(self.tell_size))

    def tell_size(self) -> None:
        """Tell the app the size as it is now. Not for the handler of a signal: another one may interrupt
        that while it reads the size, and the older size would be told last, and stay."""
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))


class InlineDriver(_Prompt, LinuxInlineDriver):
    """The driver of a few lines under the prompt of the shell."""

    def start_application_mode(self) -> None:
        """Take the terminal over; of another size, only the lines themselves are wiped away."""
        super().start_application_mode()
        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGWINCH, lambda *_: loop.call_soon_threadsafe(self.tell_size))

    def tell_size(self) -> None:
        """Tell the app the size as it is now, to draw its lines anew where the first of them stands.

        A terminal that has become narrower breaks lines in two, as most do, and takes the cursor along.
        """
        size = Size(*self._get_terminal_size())
        x, y = self._app._previous_cursor_position
        broken = -(-self._app.size.width // size.width)
        above = y * broken + (x // size.width)
        self.write((f"\x1b[{above}A" if above else "") + "\r\x1b[J")
        self._app._previous_cursor_position = Offset()
        self._app.post_message(events.Resize(size, size))

    def process_message(self, message: Message) -> None:
        """Where the cursor is, is for the driver itself; all else is for the app."""
        if isinstance(message, events.CursorPosition):
            self.cursor_origin = (message.x, message.y)
        else:
            super().process_message(message)
