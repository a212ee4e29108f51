from __future__ import annotations

import pytest
from shell_run import Kam


def handle(kam: Kam, what: str) -> str:
    found = kam("agenda", "--json").json
    items = [*found["overdue"], *found["today"], *found["upcoming"]]
    return next(str(item["handle"]) for item in items if what in item["what"])


def test_today_is_in_groups_with_handle_when_who_what_and_why(full: Kam) -> None:
    lines = full("today").out.splitlines()
    assert [line for line in lines if not line.startswith(" ") and line] == [
        "Today", "Next", "Going quiet",
    ]  # fmt: skip
    due = next(line for line in lines if "call about the contract" in line)
    assert due.split("  ")[1:] == [
        handle(full, "contract"), "today 16:00", "Acme Oy", "call about the contract",
        "Reminder set on Sun 22 Nov 2026.",
    ]  # fmt: skip
    assert any("6 days late  Acme Oy" in line for line in lines)


def test_a_thing_stands_in_one_group_only(full: Kam) -> None:
    assert full("agenda").out.count("Be in touch") == 1


def test_how_far_to_look_ahead_is_asked_for(full: Kam) -> None:
    full("remind", "@acme", "in 20 days", "call again")
    assert "call again" not in full("today").out
    assert "call again" in full("agenda").out
    assert "call again" not in full("agenda", "--days", "19").out


@pytest.mark.parametrize("days", ["-1", "x", "99999", ""])
def test_days_that_are_no_number_are_refused(full: Kam, days: str) -> None:
    assert full("agenda", f"--days={days}").code == 2


def test_json_tells_each_item_in_full(full: Kam) -> None:
    found = full("today", "--json").json
    assert found["date"] == "2026-11-22"
    parts = ["overdue", "today", "upcoming", "quiet", "at_risk", "listed", "snoozed", "missed"]
    assert list(found) == ["date", *parts]
    (item,) = found["today"]
    assert item["due"] == "2026-11-22T16:00[Europe/Helsinki]"
    assert (item["day"], item["time"], item["days_late"]) == ("2026-11-22", "16:00", 0)
    assert item["account_id"].startswith("a-")
    assert found["overdue"][0]["days_late"] == 6


def test_an_overdue_promise_leads_what_is_late_and_the_digest(
    full: Kam, monkeypatch: pytest.MonkeyPatch
) -> None:
    full("promise", "add", "@acme", "tomorrow", "the drawings")
    monkeypatch.setenv("KAM_NOW", "2026-11-24T09:00")
    full("remind", "@acme", "tomorrow", "call about the price")
    monkeypatch.setenv("KAM_NOW", "2026-11-26T09:00")
    late = full("today").out.partition("Late\n")[2].splitlines()
    assert "the drawings" in late[0]
    assert any("call about the price" in line for line in late[1:])
    assert full("digest").out.partition("\n\n")[2].startswith("Late promises\n")


def test_nothing_due_is_silence_in_a_pipe(kam: Kam) -> None:
    ran = kam("today")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_done_takes_the_line_off_and_writes_how_it_went(full: Kam) -> None:
    ran = full("done", handle(full, "contract"), "signed", "-", "at", "last")
    assert ran.out == "Done: call about the contract (Call with Acme Oy)\n"
    assert "contract" not in full("today").out
    assert "signed - at last" in full("entry", "list", "acme").out


def test_done_takes_words_of_the_line(full: Kam) -> None:
    assert full("done", "contract").code == 0


def test_snooze_hides_until_a_day_said_in_words(full: Kam) -> None:
    ran = full("snooze", handle(full, "contract"), "mon", "9:00")
    assert "Snoozed until Mon 23 Nov 2026 09:00" in ran.out
    found = full("today", "--json").json
    assert not found["today"]
    assert found["snoozed"][0]["snoozed_until"] == "2026-11-23T09:00[Europe/Helsinki]"
    assert "until Mon 23 Nov 2026 09:00" in full("today").out


def test_skip_writes_nothing_on_the_timeline(full: Kam) -> None:
    before = full("entry", "list").out
    assert full("skip", "contract").out.startswith("Skipped: call about the contract")
    assert full("entry", "list").out == before
    assert "contract" not in full("today").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("done", "zebra"), 3),
        (("skip", "acme"), 4),
        (("snooze", "contract", "31.2."), 2),
        (("snooze", "contract", "yesterday"), 2),
        (("snooze", "contract"), 2),
        (("done",), 2),
    ],
)
def test_a_line_that_is_not_told_apart_is_an_error(full: Kam, words: tuple[str, ...], code: int) -> None:
    before = full("today").out
    ran = full(*words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err
    assert full("today").out == before


def test_kam_alone_in_a_pipe_prints_today(full: Kam) -> None:
    today = full("today")
    alone = full()
    assert (alone.code, alone.out) == (0, today.out)
    assert full("--json").json == full("today", "--json").json


def test_a_line_is_moved_and_why_tells_both_days(full: Kam) -> None:
    said = full("move", "birthday", "wednesday").out
    assert said.startswith("Moved from Tue 24 Nov 2026 to Wed 25 Nov 2026: Birthday")
    assert "Moved from Tue 24 Nov 2026 to Wed 25 Nov 2026." in full("why", "birthday").out
    assert "Wed 25 Nov" in next(line for line in full("agenda").out.splitlines() if "Birthday" in line)
    (item,) = (each for each in full("agenda", "--json").json["upcoming"] if each["rule"] == "birthday")
    assert (item["due"], item["moved_from"], item["days_late"]) == ("2026-11-25", "2026-11-24", 0)
    assert full("undo").code == 0
    assert "Moved" not in full("why", "birthday").out


def test_nothing_is_moved_to_a_day_that_has_passed(full: Kam) -> None:
    refused = full("move", "birthday", "2026-11-01")
    assert refused.code == 2
    assert refused.err.startswith("Sun 1 Nov 2026 has passed, so nothing can be moved there.")


def test_what_is_late_stays_when_something_else_is_written_down(
    full: Kam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAM_NOW", "2026-12-04T09:00:00")
    late = [line for line in full("agenda", "--json").json["overdue"] if line["rule"] == "birthday"]
    assert [line["days_late"] for line in late] == [10]
    assert full("contact", "edit", "Liisa Korhonen", "--occasions", "wedding: 2010-03-12").code == 0
    assert [line for line in full("agenda", "--json").json["overdue"] if line["rule"] == "birthday"] == late
