"""Month: the days of a month in weeks, each with how much is on it; keys and mouse move from day to day.

A day says its state in signs, never by its colour alone: see `day_note`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, timedelta
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from kam_tui.domain.dates.words import SHORT_WEEKDAYS
from kam_tui.i18n import _
from kam_tui.tui.commands import MONTH, bindings
from kam_tui.tui.widgets.columns import fit
from kam_tui.tui.widgets.day_note import LOOKS, SIGNS, DayNote

TODAY_SIGN, HOLIDAY_SIGN = "◂", "°"

WEEKS = 6
"""Rows of weeks: as many as a month can touch, so that nothing moves when another month is shown."""

NUMBER = 4
"""Cells for the number of the week."""

AROUND = 8
"""Lines of the screen that a month never has, however high it is: bars, headline, and what is said."""

CURSOR = "▌"


class Month(Widget, can_focus=True):
    """One month, with one of its days picked."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MONTH)]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"month--{name}" for name in ("cursor", "idle", "title", "today", "other", "dim", *LOOKS.values())
    }

    DEFAULT_CSS = """
    Month {
        height: 1fr;
        & > .month--cursor { background: $cursor; text-style: bold; }
        & > .month--idle { background: $cursor-idle; }
        & > .month--title { color: $primary; text-style: bold; }
        & > .month--today { text-style: bold underline; }
        & > .month--other { color: $quiet; text-style: dim; }
        & > .month--dim { color: $quiet; }
        & > .month--late { color: $late; }
        & > .month--soon { color: $soon; }
        & > .month--key { color: $key-account; }
    }
    """

    picked: var[date] = var(date.min, init=False)
    """The day that is picked."""

    class About(Message):
        """What a month tells of one of its days."""

        def __init__(self, month: Month, day: date) -> None:
            super().__init__()
            self.month = month
            self.day = day
            """The day."""

        @property
        def control(self) -> Month:
            """The month."""
            return self.month

    class Moved(About):
        """Another day is picked."""

    class Opened(About):
        """A person wants to see the day's lines: Enter, or a double click."""

    def __init__(self, *, sunday_first: bool = False) -> None:
        super().__init__()
        self.sunday_first = sunday_first
        """Whether a week begins with Sunday."""
        self.today = date.min
        self.notes: Mapping[date, DayNote] = {}
        self.holidays: Container[date] = frozenset()

    @property
    def first(self) -> date:
        """The first day that is shown: the beginning of the week of the first of the month."""
        begin = self.picked.replace(day=1)
        return begin - timedelta(days=(begin.weekday() + self.sunday_first) % 7)

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return self.first + timedelta(days=7 * WEEKS - 1)

    def show(self, today: date, notes: Mapping[date, DayNote], holidays: Container[date]) -> None:
        """Show what is on the days."""
        if (today, notes, holidays) != (self.today, self.notes, self.holidays):
            self.today, self.notes, self.holidays = today, notes, holidays
            self.refresh()

    def watch_picked(self, old: date, new: date) -> None:
        """Draw the two days anew, or the month where it is another one."""
        if (old.year, old.month) == (new.year, new.month):
            for day in (old, new):
                self.refresh(self._region(day))
        else:
            self.refresh()
        self.post_message(self.Moved(self, new))

    @property
    def _widths(self) -> list[int]:
        """Cells of the seven days; what does not go up is shared out from the left."""
        room = max(7, self.size.width - NUMBER)
        return [room // 7 + (each < room % 7) for each in range(7)]

    @property
    def _height(self) -> int:
        """Lines of a day: the same whether something is said below the month or not."""
        height = min(self.size.height, self.screen.size.height - AROUND)
        return max(1, (height - 1) // WEEKS)

    def _region(self, day: date) -> Region:
        at = (day - self.first).days
        widths = self._widths
        left = NUMBER + sum(widths[: at % 7])
        return Region(left, 1 + at // 7 * self._height, widths[at % 7], self._height)

    def render_line(self, y: int) -> Strip:
        """One line as it is on the screen."""
        base, width = self.rich_style, self.size.width
        if self.picked == date.min:
            return Strip.blank(width, base)
        week, line = divmod(y - 1, self._height)
        if y == 0:
            segments = self._weekdays(base)
        elif week < WEEKS:
            start = self.first + timedelta(days=7 * week)
            segments = [Segment(self._week_number(start, line), base + self._look("dim"))]
            for at, cells in enumerate(self._widths):
                segments += self._day_line(start + timedelta(days=at), line, cells, base)
        else:
            segments = []
        return Strip(segments).adjust_cell_length(width, base)

    def _weekdays(self, base: Style) -> list[Segment]:
        order = (6, 0, 1, 2, 3, 4, 5) if self.sunday_first else range(7)
        style = base + self._look("title")
        names = (
            fit(f" {_(SHORT_WEEKDAYS[day])}", cells) for day, cells in zip(order, self._widths, strict=True)
        )
        return [Segment(" " * NUMBER, style), *(Segment(name, style) for name in names)]

    def _week_number(self, start: date, line: int) -> str:
        """The number of the week that its Thursday is in, as ISO 8601 counts."""
        thursday = start + timedelta(days=4 if self.sunday_first else 3)
        return fit(f"{thursday.isocalendar().week:>3}" if line == 0 else "", NUMBER)

    def _day_line(self, day: date, line: int, cells: int, base: Style) -> list[Segment]:
        here = day == self.picked
        if here:
            base += self._look("cursor" if self.has_focus else "idle")
        note = self.notes.get(day)
        if line:
            told = note.lines[line - 1] if note and line <= len(note.lines) else ""
            return [Segment(fit(f" {fit(told, max(0, cells - 2))}", cells), base + self._look("dim"))]
        number = base
        if day.month != self.picked.month:
            number += self._look("other")
        elif day.weekday() >= 5 or day in self.holidays:
            number += self._look("dim")
        if day == self.today:
            number += self._look("today")
        flag = TODAY_SIGN if day == self.today else HOLIDAY_SIGN if day in self.holidays else " "
        said = f"{SIGNS[note.mark]}{note.count}" if note else ""
        also = "".join(SIGNS[each] for each in note.also) if note else ""
        style = base + self._look(LOOKS[note.mark]) if note else base
        mark = CURSOR if here and self.has_focus else " "
        segments = [
            Segment(mark, base + self._look("title")),
            Segment(f"{day.day:>2}", number),
            Segment(flag, base),
            Segment(said, style),
            Segment(also, base + self._look("dim")),
        ]
        return list(Strip(segments).adjust_cell_length(cells, base))

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"month--{name}", partial=True)

    def action_go(self, days: int) -> None:
        """So many days on, or back."""
        self._pick(self.picked.toordinal() + days)

    def action_turn(self, months: int) -> None:
        """So many months on, or back: the same day of it, else its last."""
        at = self.picked.year * 12 + self.picked.month - 1 + months
        year, month = divmod(at, 12)
        if 1 < year < 9998:
            following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
            self._pick(
                min(following.toordinal() - 1, date(year, month + 1, 1).toordinal() + self.picked.day - 1)
            )

    def action_today(self) -> None:
        """Back to today."""
        self._pick(self.today.toordinal())

    def action_lines(self) -> None:
        """Go to what is on the picked day."""
        self.post_message(self.Opened(self, self.picked))

    def _pick(self, ordinal: int) -> None:
        # The weeks around the first and the last year there are would run out of the calendar.
        if date(2, 1, 1).toordinal() <= ordinal < date(9998, 1, 1).toordinal():
            self.picked = date.fromordinal(ordinal)

    def on_click(self, event: events.Click) -> None:
        """Pick the day under the pointer; a second click opens it."""
        week = (event.y - 1) // self._height
        if not 0 <= week < WEEKS or event.y < 1 or event.x < NUMBER:
            return
        left, at = NUMBER, 0
        while at < 6 and event.x >= left + self._widths[at]:
            left += self._widths[at]
            at += 1
        self._pick(self.first.toordinal() + 7 * week + at)
        if event.chain == 2:
            self.action_lines()

    def on_mouse_scroll_down(self) -> None:
        """The wheel goes to the next month."""
        self.action_turn(1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel goes to the month before."""
        self.action_turn(-1)

    def on_focus(self) -> None:
        """The picked day looks different with the focus."""
        self.refresh(self._region(self.picked))

    def on_blur(self) -> None:
        """The picked day looks different without the focus."""
        self.refresh(self._region(self.picked))


def begins_on_sunday(country: str, date_order: str) -> bool:
    """Whether a country begins the week on Sunday; where none is said, those who write the month first."""
    land = country.partition("-")[0].strip().upper()
    return land in SUNDAY_LANDS if land else date_order == "mdy"


SUNDAY_LANDS = frozenset(
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP "
    "PA PE PH PK PR PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW".split()
)
"""Countries where calendars begin the week on Sunday."""
