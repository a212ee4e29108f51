"""Undo and redo, as an editor has them, out of nothing but the history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import NOW, account, activity, contact
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_keeper import MemoryKeeper

from kam_tui.domain.book import Book
from kam_tui.domain.change import SCHEMAS, Change, Edit, Entry, Record, add
from kam_tui.domain.errors import Conflict, NotFound
from kam_tui.ports import Keeper
from kam_tui.session import Session
from kam_tui.settings import Settings
from kam_tui.store.store import Store
from kam_tui.usecases import undo

ACME, BETA = account("Acme Oy", "a-acme"), account("Beta Oy", "a-beta")


class Desk:
    """A book, and people who change it: `anna` at the shell, `ben` at the screen."""

    def __init__(self, *records: Record, keeper: Keeper | None = None) -> None:
        self.keeper = keeper or MemoryKeeper(Book.of(*records))
        self.anna = Session(self.keeper, Settings(), lambda: NOW, "cli")
        self.ben = Session(self.keeper, Settings(), lambda: NOW, "tui")

    @property
    def book(self) -> Book:
        return self.keeper.read()

    @property
    def summaries(self) -> list[str]:
        return [entry.change.summary for entry in self.keeper.history()]

    def write(self, what: str, *edits: Edit, who: Session | None = None) -> None:
        (who or self.anna).run(lambda _book, _now: Change(what, edits))

    def add(self, record: Record, who: Session | None = None) -> None:
        self.write(f"Added {record.id}", add(record), who=who)

    def move(self, city: str, account_id: str = ACME.id, who: Session | None = None) -> None:
        """Put an account into another town."""
        before = self.book.accounts[account_id]
        self.write(f"Moved to {city}", Edit(before, replace(before, city=city)), who=who)

    def city(self, account_id: str = ACME.id) -> str:
        return self.book.accounts[account_id].city


def test_any_number_of_steps_go_back_and_forth() -> None:
    desk = Desk(ACME)
    for city in ("Oulu", "Turku", "Kemi"):
        desk.move(city)
    seen = []
    for act in (*[desk.anna.undo] * 3, *[desk.anna.redo] * 3, *[desk.anna.undo] * 2, desk.anna.redo):
        act()
        seen.append(desk.city())
    assert seen == ["Turku", "Oulu", "", "Oulu", "Turku", "Kemi", "Turku", "Oulu", "Turku"]
    desk.anna.redo()
    assert desk.city() == "Kemi"
    with pytest.raises(NotFound, match="nothing to redo"):
        desk.anna.redo()


def test_after_a_redo_undo_takes_the_same_back_again_and_redo_goes_on_to_the_next() -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.move("Turku")
    desk.anna.undo()
    desk.anna.undo()
    desk.anna.redo()
    assert desk.city() == "Oulu"
    desk.anna.undo()
    assert desk.city() == ""
    desk.anna.redo()
    desk.anna.redo()
    assert desk.city() == "Turku"


def test_a_summary_names_the_change_and_never_an_undo_of_an_undo() -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    for act in (desk.anna.undo, desk.anna.redo, desk.anna.undo, desk.anna.redo):
        act()
    assert desk.summaries[::-1] == [
        "Moved to Oulu",
        "Undid: Moved to Oulu",
        "Redid: Moved to Oulu",
        "Undid: Moved to Oulu",
        "Redid: Moved to Oulu",
    ]


def test_something_new_ends_redo() -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.anna.undo()
    desk.move("Kemi")
    with pytest.raises(NotFound) as refused:
        desk.anna.redo()
    assert str(refused.value) == "There is nothing to redo."
    assert "kam redo 1" in refused.value.hint
    desk.anna.undo()
    desk.anna.redo()
    assert desk.city() == "Kemi"
    with pytest.raises(NotFound, match="nothing to redo"):
        desk.anna.redo()


def test_what_others_do_meanwhile_does_not_end_redo() -> None:
    desk = Desk(ACME, BETA)
    desk.move("Oulu")
    desk.anna.undo()
    desk.move("Kemi", BETA.id, who=desk.ben)
    desk.anna.redo()
    assert (desk.city(), desk.city(BETA.id)) == ("Oulu", "Kemi")


def test_who_has_done_something_new_does_not_redo_what_somebody_else_took_back() -> None:
    desk = Desk(ACME, BETA)
    desk.move("Oulu")
    desk.anna.undo()
    desk.move("Kemi", BETA.id, who=desk.ben)
    with pytest.raises(NotFound, match="nothing to redo"):
        desk.ben.redo()
    assert desk.city() == ""


def test_what_somebody_left_behind_is_not_redone_by_one_who_only_looks() -> None:
    desk = Desk(ACME, BETA)
    desk.move("Oulu")
    desk.anna.undo()
    desk.move("Kemi", BETA.id)
    with pytest.raises(NotFound, match="nothing to redo"):
        desk.ben.redo()


def test_what_one_took_back_another_may_do_again_while_nothing_new_was_done() -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.anna.undo()
    desk.ben.redo()
    assert desk.city() == "Oulu"
    assert next(iter(desk.keeper.history())).by.endswith("@tui")


def test_redo_is_refused_where_others_have_changed_the_same_record() -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.anna.undo()
    desk.move("Kemi", who=desk.ben)
    with pytest.raises(Conflict, match="Acme Oy has been changed since, so this cannot be redone: Moved to"):
        desk.anna.redo()
    assert desk.city() == "Kemi"


def test_any_change_can_be_taken_back_by_its_number_and_done_again() -> None:
    desk = Desk(ACME, BETA)
    desk.move("Oulu")
    desk.move("Kemi", BETA.id)
    desk.anna.undo(1)
    assert (desk.city(), desk.city(BETA.id)) == ("", "Kemi")
    desk.anna.undo()
    assert desk.city(BETA.id) == ""
    desk.anna.redo(1)
    assert (desk.city(), desk.city(BETA.id)) == ("Oulu", "")
    desk.anna.redo()
    assert desk.city(BETA.id) == "Kemi"


def test_a_redo_may_be_taken_back_by_its_own_number() -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.anna.undo()
    desk.anna.redo()
    desk.anna.undo(3)
    assert desk.city() == ""
    assert desk.summaries[0] == "Undid: Moved to Oulu"
    desk.anna.redo(4)
    assert desk.city() == "Oulu"


def test_by_its_number_a_change_is_done_again_even_after_something_new() -> None:
    desk = Desk(ACME, BETA)
    desk.move("Oulu")
    desk.anna.undo()
    desk.move("Kemi", BETA.id)
    desk.anna.redo(2)
    assert (desk.city(), desk.city(BETA.id)) == ("Oulu", "Kemi")


@pytest.mark.parametrize(
    ("number", "said", "hint"),
    [
        (9, "There is no change 9 in the history.", "The history lists"),
        (1, "Change 1 is taken back already.", "kam redo 1"),
        (2, "Change 2 is an undo: it took back change 1.", "kam redo 1"),
    ],
)
def test_a_number_that_cannot_be_undone_is_answered_with_what_can(number: int, said: str, hint: str) -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.anna.undo()
    with pytest.raises(NotFound) as refused:
        desk.anna.undo(number)
    assert str(refused.value) == said
    assert hint in refused.value.hint
    assert len(desk.summaries) == 2


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_stands_cannot_be_done_again(number: int) -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.anna.undo()
    desk.anna.redo()
    with pytest.raises(NotFound, match="Change 1 is not taken back, so it cannot be redone"):
        desk.anna.redo(number)


def test_what_comes_back_must_have_what_it_belongs_to() -> None:
    desk = Desk()
    desk.add(ACME)
    desk.add(contact("Liisa", account_id=ACME.id))
    desk.anna.undo()
    desk.anna.undo()
    with pytest.raises(Conflict, match="Liisa belongs to something that is gone, so this cannot be redone"):
        desk.anna.redo(2)
    desk.anna.redo()
    desk.anna.redo()
    assert len(desk.book.contacts) == 1


def test_an_entry_that_was_removed_does_not_come_back_to_an_account_that_is_gone() -> None:
    met = activity("Met", account_id=ACME.id)
    desk = Desk()
    desk.add(ACME)
    desk.add(met)
    desk.write("Removed", Edit(met, None))
    desk.anna.undo(1)
    with pytest.raises(Conflict, match="Met belongs to something that is gone, so this cannot be undone"):
        desk.anna.undo(3)


def test_a_reference_that_led_nowhere_before_stands_in_nobody_s_way() -> None:
    lost = activity("Met", account_id="a-gone")
    desk = Desk(lost)
    desk.write("Mended", Edit(lost, replace(lost, text="Met them")))
    desk.anna.undo()
    assert desk.book.activities[lost.id].text == "Met"


def test_a_change_that_makes_a_record_in_two_steps_is_taken_back_whole() -> None:
    desk = Desk()
    desk.write("Added", add(ACME), Edit(ACME, replace(ACME, city="Oulu")))
    desk.anna.undo()
    assert not desk.book.accounts
    desk.anna.redo()
    assert desk.city() == "Oulu"


def test_a_change_of_which_nothing_is_left_is_passed_over() -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.write("Changed 3 documents in tours")
    desk.anna.undo()
    assert desk.city() == ""
    with pytest.raises(NotFound, match="Change 2 did nothing that can be taken back"):
        desk.anna.undo(2)


def test_an_erasure_is_not_taken_back_nor_passed_over_unasked() -> None:
    keeper = MemoryKeeper(Book.of(ACME))
    desk = Desk(keeper=keeper)
    desk.move("Oulu")
    desk.add(BETA)
    keeper.entries[-1] = replace(keeper.entries[-1], final=True)
    for number in (None, 2):
        with pytest.raises(Conflict, match="Change 2 erased a person, and nobody who was erased"):
            desk.anna.undo(number)
    desk.anna.undo(1)
    assert desk.city() == ""


def test_an_older_undo_of_an_undo_of_an_undo_is_understood() -> None:
    moved = Edit(ACME, replace(ACME, city="Oulu"))
    back = Edit(moved.after, ACME)
    chain = [
        Entry(number, NOW, "anna@tui", Change(what, (edit,), undoes))
        for number, what, edit, undoes in (
            (1, "Moved", moved, None),
            (2, "Undid: Moved", back, 1),
            (3, "Undid: Undid: Moved", moved, 2),
            (4, "Undid: Undid: Undid: Moved", back, 3),
        )
    ]
    desk = Desk(keeper=MemoryKeeper(Book.of(ACME), chain))
    with pytest.raises(NotFound, match="Change 1 is taken back already"):
        desk.anna.undo(1)
    desk.ben.redo()
    assert desk.city() == "Oulu"
    assert desk.summaries[0] == "Redid: Moved"


def test_the_history_tells_what_became_of_each_change() -> None:
    desk = Desk(ACME)
    desk.move("Oulu")
    desk.anna.undo()
    desk.anna.redo()
    said = [undo.standing(desk.keeper, entry) for entry in desk.keeper.history()]
    assert said == ["It did change 1 again.", "It took back change 1. Change 3 did that again.", ""]
    desk.anna.undo()
    said = [undo.standing(desk.keeper, entry) for entry in desk.keeper.history()]
    assert (said[0], said[1], said[3]) == (
        "It took back change 1.", "It did change 1 again. Change 4 took it back.", "Change 4 took it back.",
    )  # fmt: skip


def test_what_the_history_no_longer_holds_is_neither_redone_nor_in_the_way() -> None:
    keeper = MemoryKeeper(Book.of(ACME))
    desk = Desk(keeper=keeper)
    desk.move("Oulu")
    desk.anna.undo()
    del keeper.entries[0]
    (left,) = keeper.entries
    assert undo.standing(keeper, left) == "It took back a change that the history no longer holds."
    for act in (desk.anna.redo, desk.anna.undo):
        with pytest.raises(NotFound, match="There is nothing to"):
            act()
        with pytest.raises(NotFound, match="no change 2 in the history"):
            act(2)


def test_in_an_empty_history_there_is_nothing_to_undo_or_redo() -> None:
    desk = Desk()
    with pytest.raises(NotFound, match="nothing to undo"):
        desk.anna.undo()
    with pytest.raises(NotFound, match="nothing to redo"):
        desk.anna.redo()


# An editor: what was done lies on one pile, what was taken back on another, and something new clears it.

IDS = ("a-1", "a-2", "c-1", "c-2", "t-1", "t-2")
STEPS = st.lists(
    st.one_of(
        st.sampled_from(["undo", "undo", "redo", "redo"]),
        st.tuples(st.sampled_from(IDS), st.integers(0, 3), st.sampled_from((None, "a-1", "a-2"))),
    ),
    max_size=30,
)


class Editor:
    """A plain model: a dict of records and two piles."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.done: list[Edit] = []
        self.taken_back: list[Edit] = []

    def edit(self, record_id: str, value: int, account_id: str | None) -> Edit | None:
        """The edit that a step asks for: a new record, another text, or the record removed."""
        before = self.records.get(record_id)
        if value == 0 or (account_id and account_id not in self.records):
            named = any(getattr(each, "account_id", None) == record_id for each in self.records.values())
            return Edit(before, None) if before and not named else None
        build: Any = {"a": account, "c": contact, "t": activity}[record_id[0]]
        at = {} if record_id[0] == "a" else {"account_id": account_id}
        after = build(f"Text {value}", record_id, **at)
        return Edit(before, after) if before != after else None

    def do(self, edit: Edit) -> None:
        self.done.append(edit)
        self.taken_back.clear()
        self._make(edit)

    def undo(self) -> bool:
        return self._turn(self.done, self.taken_back)

    def redo(self) -> bool:
        return self._turn(self.taken_back, self.done)

    def _turn(self, pile: list[Edit], other: list[Edit]) -> bool:
        if not pile:
            return False
        edit = pile.pop()
        back = Edit(edit.after, edit.before)
        other.append(back)
        self._make(back)
        return True

    def _make(self, edit: Edit) -> None:
        if edit.after is None:
            del self.records[edit.record.id]
        else:
            self.records[edit.record.id] = edit.after


def walk(desk: Desk, editor: Editor, step: Any) -> None:
    """One step in both; what the one refuses, the other refuses."""
    if isinstance(step, tuple):
        edit = editor.edit(*step)
        if edit:
            editor.do(edit)
            desk.write("Did", edit)
    else:
        act = getattr(desk.anna, step)
        if getattr(editor, step)():
            act()
        else:
            with pytest.raises(NotFound, match=f"nothing to {step}"):
                act()
    held = {record.id: record for table in SCHEMAS for record in desk.book.table(table).values()}
    assert held == editor.records


@settings(max_examples=150, deadline=None)
@given(steps=STEPS)
def test_undo_and_redo_are_those_of_an_editor(steps: list[Any]) -> None:
    desk, editor = Desk(), Editor()
    for step in steps:
        walk(desk, editor, step)


@settings(max_examples=12, deadline=None)
@given(steps=STEPS, reopened=st.sets(st.integers(0, 29)), compacted=st.sets(st.integers(0, 29), max_size=3))
def test_they_are_so_on_the_disk_and_across_restarts(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any], reopened: set[int], compacted: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("books") / "book"
    editor, desk = Editor(), Desk(keeper=Store(str(folder)))
    for number, step in enumerate(steps):
        if number in compacted:
            Store(str(folder)).compact()
        if number in reopened:
            desk.keeper.close()
            desk = Desk(keeper=Store(str(folder)))
        walk(desk, editor, step)
    desk.keeper.close()


@settings(max_examples=100, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(["anna", "ben"]), st.sampled_from(["do", "undo", "redo"]),
                                st.sampled_from([ACME.id, BETA.id])), max_size=20))  # fmt: skip
def test_whoever_acts_undo_and_redo_turn_one_another_round(steps: list[tuple[str, str, str]]) -> None:
    desk = Desk(ACME, BETA)
    for number, (who, act, account_id) in enumerate(steps):
        session: Session = getattr(desk, who)
        if act == "do":
            desk.move(f"Town {number}", account_id, who=session)
            continue
        before = desk.book
        try:
            getattr(session, act)()
        except (NotFound, Conflict):
            assert desk.book is before
            continue
        getattr(session, "redo" if act == "undo" else "undo")(len(desk.summaries) if act == "redo" else None)
        assert dict(desk.book.accounts) == dict(before.accounts)
