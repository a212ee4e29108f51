"""`kam doctor`: is the book sound, where is it, and are the settings taken?"""

from __future__ import annotations

import argparse
import os

from kam_tui import __version__, paths
from kam_tui import settings as settings_file
from kam_tui.cli.diagnostics import ExitCode
from kam_tui.cli.output import Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.errors import KamError
from kam_tui.i18n import _
from kam_tui.rules.namesakes import namesakes


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """Nothing of its own."""


def run(shell: Shell, args: Arguments) -> int:  # noqa: ARG001
    """Look at everything and change nothing; the exit code is 1 where something is wrong.

    What may well be right, such as two people of one name, is a remark and no finding.
    """
    config = paths.config_file()
    found: list[str] = []
    remarks: list[str] = []
    folder = os.path.expanduser(shell.book_folder)
    counts: dict[str, int] = {}
    try:
        folder = folder or paths.book_folder(settings_file.load(config).book)
        if os.path.lexists(folder):
            found += shell.session.check()
            book = shell.session.read()
            counts = {table: len(book.table(table)) for table in SCHEMAS}
            remarks += namesakes(book)
    except KamError as problem:
        sentence = f"{problem} {problem.hint}".strip()
        if not any(str(problem) in each for each in found):
            found.append(sentence)
    if shell.out.as_json:
        shell.out.json(
            {
                "version": __version__,
                "book": folder,
                "book_exists": os.path.isdir(folder),
                "settings_file": config,
                "settings_file_exists": os.path.exists(config),
                "records": counts,
                "findings": found,
                "remarks": remarks,
            }
        )
    else:
        _show(shell, folder, config, counts)
        for sentence in found:
            shell.out.line(Styled("!", "late"), sentence)
        if not found:
            shell.out.line(_("Nothing is wrong."))
        for sentence in remarks:
            shell.out.line(Styled("·", "mark"), sentence)
    return ExitCode.ERROR if found else ExitCode.OK


def _show(shell: Shell, folder: str, config: str, counts: dict[str, int]) -> None:
    absent = _("(not there yet)")
    rows = [("kam", __version__)]
    rows += [(_("Book"), f"{folder} {'' if os.path.isdir(folder) else absent}")] if folder else []
    rows += [(_("Settings"), f"{config} {'' if os.path.exists(config) else absent}")]
    rows += [(table, str(count)) for table, count in counts.items()]
    shell.out.table((Styled(label, "dim"), value) for label, value in rows)
    shell.out.line()
