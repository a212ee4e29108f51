"""`kam done`, `kam snooze`, `kam move`, `kam skip`: what becomes of lines of the agenda.

Several lines are named one after the other, or meant by a query. Whatever is done with several is one change.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime

from kam_tui.cli import diagnostics
from kam_tui.cli.meaning import lines_meant
from kam_tui.cli.output import Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.dates.moment import Moment, zone_name
from kam_tui.domain.dates.when import read_when
from kam_tui.domain.errors import Ambiguous, Invalid, KamError, NotFound
from kam_tui.domain.residence import zone_for
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _
from kam_tui.rules.agenda import AgendaItem
from kam_tui.rules.contracts import agreed
from kam_tui.rules.finding import are_short_words, find_item, find_items
from kam_tui.settings import Settings
from kam_tui.usecases import moving, reminders, renewing, several

BEHIND = {"done": "text", "snooze": "until", "move": "to"}
"""Word to the flag that says what stands behind the lines, so that all other words name lines."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """Which lines, and how it went or until when."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar=_("REMINDER"),
        help=_("the short word in front of its line in kam today, or words of the line in quotes"),
    )
    parser.set_defaults(behind="")
    if flag := BEHIND.get(word):
        told = _("how it went; it may stand behind REMINDER without the flag")
        when = _("tomorrow, mon 9:00, 2 weeks; it may stand behind REMINDER without the flag")
        is_text = word == "done"
        name, said = (_("TEXT"), told) if is_text else (_("WHEN"), when)
        parser.add_argument(f"--{flag}", dest="behind", metavar=name, default=None, help=said)
    parser.add_argument(
        "--where",
        metavar=_("QUERY"),
        help=_("every line that needs you, for all whom a query means, in place of REMINDER"),
    )
    parser.add_argument(
        "--days", metavar=_("N"), default="0", help=_("with --where: those of so many days ahead as well")
    )


def run(shell: Shell, args: Arguments) -> int:
    """Mark the lines."""
    session = shell.session
    book, settings, now = session.read(), session.settings, session.now()
    if args.where is not None:
        behind = _behind_query(args)
        items = lines_meant(shell, book, args.where, args.days)
        return _several(shell, book, args.word, items, behind, strict=False)
    named, behind = _split(shell, book, args)
    items = _the_items(book, settings, now, named)
    if len(items) > 1:
        return _several(shell, book, args.word, items, behind, strict=True)
    return _one(shell, book, args.word, items[0], behind)


def the_item(book: Book, settings: Settings, now: datetime, text: str) -> AgendaItem:
    """The line that is meant, by the clock here; where several fit, the person at the terminal is asked."""
    today, here = now.date(), zone_name(now)
    try:
        return find_item(book, settings, today, text, here)
    except (NotFound, Ambiguous) as problem:
        if not problem.candidates or not diagnostics.can_ask():
            raise
        chosen = diagnostics.choose(str(problem), problem.candidates)
        handle = problem.candidates[chosen].partition(" ")[0]
        return find_item(book, settings, today, handle, here)


def _the_items(book: Book, settings: Settings, now: datetime, texts: Sequence[str]) -> list[AgendaItem]:
    try:
        return find_items(book, settings, now.date(), texts, zone_name(now))
    except (NotFound, Ambiguous):
        found = [the_item(book, settings, now, each) for each in texts]
        return list({item.key: item for item in found}.values())


def _split(shell: Shell, book: Book, args: Arguments) -> tuple[Sequence[str], str]:
    """The words that name lines, and what stands behind them."""
    words: list[str] = args.words
    needs_when = args.word in ("snooze", "move")
    if not words:
        raise _needs(args.word, _("REMINDER"))
    if needs_when and args.behind is None and len(words) < 2:
        raise _needs(args.word, _("WHEN"))
    if args.behind is not None:
        return words, args.behind
    last = _last_name(shell, book, words, needs_when=needs_when)
    return words[:last], " ".join(words[last:])


def _last_name(shell: Shell, book: Book, words: Sequence[str], *, needs_when: bool) -> int:
    """How many of the words name lines: the first, and those after it that are short words of lines too.

    Before a time, they are all the words that are no part of it. Before a text on how it went, it is all
    words or the first: who writes `x7k went well` writes a text. Raises NotFound where one of several is no
    short word.
    """
    session = shell.session

    def are_lines(some: Sequence[str]) -> bool:
        return are_short_words(book, session.settings, session.now().date(), some)

    if not needs_when:
        rest = words[1:]
        could_be = len(rest) > 1 or any(map(str.isdigit, "".join(rest)))
        return len(words) if could_be and are_lines(rest) else 1
    last = next((n for n in range(1, len(words)) if _is_when(shell, " ".join(words[n:]))), 1)
    others = words[1:last]
    if are_lines(others):
        return last
    if not are_lines(others[:1]):
        return 1  # a time that is mistyped, and ends like one
    unknown = next(other for other in others if not are_lines([other]))
    raise NotFound(
        _("No open reminder has the short word {text}.").format(text=shorten(clean(unknown), 60)),
        _("See them with kam agenda. Nothing was changed."),
    )


def _is_when(shell: Shell, text: str) -> bool:
    try:
        read_when(text, shell.session.reading().about("UTC"))  # whoever it is about: the words alone tell
    except KamError:
        return False
    return True


def _behind_query(args: Arguments) -> str:
    """What stands behind a query: the words, or the flag."""
    text = " ".join(args.words)
    if text and args.behind is not None:
        raise Invalid(
            _("With --where no line is named, and {text} would name one.").format(text=clean(text)),
            _("Leave out --where, or that."),
        )
    if args.word in ("snooze", "move") and not (text or args.behind):
        raise _needs(args.word, _("WHEN"))
    return text or args.behind or ""


def _needs(word: str, names: str) -> Invalid:
    command = f"kam {word}"
    return Invalid(
        _("{command} needs {names}.").format(command=command, names=names),
        _("See {command} --help.").format(command=command),
    )


def _one(shell: Shell, book: Book, word: str, item: AgendaItem, behind: str) -> int:
    session, settings = shell.session, shell.session.settings
    if word == "done":
        end = agreed(book, item, session.now().date())
        if end:
            return shell.did(*session.run(renewing.complete, settings, item.key, behind, end))
        return shell.did(*session.run(reminders.complete, settings, item.key, behind))
    if word == "skip":
        return shell.did(*session.run(reminders.skip, settings, item.key))
    verb = moving.move if word == "move" else reminders.snooze
    return shell.did(*session.run(verb, settings, item.key, _when(shell, book, [item], behind)))


def _several(
    shell: Shell, book: Book, word: str, items: Sequence[AgendaItem], behind: str, *, strict: bool
) -> int:
    session, settings = shell.session, shell.session.settings
    keys = [item.key for item in items]
    if word == "done":
        return _told(shell, items, *session.run(several.complete, settings, keys, behind, strict=strict))
    if word == "skip":
        return _told(shell, items, *session.run(several.skip, settings, keys, strict=strict))
    verb = several.move if word == "move" else several.snooze
    until = _when(shell, book, items, behind)
    return _told(shell, items, *session.run(verb, settings, keys, until, strict=strict))


def _told(shell: Shell, items: Sequence[AgendaItem], book: Book, change: Change) -> int:
    """Say what was done, and with which lines."""
    shell.did(book, change)
    if not shell.out.as_json and len(items) > 1:
        done = {part for edit in change.edits for part in edit.record.id.split(":")}
        some = [item for item in items if item.key.split(":")[1] in done]
        rows = [(Styled(item.handle, "mark"), Styled(item.who, "bold"), item.what) for item in some]
        shell.out.table(rows, indent=2, give=((2, 20), (1, 20)))
    return 0


def _when(shell: Shell, book: Book, items: Sequence[AgendaItem], text: str) -> Moment:
    """The time that a text says; `their time` is told by where all of them are."""
    places = {zone_for(book, item.account_id, item.contact_ids) for item in items}
    there = places.pop() if len(places) == 1 else ""
    return read_when(text, shell.session.reading().about(there))
