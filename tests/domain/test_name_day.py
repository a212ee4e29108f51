"""The name that a name day is kept by: a name or several, or none; never a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import NOW, TODAY, contact

from kam_tui.domain.book import Book
from kam_tui.domain.contact import CONTACT
from kam_tui.domain.dates.reading import PLAIN
from kam_tui.domain.errors import Invalid
from kam_tui.domain.name_day import names_kept
from kam_tui.domain.occasion import known_since
from kam_tui.usecases import contacts


@pytest.mark.parametrize(
    ("typed", "kept", "names"),
    [
        ("Liisa", "Liisa", ("Liisa",)),
        (" Anna ;  Liisa,Anna", "Anna, Liisa", ("Anna", "Liisa")),
        ("None", "none", ()),
    ],
)
def test_it_is_names_or_none(typed: str, kept: str, names: tuple[str, ...]) -> None:
    assert CONTACT.read_form({"name_day": typed}, PLAIN) == {"name_day": kept}
    assert names_kept(kept) == names


def test_a_day_is_told_where_it_belongs() -> None:
    with pytest.raises(Invalid, match=r"26.7. is not a name. A day goes into the occasions"):
        CONTACT.read_form({"name_day": "26.7."}, PLAIN)


def test_days_known_by_another_name_count_from_the_day_it_was_filled_in() -> None:
    liisa = contact("Elisabeth Salo", created=TODAY - timedelta(days=900))
    book = Book.of(liisa)
    book = book.after(contacts.edit(book, NOW, liisa.id, {"name_day": "Liisa"}).edits)
    assert known_since(book.contacts[liisa.id], "nameday Liisa") == TODAY
