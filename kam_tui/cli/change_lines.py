"""Changes as lines of text: a list of them, and one in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from kam_tui.cli.output import Output, Part, Styled
from kam_tui.domain.book import Book
from kam_tui.domain.change import Edit, Entry, table_of
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_moment
from kam_tui.domain.difference import CHANGED, DEEDS, Difference, deed_of, differences
from kam_tui.domain.kinds import Naming
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _, ngettext
from kam_tui.rules.changes import NOUNS, called, naming

GIVE = ((4, 40), (2, 0), (4, 20))
"""How a list of changes gives way: what was done, who did it, and then again what was done."""

SHORT, LONG = 60, 400
"""Letters that are shown of a value, in a list and in full."""

MOST = 10
"""Lines that a list gives to what one change did."""


def listing(
    out: Output,
    book: Book,
    told: Iterable[tuple[Entry, Sequence[Edit]]],
    undone: Mapping[int, Entry],
    zone: tzinfo | None,
    record_id: str = "",
) -> None:
    """Changes, a line each, and below each what the given edits of it did. The record that the list is
    about goes without saying."""
    rows: list[Sequence[Part]] = []
    for entry, edits in told:
        rows.append(
            (
                Styled(str(entry.number), "dim"),
                _when(entry, zone),
                Styled(entry.by, "dim"),
                Styled(_state(entry) if entry.number in undone else "", "mark"),
                entry.change.summary,
            )
        )
        name = naming(book, entry.change)
        lines = [line for edit in edits for line in _briefly(edit, name, record_id)]
        if len(lines) > MOST:
            more = len(lines) - MOST + 1
            rest = ngettext("and {count} more: see kam history {number}",
                            "and {count} more: see kam history {number}", more)  # fmt: skip
            lines[MOST - 1 :] = [rest.format(count=more, number=entry.number)]
        rows += [("", "", "", "", Styled("· " + line, "dim")) for line in lines]
    out.table(rows, give=GIVE)


def in_full(out: Output, book: Book, entry: Entry, standing: str, zone: tzinfo | None) -> None:
    """One change: who made it and when, whether it stands, and each record with its fields."""
    out.line(Styled(str(entry.number), "dim"), _when(entry, zone), Styled(entry.by, "dim"))
    out.line(Styled(entry.change.summary, "bold"))
    if standing:
        out.line(standing)
    name = naming(book, entry.change)
    for edit in entry.change.edits:
        record, deed = edit.record, deed_of(edit)
        out.line()
        out.line(
            Styled(_(NOUNS[table_of(record)]), "dim"),
            Styled(called(record, name), "bold"),
            Styled(f"· {_(DEEDS[deed])} · {record.id}", "dim"),
        )
        lines = [(Styled(each.label, "dim"), _values(each, deed, LONG)) for each in differences(edit, name)]
        out.table(lines, indent=2, give=((1, 20),))


def _when(entry: Entry, zone: tzinfo | None) -> str:
    return show_moment(Moment.of(entry.at.astimezone(zone)))


def _state(entry: Entry) -> str:
    return _("undone") if entry.change.undoes is None else _("redone")


def _briefly(edit: Edit, name: Naming, record_id: str) -> Iterator[str]:
    """What an edit did, a line for each field; of a record that is new or gone, that alone."""
    deed = deed_of(edit)
    whose = "" if edit.record.id == record_id else shorten(clean(called(edit.record, name)), SHORT)
    if deed != CHANGED:
        noun = _(NOUNS[table_of(edit.record)])
        yield f"{noun} {whose}: {_(DEEDS[deed])}" if whose else _(DEEDS[deed])
        return
    for each in differences(edit, name):
        line = f"{each.label}: {_values(each, deed, SHORT)}"
        yield f"{whose}, {line}" if whose else line


def _values(difference: Difference, deed: str, limit: int) -> str:
    before, after = difference.brief(limit)
    if deed != CHANGED:
        return after or before
    return f"{before or _('(empty)')} → {after or _('(empty)')}"
