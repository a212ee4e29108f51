"""The terminal under the app: faults of Textual 8.2 mended, each held by a test in a real pty.

* Exported COLUMNS and LINES freeze the size that the terminal had when they were exported.
* What another size in between has wiped away is not painted again.
* A click beside what the screen is by now leaves nothing in use.
* A key is handed to what has the focus when the key is read, so keys that arrive in one read, or
  before the first paint, go to the wrong widget and are lost.
* On the way out the screen is drawn again and again while its parts are taken down.
* While the app or a screen starts, whole frames are made that nobody is ever shown, and a screen that another
  one covers is laid out with it.

All but the first mend use private parts of Textual; the tests fail when those change. See `drivers` as well.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from kam_tui.domain.text import harmless
from kam_tui.tui.repaint import SparingApp

CALM = 3
"""How many turns of the loop nothing may happen before the app counts as settled."""

PATIENCE = 1.0
"""Seconds that a key waits for the one before it; after that it goes on regardless."""

NEW_LINE = "ctrl+j"
"""What Enter is in a terminal that nobody has taken over yet."""

TURN = 0.02
"""Seconds that a turn of the loop counts at most, however long it takes."""

LOOK = 0.005
"""Seconds between two looks whether a key that is held back may go on."""

START_UP = 10.0
"""Seconds that the first key waits for the first paint."""


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

    async def _on_resize(self, event: events.Resize) -> None:
        """Another size in between, to which nothing was drawn, has wiped away what stood there."""
        if event.size == self._compositor.size:
            self.refresh()

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
        if isinstance(event, events.MouseEvent) and self._misses(event):
            return
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or event is self._passing:
            if isinstance(event, events.Resize) and event.size == self.size and self._dom_ready:
                self.screen.refresh()  # another size in between, or another screen: what stood there is gone
            await super().on_event(event)
            return
        if isinstance(event, events.Key) and event.key == NEW_LINE:
            event = events.Key("enter", "\r")
        if isinstance(event, events.Paste):
            event = events.Paste(harmless(event.text))
        if isinstance(event, events.Key) and self.overtakes(event):
            self._overtaker = event
        self._typed.put_nowait(event)
        if self._typist is None:
            self._typist = asyncio.create_task(self._hand_on(), name="typist")

    def _misses(self, event: events.MouseEvent) -> bool:
        """Whether it is beside the screen, which was larger a moment ago: Textual has nothing in use then."""
        return self.mouse_captured is None and not self.size.region.contains_point(event.screen_offset)

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
        calm, last = 0, loop.time()
        while calm < CALM and patience > 0:
            await asyncio.sleep(0 if calm else 0.0005)
            calm = 0 if self._is_unsettled() else calm + 1
            # While the loop does not turn, as when a screen is loaded for the first time, the app is at work.
            now = loop.time()
            patience -= min(now - last, TURN)
            last = now

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


def prompt_driver(platform: type[Driver]) -> type[Driver]:
    """The driver that leaves at once in place of the one it mends; any other as it is."""
    if sys.platform == "win32":
        return platform
    from textual.drivers.linux_driver import LinuxDriver

    from kam_tui.tui.drivers import PromptDriver

    return PromptDriver if platform is LinuxDriver else platform
