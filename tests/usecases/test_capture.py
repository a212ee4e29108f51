"""One line of plain words: who, what, when, and what next."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from builders import NOW, account, contact

from kam_tui.domain.activity import Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import Ambiguous, Invalid, NotFound
from kam_tui.domain.one_line import Understood, Wish
from kam_tui.domain.promise import Promise
from kam_tui.domain.reminder import Reminder
from kam_tui.settings import Settings
from kam_tui.usecases.capture import capture, understand

ACME = account("Acme Oy", aliases=("AC",))
TIMBER = account("Nordic Timber Oy")
STEEL = account("Nordic Steel AB", status="prospect")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
JUSSI = contact("Jussi Virtanen", account_id=ACME.id, nickname="Jude")
JUHA = contact("Juha Mark", account_id=ACME.id)
ANNA = contact("Anna Berg", account_id=TIMBER.id)
ANNA_TOO = contact("Anna Lind", account_id=STEEL.id)
BOOK = Book.of(ACME, TIMBER, STEEL, LIISA, JUSSI, JUHA, ANNA, ANNA_TOO)
ZONE = "Europe/Helsinki"


def read(text: str, **settings: Any) -> Understood:
    return understand(BOOK, NOW, text, Settings(**settings))


def test_a_plain_thought_is_a_note_of_now_about_nobody() -> None:
    line = read("remember the spring fair")
    assert (line.text, line.account, line.contacts, line.tags) == ("remember the spring fair", None, (), ())
    assert line.when == Moment(date(2026, 11, 18), time(10, 30), ZONE)
    assert not line.backdated
    assert not line.problems


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("@acme great to see you", "great to see you"),
        ("great to see you @acme", "great to see you"),
        ("called @acme about prices", "called Acme Oy about prices"),
        ("called @acme, they agree", "called Acme Oy, they agree"),
        ('@"Acme Oy" agreed', "agreed"),
        ("@ac agreed", "agreed"),
        ("@a-acmeoy agreed", "agreed"),
    ],
)
def test_the_account_is_found_anywhere_and_leaves_the_text_readable(typed: str, text: str) -> None:
    line = read(typed)
    assert line.account is ACME
    assert line.text == text


@pytest.mark.parametrize(
    "typed", ["@nordic-timber agreed", "@nordic timber agreed", '@"nordic timber" agreed', "@timber agreed"]
)
def test_a_name_of_several_words_is_found(typed: str) -> None:
    line = read(typed)
    assert (line.account, line.text) == (TIMBER, "agreed")


def test_people_are_found_by_mark_and_bring_their_account() -> None:
    line = read("lunch with @liisa and @jude")
    assert line.contacts == (LIISA, JUSSI)
    assert line.account is ACME
    assert line.text == "lunch with Liisa Korhonen and Jussi Virtanen"


def test_people_of_the_account_are_found_by_name_alone() -> None:
    assert read("@acme met Liisa Korhonen").contacts == (LIISA,)
    assert read("@acme met Liisa and Jude").contacts == (LIISA, JUSSI)
    assert read("@acme met liisa").contacts == ()
    assert read("@acme met Anna").contacts == ()
    assert read("@acme a mark was left on the floor").contacts == ()


def test_a_title_or_a_reversed_name_is_no_first_name() -> None:
    elsa, jane = contact("Dr. Elsa Virtanen", account_id=ACME.id), contact("Doe, Jane", account_id=ACME.id)
    book = Book.of(ACME, elsa, jane)
    assert understand(book, NOW, "@acme met Elsa and Jane", Settings()).contacts == (elsa, jane)
    assert understand(book, NOW, "@acme met Dr. Smith", Settings()).contacts == ()


def test_a_first_name_that_two_share_names_neither_without_the_mark() -> None:
    book = BOOK.after([])
    two = Book.of(ACME, LIISA, contact("Liisa Aalto", account_id=ACME.id))
    assert understand(two, NOW, "@acme met Liisa", Settings()).contacts == ()
    assert book.contacts


@pytest.mark.parametrize(
    ("typed", "tags", "text"),
    [
        ("+vip @acme agreed #Golf", ("vip", "golf"), "agreed"),
        ("@acme met the #board, at last", (), "met the board, at last"),
        ("call +358 40 123 about #1", (), "call +358 40 123 about #1"),
        ("a C# course", (), "a C# course"),
    ],
)
def test_tags_may_stand_anywhere(typed: str, tags: tuple[str, ...], text: str) -> None:
    line = read(typed)
    assert line.text == text
    assert set(tags) <= set(line.tags)


@pytest.mark.parametrize(
    "typed",
    [
        "yesterday: met Liisa @acme",
        "@acme met Liisa on: yesterday",
        "@acme on:yesterday met Liisa",
        "eilen: met Liisa @acme",
        "@acme on: 17.11. met Liisa",
        "@acme on: tuesday met Liisa",
        "@acme yesterday: met Liisa",
        "@acme +fair last tuesday: met Liisa",
    ],
)
def test_a_day_is_said_in_front_or_after_its_mark(typed: str) -> None:
    line = read(typed)
    assert line.when == Moment(date(2026, 11, 17))
    assert line.backdated
    assert line.text == "met Liisa"
    assert line.contacts == (LIISA,)


def test_words_that_only_look_like_a_day_stay_in_the_text() -> None:
    assert not read("@acme delivered yesterday: ten pallets").backdated
    line = read("@acme fyi: may and mark sat down tomorrow")
    assert not line.backdated
    assert line.text == "fyi: may and mark sat down tomorrow"


@pytest.mark.parametrize(
    ("typed", "text", "wish", "due"),
    [
        (
            "@acme great talk remind: tue 14:00 send the offer",
            "great talk",
            "send the offer",
            "2026-11-24T14:00",
        ),
        ("@acme remind: tomorrow; great talk", "great talk", "great talk", "2026-11-19"),
        ("@acme great talk, remind:2w", "great talk", "great talk", "2026-12-02"),
        ("remind: fri call Liisa back @acme", "", "call Liisa back", "2026-11-20"),
        ("@acme muistuta: huomenna klo 9 soita", "", "soita", "2026-11-19T09:00"),
    ],
)
def test_a_reminder_is_asked_for_in_the_same_line(typed: str, text: str, wish: str, due: str) -> None:
    line = read(typed)
    assert not line.problems
    moment = Moment.parse(f"{due}[{ZONE}]" if "T" in due else due)
    assert (line.text, line.reminder) == (text, Wish(wish, moment))


def test_a_line_that_only_asks_for_a_reminder_tells_of_nothing_that_happened() -> None:
    change = capture(BOOK, NOW, "@acme +crane remind: fri call Liisa back", Settings())
    (edit,) = change.edits
    made: Any = edit.after
    assert isinstance(made, Reminder)
    assert (made.text, made.account_id, made.contact_ids, made.tags) == (
        "call Liisa back", ACME.id, (LIISA.id,), ("crane",),
    )  # fmt: skip
    assert change.summary == "Reminder for Fri 20 Nov 2026: call Liisa back"
    kinds = {type(e.after) for e in capture(BOOK, NOW, "@acme remind: fri ask", Settings(), "call").edits}
    assert kinds == {Activity, Reminder}


def test_a_note_without_a_word_is_told_and_a_call_without_one_is_a_call() -> None:
    with pytest.raises(Invalid, match="nothing to note"):
        capture(BOOK, NOW, "@acme", Settings())
    assert capture(BOOK, NOW, "@acme", Settings(), "call").summary == "Call with Acme Oy"


def test_a_reminder_may_repeat() -> None:
    line = read("@acme remind: every friday 9:00 look in")
    assert line.reminder
    assert line.reminder.due == Moment(date(2026, 11, 20), time(9), ZONE)
    assert line.reminder.rule.startswith("FREQ=WEEKLY")
    assert line.reminder.text == "look in"


@pytest.mark.parametrize("typed", ["@acme remind: someday call", "@acme remind:", "@acme on: whenever met"])
def test_a_date_that_cannot_be_read_is_told_never_guessed(typed: str) -> None:
    line = read(typed)
    (problem,) = line.problems
    assert isinstance(problem.error, Invalid)
    with pytest.raises(Invalid):
        capture(BOOK, NOW, typed, Settings())


def test_a_slashed_date_needs_an_order() -> None:
    assert read("@acme on: 3/11 met").problems
    assert read("@acme on: 3/11 met", date_order="dmy").when == Moment(date(2026, 11, 3))
    assert read("@acme on: 3/11 met", date_order="mdy").when == Moment(date(2026, 3, 11))


def test_an_open_name_lists_who_it_may_be() -> None:
    (problem,) = read("@nordic agreed").problems
    assert isinstance(problem.error, Ambiguous)
    assert problem.words == "@nordic"
    assert problem.error.candidates == ["Nordic Steel AB", "Nordic Timber Oy"]


def test_an_offered_name_can_be_typed_in_quotes() -> None:
    line = read('@"Anna Berg (Nordic Timber Oy)", agreed')
    assert line.contacts == (ANNA,)
    assert line.text == "agreed"


def test_an_unknown_name_offers_near_ones_and_nothing_is_written() -> None:
    with pytest.raises(NotFound) as caught:
        capture(BOOK, NOW, "@nordik agreed", Settings())
    assert any("Nordic" in name for name in caught.value.candidates)


def test_one_entry_belongs_to_one_account() -> None:
    assert isinstance(read("@acme and @timber agreed").problems[0].error, Invalid)


def test_an_empty_line_is_told() -> None:
    assert read("   ").problems
    assert read("+vip").problems


def test_an_address_is_no_mark() -> None:
    line = read("mail liisa@acme.example the offer")
    assert not line.problems
    assert line.text == "mail liisa@acme.example the offer"


def test_markup_and_control_sequences_are_text_or_gone() -> None:
    assert read("@acme [/bold] \x1b[2Jok").text == "[/bold] ok"


def test_further_lines_are_kept_as_they_are() -> None:
    assert read("@acme minutes\n- prices @ 5 €\n- #1").text == "minutes\n- prices @ 5 €\n- #1"


def test_what_was_understood_is_what_is_kept() -> None:
    change = capture(BOOK, NOW, "@steel first order! +crane remind: mon call Anna", Settings(), "sale")
    kept = [edit.after for edit in change.edits]
    sale = next(each for each in kept if isinstance(each, Activity))
    wish = next(each for each in kept if isinstance(each, Reminder))
    assert (sale.kind, sale.account_id, sale.tags) == ("sale", STEEL.id, ("crane",))
    assert (wish.text, wish.due.day, wish.contact_ids) == ("call Anna", date(2026, 11, 23), (ANNA_TOO.id,))
    assert any(getattr(each, "status", "") == "customer" for each in kept)


def test_an_unknown_kind_names_those_that_are() -> None:
    with pytest.raises(Invalid) as caught:
        capture(BOOK, NOW, "@acme x", Settings(), "telepathy")
    assert "meeting" in caught.value.hint


@pytest.mark.parametrize(
    ("typed", "account", "people", "text"),
    [
        ("@acme oy agreed", ACME, (), "agreed"),
        ("met @acme oy, they agreed", ACME, (), "met Acme Oy, they agreed"),
        ("@nordic-timber oy agreed", TIMBER, (), "agreed"),
        ("@acme, oy vey", ACME, (), "oy vey"),
        ("@acme oyster lunch", ACME, (), "oyster lunch"),
        ("@liisa korhonen agreed", ACME, (LIISA,), "agreed"),
        ("agreed with @liisa korhonen.", ACME, (LIISA,), "agreed with Liisa Korhonen."),
    ],
)
def test_a_name_said_in_full_after_its_mark_leaves_nothing_behind(
    typed: str, account: object, people: tuple[object, ...], text: str
) -> None:
    line = read(typed)
    assert (line.account, line.contacts, line.text) == (account, people, text)


@pytest.mark.parametrize(("typed", "mark"), [("turn on: the light", "on:"), ("to Remind: nobody", "remind:")])
def test_a_mark_that_was_meant_as_a_word_is_told_with_the_way_out(typed: str, mark: str) -> None:
    (problem,) = read(typed).problems
    assert problem.error.hint == f"Where {mark} is a word of your text, put a space before its colon."
    assert not read(typed.replace(":", " :")).problems


def test_a_mark_without_a_day_is_told() -> None:
    (problem,) = read("@acme remind:").problems
    assert str(problem.error) == "After remind: comes a day, such as tue 14:00 or 24.11."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("@acme remind: tomorrow", "What should you be reminded of?"),
        ("@acme remind: tue call remind: fri mail", "One line sets one reminder, and this one asks for two."),
        ("@acme on: monday met on: tuesday wrote", "This line says twice when it was."),
        ("yesterday: @acme met on: monday", "This line says twice when it was."),
    ],
)
def test_what_would_be_lost_or_guessed_is_told(typed: str, said: str) -> None:
    (problem,) = read(typed).problems
    assert str(problem.error) == said


def test_a_line_may_say_their_time() -> None:
    mori = contact("Mori Ken", account_id="a-mori", timezone="Asia/Tokyo")
    book = Book.of(account("Mori Kogyo", "a-mori", timezone="America/New_York"), mori)
    for line in (
        "@mori-ken remind: fri 9:00 their time call",
        "@kogyo asked Mori. remind: fri 9:00 their time call",
    ):
        (made,) = (
            e.after for e in capture(book, NOW, line, Settings()).edits if isinstance(e.after, Reminder)
        )
        assert str(made.due) == "2026-11-20T02:00[Europe/Helsinki]"
        assert made.zone == "Asia/Tokyo"
    line = "@kogyo promise: fri 17:00 their time send it"
    (given,) = (e.after for e in capture(book, NOW, line, Settings()).edits if isinstance(e.after, Promise))
    assert str(given.due) == "2026-11-21T00:00[Europe/Helsinki]"


def test_their_time_of_somebody_without_a_zone_is_a_problem_that_is_told() -> None:
    line = understand(BOOK, NOW, "@acme remind: fri 9:00 their time call", Settings())
    assert "Nobody knows what time it is there" in str(line.problems[0].error)


def test_a_mark_with_nothing_but_a_full_stop_behind_it_names_nobody() -> None:
    understood = read("met at the fair, more about @. tomorrow")
    assert not understood.problems
    assert not understood.contacts
    assert "@." in understood.text
