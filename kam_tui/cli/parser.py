"""The command line, read by argparse: built from the table of words, for the one word that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

from kam_tui import __version__, i18n, paths, settings_reader
from kam_tui.cli.arguments import QUOTE, Parser, common, example_of, near_words, unquoted
from kam_tui.cli.shell import Arguments
from kam_tui.cli.words import WORDS, Word
from kam_tui.domain.errors import Invalid, KamError, did_you_mean
from kam_tui.domain.text import clean
from kam_tui.i18n import _


def read(argv: Sequence[str]) -> Arguments:
    """The arguments of a command line. Raises Invalid, and SystemExit after `--help` or `--version`."""
    _speak()
    word = word_in(argv)
    if word and word not in WORDS:
        raise Invalid(
            _("{command} has no word {word}.").format(command="kam", word=clean(word)),
            did_you_mean(near_words(word, WORDS)) or _("kam --help lists the words."),
        )
    argv = _words_quoted(_dates_joined(argv))
    begun = argv.index("--") if "--" in argv else len(argv)
    text = [QUOTE + each for each in argv[begun + 1 :]]
    is_help = any(each == "--help" or each.startswith("-h") for each in argv)
    parser = build(word, lists_words=not word or is_help)
    args, unknown = parser.parse_known_args(
        [*argv[:begun], *text], Arguments(book="", json=False, no_color=False, word=word)
    )
    if word and args.screen:
        raise Invalid(_("kam --screen stands alone, without the word {word}.").format(word=word))
    if unknown:
        raise parser.refusing(unknown)
    return Arguments(**{name: unquoted(value) for name, value in vars(args).items()})


def _dates_joined(argv: Sequence[str]) -> list[str]:
    """`--birthday --04-12` as `--birthday=--04-12`: a date without a year looks like a flag."""
    joined: list[str] = []
    for each in argv:
        if joined and re.fullmatch(r"--\d\d(-?\d\d)?", each) and re.fullmatch(r"--[a-z-]+", joined[-1]):
            joined[-1] += f"={each}"
        else:
            joined.append(each)
    return joined


def _words_quoted(argv: Sequence[str]) -> list[str]:
    """`-status:former`, a word of a query that is turned round, as text: no flag is written like that."""
    return [QUOTE + each if re.match(r"-[^\W\d][\w-]*[:<>]", each) else each for each in argv]


def word_in(argv: Sequence[str]) -> str:
    """The word of a command line: the first argument that is neither a flag nor the folder of `--book`."""
    rest = iter(argv)
    for each in rest:
        if each in ("--book", "--screen"):
            next(rest, None)
        elif not each.startswith("-"):
            return each
    return ""


def build(word: str, *, lists_words: bool) -> Parser:
    """A parser that knows all about `word`; every other one by name where the words are to be listed, since
    forty parsers take longer to make than most words to run."""
    flags = common()
    parser = Parser(
        prog="kam",
        parents=[flags],
        description=_("Never miss a moment with a customer. kam alone opens the screen."),
        epilog=_(_CLOSING),
    )
    place = _("begin on another screen than Today, such as accounts")
    parser.add_argument("--screen", default="", metavar=_("PLACE"), help=place)
    parser.add_argument("--version", action="version", version=f"kam {__version__}")
    words = parser.add_subparsers(title=_("words"), metavar=_("WORD"), dest="word", parser_class=Parser)
    for name, entry in WORDS.items():
        if name != word and not lists_words:
            continue
        own = words.add_parser(
            name,
            help=_(entry.help),
            parents=[flags],
            description=_(entry.help) + ".",
            epilog=example_of(entry),
        )
        if name == word:
            module(entry).arguments(own, name)
    return parser


def module(entry: Word) -> Any:
    """The module of a word's command: `arguments(parser, word)` and `run(shell, args)`."""
    return import_module(f"kam_tui.cli.commands.{entry.module}")


def _speak() -> None:
    """Use the language of the settings, for the help pages; what is wrong with the settings is told later."""
    with suppress(KamError):
        i18n.use_language(settings_reader.load(paths.config_file()).language)


_CLOSING = """\
Exit codes: 0 done, 1 failed, 2 cannot be taken as typed, 3 not found,
4 several names fit or the book has been changed or is held by another,
5 the book is damaged or newer than this kam.

Environment: KAM_BOOK folder of the book, KAM_CONFIG settings file,
KAM_PASSPHRASE what opens or seals a file, KAM_NOW the time to take for now,
NO_COLOR no colours, COLUMNS width of a line.

kam WORD --help tells more about a word."""
