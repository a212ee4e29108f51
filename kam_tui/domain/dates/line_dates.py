"""Dates in a line: when something was (`yesterday: …`, `on: friday`), and what is next (`remind: …`,
`promise: …`).

The phrases are read by `when.py`, which is loaded only where a line holds one of the marks.
"""

from __future__ import annotations

import re

from kam_tui.domain.dates.moment import Moment, zone_name
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.errors import Invalid, KamError
from kam_tui.domain.frozen import frozen
from kam_tui.i18n import _

_ON = ("on", "pvm")
_REMIND = ("remind", "muistuta")
_PROMISE = ("promise", "lupaus")
_EVERY = ("every", "each", "joka")
LONGEST_PHRASE = 4
"""Words in front of a line that are looked at for a day."""
LONGEST_RULE = 8
"""Words of a recurrence: `every year on the first monday of january`."""
HORIZON = 5
"""Years ahead in which a recurrence must have a day."""


@frozen
class Problem:
    """A part of a line that could not be understood."""

    words: str
    """The part, as typed."""
    error: KamError
    """What is wrong with it."""


class Dates:
    """The dates of one line, and its words without them."""

    def __init__(self, tokens: list[str], how: Reading) -> None:
        self.how = how
        self.when: Moment | None = None
        """When it happened, where the line says so."""
        self.is_led = False
        """Whether that stands in front."""
        self.due: Moment | None = None
        """When to be reminded, or when first."""
        self.rule = ""
        """Recurrence of the reminder."""
        self.problems: list[Problem] = []
        """Marks without a date that can be read."""
        self.main: list[str] = []
        """The words of the entry."""
        self.wish: list[str] = []
        """The words of the reminder."""
        self.by: Moment | None = None
        """By when something was promised."""
        self.promise: list[str] = []
        """The words of the promise."""
        self._split(self._without_leading_day(tokens))

    def _without_leading_day(self, tokens: list[str]) -> list[str]:
        """`yesterday: …` and `last friday: …` in front, or after the names in front, say when it was."""
        start = next((i for i, token in enumerate(tokens) if token[0] not in "@+#"), len(tokens))
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(tokens)) + 1):
            if not tokens[end - 1].endswith(":"):
                continue
            phrase = " ".join(tokens[start:end])
            if _slot(phrase):
                break
            from kam_tui.domain.dates.when import read_when

            try:
                self.when = read_when(phrase[:-1], self.how.at(self.how.moment, past=True))
            except KamError:
                break
            self.is_led = True
            return tokens[:start] + tokens[end:]
        return tokens

    def _split(self, tokens: list[str]) -> None:
        """What follows the date of a reminder or a promise is its text, up to a semicolon or the end."""
        into = self.main
        i = 0
        while i < len(tokens):
            token = tokens[i]
            i += 1
            slot = _slot(token)
            if slot is None:
                into.append(token)
                if into is not self.main and token.endswith(";"):
                    into[-1] = token[:-1]
                    into = self.main
                continue
            mark, value = slot
            words = ([value] if value else []) + tokens[i:]
            used = self._take(mark, token, words)
            i += max(used - 1, 0) if value else used
            if mark not in _ON:
                wish = self.wish if mark in _REMIND else self.promise
                into = self.main if used and words[used - 1].endswith(";") else wish

    def _take(self, mark: str, token: str, words: list[str]) -> int:
        """How many of the words a mark takes for its date; 0, and a problem, where it finds none."""
        try:
            if mark in _ON:
                used = self._take_day(words)
            else:
                used = self._take_reminder(words) if mark in _REMIND else self._take_promise(words)
            if not used:
                self._refuse(token, words)
            return used
        except KamError as problem:
            problem.hint = problem.hint or _(
                "Where {mark} is a word of your text, put a space before its colon."
            ).format(mark=f"{mark}:")
            self.problems.append(Problem(" ".join([token, *words[:1]]), problem))
            return 0

    def _take_day(self, words: list[str]) -> int:
        if self.when:
            raise Invalid(_("This line says twice when it was."), _("Write one line for each."))
        found = self._leading(words, past=True)
        if found:
            self.when = found[0]
        return found[1] if found else 0

    def _take_reminder(self, words: list[str]) -> int:
        if self.due:
            raise Invalid(
                _("One line sets one reminder, and this one asks for two."), _("Write one line for each.")
            )
        if words and words[0].casefold() in _EVERY:
            return self._take_rule(words)
        found = self._leading(words)
        if found:
            self.due = found[0]
        return found[1] if found else 0

    def _take_promise(self, words: list[str]) -> int:
        if self.by:
            raise Invalid(
                _("One line makes one promise, and this one makes two."), _("Write one line for each.")
            )
        found = self._leading(words)
        if found:
            self.by = found[0]
        return found[1] if found else 0

    def _take_rule(self, words: list[str]) -> int:
        from kam_tui.domain.dates.recurrence import occurrences, read_rule

        for count in range(min(LONGEST_RULE, len(words)), 1, -1):
            try:
                rule = read_rule(" ".join(words[:count]).rstrip(",;"))
            except KamError:
                continue
            today = self.how.today
            until = today.replace(year=today.year + HORIZON, day=1)
            days = occurrences(rule, Moment(today), today, until, self.how.holidays)
            day = next(iter(days), None)
            if day is None:
                return 0
            clock = self._clock(words[count:]) if _is_time(words[count : count + 1]) else None
            self.due, self.rule = clock[0].on(day) if clock else Moment(day), rule
            return count + clock[1] if clock else count
        return 0

    def _clock(self, words: list[str]) -> tuple[Moment, int] | None:
        """The time of day that a rule goes on with: `9:00`, `9 am`, `9:00 New York time`."""
        found = self._leading(words[:5])
        is_elsewhere = found and found[0].zone not in ("", zone_name(self.how.moment))
        return found if is_elsewhere else self._leading(words[:2])

    def _leading(self, words: list[str], *, past: bool = False) -> tuple[Moment, int] | None:
        from kam_tui.domain.dates.when import read_leading

        how = self.how.at(self.how.moment, past=past)
        return read_leading([w.rstrip(",;") for w in words], how)

    def _refuse(self, mark: str, words: list[str]) -> None:
        """Raise what `when.py` says of the words that should have been a date."""
        from kam_tui.domain.dates.when import read_when

        if not words:
            raise Invalid(_("After {mark} comes a day, such as tue 14:00 or 24.11.").format(mark=mark))
        if words[0].casefold() in _EVERY:
            from kam_tui.domain.dates.recurrence import read_rule

            read_rule(" ".join(words[:LONGEST_RULE]))
        read_when(words[0], self.how)


def _slot(token: str) -> tuple[str, str] | None:
    """Mark and value of `on:…`, `remind:…` or `promise:…`; None for any other word."""
    mark, colon, value = token.partition(":")
    mark = mark.lower()
    return (mark, value) if colon and mark in (*_ON, *_REMIND, *_PROMISE) else None


def _is_time(words: list[str]) -> bool:
    time = r"(at|klo|kello)$|\d{1,2}([:.]\d\d|\s*[ap]m)|noon"
    return bool(words) and re.match(time, words[0], re.IGNORECASE) is not None
