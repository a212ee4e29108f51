"""`kam history NAME`, `kam history 17`, `kam undo` and `kam redo`, as a person types them."""

from __future__ import annotations

import pytest
from shell_run import Kam


def details(kam: Kam, *words: str) -> list[str]:
    """What a history tells below its lines."""
    return [line.partition("· ")[2] for line in kam("history", *words).out.splitlines()[1:] if "  · " in line]


def numbers(kam: Kam, *words: str) -> list[int]:
    return [entry["number"] for entry in kam("history", *words, "--json").json["history"]]


def test_redo_does_again_what_undo_took_back_step_by_step(full: Kam) -> None:
    book = full("export", "--format", "json").out
    for _each in range(3):
        full("undo")
    assert [full("redo").out.partition(":")[0] for _each in range(3)] == ["Redid"] * 3
    assert full("redo").err == "There is nothing to redo.\n"
    assert full("export", "--format", "json").out == book
    assert full("undo").out.startswith("Undid: Sale with Acme Oy")


def test_something_new_ends_redo_but_its_number_still_does(full: Kam) -> None:
    full("undo")
    full("note", "@acme something new")
    ran = full("redo")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        "There is nothing to redo.\nSomething new was done since the last undo. "
        "To do it again: kam redo 7, or U on it in the history.\n"
    )
    assert full("redo", "7").out.startswith("Redid: Sale with Acme Oy")


def test_undo_takes_back_the_change_of_a_number(full: Kam) -> None:
    assert full("undo", "5").out.startswith("Undid: Call with Liisa Korhonen")
    ran = full("undo", "5")
    assert (ran.code, ran.err) == (
        3, "Change 5 is taken back already.\nTo do it again: kam redo 5, or U on it in the history.\n",
    )  # fmt: skip
    assert full("undo", "8").err.startswith("Change 8 is an undo: it took back change 5.\n")
    assert full("redo", "--json").json["summary"].startswith("Redid: Call with Liisa Korhonen")
    assert full("redo", "5").err == "Change 5 is not taken back, so it cannot be redone.\n"


def test_what_has_been_changed_since_is_refused_with_the_reason(full: Kam) -> None:
    full("account", "edit", "acme", "--city", "Oulu")
    ran = full("undo", "1")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith(
        "Acme Oy has been changed since, so this cannot be undone: Added the account Acme"
    )


@pytest.mark.parametrize("word", ["undo", "redo"])
@pytest.mark.parametrize(("text", "code"), [("99", 3), ("0", 3), ("x", 2), ("1.5", 2), ("9" * 5000, 2)])
def test_a_number_that_is_none_is_told(full: Kam, word: str, text: str, code: int) -> None:
    ran = full(word, text)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err


def test_the_history_of_an_account_tells_what_became_of_it_and_of_all_that_belongs_to_it(full: Kam) -> None:
    full("account", "edit", "acme", "--city", "", "--tier", "growth")
    full("contact", "edit", "liisa korhonen", "--title", "Boss")
    full("contact", "edit", "liisa virtanen", "--title", "Boss")
    full("snooze", "contract", "tomorrow")
    ran = full("history", "acme")
    assert ran.out.splitlines()[0].startswith("Acme Oy · account · a-")
    assert numbers(full, "acme") == [11, 9, 8, 7, 6, 5, 3, 1]
    assert details(full, "acme") == [
        "agenda Sun 22 Nov 2026, call about the contract: added",
        "Liisa Korhonen, Title: (empty) → Boss",
        "Tier: key → growth",
        "City: Tampere → (empty)",
        "entry ten licences: added",
        "reminder call about the contract: added",
        "entry Liisa Korhonen is happy with the offer: added",
        "person Liisa Korhonen: added",
        "added",
    ]


def test_the_history_of_a_person_a_reminder_and_an_entry(full: Kam) -> None:
    full("remind", "edit", "contract", "--text", "call about the new contract")
    assert numbers(full, "liisa korhonen") == [5, 3]
    assert numbers(full, "new contract") == [8, 6]
    assert details(full, "new contract")[0] == (
        "What to do: call about the contract → call about the new contract"
    )
    entry = full("entry", "list", "--json").json["entries"][0]["id"]
    assert numbers(full, entry) == numbers(full, entry[:8]) == [7]
    full("entry", "remove", entry)
    assert numbers(full, entry) == [9, 7]
    assert full("history", entry).out.splitlines()[0] == (
        f"ten licences · entry · {entry} · no longer in the book"
    )


def test_whoever_is_archived_renamed_or_gone_is_still_found(full: Kam) -> None:
    full("contact", "archive", "liisa virtanen")
    assert details(full, "liisa virtanen")[0] == "Archived: no → yes"
    full("account", "edit", "nordic", "--name", "Globex Oy")
    assert details(full, "nordic timber")[0] == "Name: Nordic Timber Oy → Globex Oy"
    full("account", "add", "Fleeting Oy")
    gone = full("account", "list", "--json").json["accounts"]
    full("undo")
    assert full("history", "fleeting").out.splitlines()[0].endswith("no longer in the book")
    record_id = next(each["id"] for each in gone if each["name"] == "Fleeting Oy")
    about = full("history", record_id, "--json").json["about"]
    assert about == {"table": "accounts", "id": record_id, "name": "Fleeting Oy"}


def test_a_name_that_several_had_is_asked_for(full: Kam) -> None:
    assert full("history", "liisa").code == 4
    for name in ("Fleeting One", "Fleeting Two"):
        full("account", "add", name)
    full("undo")
    full("undo")
    ran = full("history", "fleeting")
    assert ran.code == 4
    assert "Fleeting One [a-" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "zebra",
            "No account, person, reminder, promise, contract or entry is called zebra.\n"
            "kam history lists the changes.\n",
        ),
        ("nordik timber", "is called nordik timber.\nDid you mean Nordic Timber"),
        ("99", "There is no change 99 in the history, and nothing is called so.\n"),
        ("t-zzzz", "No account, person, reminder, promise, contract or entry is called t-zzzz."),
    ],
)
def test_a_name_that_nobody_had_is_told(full: Kam, text: str, said: str) -> None:
    ran = full("history", text)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


def test_a_number_is_a_change_before_it_is_a_name(full: Kam) -> None:
    full("account", "add", "1912")
    assert full("history", "1912").out.startswith("1912 · account")
    assert full("history", "8").out.startswith("8 Sun 22 Nov 2026")


def test_one_change_is_told_in_full(full: Kam) -> None:
    full("account", "edit", "acme", "--city", "Oulu", "--about", "One\nTwo")
    page = full("history", "8").out
    lines = page.splitlines()
    assert lines[:3] == ["8 Sun 22 Nov 2026 14:03 tester@cli", "Changed the account Acme Oy.", ""]
    assert lines[3].startswith("account Acme Oy · changed · a-")
    assert lines[4:] == ["  City   Tampere → Oulu", "  About  (empty) → One Two"]
    full("undo")
    assert "\nChange 9 took it back.\n" in full("history", "8").out
    full("redo")
    assert "\nIt took back change 8. Change 10 did that again.\n" in full("history", "9").out
    assert "\nIt did change 8 again.\n" in full("history", "10").out
    added = full("history", "1").out
    assert "  City  Tampere\n" in added
    assert "→" not in added


def test_the_list_marks_what_is_undone_and_what_is_redone(full: Kam) -> None:
    full("undo")
    lines = full("history", "--limit", "2").out.splitlines()
    assert ["  undone  " in line for line in lines] == [False, True]
    full("redo")
    lines = full("history", "--limit", "3").out.splitlines()
    assert ["  redone  " in line for line in lines] == [False, True, False]
    assert not any("undone" in line for line in lines)


def test_json_has_each_record_before_and_after(full: Kam) -> None:
    full("account", "edit", "acme", "--city", "Oulu")
    full("undo")
    undoing, change = full("history", "acme", "--json", "--limit", "2").json["history"]
    assert (undoing["undoes"], undoing["taken_back_by"]) == (8, None)
    assert (change["undoes"], change["taken_back_by"]) == (None, 9)
    (edit,) = change["changes"]
    assert (edit["did"], edit["fields"]) == ("changed", ["city"])
    assert (edit["before"]["city"], edit["after"]["city"]) == ("Tampere", "Oulu")
    assert edit["record"] == edit["after"]
    assert edit["before"].keys() == edit["after"].keys()
    (added,) = full("history", "1", "--json").json["history"][0]["changes"]
    assert (added["before"], added["after"]["name"]) == (None, "Acme Oy")


def test_a_large_change_gives_a_few_lines_and_says_where_the_rest_is(full: Kam) -> None:
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Person {number}\nORG:Acme Oy\nEND:VCARD\n" for number in range(15)
    )
    assert full("import", "-", "--yes", stdin=cards).code == 0
    told = details(full, "acme", "--limit", "1")
    assert len(told) == 10
    assert told[-1] == "and 6 more: see kam history 8"
    assert full("history", "8").out.count("· added ·") == 15


def test_what_people_wrote_is_shown_as_text_on_one_line(full: Kam) -> None:
    full("account", "edit", "acme", "--about", "[bold]\x1b[31mred\nsecond " + "long " * 40)
    (line,) = [line for line in details(full, "acme") if line.startswith("About")]
    assert line.startswith("About: (empty) → [bold]red second long")
    assert len(line) < 90


def test_the_limit_holds_for_one_record_as_well(full: Kam) -> None:
    assert numbers(full, "acme", "--limit", "1") == [7]
    assert full("history", "acme", "--limit", "0").code == 2
