"""Every reader counts what it reads, and can be stopped between two cards, rows or records."""

from __future__ import annotations

import pytest
from builders import NOW

from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.draft import Draft
from kam_tui.domain.errors import Stopped
from kam_tui.domain.progress import Progress
from kam_tui.formats.json_book import write
from kam_tui.formats.registry import read_file
from kam_tui.usecases import merging

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Maija {}\nEND:VCARD\n"
BOOK = Book.of(*(Contact(f"c-{n:010}", NOW.date(), f"Maija {n}") for n in range(5)))
FILES = {
    "people.vcf": "".join(CARD.format(n) for n in range(5)),
    "people.csv": "Name,Email\n" + "".join(f"Maija {n},m{n}@x.example\n" for n in range(5)),
    "own.csv": "kam contact,name\n" + "".join(f"c-{n:010},Maija {n}\n" for n in range(5)),
    "book.json": write(BOOK, NOW),
}


class StopsAt(Progress):
    """Somebody stops it at this step."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.left = step

    def step(self) -> None:
        self.left -= 1
        if not self.left:
            self.stop()
        super().step()


@pytest.mark.parametrize("name", FILES)
def test_all_that_is_read_is_counted(name: str) -> None:
    progress = Progress()
    read_file(name, FILES[name].encode(), progress=progress)
    assert progress.told == "Reading: 5 of 5, 100 %"


@pytest.mark.parametrize("name", FILES)
def test_reading_is_stopped_between_two(name: str) -> None:
    progress = StopsAt(2)
    with pytest.raises(Stopped):
        read_file(name, FILES[name].encode(), progress=progress)
    assert progress.done == 2


@pytest.mark.parametrize("name", FILES)
def test_so_are_comparing_and_bringing_in(name: str) -> None:
    parsed = read_file(name, FILES[name].encode())
    parts = (parsed.drafts, parsed.rejects, parsed.records)
    progress = Progress()
    planned = merging.plan(Book(), NOW, *parts, progress)
    assert progress.told == "Comparing with the book: 5 of 5, 100 %"
    assert len(planned.edits) == 5
    with pytest.raises(Stopped):
        merging.merge(Book(), NOW, *parts, StopsAt(3))


def test_what_was_planned_is_not_worked_out_again_for_the_same_book_alone() -> None:
    drafts = [Draft("line 2", {"name": "Maija"})]
    book = Book()
    planned = merging.plan(book, NOW, drafts)
    assert merging.merge(book, NOW, drafts, planned=planned).edits is planned.edits
    other = merging.merge(Book(), NOW, drafts, planned=planned)
    assert other.edits[0].record.id != planned.edits[0].record.id


def test_what_is_stopped_before_it_is_written_does_not_come_in() -> None:
    drafts = [Draft("line 2", {"name": "Maija"})]
    book = Book()
    progress = Progress()
    planned = merging.plan(book, NOW, drafts, progress=progress)
    progress.stop()
    with pytest.raises(Stopped):
        merging.merge(book, NOW, drafts, progress=progress, planned=planned)
