"""DayNote: what a calendar says of one day, in a sign for each thing and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from kam_tui.i18n import N_

LATE, KEY, DUE, ASLEEP, HAPPENED = "late", "key", "due", "asleep", "happened"
RISK, CELEBRATED, NAMED, MISSED = "risk", "celebrated", "named", "missed"

SIGNS = {
    LATE: "!",
    KEY: "◆",
    DUE: "●",
    ASLEEP: "○",
    HAPPENED: "·",
    RISK: "▽",
    CELEBRATED: "★",
    NAMED: "☆",
    MISSED: "✗",
}
"""What is on a day, the strongest first, and the sign for it."""

GOOD_TO_KNOW = (RISK, CELEBRATED, NAMED, MISSED)
"""What is told beside what is to be done and what happened: its signs stand behind the number of those."""

TOLD = {
    LATE: N_("late"),
    KEY: N_("key account"),
    DUE: N_("due"),
    ASLEEP: N_("snoozed"),
    HAPPENED: N_("happened"),
    RISK: N_("at risk"),
    CELEBRATED: N_("occasion"),
    NAMED: N_("name day"),
    MISSED: N_("missed"),
}
"""What the signs mean."""

LOOKS = {LATE: "late", KEY: "key", DUE: "soon"} | dict.fromkeys((ASLEEP, HAPPENED, *GOOD_TO_KNOW), "dim")
"""Component class of each sign."""


@dataclass(frozen=True, slots=True)
class DayNote:
    """What is on one day."""

    count: int
    """How many things."""
    mark: str
    """The strongest of them, one of `SIGNS`."""
    lines: tuple[str, ...] = ()
    """What they are, a line each, where there is room."""
    also: tuple[str, ...] = ()
    """What else is good to know, each one of `GOOD_TO_KNOW`."""
