"""The two lines around every screen: the places above, the keys below. Each is one widget and one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from kam_tui.domain.dates.when import show_day
from kam_tui.i18n import _, ngettext
from kam_tui.tui.commands import BY_ID
from kam_tui.tui.key_names import NO_KEY, show_key
from kam_tui.tui.keymap import Keymap
from kam_tui.tui.messages import Open

MAIN_PLACES = ("today", "accounts", "people", "agenda", "history", "portfolio")
"""The places that have a number."""


HELP = "everywhere.help"
"""The command that shows every key."""

BACK, QUIT = "everywhere.back", "everywhere.quit"
"""The ways out: on the first screen there is nothing to go back to, from another one goes back."""


class Bar(Widget):
    """One line of parts that can be clicked."""

    DEFAULT_CSS = "Bar { height: 1; background: $panel; color: $foreground; }"

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[int, int, Callable[[], object]]] = []

    def line_up(self, parts: list[tuple[Content, Callable[[], object]]], gap: int) -> Content:
        """The parts in a row, each remembering what a click on it does."""
        self._parts = []
        line, at = [Content(" ")], 1
        for content, act in parts:
            self._parts.append((at, at + content.cell_length, act))
            line += [content, Content(" " * gap)]
            at += content.cell_length + gap
        return Content("").join(line)

    def on_click(self, event: events.Click) -> None:
        """Do what the part under the pointer does."""
        for start, end, act in self._parts:
            if start <= event.x < end:
                act()


class PlaceBar(Bar):
    """The name of the program, the places with their numbers, and the day."""

    day: reactive[date | None] = reactive(None)
    marked: reactive[int] = reactive(0)

    def __init__(self, place: str, keymap: Callable[[], Keymap]) -> None:
        super().__init__()
        self.place = place
        self.keymap = keymap

    def _places(self, gap: int, named: int) -> Content:
        """The name of the program and the places: so many of the first, and the one where one is, with their
        names, the others with their number alone."""
        parts: list[tuple[Content, Callable[[], object]]] = [
            (Content.styled(self.app.title, "bold $accent"), lambda: self.post_message(Open("today")))
        ]
        for at, place in enumerate(MAIN_PLACES):
            command = BY_ID[f"everywhere.{place}"]
            here = place == self.place
            content = Content.styled(self.keymap().first(command.id), "$quiet")
            if here or at < named:
                name = Content.styled(_(command.title), "bold $primary underline" if here else "$foreground")
                content = Content(" ").join([content, name])
            parts.append((content, self._opener(place)))
        return self.line_up(parts, gap)

    def render(self) -> Content:
        """The line as it is now; where it is narrow, without the year, the day, the last places' names."""
        days = [show_day(self.day), show_day(self.day, self.day), ""] if self.day else [""]
        for named, told, gap in product(range(len(MAIN_PLACES), -1, -1), days, (2, 1)):
            line = self._places(gap, named)
            if line.cell_length - gap + (cell_len(told) + 2 if told else 0) <= self.size.width:
                break
        look = "$quiet"
        if self.marked:
            key, look = self.keymap().first("marks.bulk"), "bold $primary"
            told = ngettext("{count} marked", "{count} marked", self.marked).format(count=self.marked)
            told = _("{marked}, then {key}").format(marked=told, key=key) if key else told
            line = line.truncate(max(0, self.size.width - cell_len(told) - 3), ellipsis=True)
        space = self.size.width - line.cell_length - cell_len(told) - 1
        return Content.assemble(line, " " * space, (told, look)) if told and space >= 0 else line

    def _opener(self, place: str) -> Callable[[], object]:
        return lambda: self.post_message(Open(place))


class KeyBar(Bar):
    """The keys that do something here, the most useful first, as many as fit; and always that of the help,
    which leads to all others."""

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """The line as it is now."""
        told = [(self._told(binding), binding) for binding in self._ranked()]
        while sum(content.cell_length + 2 for content, _binding in told) > self.size.width:
            spare = [at for at, (_content, binding) in enumerate(told) if binding.id != HELP]
            if not spare:
                break
            del told[spare[-1]]
        return self.line_up([(content, self._presser(binding.key)) for content, binding in told], 2)

    def _told(self, binding: Binding) -> Content:
        key, title = show_key(binding.key), _(binding.description)
        return Content.assemble((key, "bold $primary"), " ", (title, "$foreground"))

    def _ranked(self) -> list[Binding]:
        focused = self.screen.focused
        other_way = BACK if self.screen is self.app.screen_stack[0] else QUIT
        shown = {
            active.binding.id: active.binding
            for active in reversed(self.screen.active_bindings.values())
            if active.binding.show
            and active.binding.id in BY_ID
            and not active.binding.key.startswith(NO_KEY)
            and active.binding.id != other_way
            and not (focused and _is_typed_into(focused, active.binding.key))
        }
        return sorted(shown.values(), key=lambda binding: BY_ID[binding.id or ""].rank)

    def _presser(self, key: str) -> Callable[[], object]:
        return lambda: self.app.simulate_key(key)


def _is_typed_into(widget: Widget, key: str) -> bool:
    """Whether a key would be a letter in this widget, and no command."""
    name = show_key(key)
    return widget.check_consume_key(key, name if len(name) == 1 else None)
