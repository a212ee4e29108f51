"""`kam digest`: silent when there is nothing to say; about whom, for when and in the form one asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shell_run import Kam

NOTHING = "Sun 22 Nov 2026: nothing needs you\n"


def test_it_is_silent_when_nothing_is_due(kam: Kam) -> None:
    ran = kam("digest")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert kam("digest", "--always").out == NOTHING
    assert kam("digest", "--format", "json").json["sections"]["today"]["lines"] == []


def test_plain_text(full: Kam) -> None:
    text = full("digest").out
    assert text.startswith("Sun 22 Nov 2026: 2 things need you\n\nToday\n  ")
    assert "  today 16:00  Acme Oy: call about the contract\n        Reminder set on Sun 22 Nov 2026." in text
    assert "Last contact Mon 2 Nov, call: Liisa Korhonen is happy with the\n          offer" in text
    assert "\x1b" not in text


def test_markdown_shows_a_customers_own_marks_as_text(full: Kam) -> None:
    full("account", "edit", "acme", "--name", "Acme *Oy* <b>")
    text = full("digest", "--format", "markdown").out
    assert text.startswith("# Sun 22 Nov 2026: ")
    assert " today 16:00 · **Acme \\*Oy\\* \\<b\\>**: call about the contract\n" in text


def test_another_day(full: Kam) -> None:
    assert full("digest", "--date", "tue", "--json").json["date"] == "2026-11-24"
    assert (
        "  today  Liisa Korhonen, Acme Oy: Birthday, turns 46" in full("digest", "--date", "2026-11-24").out
    )
    ran = full("digest", "--date", "someday")
    assert (ran.code, ran.out) == (2, "")
    assert "within ten years" in full("digest", "--date", "1.1.2099").err


def test_how_far_it_looks_ahead(kam: Kam) -> None:
    kam("remind", "in", "20", "days", "renew the licences")
    assert kam("digest").out == ""
    assert "renew the licences" in kam("digest", "--days", "20").out
    for wrong in ("-1", "many", "9999", "٣"):
        ran = kam("digest", f"--days={wrong}")
        assert ran.code == 2
        assert ran.err.startswith("--days takes a number of days from 0 to 3660, not ")


def test_who_goes_quiet_is_counted_from_the_day_that_they_are_due(
    kam: Kam, monkeypatch: pytest.MonkeyPatch
) -> None:
    kam("account", "add", "Acme Oy", "--tier", "key")
    monkeypatch.setenv("KAM_NOW", "2026-12-01T09:00")
    assert kam("digest").out.startswith("Tue 1 Dec 2026: nothing needs you yet\n\nGoing quiet\n")
    monkeypatch.setenv("KAM_NOW", "2026-12-24T09:00")
    assert kam("digest").out.startswith("Thu 24 Dec 2026: 1 thing needs you\n\nAt risk\n")


def test_only_about_one_account_or_person(full: Kam) -> None:
    full("remind", "today", "water the plants")
    assert "water the plants" in full("digest").out
    about = full("digest", "--for", "acme", "--days", "7").out
    assert "call about the contract" in about
    assert "Liisa Korhonen" in about
    assert "water the plants" not in about
    person = full("digest", "--for", "liisa korhonen").out
    assert "Birthday" in person
    assert "call about the contract\n" not in person
    assert full("digest", "--for", "nobody").code == 3
    ran = full("digest", "--for", "liisa")
    assert ran.code == 4
    assert "Liisa Virtanen" in ran.err


def test_what_was_missed_since_a_day_stands_apart(full: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_NOW", "2026-11-25T09:00")
    missed = full("digest", "--since", "monday").out.partition("\n\n")[2].partition("\n\n")[0]
    assert missed.startswith("Missed since Mon 23 Nov\n")
    assert "Birthday, turned 46" in missed
    assert "call about the contract" not in missed
    assert full("digest", "--since", "2026-11-23").out == full("digest", "--since", "last monday").out
    assert full("digest").out.count("Missed") == 0
    ran = full("digest", "--since", "2026-11-26")
    assert ran.code == 2
    assert ran.err.startswith("--since takes a day up to the day of the digest, not Thu 26 Nov 2026.\n")


def test_since_the_last_one_that_was_sent(full: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert full("digest", "--since", "last", "--json").json["since"] is None
    full("digest", "--send", "stdout")
    monkeypatch.setenv("KAM_NOW", "2026-11-25T09:00")
    assert full("digest", "--since", "last", "--json").json["since"] == "2026-11-22"
    sent = full("digest", "--send", "stdout").out
    assert sent == full("digest", "--since", "2026-11-22").out
    assert "\nMissed since Sun 22 Nov\n" in sent
    assert full("digest", "--since", "last", "--date", "2026-11-20", "--json").json["since"] is None


def test_a_file_is_written_in_the_format_of_its_name(full: Kam, tmp_path: Path) -> None:
    for name, begins in {
        "d.txt": "Sun 22 Nov 2026: ",
        "d.md": "# Sun 22 Nov 2026: ",
        "d.HTML": "<!DOCTYPE html>",
        "d.json": "{",
        "d": "Sun 22 Nov 2026: ",
    }.items():
        target = tmp_path / name
        assert full("digest", "--output", str(target)).out == f"Wrote {target}.\n"
        assert target.read_text("utf-8").startswith(begins)
        assert target.stat().st_mode & 0o777 == 0o600
    assert json.loads((tmp_path / "d.json").read_text("utf-8"))["version"] == 1
    told = full("digest", "--output", str(tmp_path / "x.html"), "--format", "markdown", "--json").json
    assert told == {"file": str(tmp_path / "x.html"), "format": "markdown"}
    assert (tmp_path / "x.html").read_text("utf-8").startswith("# Sun")


def test_a_file_that_is_there_is_not_written_over_unasked(full: Kam, tmp_path: Path) -> None:
    target = tmp_path / "d.txt"
    target.write_text("mine", "utf-8")
    assert full("digest", "--output", str(target)).code == 4
    assert target.read_text("utf-8") == "mine"
    assert full("digest", "--output", str(target), "--overwrite").code == 0
    assert target.read_text("utf-8").startswith("Sun 22 Nov 2026: ")


def test_nothing_to_say_writes_no_file(kam: Kam, tmp_path: Path) -> None:
    target = tmp_path / "d.txt"
    ran = kam("digest", "--output", str(target))
    assert (ran.code, ran.out) == (0, "")
    assert not target.exists()
    kam("digest", "--output", str(target), "--always")
    assert target.read_text("utf-8") == NOTHING


def test_two_forms_at_once_are_refused(full: Kam) -> None:
    ran = full("digest", "--json", "--format", "html")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--json and --format html cannot both be on standard output.")
    assert full("digest", "--json", "--format", "json").json["version"] == 1


@pytest.mark.parametrize("flag", ["--since=friday", "--for=acme", "--format=html", "--output=x.html"])
def test_what_is_sent_is_the_whole_digest(full: Kam, flag: str) -> None:
    ran = full("digest", "--send", "stdout", flag)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--send sends the whole digest as a letter, without ")
