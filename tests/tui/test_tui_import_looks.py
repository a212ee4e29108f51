from __future__ import annotations

from pathlib import Path

import pytest
from desktop import Desktop, running

from kam_tui.settings import Settings, Words

GOOD = "".join(f"Person {number},p{number}@koe.example,1980-01-02\n" for number in range(40))
BAD = "Bad Mail,ei-osoite,31.2.1980\n"
TWO = "Two Dates,two@koe.example,3/4/1980\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "many.csv").write_text("Name,Email,Birthday\n" + GOOD + BAD, "utf-8")
    (tmp_path / "two.csv").write_text("Name,Email,Birthday\n" + TWO + GOOD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def previewed(desk: Desktop, name: str) -> None:
    await desk.press("i")
    await desk.type(f"{name}\n")


async def test_what_comes_in_with_a_remark_stands_on_top_and_is_counted(folder: Path) -> None:
    async with running(size=(160, 40)) as desk:
        await previewed(desk, "many.csv")
        assert "41 new, 0 updated, 0 same, 0 in conflict; 1 to look at." in desk.text
        headings = [line for line in desk.lines if line[:1].isalpha()]
        assert headings == ["Look at these  1", "New  40"]
        assert "Bad Mail" in desk.lines[desk.lines.index("Look at these  1") + 1]
        assert "ei-osoite is not a mail address." in desk.text
        assert "31.2.1980 is in no calendar." in desk.text


async def test_the_same_file_again_has_nothing_more_to_look_at(folder: Path) -> None:
    async with running(size=(160, 40)) as desk:
        await previewed(desk, "many.csv")
        await desk.press("enter")
        await previewed(desk, "many.csv")
        assert "41 same" in desk.text
        assert "look at" not in desk.text.lower()


async def test_a_date_that_could_be_two_tells_the_key_that_settles_it(folder: Path) -> None:
    keys = Words({"import.dates": "z", "list.open": "x"})
    for settings, key in ((Settings(), "o"), (Settings(keys=keys), "z")):
        async with running(size=(160, 40), settings=settings) as desk:
            await previewed(desk, "two.csv")
            assert "3/4/1980 could be two dates, and was kept as text." in desk.text
            assert f"Press {key} to read 3/4 as 3 April, again as March 4." in desk.text
            assert "--date-order" not in desk.text
            await desk.press(key)
            assert "to read 3/4" not in desk.text
            assert "to look at" not in desk.text


async def test_the_line_of_keys_says_what_enter_does(folder: Path) -> None:
    async with running(size=(160, 40)) as desk:
        await previewed(desk, "many.csv")
        assert "Enter Bring in" in desk.lines[-1]
        assert "Open" not in desk.lines[-1]
        await desk.press("enter")
        assert desk.place == "People"
        assert "Enter Open" in desk.lines[-1]


async def test_the_key_that_opens_brings_in_where_it_is_moved(folder: Path) -> None:
    async with running(size=(160, 40), settings=Settings(keys=Words({"list.open": "x"}))) as desk:
        await previewed(desk, "many.csv")
        assert "x Bring in" in desk.lines[-1]
        await desk.press("x")
        assert desk.place == "People"
        assert len(desk.keeper.entries) == 1
