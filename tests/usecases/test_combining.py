"""Combining two versions of a record: what one side changed is there, what both changed is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import account, activity, contact

from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.domain.reminder import DONE, SKIPPED, SNOOZED, Occurrence
from kam_tui.usecases.combining import base_of, combine

BASE = contact("Liisa", title="Buyer", about="Likes tea.", tags=("vip",), phones=(Labeled("040 1", "work"),))


def combined(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    found = combine(BASE, replace(BASE, **ours), replace(BASE, **theirs))
    return found.record, found.differences


def test_what_either_side_changed_alone_is_there() -> None:
    record, left = combined(
        {"title": "CEO"}, {"department": "Sales", "birthday": PartialDate.parse("--04-12")}
    )
    assert record == replace(BASE, title="CEO", department="Sales", birthday=PartialDate.parse("--04-12"))
    assert left == {}


def test_what_both_changed_alike_is_no_difference() -> None:
    assert combined({"title": "CEO"}, {"title": "CEO"}) == (replace(BASE, title="CEO"), {})


def test_what_both_changed_stays_and_the_other_is_told() -> None:
    assert combined({"title": "CEO"}, {"title": "CTO"}) == (replace(BASE, title="CEO"), {"title": "CTO"})


def test_what_they_cleared_is_cleared_unless_it_was_changed() -> None:
    assert combined({}, {"title": ""}) == (replace(BASE, title=""), {})
    assert combined({"title": "CEO"}, {"title": ""}) == (replace(BASE, title="CEO"), {"title": ""})


def test_lists_hold_what_both_put_in_and_nothing_that_either_took_out() -> None:
    record, left = combined({"tags": ("vip", "golf")}, {"tags": ("tea",)})
    assert (record.tags, left) == (("golf", "tea"), {})
    record, left = combined({"phones": (*BASE.phones, Labeled("040 2"))}, {"phones": (Labeled("040 3"),)})
    assert (record.phones, left) == ((Labeled("040 2"), Labeled("040 3")), {})


def test_a_number_that_both_labelled_otherwise_stands_there_once() -> None:
    ours, theirs = (Labeled("040 1", "mobile"),), (Labeled("040 1", "home"),)
    record, left = combined({"phones": ours}, {"phones": theirs})
    assert (record.phones, left) == (ours, {"phones": theirs})


def test_what_both_added_to_a_longer_text_is_there_once() -> None:
    ours, theirs = {"about": "Likes tea.\nHas a dog."}, {"about": "Likes tea.\nPlays golf."}
    record, left = combined(ours, theirs)
    assert (record.about, left) == ("Likes tea.\nHas a dog.\nPlays golf.", {})
    assert combined({"about": record.about}, theirs)[0].about == record.about
    empty, one, other = (replace(BASE, about=each) for each in ("", "A", "B"))
    assert combine(empty, one, other).record == replace(BASE, about="A\nB")
    assert combined({"about": "Hates tea."}, theirs) == (replace(BASE, about="Hates tea."), theirs)


def test_the_later_day_of_learning_a_date_counts() -> None:
    days = date(2026, 1, 1), date(2026, 2, 2)
    for ours, theirs in (days, days[::-1]):
        record, left = combined({"dates_since": ours}, {"dates_since": theirs})
        assert (record.dates_since, left) == (days[1], {})


def test_what_no_field_knows_is_combined_key_by_key() -> None:
    ours = {"extra": {"a": 1, "b": 2, "raw": ["x"], "columns": {"Owner": "Anna", "Fax": "1"}}}
    theirs = {"extra": {"a": 1, "b": 3, "raw": ["y"], "columns": {"Owner": "Ben", "Zone": "N"}}}
    record, left = combined(ours, theirs)
    assert record.extra == {
        "a": 1,
        "b": 2,
        "raw": ["x", "y"],
        "columns": {"Owner": "Anna", "Fax": "1", "Zone": "N"},
    }
    assert left == {":b": 3, ":Owner": "Ben"}


def test_what_they_took_out_of_the_rest_goes() -> None:
    base = replace(BASE, extra={"a": 1, "b": 2})
    found = combine(base, replace(base, title="CEO"), replace(base, extra={"b": 2}))
    assert found.record == replace(base, title="CEO", extra={"b": 2})


def test_without_a_base_what_is_empty_is_filled_and_the_rest_told() -> None:
    ours = contact("Liisa", title="CEO", tags=("vip",), about="Likes tea.")
    theirs = contact("Liisa K", title="CTO", department="Sales", tags=("golf",), archived=True, about="Golf.")
    found = combine(None, ours, theirs)
    assert found.record == replace(ours, department="Sales", tags=("vip", "golf"))
    assert found.differences == {"name": "Liisa K", "title": "CTO", "about": "Golf.", "archived": True}


def test_values_that_do_not_go_together_leave_the_record_as_it_is() -> None:
    base = activity("Met", account_id="a-acme")
    found = combine(base, replace(base, text=""), replace(base, account_id=None))
    assert found.record == replace(base, text="")
    assert found.differences == {"account_id": None}


UNTIL = Moment.parse("2026-12-01")


@pytest.mark.parametrize(
    ("ours", "theirs", "stays"),
    [
        ((DONE, None), (SNOOZED, UNTIL), (DONE, None)),
        ((SNOOZED, UNTIL), (DONE, None), (DONE, None)),
        ((SKIPPED, None), (DONE, None), (DONE, None)),
        ((SNOOZED, UNTIL), (SNOOZED, Moment.parse("2026-12-24")), (SNOOZED, Moment.parse("2026-12-24"))),
    ],
)
def test_what_was_done_stays_done(ours: Any, theirs: Any, stays: Any) -> None:
    def handled(state: str, until: Moment | None) -> Occurrence:
        return Occurrence("birthday:c-liisa:2026-11-20", date(2026, 11, 20), state, until)

    found = combine(None, handled(*ours), handled(*theirs))
    assert found.record == handled(*stays)
    assert found.differences == {}


def test_a_state_that_ours_was_in_once_is_no_change_of_theirs() -> None:
    first, now = account("Acme"), account("Acme", city="Turku")
    assert base_of(first, [first, now]) == first
    assert base_of(replace(now, tier="key"), [first, now]) == now


def test_where_ours_changed_as_well_the_two_meet() -> None:
    first, now = account("Acme", city="Vaasa"), account("Acme", city="Turku")
    theirs = replace(first, city="Oulu")
    base = base_of(theirs, [first, now])
    assert base == first
    assert combine(base, now, theirs).differences == {"city": "Oulu"}
    assert base_of(theirs, []) is None


def test_an_occasion_that_both_added_is_there_twice_only_when_it_differs() -> None:
    wedding = Occasion("wedding", PartialDate.parse("2010-06-15"))
    other = Occasion("nameday", PartialDate.parse("--11-24"))
    record, _left = combined({"occasions": (wedding,)}, {"occasions": (wedding, other)})
    assert record.occasions == (wedding, other)
