"""`kam config`: every setting, what it is for and what it is, as a file to save and edit; and sets them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import fields

from kam_tui import paths, settings_reader
from kam_tui.cli import diagnostics
from kam_tui.cli.remarks import remarks_on
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.delivery.settings_file import as_toml, change, has_heading, meanings, plain
from kam_tui.domain.errors import Invalid
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.settings import Settings

REMARKED = {"theme", "country", "keys", "name_day_calendar", "backup_recipient", "channels", "language"}
"""Settings that can be taken, and yet be of something that there is none of."""


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """`set` and what is to be set."""
    parser.add_argument("act", nargs="?", default="", metavar="set", help=_("set settings in the file"))
    parser.add_argument(
        "pairs", nargs="*", metavar=_("NAME VALUE"), help=_("a setting and what it is to be; several at once")
    )


def run(shell: Shell, args: Arguments) -> int:
    """Set some settings, or print all of them."""
    return _set(shell, args.pairs) if _is_set(args.act) else _print(shell)


def _is_set(act: str) -> bool:
    if act not in ("", "set"):
        raise Invalid(
            _("kam config does not take {text}.").format(text=clean(act)),
            _("It shows all settings; kam config set NAME VALUE sets one."),
        )
    return act == "set"


def _set(shell: Shell, words: Sequence[str]) -> int:
    """Write values into the person's settings file, and say what they are now."""
    if not words or len(words) % 2:
        raise Invalid(
            _("kam config set takes a name and a value."), _("Write it like kam config set cadence_key 10.")
        )
    path = paths.config_file()
    names = list(words[::2])
    settings = change(path, dict(zip(names, words[1::2], strict=True)))
    if shell.out.as_json:
        shell.out.json({"file": path, "set": {name: plain(getattr(settings, name)) for name in names}})
        return 0
    for name in names:
        for line in as_toml(name, plain(getattr(settings, name))):
            shell.out.line(line)
    diagnostics.say(_("Written to {path}.").format(path=clean(path)))
    for remark in remarks_on(settings) if set(names) & REMARKED else ():
        diagnostics.say(remark)
    return 0


def _print(shell: Shell) -> int:
    """Print the settings in TOML, each with what it is for; the file's place on top."""
    path = paths.config_file()
    current = settings_reader.load(path)
    told_of = meanings()
    folder = os.path.expanduser(shell.book_folder) or paths.book_folder(current.book)
    if shell.out.as_json:
        rows = [
            {
                "name": field.name,
                "value": plain(getattr(current, field.name)),
                "default": plain(field.default),
                "meaning": told_of[field.name],
            }
            for field in fields(Settings)
        ]
        shell.out.json({"file": path, "exists": os.path.exists(path), "book": folder, "settings": rows})
        return 0
    told = _("{path}") if os.path.exists(path) else _("{path} (not there yet: all settings are the defaults)")
    shell.out.line("#", _("Settings file:"), told.format(path=path))
    shell.out.line("#", _("Book:"), folder)
    for remark in remarks_on(current):
        shell.out.line("#", remark)
    # In TOML, what follows a heading belongs to it: so the tables come last.
    for field in sorted(fields(Settings), key=lambda field: has_heading(getattr(current, field.name))):
        shell.out.line()
        shell.out.line("#", told_of[field.name])
        value = getattr(current, field.name)
        # A default is commented out: a saved copy sets only what the person has set.
        mark = "" if value != field.default else "#"
        for line in as_toml(field.name, plain(value)):
            shell.out.line(f"{mark}{line}")
    return 0
