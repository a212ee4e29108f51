"""The outermost edge of the shell: which word it is, and how an error ends."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from kam_tui.cli import diagnostics, output
from kam_tui.cli.diagnostics import ExitCode
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.errors import KamError, Unwritable
from kam_tui.i18n import _


def script() -> None:
    """The `kam` command."""
    gc.set_threshold(100_000)  # few objects die young here: looking for them took a tenth of a capture
    code = main()
    if code == 0 and not {"threading", "atexit"} & sys.modules.keys():
        os._exit(0)  # all is written: to take everything apart would take a millisecond more
    gc.freeze()  # the process ends, so what is left need not be looked through
    sys.exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    try:
        code = _dispatch(list(sys.argv[1:] if argv is None else argv))
        output.flush()
        return code
    except KamError as error:
        diagnostics.tell(error)
        return diagnostics.code_of(error)
    except KeyboardInterrupt:
        diagnostics.break_off()
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        output.hush()
        return ExitCode.UNREAD
    except OSError as problem:
        said = problem.strerror or str(problem)
        diagnostics.tell(Unwritable(_("The computer refused: {problem}.").format(problem=said)))
        return ExitCode.ERROR


def _dispatch(argv: list[str]) -> int:
    if argv[:1] == ["help"]:
        argv = [*(each for each in argv if each != "help"), "--help"]
    args = _read(argv)
    if isinstance(args, int):
        return args
    shell = Shell(args)
    try:
        if args.word in ("note", "log"):
            from kam_tui.cli.commands import capture

            return capture.run(shell, args)
        if not args.word:
            from kam_tui.cli.commands import open as opening

            return opening.run(shell, args)
        from kam_tui.cli.parser import module
        from kam_tui.cli.words import WORDS

        return int(module(WORDS[args.word]).run(shell, args))
    finally:
        shell.close()


def _read(argv: list[str]) -> Arguments | int:
    """The arguments, or the exit code where argparse has already answered (`--help`)."""
    if not argv or argv[0] in ("note", "log") or argv[0].startswith("--"):
        from kam_tui.cli import quick

        args = quick.read(argv)
        if args is not None:
            return args
    from kam_tui.cli import parser

    try:
        return parser.read(argv)
    except SystemExit as end:
        return int(end.code or 0)
