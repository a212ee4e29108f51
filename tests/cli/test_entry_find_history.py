from __future__ import annotations

import pytest
from shell_run import Kam


def newest(kam: Kam) -> str:
    return str(kam("entry", "list", "--json").json["entries"][0]["id"])


def test_entries_are_listed_newest_first(full: Kam) -> None:
    lines = full("entry", "list").out.splitlines()
    assert ["Sale" in lines[0], "Call" in lines[1]] == [True, True]
    (only,) = full("entry", "list", "--limit", "1").out.splitlines()
    assert only.split() == lines[0].split()


def test_entries_of_one_party_only(full: Kam) -> None:
    full("note", "@nordic planted trees")
    assert [e["text"] for e in full("entry", "list", "nordic", "--json").json["entries"]] == ["planted trees"]
    assert len(full("entry", "list", "Liisa Korhonen", "--json").json["entries"]) == 1


def test_an_entry_is_shown_mended_and_removed_by_the_beginning_of_its_id(full: Kam) -> None:
    entry = newest(full)
    short = entry[:8]
    assert full("entry", "show", short, "--json").json["entry"]["id"] == entry
    ran = full("entry", "edit", short, "--text", "twelve licences", "--when", "last friday", "--kind", "call")
    assert ran.out == "Changed: Call with Acme Oy: twelve licences · Fri 20 Nov 2026\n"
    page = full("entry", "show", entry).out
    assert "twelve licences" in page
    assert "Fri 20 Nov 2026" in page
    assert full("entry", "remove", entry).code == 0
    assert full("entry", "show", entry).code == 3
    assert full("undo").code == 0
    assert full("entry", "show", entry).code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "t-zzzz"), 3),
        (("edit", "t-"), 3),
        (("list", "zebra"), 3),
        (("list", "--limit", "x"), 2),
    ],
)
def test_an_entry_that_is_not_there_is_told(full: Kam, words: tuple[str, ...], code: int) -> None:
    ran = full("entry", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err


def test_an_edit_without_a_field_changes_nothing(full: Kam) -> None:
    assert full("entry", "edit", newest(full)).code == 2


def test_find_looks_everywhere(full: Kam) -> None:
    assert full("find", "happy", "offer").out.startswith(
        "entry   Mon 2 Nov 2026  Liisa Korhonen, Acme Oy"
    ) or (full("find", "happy", "offer").out.startswith("entry  Mon 2 Nov 2026  Liisa Korhonen, Acme Oy"))
    hits = full("find", "liisa", "--json").json["hits"]
    assert [hit["title"] for hit in hits[:2]] == ["Liisa Korhonen", "Liisa Virtanen"]
    assert hits[0]["account"] == "Acme Oy"
    assert full("find", "+vip", "--json").json["hits"][0]["table"] == "accounts"
    assert len(full("find", "liisa", "--limit", "1", "--json").json["hits"]) == 1


def test_to_find_nothing_is_an_answer(full: Kam) -> None:
    ran = full("find", "zebra")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Nothing was found for zebra.\n"


@pytest.mark.parametrize("words", [("",), ("x", "--limit", "0"), ()])
def test_a_search_for_nothing_is_refused(full: Kam, words: tuple[str, ...]) -> None:
    assert full("find", *words).code == 2


def test_history_tells_who_changed_what_newest_first(full: Kam) -> None:
    lines = full("history").out.splitlines()
    assert len(lines) == 7
    assert lines[0].split("  ")[:3] == ["7", "Sun 22 Nov 2026 14:03", "tester@cli"]
    assert len(full("history", "--limit", "2").out.splitlines()) == 2
    assert full("history", "--limit", "9" * 30).out == full("history").out
    entry = full("history", "--json").json["history"][0]
    assert (entry["number"], entry["by"], entry["undoes"]) == (7, "tester@cli", None)
    assert entry["at"] == "2026-11-22T14:03:00+02:00"


def test_undo_takes_back_one_change_after_the_other(full: Kam) -> None:
    assert full("undo").out.startswith("Undid: Sale with Acme Oy")
    assert full("undo").out.startswith("Undid: Reminder for Sun 22 Nov 2026 16:00")
    assert full("history", "--json").json["history"][0]["undoes"] == 6
    for _each in range(5):
        assert full("undo").code == 0
    ran = full("undo")
    assert (ran.code, ran.err) == (3, "There is nothing to undo.\n")
    assert full("account", "list").out == ""
