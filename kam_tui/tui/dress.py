"""Dress: how the app looks in this terminal: its theme, no colours where none are wanted, plain signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.filter import LineFilter, NoColor

from kam_tui.tui import themes
from kam_tui.tui.terminal import SerialKeys

PLAIN_SIGNS = str.maketrans(
    "╭╮╰╯…–—“”„‘’☏◆◇▭↗☆★▸◂⇢€●○▔▁▂▃▅▆▇▏▎▍▊▋▉▕✓✗▽",
    '┌┐└┘~--"""\'\'T♦o▬^*☼►◄→E•o▀▄▄▄███▌▌▌███▐√x▼',
) | {ord("🔎"): "  "}
"""What kam draws with, in signs that the font of the plain Linux console has as well (code page 437)."""


class PlainSigns(LineFilter):
    """Draws with the signs of the plain Linux console."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same line in plain signs."""
        return [
            segment if segment.text.isascii() else segment._replace(text=segment.text.translate(PLAIN_SIGNS))
            for segment in segments
        ]


class Sheet(Stylesheet):
    """The rules of all screens, each read once: Textual reads all anew for each new kind of screen."""

    def reparse(self) -> None:
        """Read what is new, or all of it in other colours. Raises StylesheetError."""
        self.parse()


class Dressed(SerialKeys):
    """An app in one of kam's themes, in what the terminal can show."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """`environment` tells what the terminal can show; nothing, where there is none."""
        self.environment = dict(environment or {})
        super().__init__()
        self.stylesheet = Sheet()
        self._worn: list[LineFilter] = [NoColor()] if self.environment.get("NO_COLOR") else []
        if self.environment.get("TERM") == "linux":
            self._worn.append(PlainSigns())
        for theme in themes.OWN:
            self.register_theme(theme)

    def wear(self, wanted: str) -> None:
        """Take a theme, as the setting `theme` names it."""
        self.theme = themes.theme_for(wanted, self.environment)

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; none before one is worn, as nobody asks for those of Textual's own."""
        variables = super().get_css_variables() if hasattr(self, "stylesheet") else {}
        return variables if themes.has_colours_to_mix(self.environment) else themes.of_the_table(variables)

    def refresh_css(self, animate: bool = True) -> None:
        """Use the colours of the theme. Before there is a screen nothing is read anew: it is read with it."""
        if self._screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own names of colours, for themes that do not know them."""
        return themes.stand_ins(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to each line last: without colours, there are not even shades of grey."""
        return [*super().get_line_filters(), *self._worn]
