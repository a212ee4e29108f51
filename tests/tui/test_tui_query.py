"""The filter of the lists: one query language, errors under the word, words completed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop, running

from kam_tui.settings import Settings, Words
from kam_tui.tui.screens.tables import TableDesk
from kam_tui.tui.widgets.columns import Heading


def table(desk: Desktop) -> TableDesk[Any]:
    screen = desk.app.screen
    assert isinstance(screen, TableDesk)
    return screen


def names(desk: Desktop) -> list[str]:
    return [line.record.name for line in table(desk).rows.lines if not isinstance(line, Heading)]


async def test_fields_tags_times_and_plain_words_narrow_the_list() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("tier:key -city:tampere")
        assert names(desk) == ["株式会社さくら商事"]
        await desk.press("escape", "f")
        await desk.type("quiet>30d status:customer")
        assert names(desk) == ["Globex GmbH", "[/bold] Brothers", "IT department"]
        await desk.press("escape", "f")
        await desk.type("due<0d tier:key city:tampere,köln")
        assert names(desk) == ["Acme Oy"]
        await desk.press("escape", "f")
        await desk.type("tag:vip harvest")
        assert "Nothing here is like that" in desk.text
        await desk.press("escape", "f")
        await desk.type("tag:vip machinery")
        assert names(desk) == ["Acme Oy"]


async def test_people_are_asked_for_what_is_theirs_and_their_accounts() -> None:
    async with running() as desk:
        await desk.press("3", "f")
        await desk.type("tier:key birthday<14d")
        assert names(desk) == ["Liisa Korhonen"]
        await desk.press("escape", "f")
        await desk.type("due<-2d")
        assert names(desk) == ["Liisa Korhonen"]


async def test_a_word_that_is_wrong_is_told_beneath_it_and_the_list_stays() -> None:
    async with running(size=(110, 24)) as desk:
        await desk.press("2", "f")
        await desk.type("tier:key teir:g")
        assert len(names(desk)) == 2
        typed, marks, said = desk.lines[2:5]
        assert said.strip().startswith("teir:g asks for teir")
        assert "Did you mean tier?" in said
        assert marks == " " * typed.index("teir:g") + "^^^^^^"
        assert table(desk).field.wrong == (9, 15)
        await desk.press(*["backspace"] * 6)
        assert "asks for" not in desk.text
        assert table(desk).field.wrong is None


async def test_on_a_narrow_screen_the_error_is_told_in_full() -> None:
    async with running(size=(60, 20)) as desk:
        await desk.press("2", "f")
        await desk.type("a b c teir:g")
        assert "Did you mean tier?" in " ".join(" ".join(desk.lines[3:6]).split())


async def test_while_a_word_is_typed_nothing_is_shouted_and_the_list_does_not_blink() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        for letter in "tier:ke":
            await desk.type(letter)
            assert names(desk), letter
            assert table(desk).field.wrong is None
        await desk.type("y ")
        assert len(names(desk)) == 2


async def test_enter_on_a_word_that_was_only_begun_says_what_is_missing() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("quiet>\n")
        assert desk.place == "Accounts"
        assert "quiet> does not say what to look for." in desk.text


async def test_tab_takes_the_completion_that_is_shown_and_so_does_the_right_arrow() -> None:
    async with running() as desk:
        await desk.press("2", "f")
        await desk.type("ti")
        assert "Filter tier:" in desk.text
        await desk.press("tab")
        await desk.type("k")
        await desk.press("right")
        assert table(desk).field.value == "tier:key"
        await desk.type(" city:łó")
        await desk.press("tab")
        assert table(desk).field.value == "tier:key city:Łódź"
        await desk.type(" account:ac")
        await desk.press("tab")
        assert table(desk).field.value.endswith('account:"Acme Oy"')


async def test_tab_without_a_completion_goes_on_to_the_list() -> None:
    async with running() as desk:
        await desk.press("2", "f", "tab")
        assert table(desk).focused is table(desk).rows


async def test_an_empty_filter_shows_what_may_be_asked() -> None:
    async with running() as desk:
        await desk.press("2")
        assert "quiet>30d" not in desk.text
        await desk.press("f")
        assert "quiet>30d" in desk.text
        await desk.type("a")
        assert "quiet>30d" not in desk.text
        await desk.press("escape")
        assert "quiet>30d" not in desk.text


SEGMENTS = Settings(segments=Words({"best of all": "tier:key", "quiet": 'segment:"best of all" quiet>2d'}))


async def test_a_segment_stands_for_its_query_and_is_completed() -> None:
    async with running(settings=SEGMENTS) as desk:
        await desk.press("2", "f")
        await desk.type("segment:be")
        await desk.press("tab")
        assert table(desk).field.value == 'segment:"best of all"'
        assert len(names(desk)) == 2
        await desk.press("escape", "f")
        await desk.type("segment:quiet")
        assert names(desk) == ["株式会社さくら商事"]
        await desk.type("x ")
        assert "there is no segment quietx" in desk.text


async def test_the_palette_counts_who_is_in_a_segment_and_goes_there() -> None:
    async with running(size=(100, 40), settings=SEGMENTS) as desk:
        await desk.press("ctrl+p")
        await desk.type("best of")
        await desk.until_seen("Segment: 3 people")
        assert "Segment: 2 accounts" in desk.text
        await desk.press("down", "enter")
        await desk.until(lambda: desk.place == "People")
        await desk.settle()
        assert names(desk) == ["Liisa Korhonen", "Matti Näätänen", "山田 花子"]
        assert table(desk).field.value == 'segment:"best of all"'


async def test_what_the_filter_says_gets_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    monkeypatch.setenv("KAM_CONFIG", str(file))
    async with running() as desk:
        await desk.press("2", "K")
        assert desk.place == "Accounts"
        assert "Filter the list first" in desk.notices[0]
        await desk.press("f")
        await desk.type("tier:key")
        await desk.press("tab", "K")
        await desk.type("best of all")
        assert 'segment:"best of all" will mean it wherever a query is taken.' in desk.text
        await desk.press("enter")
        await desk.settle()
        assert desk.notices[-1] == 'segment:"best of all" means it from now on.'
        assert file.read_text() == '[segments]\n"best of all" = "tier:key"\n'
        assert desk.app.session.settings.segments == {"best of all": "tier:key"}
        assert len(names(desk)) == 2
        await desk.press("f", "escape", "f")
        await desk.type('segment:"best of all"')
        assert len(names(desk)) == 2
        await desk.press("tab", "K")
        await desk.type("best of all")
        assert "So far it means: tier:key" in desk.text
        await desk.press("enter")
        await desk.settle()
        assert any("there is no segment" in each for each in desk.notices)
        assert file.read_text() == '[segments]\n"best of all" = "tier:key"\n'
