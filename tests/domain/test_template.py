"""Templates: blanks are filled from what was typed and from the page, and what is left open is found."""

from __future__ import annotations

import pytest
from builders import TODAY, account, contact

from kam_tui.domain.book import Book
from kam_tui.domain.errors import Invalid
from kam_tui.domain.template import Filled, check, fill, kind_of

BOOK = Book.of(
    account("Acme Oy", "a-acme"),
    contact("Liisa Korhonen", "c-liisa", account_id="a-acme"),
    contact("Alone", "c-alone"),
)
VISIT = "@{who} Visit: {text} remind: in 2 weeks ask how it goes"


def filled(template: str, typed: str = "", who: str = "") -> Filled:
    return fill(template, BOOK, TODAY, typed, who)


def test_names_and_text_go_to_their_blanks() -> None:
    line = "@acme Visit: saw the hall remind: in 2 weeks ask how it goes"
    assert filled(VISIT, "@acme saw the hall") == Filled(line, len(line), (), ())
    assert filled(VISIT, "saw @acme the hall").line == line
    assert filled(VISIT, '@"Liisa Korhonen" saw').line.startswith('@"Liisa Korhonen" Visit: saw remind:')


def test_the_page_says_whom_it_is_about_where_the_text_does_not() -> None:
    assert filled(VISIT, "saw", '"Acme Oy"').line.startswith('@"Acme Oy" Visit: saw remind:')


def test_a_blank_left_open_is_where_one_goes_on() -> None:
    line, behind = "@ Visit:  remind: in 2 weeks ask how it goes", " remind: in 2 weeks ask how it goes"
    assert filled(VISIT) == Filled(line, 1, ("who", "text"), (len(line) - 1, len(behind)))
    assert filled(VISIT, "@acme ").cursor == len("@acme Visit: ")


def test_a_text_without_a_blank_comes_before_the_reminder() -> None:
    assert filled("@{who} lunch. remind: fri thank them", "@acme good fish").line == (
        "@acme lunch. good fish remind: fri thank them"
    )
    assert filled("Lunch", "good fish").line == "Lunch good fish"


def test_a_name_without_a_blank_stays_in_the_text() -> None:
    assert filled("Called: {text}", "@acme is well").line == "Called: @acme is well"


@pytest.mark.parametrize(
    ("who", "name"),
    [("acme", "Acme Oy"), ('"Liisa Korhonen"', "Acme Oy"), ("alone", ""), ("nobody", ""), ("", "")],
)
def test_the_account_is_that_of_whom_it_is_about(who: str, name: str) -> None:
    assert filled("{account}|{today}", who=who).line == f"{name}|2026-11-18"


def test_braces_that_are_meant_and_braces_that_are_typed_stay() -> None:
    assert filled("{{x}} {text}", "{who} {nothing} {0.__class__}").line == "{x} {who} {nothing} {0.__class__}"


@pytest.mark.parametrize(
    "template", ["{nobody}", "{who!r}", "{text:>99}", "{who.name}", "{0}", "{}", "a } b", "{who"]
)
def test_what_is_no_blank_is_told(template: str) -> None:
    with pytest.raises(Invalid) as told:
        check(template)
    assert told.value.hint


def test_a_template_may_be_named_after_a_kind() -> None:
    assert [kind_of(name) for name in ("visit", "Thank-you", "weekly")] == ["visit", "thank-you", ""]
    check(VISIT)
