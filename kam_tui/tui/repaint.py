"""Repaint: a terminal is sent only what changes on it.

Textual sends every line of a part of the screen that may have changed, often twice, though most of what is
there stays. Over a slow line each byte counts. So it is remembered what stands where; of what is painted anew
only the cells that differ go out, and with them as few changes of colour as they need.

What paints all of the screen goes out as a whole: it puts right whatever something else has written there. So
does a piece of a line with signs that not all terminals give the same width, and that line is not relied on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby, islice, repeat
from typing import Any, NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from kam_tui.tui.widgets.steady import steady

_COLUMN = re.compile(r"\S+(?: \S+)*")

NEAR = 8
"""So many cells that stay are sent again rather than passed over: to move the cursor takes as many bytes."""


class Look(NamedTuple):
    """How a cell looks, as the numbers that a terminal is told."""

    attributes: str = ""
    """Bold, underlined and so on."""
    ink: str = ""
    """The colour of the letters; empty for the terminal's own."""
    paper: str = ""
    """The colour behind them."""

    def after(self, before: Look) -> str:
        """What a terminal is told to go on in this look after another one."""
        if self.attributes != before.attributes:
            codes = ["0", *filter(None, self)]
        else:
            codes = [self.ink or "39"] * (self.ink != before.ink)
            codes += [self.paper or "49"] * (self.paper != before.paper)
        return f"\x1b[{';'.join(codes)}m" if codes else ""

    def leaves_blanks(self, other: Look) -> bool:
        """Whether a blank looks the same in both."""
        attributes = {*self.attributes.split(";"), *other.attributes.split(";")}
        return self.paper == other.paper and attributes <= _UNSEEN


PLAIN = Look()

_UNSEEN = {"", "1", "2", "3"}
"""Attributes that do not show on a blank: bold, dim and italic."""


@lru_cache(maxsize=4096)
def look_of(codes: str) -> Look:
    """The look that some codes stand for, as `1;38;5;110;48;5;16`: the same object for the same codes."""
    attributes, ink, paper = [], "", ""
    rest = iter(codes.split(";") if codes else ())
    for code in rest:
        number = int(code)
        if number in (38, 48):
            kind = next(rest)
            code = ";".join((code, kind, *islice(rest, 1 if kind == "5" else 3)))
        if 30 <= number < 40 or 90 <= number < 98:
            ink = "" if number == 39 else code
        elif 40 <= number < 50 or 100 <= number < 108:
            paper = "" if number == 49 else code
        else:
            attributes.append(code)
    return Look(";".join(attributes), ink, paper)


def cells_of(text: str) -> list[str] | None:
    """The cells that a text fills, the second one of a wide sign empty; None where terminals may differ."""
    if text.isascii():
        return list(text) if text.isprintable() else None
    if steady(text) != text:
        return None
    cells: list[str] = []
    for sign in text:
        width = get_character_cell_size(sign)
        if width == 0:
            return None
        cells += (sign,) if width == 1 else (sign, "")
    return cells


class Cells(NamedTuple):
    """Some cells beside each other."""

    signs: list[str]
    looks: list[Look]


class Pen:
    """Writes what a terminal is sent, and remembers in which look that leaves it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._colours = console._color_system or ColorSystem.TRUECOLOR
        self._sent: list[str] = []
        self._look = PLAIN

    def cells(self, strips: Iterable[Strip]) -> Cells | None:
        """The cells of strips beside each other; None where one cannot be relied on."""
        found = Cells([], [])
        for text, style, _control in chain.from_iterable(strips):
            cells = None if style and style.link else cells_of(text)
            if cells is None:
                return None
            found.signs.extend(cells)
            found.looks.extend(repeat(self._look_of(style), len(cells)))
        return found

    def _look_of(self, style: Style | None) -> Look:
        return look_of(Strip.render_ansi(style, self._colours)) if style else PLAIN

    def move(self, x: int, y: int) -> None:
        """Go on at a cell."""
        self._sent.append(f"\x1b[{y + 1};{x + 1}H")

    def put(self, signs: list[str], looks: list[Look]) -> None:
        """Write cells beside each other."""
        at = 0
        for look, alike in groupby(looks):
            end = at + len(list(alike))
            self._write("".join(signs[at:end]), look)
            at = end

    def put_strip(self, strip: Strip, x: int, y: int) -> None:
        """Go to a cell and write a strip there, whatever is in it.

        Of some signs the terminal may think that they are wider, or narrower. What has such signs is written
        over blanks, and all behind it where it belongs, whatever the terminal thinks.
        """
        self.move(x, y)
        doubtful: list[tuple[int, str, Style | None]] = []
        at = x
        for text, style, _control in strip:
            width = cell_len(text)
            is_doubtful = cells_of(text) is None
            self._put(" " * width if is_doubtful else text, style)
            if is_doubtful or doubtful:
                doubtful.append((at, text, style))
            at += width
        for begin, text, style in doubtful:
            for words in _COLUMN.finditer(text):
                self.move(begin + cell_len(text[: words.start()]), y)
                self._put(words[0], style)

    def _put(self, text: str, style: Style | None) -> None:
        if style and style.link:
            self._plain()
            self._sent.append(Strip.render_style(style, text, self._colours))
        else:
            self._write(text, self._look_of(style))

    def _write(self, text: str, look: Look) -> None:
        if look is not self._look and (text.strip(" ") or not look.leaves_blanks(self._look)):
            self._sent.append(look.after(self._look))
            self._look = look
        self._sent.append(text)

    def _plain(self) -> None:
        self._sent.append(PLAIN.after(self._look))
        self._look = PLAIN

    def all(self) -> str:
        """Everything that was written."""
        self._plain()
        return "".join(self._sent)


class Shown:
    """What stands on a terminal, as far as that is known."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Strip] | Cells] = {}
        """Each line that is known; as it was painted, until it is compared with something."""

    def sends(self, update: LayoutUpdate | ChopsUpdate, console: Console) -> str:
        """What a terminal is sent for an update, which stands there from then on."""
        pen = Pen(console)
        if isinstance(update, LayoutUpdate):
            self._put_all(update, pen)
        else:
            for x, y, strip in _pieces(update):
                self._put(x, y, strip, pen)
        return pen.all()

    def _put_all(self, update: LayoutUpdate, pen: Pen) -> None:
        lines = {y: list(strips) for y, strips in enumerate(update.strips, update.region.y)}
        for y, strips in lines.items():
            x = update.region.x
            for strip in strips:
                pen.put_strip(strip, x, y)
                x += strip.cell_length
        self._lines.clear()
        self._lines.update(lines)

    def _put(self, x: int, y: int, strip: Strip, pen: Pen) -> None:
        known, new = self._cells(y, pen), pen.cells([strip])
        if known is None or new is None or not _fits(new, x, known):
            self._lines.pop(y, None)
            pen.put_strip(strip, x, y)
            return
        end = x + len(new.signs)
        for start, stop in _differing(new, Cells(known.signs[x:end], known.looks[x:end])):
            pen.move(x + start, y)
            pen.put(new.signs[start:stop], new.looks[start:stop])
        known.signs[x:end], known.looks[x:end] = new.signs, new.looks

    def _cells(self, y: int, pen: Pen) -> Cells | None:
        line = self._lines.get(y)
        if isinstance(line, list):
            line = pen.cells(line)
            if line is not None:
                self._lines[y] = line
        return line


def _fits(new: Cells, x: int, known: Cells) -> bool:
    """Whether some cells stand in a line, and cut no wide sign of it in two."""
    end = x + len(new.signs)
    return end <= len(known.signs) and "" not in known.signs[x : x + 1] + known.signs[end : end + 1]


def _differing(new: Cells, old: Cells) -> list[list[int]]:
    """Where cells differ from those before, each from and up to; what is near together as one."""
    runs: list[list[int]] = []
    if new == old:
        return runs
    for at, (sign, look) in enumerate(zip(*new, strict=True)):
        if sign != old.signs[at] or look is not old.looks[at]:
            if not runs or at - runs[-1][1] > NEAR:
                runs.append([at, at])
            runs[-1][1] = at + 1
    return runs


def _pieces(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Where the pieces of a partial paint stand, cut off where Textual cuts them."""
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= right and end > left:
                yield (
                    x,
                    y,
                    strip if left <= x < right and end <= right else strip.crop(0, min(end, right) - x),
                )


class Repaint(CompositorUpdate):
    """An update of which only what changes is sent."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, shown: Shown) -> None:
        self._update = update
        self._shown = shown

    def render_segments(self, console: Console) -> str:
        """What is sent. It is asked for once, when it is."""
        return self._shown.sends(self._update, console)


class SparingApp(App[Any]):
    """An app that sends a terminal only what changes on it."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = Shown()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            renderable = Repaint(renderable, self._shown)
        super()._display(screen, renderable)
