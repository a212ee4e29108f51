"""The blanks of a template: found again in the line while it is written, and never passed over unseen."""

from __future__ import annotations

import time
from typing import Any

import pytest
from desktop import running
from test_tui_completion import newest

from kam_tui.domain.completing import Names
from kam_tui.settings import Settings, Words
from kam_tui.tui.blanks import Blanks

CALL = Settings(templates=Words(soitto="@{who} soitin {text}"))


def test_the_first_empty_blank_is_found_whatever_stands_before_it() -> None:
    blanks = Blanks("@ Visit:  remind: fri", (20, 12))
    assert blanks.next("@ Visit:  remind: fri") == 1
    assert blanks.next("@acme Visit:  remind: fri") == 12 + 1
    assert blanks.next('@"Acme Oy" Visit:  remind: fri') == 18
    assert blanks.next("@acme Visit: the hall remind: fri") is None


def test_a_name_in_quotes_is_one_blank() -> None:
    assert Blanks("@ ", (1, 0)).next('@"Acme Oy" ') == 11


def test_where_the_words_between_are_changed_there_are_no_blanks() -> None:
    assert Blanks("@ Visit: ", (8, 0)).next("@ Called: ") is None
    assert Blanks().next("anything") is None


def test_an_empty_blank_is_left_with_the_second_try() -> None:
    blanks = Blanks("@acme soitin ", (0,))
    assert blanks.go_on("@acme soitin ", 3) == 13
    assert blanks.go_on("@acme soitin ", 13) == 13
    assert blanks.go_on("@acme soitin ", 13) is None


async def test_enter_stays_in_a_blank_that_is_still_empty_and_says_so() -> None:
    async with running(settings=CALL) as desk:
        await desk.press("2", "enter", "n", "ctrl+t", "enter")
        assert desk.place == "Capture"
        assert "This blank is still empty. Enter once more leaves it so." in desk.text
        assert not desk.keeper.entries
        await desk.type("hinnoista\n")
        assert (newest(desk).text, newest(desk).kind) == ("soitin hinnoista", "call")


async def test_enter_once_more_leaves_it_empty() -> None:
    async with running(settings=CALL) as desk:
        await desk.press("2", "enter", "n", "ctrl+t", "enter")
        await desk.press("enter")
        assert newest(desk).text == "soitin"


async def test_enter_leads_back_to_a_blank_that_was_passed_over() -> None:
    async with running(settings=CALL) as desk:
        await desk.press("n", "ctrl+t")
        await desk.press("end")
        await desk.type("prices\n")
        assert not desk.keeper.entries
        await desk.type("liisa\n")
        assert (newest(desk).text, newest(desk).contact_ids) == ("soitin prices", ("c-liisa",))


async def test_a_template_waits_for_no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*args: Any, **more: Any) -> Names:
        time.sleep(0.3)
        return Names(*args, **more)

    monkeypatch.setattr("kam_tui.tui.widgets.named_line.Names", slow)
    async with running(settings=CALL) as desk:
        await desk.press("2", "enter", "n", "ctrl+t", "enter")
        assert "This blank is still empty." in desk.text
