"""Acts: the second word of a command line, such as `add` in `kam account add`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from kam_tui.cli.arguments import common, example_of
from kam_tui.cli.shell import Arguments
from kam_tui.cli.words import WORDS
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _


def act_of(args: Arguments, acts: Iterable[str]) -> str:
    """The second word of a command line, one of these. Raises Invalid where there is none."""
    if not args.act:
        raise Invalid(
            _("kam {word} needs a second word: {acts}.").format(word=args.word, acts=", ".join(acts)),
            _("See kam {word} --help.").format(word=args.word),
        )
    return str(args.act)


def add_act(acts: Any, word: str, act: str, text: str) -> argparse.ArgumentParser:
    """A parser for what a word's second word does, with its own help page and examples."""
    own: argparse.ArgumentParser = acts.add_parser(
        act,
        parents=[common()],
        help=text,
        description=text[:1].upper() + text[1:] + ".",
        epilog=example_of(WORDS[word], act),
    )
    return own
