"""`kam promise` and `kam contract`, and every other word that meets what they keep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shell_run import Kam


def record(kam: Kam, *words: str) -> dict[str, Any]:
    ran = kam(*words, "--json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = ran.json["changes"][0]["record"]
    return found


def test_a_promise_is_given_in_one_line(full: Kam) -> None:
    ran = full("promise", "add", "@acme", "fri", "send", "the", "drawings")
    assert ran.out == "Promised by Fri 27 Nov 2026 · Acme Oy · send the drawings\n"
    made = record(full, "promise", "add", "price list", "@Liisa Korhonen", "tomorrow")
    assert (made["text"].split(",")[0], made["due"]) == ("price list", "2026-11-23")
    assert (made["contacts"], made["account"], made["state"]) == (["Liisa Korhonen"], "Acme Oy", "open")


def test_flags_say_what_the_line_does_not(full: Kam) -> None:
    made = record(full, "promise", "add", "send", "the", "plan", "--due", "friday", "--account", "acme")
    assert (made["text"], made["due"], made["account"]) == ("send the plan", "2026-11-27", "Acme Oy")
    assert record(full, "promise", "add", "fri", "x", "--text", "the plan")["text"] == "the plan"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("add", "@acme", "hello"), 2, "By when? @acme hello does not say a day."),
        (("add", "@acme", "fri"), 2, "What was promised?"),
        (("add", "@acme", "2026-01-01", "x"), 2, "has passed, so nothing can be promised by then."),
        (("add", "@acme", "fri", "x;", "remind:", "thu", "y"), 2, "asks for a reminder as well"),
        (("keep", "nothing"), 3, "No promise is called nothing."),
        (("break", "drawings"), 2, "Why was it not kept?"),
        (("edit", "drawings"), 2, "There is nothing to change yet."),
        ((), 2, "kam promise needs a second word"),
    ],
)
def test_what_cannot_be_is_told(full: Kam, words: tuple[str, ...], code: int, sentence: str) -> None:
    full("promise", "add", "@acme", "fri", "send the drawings")
    ran = full("promise", *words)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err


def test_promises_are_kept_and_broken_and_counted(full: Kam) -> None:
    for words in ("fri send the drawings", "fri mail the prices", "sat call the plant"):
        full("promise", "add", "@acme", *words.split())
    assert full("promise", "keep", "drawings", "by", "courier").out == "Kept: send the drawings (Acme Oy)\n"
    assert full("promise", "break", "prices", "not", "ready").code == 0
    listed = full("promise", "list", "acme")
    assert [line.split("  ")[-1] for line in listed.out.splitlines()] == [
        "call the plant",
        "50 % of promises kept in time (1 of 2)",
    ]
    told = full("promise", "list", "--all", "--json").json
    assert sorted(each["state"] for each in told["promises"]) == ["broken", "kept", "open"]
    assert told["keeping"] == {
        "in_time": 1, "late": 0, "broken": 1, "open": 1, "overdue": 0, "rate": 0.5,
    }  # fmt: skip
    assert "Kept: send the drawings; by courier" in full("entry", "list", "acme").out


def test_a_promise_kept_yesterday_counts_on_that_day(full: Kam, monkeypatch: pytest.MonkeyPatch) -> None:
    full("promise", "add", "@acme", "mon", "send the drawings")
    monkeypatch.setenv("KAM_NOW", "2026-11-25T09:00:00")
    assert full("promise", "keep", "drawings", "--on", "monday").out.startswith("Kept: send")
    assert full("promise", "list", "--all", "--json").json["keeping"]["rate"] == 1.0


def test_a_promise_is_named_by_its_short_word_its_id_or_words(full: Kam) -> None:
    made = record(full, "promise", "add", "@acme", "tomorrow", "send the drawings")
    (line,) = [i for i in full("today", "--json").json["upcoming"] if i["rule"] == "promise"]
    assert full("promise", "edit", line["handle"], "--due", "friday").code == 0
    assert full("promise", "edit", made["id"], "--text", "send all").code == 0
    full("promise", "add", "@acme", "tomorrow", "send some")
    ran = full("promise", "remove", "send")
    assert ran.code != 0
    assert "send may be any of 2." in ran.err
    assert "any of 2" in full("promise", "remove", "se").err
    assert full("promise", "remove", "al").out == "Removed the promise: send all\n"
    assert full("undo").code == 0
    assert len(full("promise", "list", "--json").json["promises"]) == 2


def test_done_is_kept_and_skip_is_refused(full: Kam) -> None:
    full("promise", "add", "@acme", "tomorrow", "send the drawings")
    ran = full("skip", "drawings")
    assert "A promise cannot be skipped: it is kept, or it is broken." in ran.err
    assert full("done", "drawings", "by mail").out == "Kept: send the drawings (Acme Oy)\n"
    assert full("promise", "list", "--json").json["promises"] == []


def test_a_note_may_tell_of_a_promise(full: Kam) -> None:
    ran = full("note", "@acme", "liked", "it", "promise:", "fri", "send", "the", "drawings")
    assert ran.out.endswith("liked it · promised by Fri 27 Nov 2026: send the drawings\n")
    assert full("promise", "list", "--json").json["promises"][0]["account"] == "Acme Oy"
    assert (
        full("note", "promise: sat call the plant").out
        == "Noted · promised by Sat 28 Nov 2026: call the plant\n"
    )
    refused = full("remind", "@acme", "fri", "call;", "promise:", "mon", "mail")
    assert "kam remind sets a reminder, and this line tells of a promise as well." in refused.err


def test_a_contract_from_beginning_to_archive(full: Kam) -> None:
    full("account", "add", "Beta", "--status", "prospect")
    added = full(
        "contract", "add", "Frame", "agreement", "--account", "beta", "--end", "31.12.2027",
        "--notice-period", "3 months", "--value", "12 000 €",
    )  # fmt: skip
    assert added.out == "Added the contract Frame agreement with Beta.\n"
    assert full("account", "show", "beta", "--json").json["account"]["status"] == "customer"
    assert "until Fri 31 Dec 2027  notice by Thu 30 Sep 2027  12000 EUR" in full("contract", "list").out
    assert full("contract", "edit", "frame", "--renews", "yes", "--name", "Frame").code == 0
    shown = full("contract", "show", "fra")
    assert "Notice by         Thu 30 Sep 2027" in shown.out
    assert full("contract", "show", "frame", "--json").json["contract"]["notice_by"] == "2027-09-30"
    assert full("contract", "archive", "frame").code == 0
    assert full("contract", "list", "--json").json == {"contracts": []}
    assert "archived" in full("contract", "list", "beta", "--archived").out
    assert "No contract is called frame." in full("contract", "edit", "frame", "--value", "5 EUR").err
    assert full("contract", "archive", "frame", "--restore").out == "Brought back the contract Frame.\n"
    assert "There is nothing to change yet." in full("contract", "edit", "frame").err
    assert "No contract is called timber." in full("contract", "show", "timber").err


def test_the_page_of_an_account_shows_both(full: Kam) -> None:
    full("promise", "add", "@acme", "fri", "send the drawings")
    full("contract", "add", "Frame", "--account", "acme", "--end", "2027-12-31")
    full("contract", "add", "Old", "--account", "acme", "--end", "2020-12-31")
    page = full("account", "show", "acme").out
    assert "\nPromises\n" in page
    assert "by Fri 27 Nov" in page
    assert "\nContracts\n" in page
    assert "until Fri 31 Dec 2027" in page
    assert "Old" not in page
    told = full("account", "show", "acme", "--json").json
    assert [each["text"] for each in told["promises"]] == ["send the drawings"]
    assert [each["name"] for each in told["contracts"]] == ["Frame"]
    assert told["keeping"]["open"] == 1


def test_both_are_found_told_in_the_history_and_counted_by_the_doctor(full: Kam) -> None:
    full("promise", "add", "@acme", "fri", "send the drawings")
    full("contract", "add", "Frame", "--account", "acme")
    assert full("find", "drawings").out.startswith("promise  Fri 27 Nov 2026  send the drawings, Acme Oy")
    assert full("find", "frame", "--json").json["hits"][0]["table"] == "contracts"
    full("promise", "keep", "drawings")
    told = full("history", "drawings").out
    assert "State: open → kept" in told
    assert "contract Frame: added" in full("history", "acme").out
    full("promise", "remove", "drawings")
    assert "send the drawings · promise" in full("history", "drawings").out
    counted = full("doctor", "--json").json["records"]
    assert (counted["promises"], counted["contracts"]) == (0, 1)


def test_an_export_is_read_back_and_an_account_takes_its_own_along(
    full: Kam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full("promise", "add", "@acme", "fri", "send the drawings to Liisa")
    full("contract", "add", "Frame", "--account", "acme", "--notice-period", "30 days", "--end", "2027-12-31")
    full("promise", "add", "@nordic", "fri", "else")
    part = json.loads(full("export", "--format", "json", "--account", "acme").out)["tables"]
    assert [each["text"] for each in part["promises"]] == ["send the drawings to Liisa"]
    assert [each["notice_period"] for each in part["contracts"]] == ["P30D"]
    whole = tmp_path / "book.json"
    full("export", "--format", "json", "--output", str(whole))
    before = [full(word, "list", "--json").json for word in ("promise", "contract")]
    monkeypatch.setenv("KAM_BOOK", str(tmp_path / "other"))
    assert full("import", str(whole), "--yes").code == 0
    assert [full(word, "list", "--json").json for word in ("promise", "contract")] == before
    assert full("import", str(whole), "--yes").code == 0
    assert len(full("promise", "list", "--json").json["promises"]) == 2


def test_restoring_brings_back_what_was_promised(full: Kam) -> None:
    full("promise", "add", "@acme", "fri", "send the drawings")
    assert full("backup").code == 0
    full("promise", "remove", "drawings")
    full("contract", "add", "Frame", "--account", "acme")
    assert full("restore", "latest", "--yes").code == 0
    assert len(full("promise", "list", "--json").json["promises"]) == 1
    assert full("contract", "list", "--json").json["contracts"] == []


def test_an_erased_person_leaves_no_promise_behind(full: Kam, book: Path) -> None:
    full("contact", "add", "Maija Meikäläinen", "--account", "acme")
    full("promise", "add", "@Maija Meikäläinen", "fri", "send Maija Meikäläinen the drawings")
    full("promise", "add", "fri", "lunch", "--people", "Maija Meikäläinen")
    own = record(full, "contact", "add", "Onni Yksin")
    full("promise", "add", "fri", "walk", "--people", "Onni Yksin")
    full("contract", "add", "Frame", "--account", "acme", "--note", "Maija Meikäläinen signs")
    told = full("person", "export", "maija meikäläinen").json
    assert {each["text"] for each in told["promises"]} == {"send Maija Meikäläinen the drawings", "lunch"}
    assert full("person", "erase", "maija meikäläinen", "--yes").code == 0
    assert full("person", "erase", own["id"], "--yes").code == 0
    left = full("promise", "list", "--json").json["promises"]
    assert all(each["contact_ids"] == [] and "Maija" not in each["text"] for each in left)
    assert "walk" not in {each["text"] for each in left}
    assert "Maija" not in full("contract", "show", "frame").out
    assert "Maija" not in full("export", "--format", "json").out
    files = [path for path in book.rglob("*") if path.is_file() and path.suffix != ".zip"]
    assert not [path for path in files if "Maija" in path.read_text("utf-8")]


def test_a_contract_is_renewed_for_its_term_or_until_a_day(full: Kam) -> None:
    full("contract", "add", "Frame", "--account", "acme", "--start", "1.1.2026", "--end", "31.12.2026")
    assert full("contract", "renew", "frame").out == "Renewed the contract Frame until Fri 31 Dec 2027.\n"
    said = full("contract", "renew", "frame", "--until", "30.6.2029").out
    assert said == "Renewed the contract Frame until Sat 30 Jun 2029.\n"
    assert full("contract", "renew", "frame", "--until", "1.1.2029").code == 2
    assert "Renewed for  12 months" in full("contract", "show", "frame").out
    assert full("undo").code == 0
    assert full("contract", "show", "frame", "--json").json["contract"]["end"] == "2027-12-31"


def test_done_renews_a_contract_that_renews_by_itself_and_no_other(full: Kam) -> None:
    for name, renews in (("Frame", "yes"), ("Pilot", "no")):
        full(
            "contract", "add", name, "--account", "acme", "--start", "1.12.2025", "--end", "30.11.2026",
            "--renews", renews,
        )  # fmt: skip
    assert full("done", "frame renews").out == "Renewed the contract Frame until Tue 30 Nov 2027.\n"
    assert full("done", "pilot ends").out.startswith("Done: Pilot ends")
    ends = {each["name"]: each["end"] for each in full("contract", "list", "--json").json["contracts"]}
    assert ends == {"Frame": "2027-11-30", "Pilot": "2026-11-30"}
