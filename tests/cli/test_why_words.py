from __future__ import annotations

import json
from pathlib import Path

import pytest
from shell_run import Kam

from kam_tui import paths


def key_of(kam: Kam, rule: str) -> str:
    found = kam("agenda", "--json").json
    items = [*found["overdue"], *found["today"], *found["upcoming"], *found["at_risk"]]
    return next(str(item["key"]) for item in items if item["rule"] == rule)


def test_why_tells_the_facts_the_rule_its_settings_and_the_end(full: Kam) -> None:
    full("contact", "edit", "liisa k", "--leads", "")
    said = full("why", "gift").out
    assert "Liisa Korhonen, Acme Oy: Gift: turns 46 on Tue 24 Nov\n" in said
    assert "  Liisa Korhonen: Birthday 24 Nov 1980.\n  Setting lead, row 1: birthday gift 10, " in said
    assert "  Liisa Korhonen · Birthday: 1980-11-24 (since Sun 22 Nov 2026 " in said
    assert "  Acme Oy · Tier: key (since Sun 22 Nov 2026 " in said
    assert "  grace_days = 14\n" in said
    assert f"  Change them in {paths.config_file()}; kam config shows them all.\n" in said
    assert said.endswith("After Tue 24 Nov 2026 it is closed, and told as missed.\n")


def test_why_names_who_changed_a_fact_last(full: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "pekka")
    full("contact", "edit", "liisa k", "--birthday", "25.11.1980")
    full("contact", "edit", "liisa k", "--title", "CEO")
    (birthday, leads) = full("why", "birthday", "--json").json["origins"]
    assert (birthday["field"], birthday["value"], birthday["by"]) == ("birthday", "1980-11-25", "pekka@cli")
    assert (leads["field"], leads["value"], leads["by"]) == ("leads", "call", "tester@cli")
    assert birthday["change"] > leads["change"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("birthday", "By the calendar: every occasion"),
        ("cadence", "By cadence: "),
        ("reminder", "By the calendar: a reminder"),
        ("thank-you", "By the playbook: "),
    ],
)
def test_every_rule_is_explained(full: Kam, rule: str, words: str) -> None:
    found = full("why", key_of(full, rule), "--json").json
    assert found["line"]["rule"] == rule
    assert found["facts"]
    assert found["rule"].startswith(words)
    assert len(found["ends"]) >= 2


def test_who_is_at_risk_is_explained_sign_by_sign_and_done_with_a_call(full: Kam) -> None:
    full("log", "complaint", "@acme", "the motor rattles")
    full("promise", "add", "@acme", "tomorrow", "the drawings")
    full("promise", "break", "drawings", "no", "time")
    ran = full("why", key_of(full, "at-risk"))
    assert "Acme Oy: Be in touch: promise broken, complaint open" in ran.out
    assert "The complaint of Sun 22 Nov 2026 is still open: the motor rattles.\n" in ran.out
    assert "A promise was broken on Sun 22 Nov 2026: the drawings.\n" in ran.out
    assert "The rule\n  At risk: " in ran.out
    found = full("why", key_of(full, "at-risk"), "--json").json
    assert {each["field"] for each in found["origins"]} == {"when", "state"}
    assert "At risk\n" in full("today").out
    assert full("done", key_of(full, "at-risk"), "called", "him").code == 0
    assert "At risk\n" not in full("today").out


def test_a_line_that_is_no_longer_open_has_no_why(full: Kam) -> None:
    assert full("why", "birthday:c-0000000000:2026-11-24").code == 3
    assert full("why", "nothing", "at", "all").code == 3


def test_what_was_missed_is_listed_and_can_still_be_done(full: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    assert full("agenda", "--missed").out == ""
    key = key_of(full, "birthday")
    monkeypatch.setenv("KAM_NOW", "2026-12-20T10:00")
    assert "Birthday" not in full("today").out
    said = full("agenda", "--missed").out
    assert "Tue 24 Nov  Liisa Korhonen, Acme Oy  Birthday, turned 46  Born 24 Nov 1980.\n" in said
    assert [item["key"] for item in full("agenda", "--missed", "--json").json["missed"]] == [key]
    assert "told as missed" in full("why", key).out
    assert full("done", key, "sent a late card").code == 0
    assert full("agenda", "--missed").out == ""


def test_a_country_without_known_holidays_is_a_remark(full: Kam) -> None:
    config = Path(paths.config_file())
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('country = "XX"\n', "utf-8")
    assert full("today").code == 0
    ran = full("doctor", "--json")
    assert (ran.code, ran.json["findings"]) == (0, [])
    assert ran.json["remarks"][0].startswith("Setting country: no holidays are known for XX.")
    assert "# Setting country: no holidays are known for XX." in full("config").out


def test_config_shows_a_table_as_it_is_written(kam: Kam) -> None:
    config = Path(paths.config_file())
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('[[lead]]\non = "wedding"\ndays = 3\naction = "card"\n', "utf-8")
    said = kam("config").out
    assert '\n[[lead]]\non = "wedding"\ndays = 3\naction = "card"\nwhere = ""\n' in said
    (row,) = [row for row in kam("config", "--json").json["settings"] if row["name"] == "lead"]
    assert row["value"] == [{"on": "wedding", "days": 3, "action": "card", "where": ""}]
    config.write_text("lead = []\n", "utf-8")
    assert "\nlead = []\n" in kam("config").out
    assert json.loads(kam("config", "--json").out)["file"] == str(config)


def test_a_field_that_is_empty_again_is_told_as_empty(full: Kam) -> None:
    for text in ("3", ""):
        assert full("account", "edit", "acme", "--cadence-days", text).code == 0
    assert "Acme Oy · Cadence in days: (empty) (since" in full("why", "acme touch").out


def test_a_name_day_of_the_calendar_is_explained_by_the_name_and_the_file(full: Kam, book: Path) -> None:
    names = book.parent / "names.csv"
    names.write_text("11-22,Elisa\n", "utf-8")
    assert full("config", "set", "name_day_calendar", str(names)).code == 0
    assert full("contact", "edit", "Liisa Korhonen", "--name-day", "Elisa").code == 0
    said = full("why", "name day").out
    assert "Liisa Korhonen · Name day by: Elisa (since" in said
    assert f'name_day_calendar = "{names}"' in said
    assert "--name-day none" in said
    assert full("contact", "edit", "Liisa Korhonen", "--name-day", "none").code == 0
    assert full("why", "name day").code == 3


def test_who_has_travelled_is_told_why_by_the_clock_of_where_they_are(
    full: Kam, monkeypatch: pytest.MonkeyPatch
) -> None:
    full("remind", "@acme", "tue 2:00", "ask about the crane")
    full("promise", "add", "@acme", "tue 1:00", "the drawings")
    monkeypatch.setenv("KAM_NOW", "2026-11-23T08:00")
    monkeypatch.setenv("TZ", "America/New_York")
    said = full("why", "crane").out
    assert "  Due Mon 23 Nov 2026 19:00 (Tue 02:00 in Helsinki) (today 19:00).\n" in said
    assert "ask about the crane · Due: 2026-11-23 19:00 (since " in said
    assert full("why", "crane", "--json").json["line"]["time"] == "19:00"
    assert "the drawings, by Mon 23 Nov 2026 18:00.\n" in full("why", "drawings").out
    assert "today 19:00 (Tue 02:00 in Helsinki)" in full("digest", "--days", "0").out
