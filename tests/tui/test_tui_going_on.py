"""Going on from a line to what it is about: nothing leads nowhere, and what was found is seen at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import TODAY, activity, contract, promise, reminder
from desktop import Desktop, running
from small_book import account, contact, small_book

from kam_tui.domain.book import Book
from kam_tui.domain.change import add
from kam_tui.domain.dates.moment import Moment
from kam_tui.tui.widgets.agenda_list import AgendaList

LONG = "Tell Liisa that the drawings of the second line have come back from the printers, all but sheet nine"
OWN = reminder("Water the plants of the office", "r-plants", due=Moment(TODAY))


def book() -> Book:
    return small_book().after([
        add(OWN),
        add(reminder(LONG, "r-long", account_id="a-globex", due=Moment(TODAY + timedelta(days=1)))),
        add(promise("Offer for two pumps", "p-pumps", account_id="a-acme",
                    due=Moment(TODAY + timedelta(days=2)))),
        add(contract("Service of the harvesters", "k-service", account_id="a-acme",
                     end=TODAY + timedelta(days=400))),
        add(contact("Solo Person", "c-solo")),
    ])  # fmt: skip


def highlighted(desk: Desktop) -> str:
    """The highlighted line of the list in use."""
    return desk.line("▌ ")


async def test_one_key_leads_from_a_person_to_their_account() -> None:
    async with running(book()) as desk:
        await desk.press("3")
        await desk.type("fmatti\n\n")
        assert "o Account" in desk.lines[-1]
        await desk.press("o")
        assert desk.place == "AccountPage"
        assert "Acme Oy" in desk.lines[2]
        await desk.press("escape")
        assert desk.place == "ContactPage"


async def test_where_there_is_no_account_the_key_to_it_is_not_offered() -> None:
    async with running(book()) as desk:
        await desk.press("3")
        await desk.type("fsolo\n\n")
        assert "Solo Person" in desk.lines[2]
        assert "Account" not in desk.lines[-1]
        await desk.press("o")
        assert desk.place == "ContactPage"
        await desk.press("2", "enter")
        assert "Account" not in desk.lines[-1]


@pytest.mark.parametrize(
    ("words", "place", "line"),
    [
        ("the offer to Liisa", "AccountPage", "Send the offer to Liisa"),
        ("two pumps", "AccountPage", "Offer for two pumps"),
        ("of the harvesters", "AccountPage", "Service of the harvesters"),
        ("spring order", "AccountPage", "Talked about the spring order"),
    ],
)
async def test_a_hit_opens_on_its_line(words: str, place: str, line: str) -> None:
    async with running(book()) as desk:
        await desk.type(f"/{words}\n")
        assert desk.place == place
        assert line in highlighted(desk)


async def test_an_account_that_is_found_opens_on_its_timeline() -> None:
    async with running(book()) as desk:
        await desk.type("/globex\n")
        assert "Asked for references" in highlighted(desk)


@pytest.mark.parametrize("keys", [("/plants", "enter"), ("g", "G", "enter")], ids=["search", "today"])
async def test_what_is_about_nobody_opens_itself(keys: tuple[str, ...]) -> None:
    async with running(Book.of(OWN)) as desk:
        await desk.type(keys[0])
        await desk.press(*keys[1:])
        assert "Edit reminder" in desk.text
        assert "Water the plants" in desk.text


async def test_what_is_due_on_a_page_opens_whom_else_it_is_about_else_itself() -> None:
    async with running(book()) as desk:
        await desk.press("2")
        await desk.type("fglobex\n\n")
        await desk.press("tab")
        desk.app.screen.query_one(AgendaList).highlight("reminder:r-long:2026-11-19")
        await desk.settle()
        assert LONG[:30] in highlighted(desk)
        await desk.press("enter")
        assert "Edit reminder" in desk.text
        await desk.press("escape", "2", "escape")
        await desk.type("facme\n\n")
        await desk.press("tab")
        assert "Send the offer to Liisa" in highlighted(desk)
        await desk.press("enter")
        assert desk.place == "ContactPage"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_line_that_is_cut_off_on_a_page_is_told_whole_below(size: tuple[int, int]) -> None:
    async with running(book(), size=size) as desk:
        await desk.type("/sheet nine\n")
        assert LONG not in highlighted(desk)
        assert LONG in " ".join(desk.text.split())


async def test_a_broad_page_gives_what_is_due_as_many_lines_as_there_is_room_for() -> None:
    some = [add(reminder(f"Task {at:02d}", due=Moment(TODAY), account_id="a-acme")) for at in range(14)]
    async with running(small_book().after(some), size=(200, 60)) as desk:
        await desk.press("2", "enter")
        assert all(f"Task {at:02d}" in desk.text for at in range(14))
        assert "Talked about the spring order" in desk.text


async def test_the_timeline_of_a_person_tells_who_else_was_there() -> None:
    met = activity("Both were there", "t-both", account_id="a-acme", contact_ids=("c-liisa", "c-matti"))
    async with running(small_book().after([add(met)]), size=(140, 40)) as desk:
        await desk.press("3")
        await desk.type("fliisa\n\n")
        assert desk.line("  Both were there").rstrip().endswith("Matti Näätänen")
        assert "Liisa" not in desk.line("  Talked about the spring")


async def test_whom_nobody_has_met_yet_has_had_no_touch() -> None:
    async with running(Book.of(account("Umbrella", "a-umbrella"))) as desk:
        await desk.press("2", "enter")
        assert "no touch yet" in desk.lines[3]


@pytest.mark.parametrize("width", [60, 80])
async def test_the_last_day_of_a_contract_is_not_cut_off(width: int) -> None:
    async with running(book(), size=(width, 24)) as desk:
        await desk.type("/of the harvesters\n")
        assert "until 23 Dec 2027  " in highlighted(desk)
        assert "Promises and contracts 2" in desk.text


@pytest.mark.parametrize(
    "keys",
    [
        ("1",),
        ("2",),
        ("2", "enter"),
        ("2", "enter", "tab"),
        ("3", "enter"),
        ("4",),
        ("4", "c"),
        ("5",),
        ("comma",),
    ],
)
async def test_a_narrow_screen_still_names_the_key_that_leads_to_all_others(keys: tuple[str, ...]) -> None:
    async with running(book(), size=(60, 20)) as desk:
        await desk.press(*keys)
        assert "? Keys" in desk.lines[-1]


async def test_the_keys_of_a_page_name_the_one_to_its_other_parts() -> None:
    async with running(book(), size=(60, 20)) as desk:
        await desk.press("2", "enter")
        assert "Tab Next part" in desk.lines[-1]


async def test_the_key_that_leads_back_is_named_where_there_is_somewhere_to_go_back_to() -> None:
    async with running(book()) as desk:
        assert "Esc Back" not in desk.lines[-1]
        assert "q Quit" in desk.lines[-1]
        for key in ("enter", "comma", "question_mark"):
            await desk.press(key)
            assert "Esc Back" in desk.lines[-1]


@pytest.mark.parametrize(
    ("key", "name", "gives_way"),
    [("2", "Łódzkie Zakłady Wł", "Status"), ("3", "Ignacy Wojciechowski", "Title")],
)
async def test_a_narrow_list_leaves_room_for_names(key: str, name: str, gives_way: str) -> None:
    some = small_book().after([
        add(contact("Ignacy Wojciechowski", "c-long", account_id="a-acme")),
        add(account("Zimmermann Antriebe", "a-lost", archived=True)),
        add(contact("Zimmermann Jan", "c-lost", archived=True)),
    ])  # fmt: skip
    async with running(some, size=(60, 20)) as desk:
        await desk.press(key)
        assert name in desk.text
        assert gives_way not in desk.text
        await desk.press("f")
        await desk.type("archived:yes")
        assert desk.line("Zimmermann").endswith("Archived")
        await desk.pilot.resize_terminal(80, 24)
        await desk.settle()
        assert desk.line("Zimmermann").count("Archived") == 1


async def test_what_a_form_says_of_leaving_it_is_gone_when_one_goes_on() -> None:
    async with running() as desk:
        await desk.press("2", "a")
        await desk.type("Umbrella")
        await desk.press("escape")
        assert "This is not saved" in desk.text
        await desk.type("s")
        assert "This is not saved" not in desk.text
        await desk.press("escape")
        assert desk.place == "Form"
        assert "This is not saved" in desk.text


@pytest.mark.parametrize(
    ("key", "words"), [("d", "How did it go?"), ("s", "or in words"), ("m", "or in words")]
)
async def test_however_long_a_line_is_what_is_asked_of_it_has_room(key: str, words: str) -> None:
    long = reminder("Ask " + "whether the drawings came " * 20, "r-l", due=Moment(TODAY), account_id="a-lodz")
    async with running(small_book().after([add(long)]), size=(60, 20)) as desk:
        desk.app.screen.query_one(AgendaList).highlight("reminder:r-l:2026-11-18")
        await desk.press(key)
        assert "Łódzkie Zakłady Włókiennicze: Ask whether" in " ".join(desk.text.split())
        assert words in desk.text
        assert "Esc  cancel" in desk.text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_a_text_longer_than_the_room_for_it_is_read_with_the_keys(size: tuple[int, int]) -> None:
    long = activity("Minutes of the meeting\n" + "\n".join(f"Point {at:02d}." for at in range(30)), "t-long",
                    account_id="a-acme")  # fmt: skip
    async with running(small_book().after([add(long)]), size=size) as desk:
        await desk.press("2", "enter")
        assert "J reads on" in desk.text
        assert "Point 29." not in desk.text
        for _page in range(12):
            await desk.press("J")
        assert "Point 29." in desk.text
        assert "Minutes of the meeting" in highlighted(desk)
        for _page in range(12):
            await desk.press("K")
        assert "Point 00." in desk.text
        await desk.press("J", "down")
        assert "reads on" not in desk.text
        assert "Talked about the spring order; she wants a firm date." in desk.text


async def test_a_long_text_is_seen_in_its_form_too() -> None:
    long = activity("\n".join(f"Point {at:02d}." for at in range(8)), "t-long", account_id="a-acme")
    async with running(small_book().after([add(long)]), size=(140, 40)) as desk:
        await desk.press("2", "enter", "e")
        assert "Edit entry" in desk.text
        assert all(f"Point {at:02d}." in desk.text.partition("Edit entry")[2] for at in range(8))


@pytest.mark.parametrize("key", ["e", "E", "y", "w", "delete"])
async def test_a_key_that_has_nothing_to_act_on_says_so(key: str) -> None:
    async with running(Book()) as desk:
        await desk.press("2", key)
        assert desk.notices == ["There is nothing here that this could be done with."]


async def test_enter_on_what_follows_from_other_facts_says_that_it_does() -> None:
    async with running() as desk:
        await desk.press("2")
        await desk.type("flodz\n\n")
        await desk.press("tab", "enter")
        assert "Be in touch" in highlighted(desk)
        assert desk.notices == ["This follows from what is known."]


@pytest.mark.parametrize(
    ("keys", "place"),
    [(("g", "d"), "Outcome"), (("g", "s"), "Snooze"), (("2", "space", "b", "n"), "ForAll")],
)
async def test_what_was_typed_into_a_box_is_not_lost_with_one_escape(
    keys: tuple[str, ...], place: str
) -> None:
    async with running() as desk:
        await desk.press(*keys)
        await desk.type("She wants the drawings first")
        await desk.press("escape")
        assert desk.place == place
        assert "This is not saved. Press Esc again to drop it." in desk.text
        await desk.type("!")
        assert "This is not saved" not in desk.text
        assert "Esc" in desk.text
        await desk.press("escape", "escape")
        assert desk.place != place


async def test_a_box_in_which_nothing_was_typed_is_left_at_once() -> None:
    async with running() as desk:
        await desk.press("g", "d", "escape")
        assert desk.place == "Today"
