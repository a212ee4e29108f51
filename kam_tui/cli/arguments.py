"""argparse as kam has it: whole sentences, near words, flags that stand anywhere, one door for all output."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from kam_tui.cli.output import Output
from kam_tui.cli.words import Word
from kam_tui.domain.errors import Invalid, did_you_mean
from kam_tui.domain.text import clean
from kam_tui.i18n import _, ngettext

# Its own would look for a catalogue on the disk at every word.
vars(argparse).update(_=_, ngettext=ngettext)

QUOTE = "\0"
"""Stands before a word after `--`, so that argparse takes it for no flag; no command line can hold it."""


class Parser(argparse.ArgumentParser):
    """argparse, with errors as whole sentences and all output through one door."""

    def __init__(self, **kwargs: Any) -> None:
        shape: dict[str, Any] = {
            "allow_abbrev": False,
            "formatter_class": argparse.RawDescriptionHelpFormatter,
        }
        super().__init__(**shape | kwargs)

    _sorting = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read flags wherever they stand: before, after and between the words of a text."""
        if self._sorting or self._subparsers is not None:
            return super().parse_known_args(args, namespace)
        self._sorting = True
        try:
            read, unknown = self.parse_known_intermixed_args(args, namespace)
        finally:
            self._sorting = False
        if unknown:
            raise self.refusing(unknown)
        return read, unknown

    def refusing(self, unknown: Sequence[str]) -> Invalid:
        """The error of what this command does not take, with the flags that are near to it."""
        asked = unquoted(unknown[0]).partition("=")[0]
        flags = [flag[2:] for flag in self._option_string_actions if flag.startswith("--")]
        near = [f"--{name}" for name in near_words(asked[2:], flags)] if asked.startswith("--") else []
        hint = _("See {command} --help. What follows a lone -- is text, whatever it begins with.")
        said = clean(" ".join(map(unquoted, unknown)))
        return Invalid(
            _("{command} does not take {text}.").format(command=self.prog, text=said),
            did_you_mean(near) or hint.format(command=self.prog),
        )

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise Invalid with the words there are, in place of argparse's own error."""
        if action.choices is None or value in action.choices:
            return
        asked, known = clean(unquoted(value)), list(map(str, action.choices))
        if not action.option_strings:
            raise Invalid(
                _("{command} has no word {word}.").format(command=self.prog, word=asked),
                did_you_mean(near_words(asked, known))
                or _("There are {words}.").format(words=", ".join(known)),
            )
        flag, words = action.option_strings[-1], ", ".join(known)
        raise Invalid(_("{flag} takes {words}, not {text}.").format(flag=flag, words=words, text=asked))

    def error(self, message: str) -> NoReturn:
        """Raise Invalid with argparse's message as a sentence."""
        sentence = clean(message)
        if found := re.fullmatch(r"the following arguments are required: (.*)", sentence):
            optional = {
                str(action.metavar) for action in self._actions if action.nargs == argparse.ZERO_OR_MORE
            }
            names = [name for name in found[1].split(", ") if name not in optional]
            sentence = _("{command} needs {names}.").format(
                command=self.prog, names=" ".join(names or optional)
            )
            raise Invalid(sentence, _("See {command} --help.").format(command=self.prog))
        if found := re.fullmatch(r"argument (\S+): expected .*argument", sentence):
            raise Invalid(
                _("{flag} needs a text after it.").format(flag=found[1]),
                _("A text that begins with a dash is written {flag}=TEXT.").format(flag=found[1]),
            )
        raise Invalid(
            sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith(".") else "."),
            _("See {command} --help.").format(command=self.prog),
        )

    def print_help(self, file: Any = None) -> None:  # noqa: ARG002
        """Write the help page."""
        Output().page(self.format_help())

    def _print_message(self, message: str, file: Any = None) -> None:  # noqa: ARG002
        Output().page(message)


def common() -> Parser:
    """The flags that every word takes, as a parent for its parser."""
    # A default would be set anew by the word's parser, over what was given before the word.
    absent = argparse.SUPPRESS
    flags = Parser(add_help=False, argument_default=absent)
    flags.add_argument("--book", metavar=_("FOLDER"), type=_folder, help=_("the book to work on"))
    flags.add_argument("--json", action="store_true", help=_("print JSON, for scripts"))
    flags.add_argument("--no-color", action="store_true", help=_("print without colours"))
    return flags


def example_of(entry: Word, act: str = "") -> str:
    """The examples, as a help page shows them; of a second word, its own."""
    lines = [line for line in entry.example.split("\n") if not act or line.split()[2] == act]
    return _("Examples:") + "".join(f"\n  {line}" for line in lines)


def near_words(asked: str, known: Iterable[str]) -> list[str]:
    """Up to three of the words that are `known`, those that were likely meant by what was asked."""
    import difflib

    return difflib.get_close_matches(asked, list(known), 3)


def unquoted(value: Any) -> Any:
    """An argument as it was typed."""
    if isinstance(value, list):
        return [unquoted(each) for each in value]
    return value.removeprefix(QUOTE) if isinstance(value, str) else value


def _folder(text: str) -> str:
    """What `--book` names. Raises Invalid for nothing, which an empty variable of the shell leaves."""
    if not text:
        raise Invalid(_("--book needs the folder of a book."))
    return text
