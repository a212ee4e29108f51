"""Misfits: table files that do not go with their journal, as half a sync or a checkout leaves them."""

from __future__ import annotations

import os
from collections.abc import Iterable

from kam_tui.domain.errors import Damaged
from kam_tui.i18n import _
from kam_tui.store.journal import Line, ways_out
from kam_tui.store.layout import file_name
from kam_tui.store.snapshot import Snapshot
from kam_tui.store.tables import TableFile


def refuse_misfits(snapshot: Snapshot) -> None:
    """Raise Damaged where a table file is missing, older or newer than the journal says, or ends with
    another change of that number than the journal tells."""
    if snapshot.head is None:
        return
    expected: dict[str, int] = snapshot.head.fields["tables"]
    for table, number in expected.items():
        file = snapshot.files.get(table)
        if file is None:
            raise missing(os.path.join(os.path.dirname(snapshot.path), file_name(table)))
        if file.number < number:
            raise _out_of_step(file, number)
    for file in snapshot.files.values():
        if file.number > snapshot.number:
            raise _out_of_step(file, snapshot.number)
        told = seal_told(snapshot.head, snapshot.lines, file.table, file.number)
        if file.seal and told and file.seal != told:
            raise Damaged(
                of_another(file.path),
                _("It ends with another change {number} than the journal tells.").format(number=file.number)
                + " "
                + _hint(),
            )


def missing(path: str) -> Damaged:
    """The error for a file that belongs to the book and is not there."""
    return Damaged(_("{path} is missing.").format(path=path), _hint())


def of_another(path: str) -> str:
    """The sentence for a table file that ends with another change than the journal tells."""
    return _("{path} is of another book, or of another day of this one.").format(path=path)


def seal_told(head: Line, lines: Iterable[Line], table: str, number: int) -> int:
    """The seal of a table file that ends with change `number`, by a journal; 0 where that does not tell."""
    if number < head.number:
        return int(head.fields.get("seals", {}).get(table, 0))
    if number == head.number:
        return int(head.fields.get("seal", 0))
    return next((line.seal for line in lines if line.number == number), 0)


def _out_of_step(file: TableFile, number: int) -> Damaged:
    return Damaged(
        _("{path} holds the changes up to {found}, but the journal says {wanted}.").format(
            path=file.path, found=file.number, wanted=number
        ),
        _("One of the two comes from another day.") + " " + _hint(),
    )


def _hint() -> str:
    return ways_out() + " " + _("Where a sync is at work, wait for it to finish.")
