"""`kam segments`: the queries that have a name: how many accounts and people each means, and giving one."""

from __future__ import annotations

import argparse

from kam_tui import paths
from kam_tui.cli import diagnostics
from kam_tui.cli.meaning import meaning, query_of
from kam_tui.cli.output import Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean
from kam_tui.i18n import _, ngettext


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """`set` and `remove`, and what they are about."""
    parser.add_argument("act", nargs="?", default="", metavar="set|remove", help=_("give or take a name"))
    parser.add_argument("name", nargs="?", default="", metavar=_("NAME"), help=_("of the segment"))
    parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("whom it means"))


def run(shell: Shell, args: Arguments) -> int:
    """Give a query a name, take one away, or count who is meant by each."""
    if not args.act:
        return _count(shell)
    if args.act not in ("set", "remove") or not args.name or bool(args.query) is not (args.act == "set"):
        raise Invalid(
            _("kam segments takes set NAME QUERY, or remove NAME."),
            _("Alone, it counts who is in each."),
        )
    from kam_tui.delivery.segments_file import drop, keep

    path, name = paths.config_file(), clean(args.name)
    if args.act == "remove":
        settings = drop(path, name)
        said = _("There is no segment {name} any more.").format(name=name)
    else:
        settings = keep(path, name, " ".join(args.query))
        said = _("The segment {name} is {query}").format(name=name, query=" ".join(args.query))
    if shell.out.as_json:
        shell.out.json({"file": path, "segments": dict(settings.segments)})
    else:
        shell.out.line(said)
    return 0


def _count(shell: Shell) -> int:
    """Count them; who is archived counts where the query says something of it."""
    book, segments = shell.session.read(), shell.session.settings.segments
    counted = []
    for name, text in segments.items():
        query = query_of(shell, text)
        meant, all_of_them = meaning(shell, book, query), query.minds_archived
        firms, persons = (
            sum(meant(one) for one in table.values() if all_of_them or not one.archived)
            for table in (book.accounts, book.contacts)
        )
        counted.append((name, text, firms, persons))
    if shell.out.as_json:
        rows = [
            {"name": name, "query": text, "accounts": firms, "contacts": persons}
            for name, text, firms, persons in counted
        ]
        shell.out.json({"segments": rows})
        return 0
    shell.out.table(
        (
            (
                Styled(clean(name), "bold"),
                ngettext("{count} account", "{count} accounts", firms).format(count=firms),
                ngettext("{count} person", "{count} people", persons).format(count=persons),
                Styled(clean(text), "dim"),
            )
            for name, text, firms, persons in counted
        ),
        give=((3, 0), (0, 16)),
    )
    if not segments:
        diagnostics.say(_("There are no segments. kam segments set NAME QUERY gives a query a name."))
    return 0
