"""Progress: how far a long work has come. Whoever does it counts; whoever waits looks on, and may stop it.

It is looked at and never calls anybody, so that what works knows nothing of screens, threads and clocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from kam_tui.domain.errors import Stopped
from kam_tui.i18n import _

T = TypeVar("T")


class Progress:
    """One long work. It may be looked at, and stopped, by another thread than the one that does it."""

    def __init__(self) -> None:
        self.stage = ""
        """What is being done, in words; empty before anything is."""
        self.done = 0
        """How many steps of the stage are done."""
        self.total = 0
        """How many steps the stage has; 0 where nobody knows."""
        self.is_last = False
        """Whether it can no longer be stopped: what is left is done whole."""
        self.is_stopped = False
        """Whether somebody wants it stopped: it will be at its next step."""

    def begin(self, stage: str, total: int = 0) -> None:
        """A stage begins. Raises Stopped."""
        self.total = 0  # never more than all of it is done, whenever somebody looks
        self.stage, self.done = stage, 0
        self.total = total
        self._go_on()

    def step(self) -> None:
        """A step of the stage is done. Raises Stopped."""
        self.done += 1
        self._go_on()

    def over(self, stage: str, items: Iterable[T], total: int) -> Iterator[T]:
        """The items, each of them a step of a stage. Raises Stopped."""
        self.begin(stage, total)
        for each in items:
            yield each
            self.step()

    def begin_last(self, stage: str) -> None:
        """The stage begins that is done whole, whoever wants it stopped from now on. Raises Stopped."""
        self.is_last = True  # before the look: whoever is told that it stops can rely on that
        self.begin(stage)

    def stop(self) -> bool:
        """Have it stopped at its next step. False where it is too late for that."""
        if not self.is_last:
            self.is_stopped = True
        return not self.is_last  # it may have come to that meanwhile

    @property
    def told(self) -> str:
        """How far it is, in words; empty before it begins."""
        stage, done, total = self.stage, self.done, self.total
        if total:
            percent = min(100, done * 100 // total)
            return _("{stage}: {done} of {total}, {percent} %").format(
                stage=stage, done=done, total=total, percent=percent
            )
        if done:
            return _("{stage}: {done}").format(stage=stage, done=done)
        return f"{stage} …" if stage else ""

    def _go_on(self) -> None:
        if self.is_stopped:
            raise Stopped
