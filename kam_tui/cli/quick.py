"""The command lines given most, read by hand: argparse would take longer to load than the note to keep."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from kam_tui.cli.shell import Arguments

_ANYWHERE = ("--book", "--json", "--no-color")
"""Flags that stand before the word as well."""


def read(argv: Sequence[str]) -> Arguments | None:
    """The arguments of `kam` alone, `kam note` or `kam log`; None for what argparse should answer."""
    begun = 0
    while begun < len(argv) and (argv[begun] in _ANYWHERE or argv[begun].startswith("--book=")):
        begun += 2 if argv[begun] == "--book" else 1
    if begun < len(argv) and argv[begun] in ("note", "log"):
        return read_capture([argv[begun], *argv[:begun], *argv[begun + 1 :]])
    return read_opening(argv)


def read_opening(argv: Sequence[str]) -> Arguments | None:
    """The arguments of `kam` alone, or with the folder of a book; None for anything else."""
    if not argv or (len(argv) == 2 and argv[0] == "--book" and argv[1] and argv[1][0] != "-"):
        book = "".join(argv[1:])
        return Arguments(word="", book=book, json=False, no_color=False, screen="")
    return None


def read_capture(argv: Sequence[str]) -> Arguments | None:
    """The arguments of `kam note …` and `kam log KIND …`; None for anything that argparse should answer.

    Flags stand before the text or after it. Once the text has begun, dashes are text (`met Liisa --
    she was happy`), and a word that looks like a long flag is one: a mistyped flag is told, not noted.
    A lone `--` before a word that begins with a dash ends the flags, and is no part of the text.
    """
    word = argv[0]
    args = Arguments(word=word, book="", json=False, no_color=False, kind="", words=[])
    args.template = args.amount = ""
    rest = deque(argv[1:])
    while rest:
        each = rest.popleft()
        is_end = not args.words or (rest and rest[0][:1] == "-")
        if each == "--" and is_end and not (word == "log" and not args.kind):
            args.words.extend(rest)
            break
        if each == "--json":
            args.json = True
        elif each == "--no-color":
            args.no_color = True
        elif each == "--book" or each.startswith("--book="):
            args.book = each[7:] if "=" in each else _next(rest)
            if not args.book:
                return None
        elif each == "--template" or each.startswith("--template="):
            args.template = each[11:] if "=" in each else _next(rest)
            if not args.template:
                return None
        elif each == "--amount" or each.startswith("--amount="):
            args.amount = each[9:] if "=" in each else _next(rest)
            if not args.amount:
                return None
        elif each in ("-h", "--help") or _is_flag(each, begun=bool(args.words)):
            return None
        elif word == "log" and not args.kind:
            args.kind = each
        else:
            args.words.append(each)
    if word == "log" and not args.kind:
        return None
    return args


def _next(rest: deque[str]) -> str:
    return rest.popleft() if rest else ""


def _is_flag(word: str, *, begun: bool) -> bool:
    if begun:
        return word[:2] == "--" and word[2:3].isalpha()
    return len(word) > 1 and word[0] == "-" and word != "--" and not word[1:2].isdigit()
