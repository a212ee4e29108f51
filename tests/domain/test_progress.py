"""Progress: counted by who works, looked at and stopped by who waits."""

from __future__ import annotations

import pytest

from kam_tui.domain.errors import Stopped
from kam_tui.domain.progress import Progress


def test_each_step_is_counted_and_told() -> None:
    progress = Progress()
    told = [progress.told for _each in progress.over("Reading", "abcd", 4)]
    assert told == [f"Reading: {n} of 4, {n * 25} %" for n in range(4)]
    assert progress.told == "Reading: 4 of 4, 100 %"


def test_where_nobody_knows_how_much_there_is_no_percent() -> None:
    progress = Progress()
    assert progress.told == ""
    progress.begin("Reading")
    assert progress.told == "Reading …"
    progress.step()
    assert progress.told == "Reading: 1"


def test_more_than_was_expected_is_never_more_than_all() -> None:
    progress = Progress()
    assert list(progress.over("Reading", "abc", 2)) == ["a", "b", "c"]
    assert progress.told.endswith("100 %")


def test_what_is_stopped_ends_at_its_next_step() -> None:
    progress = Progress()
    going = progress.over("Reading", "abcd", 4)
    assert next(going) == "a"
    assert progress.stop() is True
    with pytest.raises(Stopped, match="the book is as it was"):
        next(going)


def test_the_last_stage_is_not_begun_once_it_is_stopped() -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        progress.begin_last("Writing")


def test_from_the_last_stage_on_it_cannot_be_stopped() -> None:
    progress = Progress()
    progress.begin_last("Writing")
    assert progress.stop() is False
