"""The terminal under the app: faults of Textual 8.2 mended, each held by a test in a real pty.

* Exported COLUMNS and LINES freeze the size that the terminal had when they were exported.
* The size is read in the handler of a signal, which the next one may interrupt: the older size is told last,
  and stays. And what another size in between has wiped away is not painted again.
* Who is stopped and let go on by another program takes the terminal over twice, and never ends.
* A key is handed to what has the focus when the key is read, so keys that arrive in one read, or
  before the first paint, go to the wrong widget and are lost.
* The thread that reads the keys looks up only every 100 ms, so leaving takes twice that; and on
  the way out the screen is drawn again and again while its parts are taken down.
* While the app or a screen starts, whole frames are made that nobody is ever shown, and a screen that another
  one covers is laid out with it.

All but the first mend use private parts of Textual; the tests fail when those change.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from kam_tui.tui.repaint import SparingApp

if TYPE_CHECKING or sys.platform != "win32":
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

CALM = 3
"""How many turns of the loop nothing may happen before the app counts as settled."""

PATIENCE = 1.0
"""Seconds that a key waits for the one before it; after that it goes on regardless."""

NEW_LINE = "ctrl+j"
"""What Enter is in a terminal that nobody has taken over yet."""

LOOK = 0.005
"""Seconds between two looks whether a key that is held back may go on."""

START_UP = 10.0
"""Seconds that the first key waits for the first paint."""


TICK = 0.1
"""Seconds after which a lone escape character counts as the key, as in Textual."""


def trust_the_terminal() -> None:
    """Forget exported COLUMNS and LINES: the terminal itself knows its size, and tells when it changes."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def leave_when_told(leave: Callable[[], object]) -> None:
    """Leave in order when the system ends the program, or the window of the terminal is closed: else the
    terminal is left as the screen had it, and what is there only for a while stays behind."""
    for told in {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
        with suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(told, leave)


class OneFrame(Screen[None]):
    """A screen that makes no frame while none is shown, nor before there is something in it; and one that is
    laid out only where it is seen, and once for the width that it has."""

    _urgent: Widget | None = None
    _was_shown = False

    def on_compose(self) -> None:
        """Know how wide it is before there is anything in it that would have to be dressed anew."""
        points = self.HORIZONTAL_BREAKPOINTS or self.app.HORIZONTAL_BREAKPOINTS or []
        self.add_class(*[name for least, name in points if least <= self.app.size.width][-1:])

    @property
    def is_seen(self) -> bool:
        """Whether nothing but dialogs is before it."""
        stack = self.app.screen_stack
        return next((screen for screen in reversed(stack) if not screen.is_modal), None) is self

    @property
    def is_about_to_show(self) -> bool:
        """Whether what is to be seen is there in a moment; for subclasses to say."""
        return False

    def paint_with(self, widget: Widget) -> None:
        """Paint as soon as a widget has something new to show, and not with the next tick only."""
        self._urgent = widget

    async def _on_idle(self, event: events.Idle) -> None:
        is_due = self._urgent in self._dirty_widgets or (self._urgent and self._layout_required)
        if is_due and self.is_current and not self.app._batch_count:
            self._urgent = None
            self._on_timer_update()
        await super()._on_idle(event)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """What has just been made is dressed already when it is first shown."""
        event.refresh_styles = event.refresh_styles and self._was_shown
        self._was_shown = True

    def _screen_resized(self, size: Size) -> None:
        if self.is_seen and size != self._compositor.size:
            super()._screen_resized(size)

    def _compositor_refresh(self) -> None:
        if self.app._batch_count or self.is_about_to_show:
            self._repaint_required = True
        else:
            super()._compositor_refresh()


class SerialKeys(SparingApp):
    """An app that takes keys and pastes one at a time, each when the one before has had its effect."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()
        self._passing: events.Key | events.Paste | None = None
        self._handing_on = False
        self._overtaker: events.Key | None = None
        self._typist: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether the app is about to change what a key would act on; for subclasses to say."""
        return False

    def holds_back(self, key: events.Key | events.Paste) -> bool:  # noqa: ARG002
        """Whether a key has to wait for something that is not there yet; for subclasses to say."""
        return False

    def overtakes(self, key: events.Key) -> bool:  # noqa: ARG002
        """Whether a key goes before one that is held back, which is forgotten; for subclasses to say."""
        return False

    def keeps(self, key: events.Key | events.Paste) -> bool:  # noqa: ARG002
        """Whether the app itself has taken a key whose turn it is; for subclasses to say."""
        return False

    @property
    def is_quiet(self) -> bool:
        """Whether everything that was typed has had its turn."""
        return self._typed.empty() and not self._handing_on and not self._is_unsettled()

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Leave, without drawing every widget that is taken down on the way."""
        self.batch_update().__enter__()
        super().exit(*args, **kwargs)

    async def on_event(self, event: events.Event) -> None:
        """Queue what is typed; everything else, and what has had its turn, goes on at once."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or event is self._passing:
            if isinstance(event, events.Resize) and event.size == self.size and self._dom_ready:
                self.screen.refresh()  # another size in between, or another screen: what stood there is gone
            await super().on_event(event)
            return
        if isinstance(event, events.Key) and event.key == NEW_LINE:
            event = events.Key("enter", "\r")
        if isinstance(event, events.Key) and self.overtakes(event):
            self._overtaker = event
        self._typed.put_nowait(event)
        if self._typist is None:
            self._typist = asyncio.create_task(self._hand_on(), name="typist")

    async def _hand_on(self) -> None:
        await self._settle(START_UP)
        while self.is_running:
            self._handing_on = False
            key = await self._typed.get()
            self._handing_on = True
            if await self._is_welcome(key) and not self.keeps(key):
                self._passing = key
                self.post_message(key)
                await self._settle(PATIENCE)

    async def _is_welcome(self, key: events.Key | events.Paste) -> bool:
        """Wait while a key is held back; False where another one has overtaken it."""
        if not self.holds_back(key):
            return True
        while self.holds_back(key):
            if self._overtaker is not None:
                self._typed = asyncio.Queue()
                self._typed.put_nowait(self._overtaker)
                self._overtaker = None
                return False
            await asyncio.sleep(LOOK)
        await self._settle(PATIENCE)
        return True

    async def _settle(self, patience: float) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience
        calm = 0
        while calm < CALM and loop.time() < deadline:
            await asyncio.sleep(0 if calm else 0.0005)
            calm = 0 if self._is_unsettled() else calm + 1

    def _is_unsettled(self) -> bool:
        if not self._dom_ready or not self.screen_stack or self.is_busy:
            return True
        screen = self.screen
        if not screen._is_mounted:
            return True
        pumps = [self, *self.screen_stack, *(screen.focused.ancestors_with_self if screen.focused else ())]
        if any(not pump._message_queue.empty() or pump._next_callbacks for pump in pumps):
            return True
        wanted = self.AUTO_FOCUS if screen.AUTO_FOCUS is None else screen.AUTO_FOCUS
        if screen.focused is not None or not wanted:
            return False
        return any(widget.focusable for widget in screen.query(wanted))


if TYPE_CHECKING or sys.platform != "win32":

    class PromptDriver(LinuxDriver):
        """A driver whose reading thread is woken when the app leaves, by a byte in a pipe."""

        _wake: tuple[int, int] | None = None

        def start_application_mode(self) -> None:
            """Take over the terminal; the pipe is new each time, as the app may suspend and come back."""
            before = None
            if self._wake is not None:
                # Somebody has stopped kam and let it go on, without a word to it: it reads the keys still.
                before = self.attrs_before
                self.disable_input()
            self._wake = os.pipe()
            super().start_application_mode()  # type: ignore[no-untyped-call]
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

        def disable_input(self) -> None:
            """Stop reading keys, at once."""
            if self._wake is not None:
                os.write(self._wake[1], b"\0")
            super().disable_input()
            if self._wake is not None:
                for end in self._wake:
                    os.close(end)
                self._wake = None

        def run_input_thread(self) -> None:
            """Read keys until told to stop. What tells an escape key from a sequence is the time passing."""
            assert self._wake is not None
            wake = self._wake[0]
            parser = XTermParser(self._debug)
            decode = getincrementaldecoder("utf-8")("replace").decode
            with selectors.DefaultSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                selector.register(wake, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    for key, _events in selector.select(TICK):
                        if key.fd == wake:
                            self.exit_event.wait(1)
                            continue
                        for message in parser.feed(decode(os.read(self.fileno, 4096))):
                            self.process_message(message)
                    for message in parser.tick():
                        self.process_message(message)


def prompt_driver(platform: type[Driver]) -> type[Driver]:
    """The driver that leaves at once in place of the one it mends; any other as it is."""
    if sys.platform == "win32":
        return platform
    return PromptDriver if platform is LinuxDriver else platform
