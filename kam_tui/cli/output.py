"""Standard output: the only room that writes it. Lines, columns and JSON, cleaned on the way out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kam_tui.domain.frozen import frozen
from kam_tui.domain.text import clean, cut, width_of

STYLES = {"bold": "1", "dim": "2", "late": "31", "now": "33", "mark": "36"}
"""Name of a style to its SGR code (ECMA-48)."""

NARROWEST = 8
"""Cells below which no column is cut."""

Give = Sequence[tuple[int, int]]
"""How a table gives way on a narrow terminal, step by step: a column, and the cells it is cut to; 0
leaves it out."""


@frozen
class Styled:
    """A text and the name of its style."""

    text: str
    """The text."""
    style: str
    """One of `STYLES`; empty for none."""


Part = str | Styled


class Output:
    """What a command says on standard output."""

    def __init__(self, *, as_json: bool = False, color: bool = True) -> None:
        self.as_json = as_json
        """Whether the person asked for JSON: then nothing else is written."""
        if sys.stdout is None:  # closed by whoever started kam: nobody reads
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as kam runs
        self.is_terminal = sys.stdout.isatty()
        """Whether somebody reads along; if not, lines are neither coloured nor cut."""
        self._color = (
            color and self.is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        )

    def line(self, *parts: Part, indent: int = 0) -> None:
        """One line of parts with a space between them."""
        texts = (self._paint(clean(_text(part)), part) for part in parts)
        self._write(" " * indent + " ".join(text for text in texts if text))

    def text(self, text: str, indent: int = 0) -> None:
        """A text of several lines, each as it stands."""
        for line in clean(text, multiline=True).split("\n"):
            self._write(" " * indent + line if line else "")

    def table(self, rows: Iterable[Sequence[Part]], indent: int = 0, give: Give = ()) -> None:
        """Rows in columns; on a terminal they give way, as `give` says, until a row fits on a line."""
        cells = [[Styled(clean(_text(part)), _style(part)) for part in row] for row in rows]
        if not cells:
            return
        wide = [max(width_of(row[i].text) for row in cells) for i in range(len(cells[0]))]
        if self.is_terminal:
            _fit(wide, self.width - indent, give)
        filled = [i for i, width in enumerate(wide) if width]
        for row in cells:
            shown = []
            for i in filled:
                text = cut(row[i].text, wide[i])
                gap = " " * (wide[i] - width_of(text)) if i != filled[-1] else ""
                shown.append(self._paint(text, row[i]) + gap)
            self._write((" " * indent + "  ".join(shown)).rstrip())

    def json(self, value: Any) -> None:
        """A JSON document: UTF-8 as it is, escaped for any other encoding."""
        import json

        self._write(json.dumps(_cleaned(value), ensure_ascii=not _takes_unicode(), indent=2))

    def raw(self, content: bytes) -> None:
        """A file's content, byte for byte."""
        sys.stdout.flush()
        sys.stdout.buffer.write(content)

    def page(self, text: str) -> None:
        """Text of the program itself (a help page), as it is laid out."""
        self._write(text.rstrip("\n"))

    @property
    def width(self) -> int:
        """Cells on a line of the terminal; `$COLUMNS` goes before what the terminal says."""
        columns = os.environ.get("COLUMNS", "")
        if columns.isdecimal() and int(columns):
            return max(20, int(columns))
        try:
            return max(20, os.get_terminal_size(sys.stdout.fileno()).columns)
        except OSError:
            return 80

    def _paint(self, text: str, part: Part) -> str:
        code = STYLES.get(_style(part), "")
        return f"\x1b[{code}m{text}\x1b[0m" if code and text and self._color else text

    def _write(self, text: str) -> None:
        if not _takes_unicode():
            encoding = sys.stdout.encoding
            text = text.encode(encoding, "replace").decode(encoding)
        sys.stdout.write(text + "\n")


def flush() -> None:
    """Hand on what is still buffered; raises BrokenPipeError where nobody reads it."""
    if sys.stdout:
        sys.stdout.flush()


def hush() -> None:
    """Write into the void from now on: whoever read standard output has gone away."""
    void = os.open(os.devnull, os.O_WRONLY)
    os.dup2(void, sys.stdout.fileno())
    os.close(void)


def _fit(wide: list[int], room: int, give: Give) -> None:
    """Make the columns fit, step by step; what was cut too much on the way grows again at the end."""
    natural = list(wide)

    def spare() -> int:
        return room + 2 - sum(width + 2 for width in wide if width)

    taken = []
    for column, least in give:
        if spare() >= 0:
            break
        if wide[column] > least:
            wide[column] = max(least, wide[column] + spare()) if least else 0
            taken.append(column)
    while spare() < 0 and max(wide) > NARROWEST:
        widest = max(range(len(wide)), key=wide.__getitem__)
        wide[widest] = max(NARROWEST, wide[widest] + spare())
    for column in reversed(taken):
        if wide[column]:
            wide[column] = min(natural[column], wide[column] + max(0, spare()))


def _text(part: Part) -> str:
    return part.text if isinstance(part, Styled) else part


def _style(part: Part) -> str:
    return part.style if isinstance(part, Styled) else ""


def _takes_unicode() -> bool:
    return (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf")


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, multiline=True)
    if isinstance(value, Mapping):
        return {clean(str(name)): _cleaned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value
