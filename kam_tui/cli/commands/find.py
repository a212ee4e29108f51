"""`kam find`: every word, anywhere in the book."""

from __future__ import annotations

import argparse

from kam_tui.cli import diagnostics
from kam_tui.cli.flags import counted
from kam_tui.cli.output import Styled
from kam_tui.cli.records import plain
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.errors import Invalid
from kam_tui.domain.search import Hit, search
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.rules.changes import NOUNS


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """The words."""
    parser.add_argument(
        "words", nargs="+", metavar=_("WORD"), help=_("all of them must be there; +tag looks for a tag")
    )
    parser.add_argument("--limit", metavar=_("N"), default="50", help=_("at most so many; 50 unless said"))


def run(shell: Shell, args: Arguments) -> int:
    """Print what was found; to find nothing is an answer, and no error."""
    words = clean(" ".join(args.words))
    if not words:
        raise Invalid(_("There is nothing to look for yet."), _("Write kam find and a word or two."))
    if not args.limit.isdecimal() or args.limit == "0":
        raise Invalid(_("--limit takes a number from 1, not {text}.").format(text=args.limit))
    book = shell.session.read()
    hits = search(book, words, counted(args.limit))
    if shell.out.as_json:
        shell.out.json({"hits": [_hit_json(book, hit) for hit in hits]})
    else:
        rows = (
            (
                Styled(_(NOUNS[hit.table]), "dim"),
                show_day(hit.when.day) if hit.when else "",
                Styled(_title(book, hit), "bold"),
                hit.snippet,
                Styled(hit.id, "dim"),
            )
            for hit in hits
        )
        shell.out.table(rows, give=((3, 36), (2, 24), (4, 0), (3, 16), (2, 16)))
    if not hits:
        diagnostics.say(_("Nothing was found for {words}.").format(words=words))
    return 0


def _title(book: Book, hit: Hit) -> str:
    account = book.accounts.get(hit.account_id or "")
    if account and hit.table not in ("accounts", "activities"):
        return f"{hit.title}, {account.name}"
    return hit.title


def _hit_json(book: Book, hit: Hit) -> dict[str, object]:
    return {
        "table": hit.table,
        "id": hit.id,
        "title": hit.title,
        "snippet": hit.snippet,
        "account_id": hit.account_id,
        "account": book.name_of("accounts", hit.account_id) if hit.account_id else None,
        "when": plain(hit.when),
    }
