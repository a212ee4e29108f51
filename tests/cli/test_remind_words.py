from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shell_run import Kam


def added(kam: Kam, *words: str) -> dict[str, Any]:
    ran = kam("remind", "--json", *words)
    assert ran.code == 0, ran.err
    (change,) = ran.json["changes"]
    record: dict[str, Any] = change["record"]
    return record


def test_who_when_and_what_in_one_line(full: Kam) -> None:
    ran = full("remind", "@acme", "tue 14:00", "call", "about", "the", "offer")
    assert ran.out == "Reminder Tue 24 Nov 2026 14:00 · Acme Oy · call about the offer\n"


@pytest.mark.parametrize(
    "words",
    [
        ("tomorrow", "@acme", "send the offer"),
        ("@acme", "tomorrow", "send the offer"),
        ("@nordic timber", "tomorrow", "send the offer"),
        ("send the offer", "@acme", "tomorrow"),
    ],
)
def test_the_day_may_stand_first_after_the_name_or_last(full: Kam, words: tuple[str, ...]) -> None:
    record = added(full, *words)
    assert record["due"] == "2026-11-23"
    assert record["text"].startswith("send the offer")
    assert record["account"] in ("Acme Oy", "Nordic Timber Oy")


def test_people_are_named_too(full: Kam) -> None:
    record = added(full, "@Liisa Korhonen", "friday", "lunch")
    assert (record["contacts"], record["account"]) == (["Liisa Korhonen"], "Acme Oy")


def test_tags_are_kept(full: Kam) -> None:
    assert added(full, "friday", "@acme", "prepare the visit", "+plant")["tags"] == ["plant"]


def test_the_first_word_says_what_is_to_be_done(full: Kam) -> None:
    assert added(full, "friday", "mail", "@acme", "the", "minutes")["action"] == "mail"
    assert added(full, "friday", "@acme", "think", "of", "something")["action"] == "call"
    assert added(full, "friday", "mail", "the", "minutes", "--action", "visit")["action"] == "visit"


def test_a_recurrence_is_said_by_flag_or_in_the_line(full: Kam) -> None:
    for words in (
        ("--every", "2 weeks", "@acme", "look in"),
        ("@acme", "look in", "--every", "every 2 weeks"),
        ("@acme", "every 2 weeks", "look in"),
        ("--every", "FREQ=WEEKLY;INTERVAL=2", "@acme", "look in"),
    ):
        record = added(full, *words)
        assert (record["rule"], record["text"]) == ("FREQ=WEEKLY;INTERVAL=2", "look in")
        assert record["due"] > "2026-11-22"


def test_a_recurrence_may_have_its_first_day(full: Kam) -> None:
    record = added(full, "--every", "month", "@acme", "tue 14:00", "look in")
    assert (record["rule"], record["due"]) == ("FREQ=MONTHLY", "2026-11-24T14:00[Europe/Helsinki]")


@pytest.mark.parametrize("when", [("tue 14:00",), ("every 31st",), ("@acme", "friday"), ("friday", "@acme")])
def test_what_is_to_be_done_may_be_said_by_its_flag_beside_a_day_in_the_line(
    full: Kam, when: tuple[str, ...]
) -> None:
    record = added(full, *when, "--text", "mail the +list to @them")
    assert (record["text"], record["action"]) == ("mail the +list to @them", "mail")
    assert record["due"] > "2026-11-22"
    assert record["account"] == ("Acme Oy" if "@acme" in when else None)
    assert bool(record["rule"]) is ("every 31st" in when)


def test_flags_say_everything_as_well(full: Kam) -> None:
    record = added(full, "--text", "look in", "--due", "2026-12-01", "--account", "nordic", "--tags", "a b")
    assert (record["text"], record["due"], record["account"]) == ("look in", "2026-12-01", "Nordic Timber Oy")
    assert record["tags"] == ["a", "b"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("@acme", "call"), 2, "When?"),
        (("@acme", "yesterday", "call"), 2, "has passed"),
        (("@acne", "friday", "call"), 3, "Did you mean Acme Oy?"),
        (("@liisa", "friday", "call"), 4, "Liisa Virtanen"),
        (("@acme", "friday", "call", "--every", "blue moon"), 2, "blue moon"),
        (("friday",), 2, ""),
    ],
)
def test_what_is_not_clear_is_told_and_nothing_is_set(
    full: Kam, words: tuple[str, ...], code: int, said: str
) -> None:
    before = full("remind", "list").out
    ran = full("remind", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert full("remind", "list").out == before


def test_what_is_done_for_good_is_listed_only_when_all_are_asked_for(full: Kam) -> None:
    full("done", "contract")
    assert full("remind", "list").out == ""
    (only,) = full("remind", "list", "--all", "--json").json["reminders"]
    assert (only["text"], only["next"]) == ("call about the contract", None)
    assert "done" in full("remind", "list", "--all").out


def test_a_reminder_of_a_far_day_is_listed(full: Kam) -> None:
    full("remind", "2029-01-15", "@acme", "renew")
    assert "Mon 15 Jan 2029  " in full("remind", "list").out


def test_a_reminder_that_comes_back_is_listed_with_its_next_day(full: Kam) -> None:
    full("remind", "--every", "week", "today", "@acme", "look in")
    full("done", "look in")
    (weekly,) = [r for r in full("remind", "list", "--json").json["reminders"] if r["rule"]]
    assert (weekly["due"], weekly["next"]) == ("2026-11-22", "2026-11-29")


def test_reminders_are_listed_by_day(full: Kam) -> None:
    full("remind", "tomorrow", "@acme", "buy a card")
    texts = [each["text"] for each in full("remind", "list", "--json").json["reminders"]]
    assert texts == ["call about the contract", "buy a card"]
    assert [line.split("  ")[1] for line in full("remind").out.splitlines()] == ["today 16:00", "tomorrow"]


def test_a_reminder_is_edited_by_words_of_it_by_its_id_and_by_its_handle(full: Kam) -> None:
    (only,) = full("remind", "list", "--json").json["reminders"]
    (today,) = full("today", "--json").json["today"]
    for name, due in (("contract", "friday"), (only["id"], "thu"), (today["handle"], "wed")):
        if name == today["handle"]:
            full("undo"), full("undo")
        assert full("remind", "edit", name, "--due", due).code == 0
    assert full("remind", "list", "--json").json["reminders"][0]["due"] == "2026-11-25"
    assert full("remind", "edit", "contract", "--due", "fri").out.startswith("Reminder Fri 27 Nov 2026 · ")


def test_a_removed_reminder_is_off_the_agenda_until_undone(full: Kam) -> None:
    assert full("remind", "remove", "contract").code == 0
    assert "contract" not in full("today").out
    full("undo")
    assert "contract" in full("today").out


@pytest.mark.parametrize(
    ("words", "code"),
    [(("edit", "contract"), 2), (("edit", "zebra", "--due", "friday"), 3), (("remove", "zebra"), 3)],
)
def test_a_reminder_that_is_not_there_cannot_be_changed(full: Kam, words: tuple[str, ...], code: int) -> None:
    ran = full("remind", *words)
    assert (ran.code, ran.out) == (code, "")


def test_two_reminders_of_the_same_words_are_told_apart(full: Kam) -> None:
    full("remind", "tomorrow", "@acme", "the other contract")
    ran = full("remind", "remove", "contract")
    assert ran.code == 4
    assert "the other contract (r-" in ran.err


@pytest.mark.parametrize("words", [("tomorrow",), ("@acme", "tomorrow"), ("--due", "tomorrow")])
def test_a_reminder_of_nothing_is_asked_what_for(full: Kam, words: tuple[str, ...]) -> None:
    ran = full("remind", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("What should you be reminded of?\nWrite it like ")


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_which_reminder_is_asked_for(full: Kam, act: str) -> None:
    ran = full("remind", act)
    assert (ran.code, ran.err) == (2, "Which reminder?\nkam remind list shows them all.\n")


def test_a_time_is_said_on_their_clock_and_said_back_on_both(full: Kam) -> None:
    full("account", "edit", "acme", "--timezone", "tokyo")
    ran = full("remind", "@acme", "tue 9:00 their time", "call")
    assert ran.out == "Reminder Tue 24 Nov 2026 02:00 (09:00 in Tokyo) · Acme Oy · call\n"
    assert full("remind", "@acme call", "thu 14:00").out.startswith(
        "Reminder Thu 26 Nov 2026 14:00 (21:00 in"
    )
    assert "02:00 (09:00 in Tokyo)" in full("agenda").out
    assert "02:00 (09:00 in Tokyo)" in full("account", "show", "acme").out
    items = full("agenda", "--json").json["upcoming"]
    assert [each["there"] for each in items if each["time"]] == ["09:00 in Tokyo", "21:00 in Tokyo"]


def test_the_time_of_a_city_needs_no_zone_of_anybody(full: Kam) -> None:
    assert "16:00 (09:00 in New York)" in full("remind", "call them", "fri 9:00 New York time").out
    refused = full("remind", "@acme", "fri 9:00 their time", "call")
    assert refused.code == 2
    assert refused.err.startswith("Nobody knows what time it is there")


def test_every_week_on_their_clock_stays_there_when_ours_changes(full: Kam) -> None:
    record = added(full, "@acme", "every monday 9:00 Tokyo time", "call")
    assert (record["due"], record["zone"]) == ("2026-11-23T02:00[Europe/Helsinki]", "Asia/Tokyo")


def test_a_working_day_is_none_of_the_holidays_of_the_country(
    full: Kam, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert added(full, "@acme", "in 24 working days", "call")["due"] == "2026-12-24"
    settings = book.parent / "country.toml"
    settings.write_text('country = "FI"\n', "utf-8")
    monkeypatch.setenv("KAM_CONFIG", str(settings))
    assert added(full, "@acme", "in 24 working days", "call")["due"] == "2026-12-28"


def test_a_rule_that_kam_cannot_keep_is_told_as_it_was_written(full: Kam) -> None:
    ran = full("remind", "--every", "FREQ=HOURLY", "@acme", "look in")
    assert ran.code == 2
    assert ran.err.startswith("FREQ=HOURLY is not a rule kam can keep: ")


def test_nobody_is_advised_about_a_mark_they_did_not_type(full: Kam) -> None:
    ran = full("remind", "@acme", "every 0 days", "look in")
    assert ran.code == 2
    assert "remind:" not in ran.err
    assert 'Write it like kam remind @acme "tue 14:00" call about the offer.' in ran.err
    assert "Where remind: is a word" in full("note", "@acme remind: every 0 days look in").err
