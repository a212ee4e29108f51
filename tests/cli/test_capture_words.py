from __future__ import annotations

import pytest
from shell_run import Kam


def test_a_note_says_what_it_understood_with_the_absolute_date(full: Kam) -> None:
    ran = full("note", "@acme Liisa Korhonen liked it +pilot remind: tue 14:00 send offer")
    assert ran.code == 0
    assert ran.out == (
        "Noted for Acme Oy, with Liisa Korhonen · Sun 22 Nov 2026 14:03 · #pilot · Liisa Korhonen liked it"
        " · reminder Tue 24 Nov 2026 14:00: send offer\n"
    )


def test_unquoted_words_are_one_line(full: Kam) -> None:
    ran = full("note", "@acme", "all", "went", "well")
    assert ran.out.endswith("· all went well\n")


def test_a_reminder_that_comes_back_is_said_in_words(full: Kam) -> None:
    ran = full("log", "meeting", "@acme kick-off remind: every 2 weeks look in")
    assert ran.out.startswith("Meeting for Acme Oy · ")
    assert "(every 2 weeks): look in" in ran.out


def test_a_line_can_be_backdated(full: Kam) -> None:
    assert "Sat 21 Nov 2026" in full("log", "visit", "yesterday:", "@acme", "in the plant").out


def test_a_kind_is_taken_by_its_label_too(full: Kam) -> None:
    assert full("log", "Thank-You", "@acme thanked").out.startswith("Thank-you for Acme Oy")


def test_a_kind_is_taken_by_a_finnish_word_and_in_front_of_the_line(full: Kam) -> None:
    assert full("log", "puhelu", "@acme sovittu").out.startswith("Call for Acme Oy")
    ran = full("note", "sale:", "@acme", "ten", "licences", "450", "€")
    assert ran.out.startswith("Sale for Acme Oy")
    assert "450 EUR" in ran.out


def test_the_first_sale_makes_a_customer_and_says_so(full: Kam) -> None:
    assert "Nordic Timber Oy is a customer now" in full("log", "sale", "@nordic first order").out


def test_a_note_may_be_about_nobody(kam: Kam) -> None:
    assert kam("note", "buy stamps").out == "Noted · Sun 22 Nov 2026 14:03 · buy stamps\n"


def test_a_dash_reads_standard_input_with_all_its_lines(full: Kam) -> None:
    ran = full("note", "-", "--json", stdin="@acme minutes\nfirst\nsecond\n")
    assert ran.json["changes"][0]["record"]["text"] == "minutes\nfirst\nsecond"


def test_standard_input_that_is_not_text_is_refused(full: Kam) -> None:
    ran = full("note", "-", stdin=b"\xff\xfe@acme")
    assert ran.code == 2
    assert "UTF-8" in ran.err


def test_json_tells_what_was_written(full: Kam) -> None:
    ran = full("note", "--json", "@acme", "Liisa", "Korhonen", "called", "remind: friday call back")
    activity, reminder = ran.json["changes"]
    assert (activity["did"], reminder["did"]) == ("added", "added")
    assert activity["record"]["account"] == "Acme Oy"
    assert activity["record"]["contacts"] == ["Liisa Korhonen"]
    assert activity["record"]["when"] == "2026-11-22T14:03[Europe/Helsinki]"
    assert reminder["record"]["due"] == "2026-11-27"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("note", "@acne hi"), 3, "No account or person is called acne.\nDid you mean Acme Oy?\n"),
        (("note", "@liisa hi"), 4, "Liisa Korhonen (Acme Oy); Liisa Virtanen (Nordic Timber Oy)"),
        (("note", "@acme remind: 31.2. call"), 2, ""),
        (("note",), 2, "There is nothing to note down yet.\nWrite it behind kam note"),
        (("note", "hi", "--knid"), 2, "kam note does not take --knid."),
        (("log", "foo", "hi"), 2, "foo is not a kind of activity."),
        (("log",), 2, "KIND"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_written(
    full: Kam, words: tuple[str, ...], code: int, said: str
) -> None:
    before = full("entry", "list").out
    ran = full(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err
    assert full("entry", "list").out == before


def test_help_shows_an_example(kam: Kam) -> None:
    ran = kam("note", "--help")
    assert ran.code == 0
    assert "kam note yesterday: @acme had lunch with Liisa" in ran.out


def test_a_kind_may_be_written_in_one_word(full: Kam) -> None:
    assert full("log", "thankyou", "@acme").out.startswith("Thank-you for Acme Oy")


def test_that_an_account_is_archived_is_said(full: Kam) -> None:
    full("account", "archive", "nordic")
    assert full("note", "@nordic", "hi").out.endswith(" · hi · Nordic Timber Oy is archived\n")
