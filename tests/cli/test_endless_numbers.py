"""Numbers of thousands of digits and days at the ends of the calendar: a sentence, and never a crash."""

from __future__ import annotations

import pytest
from shell_run import Kam

ENDLESS = "9" * 5000
END = "9999-12-31"
BEGIN = "0001-01-01"


@pytest.mark.parametrize(
    "words",
    [
        ("agenda", "--days", ENDLESS),
        ("digest", "--days", ENDLESS),
        ("undo", ENDLESS),
        ("snooze", "call about", f"in {ENDLESS} days"),
        ("move", "call about", f"{ENDLESS}.{ENDLESS}."),
        ("remind", "@acme", f"every {ENDLESS} weeks", "x"),
        ("contact", "edit", "liisa k", "--cadence-days", ENDLESS),
        ("contact", "edit", "liisa k", "--leads", f"gift {ENDLESS}"),
        ("contact", "edit", "liisa k", "--birthday", ENDLESS),
        ("contract", "add", "x", "--account", "acme", "--end", END, "--notice-period", f"{ENDLESS} months"),
        ("account", "list", f"quiet>{ENDLESS}d"),
        ("account", "list", f"cadence_days>{ENDLESS}"),
        ("config", "set", "cadence_key", ENDLESS),
        ("schedule", "--time", f"07:{ENDLESS}"),
        ("digest", "--date", END),
    ],
)
def test_what_cannot_be_a_number_is_told_in_a_sentence_that_can_be_read(
    full: Kam, words: tuple[str, ...]
) -> None:
    ran = full(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "Exceeds the limit" not in ran.err
    assert len(ran.err) < 600


@pytest.mark.parametrize(
    "words",
    [
        ("history", "--limit"),
        ("find", "acme", "--limit"),
        ("entry", "list", "--limit"),
        ("account", "list", "--quiet"),
    ],
)
def test_more_than_there_can_be_is_all_of_it(full: Kam, words: tuple[str, ...]) -> None:
    assert full(*words, ENDLESS).out == full(*words, "1000000").out


def test_days_at_both_ends_of_the_calendar_take_nothing_else_away(full: Kam) -> None:
    for words in (
        ("contract", "add", "open end", "--account", "acme", "--end", END, "--notice-period", "3 months"),
        (
            "contract",
            "add",
            "old",
            "--account",
            "acme",
            "--end",
            BEGIN,
            "--renews",
            "yes",
            "--term",
            "1 year",
        ),
        ("remind", "@acme", END, "the last day"),
        ("remind", "@acme", f"{END} 23:59", "the last minute"),
        ("remind", "@acme", "so on", "--due", END, "--every", "month"),
        ("promise", "add", "@acme", END, "the world"),
        ("account", "edit", "acme", "--customer-since", BEGIN, "--timezone", "tokyo"),
        ("log", "sale", "@acme", "on:", BEGIN, "long ago"),
    ):
        assert full(*words).code == 0, words
    for looking in (
        ("today",), ("agenda", "--days", "3660"), ("digest", "--since", BEGIN), ("remind", "list"),
        ("account", "show", "acme"), ("account", "list", "due>1d"), ("doctor",),
        ("watch", "--once", "--channel", "stdout"),
    ):  # fmt: skip
        ran = full(*looking)
        assert (ran.code, ran.err) == (0, ""), looking
    assert "call about the contract" in full("today").out
