"""When each of many was last in touch: right, and worked out only where something has happened since."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import TODAY, activity
from small_book import day, records

from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit
from kam_tui.tui import touches, wording
from kam_tui.tui.touches import Touches


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose last touch was looked for."""
    found: list[str] = []

    def last_touch(book: Book, subject_id: str, today: date) -> date | None:
        found.append(subject_id)
        return wording.last_touch(book, subject_id, today)

    monkeypatch.setattr(touches, "last_touch", last_touch)
    return found


def test_it_is_looked_for_again_only_where_something_has_happened(asked: list[str]) -> None:
    known, book = Touches(), Book.of(*records())
    liisa, zoe = book.contacts["c-liisa"], book.contacts["c-zoe"]
    assert known.of(book, [liisa, zoe], TODAY) == [TODAY - timedelta(2), None]
    asked.clear()
    book = book.after([Edit(None, activity("Rang", "t-new", when=day(1), contact_ids=("c-zoe",)))])
    assert known.of(book, [liisa, zoe], TODAY) == [TODAY - timedelta(2), TODAY - timedelta(1)]
    assert asked == ["c-zoe"]


def test_on_another_day_everything_is_looked_for_again(asked: list[str]) -> None:
    known, book = Touches(), Book.of(*records())
    liisa = book.contacts["c-liisa"]
    known.of(book, [liisa], TODAY)
    assert known.of(book, [liisa], TODAY - timedelta(3)) != known.of(book, [liisa], TODAY)
    assert asked == ["c-liisa"] * 3
